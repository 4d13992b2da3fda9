"""A file, judged: how large it may be, what it is by its content, and whether its name says the same."""

from dataclasses import dataclass
from os import SEEK_END
from typing import IO

from django.conf import settings

from contracts.uploads.detection import Found, detect
from contracts.uploads.kinds import ACCEPTED_IN_WORDS, KINDS, Kind, kind_by_suffix, size_in_words
from contracts.uploads.names import cleaned_name, suffix_of
from contracts.uploads.refusals import UploadRefused


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that is taken: its name as it can be shown, with the suffix of its kind, and its size in bytes."""

    name: str
    kind: Kind
    size: int


def judge_upload(file: IO[bytes], name: str) -> Judged:
    """
    What the file is. Raises :class:`UploadRefused`, whose words name the file.

    The size limit is the setting ``UPLOAD_MAX_MB``. The file is left at its beginning.
    """
    shown = cleaned_name(name)
    size = file.seek(0, SEEK_END)
    refuse_oversize(size, shown)
    found = detect(file, shown)
    kind = _agreed(found, shown)
    file.seek(0)
    return Judged(shown if suffix_of(shown) else f"{shown}{kind.suffixes[0]}", kind, size)


def refuse_oversize(size: int, name: str) -> None:
    """Raises :class:`UploadRefused` for a file of nothing, and for one of more bytes than ``UPLOAD_MAX_MB`` allows."""
    most = settings.UPLOAD_MAX_MB * 1024 * 1024
    if size == 0:
        raise UploadRefused(f"“{name}” is empty: choose it again, or another file.")
    if size > most:
        raise UploadRefused(
            f"“{name}” is larger than {size_in_words(most)}, the most that one file may have. Hand in a smaller one,"
            " such as a PDF of the pages that matter."
        )


def _agreed(found: Found, name: str) -> Kind:
    """The kind that content and name agree on; a name without a suffix takes what the content is."""
    suffix = suffix_of(name)
    if found.kinds and not suffix:
        return found.kinds[0]
    agreed = kind_by_suffix(suffix, found.kinds)
    if agreed is not None:
        return agreed
    named = kind_by_suffix(suffix, KINDS.values())
    if named is None:
        ends = f"ends in {suffix}, and its content is" if suffix else "is"
        raise UploadRefused(f"“{name}” {ends} {found.words}. What is taken: {ACCEPTED_IN_WORDS}.")
    right = (
        f"Give it the name that fits, ending in {found.kinds[0].suffixes[0]}, or choose" if found.kinds else "Choose"
    )
    raise UploadRefused(
        f"“{name}” is named as {named.words}, and its content is {found.words}. {right} the right file."
    )
