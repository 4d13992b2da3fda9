"""
Everything of a frozen paper in one zip for the clerk: the paper in its formats, each appendix and table as its own
file, and a list of hashes to check them by.

The same paper gives the same bytes. What is not for publication lies in a folder of its own.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from reports.models import FrozenFile, FrozenPaper, Paper
from reports.models.paper import Audience

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows; no clock is read, so that the bytes stay the same."""
ORDINARY_FILE: Final = 0o100644 << 16
UNIX: Final = 3
SUMS: Final = "SHA256SUMS.txt"


class BundleDamaged(Exception):
    """A frozen file that is not what it was any more: nothing is handed out."""


def bundle(paper: Paper, audience: Audience | str) -> tuple[str, bytes]:
    """The zip of one half, by name and content. Raises :class:`BundleDamaged`; ``DoesNotExist`` without that half."""
    half: FrozenPaper = paper.frozen.get(audience=audience)
    return f"{half.address}.zip", _zipped(_contents(half))


def clerk_bundle(paper: Paper) -> tuple[str, bytes]:
    """
    The zip for the clerk: what is public in ``public/`` and, where there is any, what is not in ``exempt/``.

    Raises :class:`BundleDamaged`.
    """
    halves = {half.audience: half for half in paper.frozen.all()}
    name = halves[Audience.PUBLIC.value].address.removesuffix("-public")
    contents = [
        (f"{audience.value}/{file}", content)
        for audience in Audience
        if audience.value in halves
        for file, content in _contents(halves[audience.value])
    ]
    return f"{name}-for-the-clerk.zip", _zipped(contents)


def _contents(half: FrozenPaper) -> Iterator[tuple[str, bytes]]:
    """The files of a half by name, each as it was frozen."""
    for file in half.files.order_by("name"):
        yield file.name, _read(file)


def _read(file: FrozenFile) -> bytes:
    try:
        content: bytes = (settings.PAPERS_DIR / file.path).read_bytes()
    except OSError as refusal:
        raise BundleDamaged(f"{file.name} cannot be read.") from refusal
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise BundleDamaged(f"{file.name} was changed after it was frozen.")
    return content


def _zipped(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """With the hashes at the end, written as the usual tools check them: `sha256sum -c SHA256SUMS.txt`."""
    out, sums = io.BytesIO(), []
    with ZipFile(out, "w") as archive:
        for name, content in contents:
            archive.writestr(_entry(name), content, ZIP_DEFLATED, compresslevel=6)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        archive.writestr(_entry(SUMS), "".join(sums).encode(), ZIP_DEFLATED, compresslevel=6)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EARLIEST)
    entry.external_attr, entry.create_system = ORDINARY_FILE, UNIX
    return entry
