"""Cells of a workbook as values: text, days, months, answers and choices; numbers are beside (:mod:`.numbers`).

A cell is what a CSV file or a spreadsheet holds there. Each function here returns the value that it means or raises
:class:`CellRefused`, which says what is wrong and what would be right, and nothing else, whatever the cell holds.
Blank cells are not theirs to judge: that is the column's (:mod:`.sheets`).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from contracts.rules.months import Month, MonthNotUnderstood, month_of, parse_month
from contracts.rules.typed import LONGEST_WORD, YEARS, in_quotes
from contracts.rules.typed import CellRefused as CellRefused

MAX_TEXT: Final = 32_767  # what one cell of a spreadsheet holds
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
YES: Final = frozenset({"yes", "y", "true", "1"})
NO: Final = frozenset({"no", "n", "false", "0"})

# Text that a spreadsheet would take for a formula goes out behind an apostrophe; one apostrophe comes off again here.
# The full-width doubles of those signs are read the same by some programs.
NEUTRALISED: Final = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
TO_NEUTRALISE: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


class Percent(float):
    """A number that its spreadsheet shows as a percentage: 0.125 that reads 12.5%."""


class Broken(str):
    """A formula that its spreadsheet could not work out, such as #DIV/0!."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | timedelta | None


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in the cell but perhaps spaces."""
    return cell is None or (isinstance(cell, str) and not isinstance(cell, Broken) and not cell.strip())


def quoted(cell: Cell) -> str:
    """The cell for a message: shortened, and harmless on a terminal and on a page."""
    return in_quotes(written_as(cell))


def written_as(cell: Cell) -> str:
    """The cell as somebody would have typed it: 41 rather than 41.0, 2018-03-29, TRUE."""
    if isinstance(cell, Percent):
        return f"{float(cell) * 100:.15g}%"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that looks most like this one; a cutoff of 0 always finds one."""
    close = get_close_matches(word[:LONGEST_WORD].lower(), choices := {each.lower(): each for each in known}, 1, cutoff)
    return choices[close[0]] if close else None


def or_nearest(right: str, word: str, known: Iterable[str]) -> str:
    """What would be right, with the nearest known word where one is near."""
    close = nearest(word, known)
    return f"did you mean {close}?" if close else right


def refuse_broken(cell: Cell) -> None:
    """No column takes a formula that its spreadsheet could not work out."""
    if isinstance(cell, Broken):
        raise CellRefused(f"the formula gave {quoted(cell)}", "expected a value")


# --- Text -------------------------------------------------------------------------------------------------------------


def text(cell: Cell, limit: int = MAX_TEXT) -> str:
    """Words, without the space around them; lines end in a plain newline. Control characters are refused."""
    if type(cell) is not str:
        refuse_broken(cell)
    written = cell if type(cell) is str else written_as(cell)
    words = written.strip() if _is_plain(written) else _lines(written)
    if len(words) > limit:
        raise CellRefused(f"the text has {len(words):,} characters", f"expected at most {limit:,}")
    return words[1:] if words.startswith("'") and NEUTRALISED.match(words) else words


def tidy(words: str) -> str:
    """Stored text as it survives a journey through a workbook: what :func:`text` would make of it, had it to accept."""
    if _is_plain(words):
        return words.strip()
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if _is_sign(sign)).strip()


def neutralised(words: str) -> str:
    """Text that no spreadsheet takes for a formula. :func:`text` takes the apostrophe off again."""
    return f"'{words}" if TO_NEUTRALISE.match(words) else words


def _is_plain(written: str) -> bool:
    """One line of plain letters, as most text is: nothing in it needs a closer look."""
    return written.isascii() and written.isprintable()


def _lines(written: str) -> str:
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    for sign in lines:
        if not _is_sign(sign):
            raise _not_a_sign(sign)
    return lines.strip()


def _is_sign(sign: str) -> bool:
    return sign in "\n\t" or not (sign < " " or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff")


def _not_a_sign(sign: str) -> CellRefused:
    if "\ud800" <= sign <= "\udfff":
        return CellRefused("the cell holds bytes that are not UTF-8", "expected a file saved as “CSV UTF-8”")
    return CellRefused(f"the text holds the control character U+{ord(sign):04X}", "expected printable text")


# --- Days and months --------------------------------------------------------------------------------------------------


def day(cell: Cell) -> date:
    """A day: `2018-03-29`, or a date cell."""
    if isinstance(cell, datetime):
        return _in_years(cell.date(), cell)
    if isinstance(cell, date):
        return _in_years(cell, cell)
    written = cell.strip() if isinstance(cell, str) else ""
    try:
        found = date.fromisoformat(written) if DAY.fullmatch(written) else None
    except ValueError:  # the form is right, the calendar has no such day
        found = None
    if found is None:
        raise CellRefused(f"{quoted(cell)} is not a date", "expected one such as 2018-03-29")
    return _in_years(found, cell)


def month(cell: Cell) -> Month:
    """A month: `2018-03`, `Mar-18`, `March 2018`, or a date cell in that month."""
    if isinstance(cell, date):
        return month_of(_in_years(cell, cell))
    if isinstance(cell, str) and len(cell) <= LONGEST_WORD:
        return _month(cell)
    raise CellRefused(f"{quoted(cell)} is not a month", "expected one such as 2018-03")


@lru_cache(maxsize=4096)
def _month(written: str) -> Month:
    try:
        return Month(_in_years(parse_month(written), written))
    except MonthNotUnderstood:
        raise CellRefused(f"{quoted(written)} is not a month", "expected one such as 2018-03") from None


def _in_years(found: date, cell: Cell) -> date:
    if found.year in YEARS:
        return found
    raise CellRefused(f"{quoted(cell)} lies in the year {found.year}", f"expected {YEARS[0]} to {YEARS[-1]}")


# --- Answers and choices ----------------------------------------------------------------------------------------------


def yes_no(cell: Cell) -> bool:
    """`yes` or `no`."""
    answer = written_as(cell).strip().lower()
    if answer in YES or answer in NO:
        return answer in YES
    raise CellRefused(f"{quoted(cell)} is no answer", "expected yes or no")


def choice(cell: Cell, allowed: Sequence[str]) -> str:
    """One of the words that the column allows; case and the space between words do not matter."""
    if type(cell) is str and cell in allowed:
        return cell
    word = " ".join(re.split(r"[\s_-]+", written_as(cell)[:LONGEST_WORD].strip().lower()))
    if word in allowed:
        return word
    right = f"expected {', '.join(allowed)}"
    close = nearest(word, allowed)
    raise CellRefused(
        f"{quoted(cell)} is not one of the choices", f"{right} (did you mean {close}?)" if close else right
    )


def parts(cell: Cell) -> list[str]:
    """A list in one cell: its members between semicolons, blank ones left out."""
    refuse_broken(cell)
    return [part.strip() for part in written_as(cell).split(";") if part.strip()]
