"""
What people type, as values: numbers, days and months, or a refusal that says what is wrong and what would be right.

A number has at most 15 significant digits and 6 after the point. `12.5%` and `£1,200` are understood where the unit
says so. The cells of a workbook and the boxes of a form are read by the same rules.
"""

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from contracts.rules.months import Month, MonthNotUnderstood, parse_month

LONGEST_WORD: Final = 60
MAX_DIGITS: Final = 15
KEY_DIGITS: Final = 18
"""As many as every key and version of a database may have."""
MAX_PLACES: Final = 6
YEARS: Final = range(1950, 2101)
NUMBER: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<pounds>£?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]+))? ?(?P<percent>%?)",
    re.ASCII,
)
ISO_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", re.ASCII)
BRITISH_DAY: Final = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})", re.ASCII)
DAY_IN_WORDS: Final = re.compile(r"(?P<day>[0-9]{1,2})[ -](?P<name>[a-z]+)[ -](?P<year>[0-9]{4})", re.ASCII)


class CellRefused(ValueError):
    """What was typed does not mean what was asked for."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(f"{what}, {right}")
        self.what = what
        self.right = right


class Mark(Enum):
    """A sign beside a number that its unit allows."""

    PERCENT = "%"
    POUNDS = "£"


def in_quotes(written: str) -> str:
    """What was typed, for a message: shortened, and harmless on a terminal and on a page."""
    short = written if len(written) <= 40 else f"{written[:37]}..."
    return "“" + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in short) + "”"


def number_typed(typed: str, mark: Mark | None = None) -> Decimal:
    """A number, plain or with the sign that the mark allows; the space around it does not matter."""
    found = NUMBER.fullmatch(typed.strip().replace("−", "-")) if len(typed) <= LONGEST_WORD else None
    if found is None or not (found["whole"] or found["part"]):
        raise CellRefused(f"{in_quotes(typed)} is not a number", "expected a plain number such as 93.1")
    _refuse_marks(typed, found, mark)
    above = found["whole"].replace(",", "").lstrip("0")
    below = (found["part"] or "").rstrip("0")
    if len(below) > MAX_PLACES:
        what = f"{in_quotes(typed)} has {len(below)} digits after the point"
        raise CellRefused(what, f"expected at most {MAX_PLACES}")
    if len(above) > MAX_DIGITS or len((above + below).lstrip("0")) > MAX_DIGITS:
        raise CellRefused(f"{in_quotes(typed)} is too long", f"expected at most {MAX_DIGITS} significant digits")
    return Decimal(f"{found['sign']}{above or 0}{'.' if below else ''}{below}") + 0


def text_typed(typed: str) -> str:
    """A few words that no form has looked at: without the one sign that a database cannot keep, and bare of blanks."""
    return typed.replace("\0", "").strip()


def key_sent(sent: str) -> int | None:
    """A key or a version as a page sends it back; nothing where it is none that a database could have given."""
    is_key = sent.isascii() and sent.isdecimal() and len(sent) <= KEY_DIGITS
    return int(sent) if is_key else None


def month_typed(typed: str) -> Month:
    """A month as people write it: `2018-03`, `Mar-18`, `March 2018`."""
    try:
        month = parse_month(typed) if len(typed) <= LONGEST_WORD else None
    except MonthNotUnderstood:
        month = None
    if month is None or month.year not in YEARS:
        raise CellRefused(f"{in_quotes(typed)} is not a month", "expected one such as March 2018 or 2018-03")
    return month


def day_typed(typed: str) -> date:
    """A day as people write it: `29/3/2018`, `29 March 2018`, `2018-03-29`; never the American order."""
    text = " ".join(typed.lower().split()) if len(typed) <= LONGEST_WORD else ""
    try:
        day = _day(text)
    except ValueError:  # the form is right, the calendar has no such day
        day = None
    if day is None or day.year not in YEARS:
        raise CellRefused(f"{in_quotes(typed)} is not a date", "expected one such as 29/3/2018 or 29 March 2018")
    return day


def _day(text: str) -> date | None:
    if found := ISO_DAY.fullmatch(text) or BRITISH_DAY.fullmatch(text):
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := DAY_IN_WORDS.fullmatch(text):
        month = parse_month(f"{found['name']} {found['year']}")
        return month.replace(day=int(found["day"]))
    return None


def _refuse_marks(typed: str, found: re.Match[str], mark: Mark | None) -> None:
    bare = "".join(found.group("sign", "whole")) + (f".{found['part']}" if found["part"] else "")
    right = f"expected a number such as {bare}"
    if found["percent"] and mark is not Mark.PERCENT:
        raise CellRefused(f"{in_quotes(typed)} is a percentage, and here is none due", right)
    if found["pounds"] and mark is not Mark.POUNDS:
        raise CellRefused(f"{in_quotes(typed)} is money, and here is none due", right)
    if "," in bare and mark is Mark.PERCENT:
        raise CellRefused(f"{in_quotes(typed)} has a comma", "expected a percentage such as 93.1 or 93.1%")
