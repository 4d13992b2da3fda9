"""
The name of a file as the person knows it, made fit to be shown.

It is only ever shown and offered as the name of a download: nothing is stored under it.
"""

import unicodedata
from typing import Final

LONGEST: Final = 150
LONGEST_SUFFIX: Final = 10
NAMELESS: Final = "file"


def cleaned_name(name: str) -> str:
    """
    The last part of a path, on one line, without marks that are not seen or that turn the reading round.

    At most 150 characters, of which the suffix is kept; ``file`` where nothing is left.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if _is_space(each) else each for each in unicodedata.normalize("NFC", last) if _is_seen(each))
    told = " ".join(seen.split()).strip(". ")
    if len(told) > LONGEST:
        suffix = suffix_of(told)
        told = told[: LONGEST - len(suffix)].rstrip(". ") + told[len(told) - len(suffix) :]
    return told or NAMELESS


def suffix_of(name: str) -> str:
    """``.pdf`` of ``Report.PDF``; nothing where what follows the last point is no suffix."""
    stem, point, end = name.rpartition(".")
    is_suffix = point and stem and 0 < len(end) < LONGEST_SUFFIX and end.isascii() and end.isalnum()
    return f".{end.lower()}" if is_suffix else ""


def _is_space(character: str) -> bool:
    return character.isspace() or unicodedata.category(character).startswith("Z")


def _is_seen(character: str) -> bool:
    """Neither a control nor a format mark, nor something that no font can show."""
    return _is_space(character) or not unicodedata.category(character).startswith("C")
