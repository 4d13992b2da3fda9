"""
The folder of evidence.

A file is written aside and synced, then appears under a generated name inside the transaction that writes its row. So
a row never lacks its file; a file may lack its row only when its writer dies between the two, or when a draft's file is
taken back and the remover dies after the row is gone. Such strays are no harm: nothing leads to them, and :func:`sweep`
removes them. Names say nothing of the content and have no suffix: nothing here can be served or run by mistake.
"""

import hashlib
import logging
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from contracts.uploads.archives import pieces
from kpis.models import Evidence

UNFINISHED: Final = ".unfinished"
PLACE: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
GRACE: Final = timedelta(days=1)
"""No request lives nearly so long: what has no row by then will never have one."""
FOLDER_MODE, FILE_MODE = 0o750, 0o640
"""The group may read: whoever takes the backup is of the application's group, and another account."""

logger = logging.getLogger(__name__)


class EvidenceDamaged(Exception):
    """The file is missing, or no longer what was handed in."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is safe on the disk and that nobody sees yet. ``path`` is where it lies now."""

    token: str
    path: Path
    sha256: str
    size: int

    @property
    def place(self) -> str:
        """Where it will lie in the folder of evidence."""
        return f"{self.token[:2]}/{self.token}"


def set_aside(file: IO[bytes]) -> Aside:
    """Writes the file out of sight, and syncs it."""
    token = secrets.token_hex(16)
    path = Path(settings.EVIDENCE_ROOT) / UNFINISHED / token
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as out:
            for piece in pieces(file):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Aside(token, path, digest.hexdigest(), size)


def reveal(aside: Aside) -> None:
    """Makes the file appear in its place; to be called inside the transaction that writes its row, as its last act."""
    place = Path(settings.EVIDENCE_ROOT) / aside.place
    place.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    aside.path.rename(place)
    _sync(place.parent)
    _sync(place.parent.parent)


def drop(aside: Aside) -> None:
    """Removes what was set aside, if it still is."""
    aside.path.unlink(missing_ok=True)


def take_away(place: str) -> None:
    """Removes a file whose row is gone for good."""
    (Path(settings.EVIDENCE_ROOT) / place).unlink(missing_ok=True)


def open_stored(evidence: Evidence) -> IO[bytes]:
    """The file, at its beginning, once its SHA-256 is found to be that of the row. Raises :class:`EvidenceDamaged`."""
    try:
        stored = (Path(settings.EVIDENCE_ROOT) / evidence.path).open("rb")
    except OSError as problem:
        raise EvidenceDamaged(f"{evidence.path} cannot be opened") from problem
    # The same open file is hashed and handed out, so that nothing can come between the two.
    if hashlib.file_digest(stored, "sha256").hexdigest() != evidence.sha256:
        stored.close()
        raise EvidenceDamaged(f"{evidence.path} was changed after it was stored")
    stored.seek(0)
    return stored


def sweep(now: datetime) -> int:
    """Removes what writers that died have left, once it is a day old; how many files there were."""
    before = (now - GRACE).timestamp()
    root = Path(settings.EVIDENCE_ROOT)
    # Files are listed before the rows are asked for: a row that was written since has a file too young to go.
    old = {place: root / place for place in _places(root) if _is_older(root / place, before)}
    kept = set(Evidence.objects.values_list("path", flat=True)) if old else set()
    strays = [path for place, path in old.items() if place not in kept]
    for path in strays:
        path.unlink(missing_ok=True)
        logger.warning("The file %s belongs to no evidence and is removed.", path)
    return len(strays)


def _places(root: Path) -> Iterator[str]:
    """The files of ours that there are; whatever else lies in the folder is left alone."""
    for path in (*root.glob(f"{UNFINISHED}/*"), *root.glob("*/*")):
        place = path.relative_to(root).as_posix()
        if path.parent.name == UNFINISHED or PLACE.fullmatch(place):
            yield place


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
