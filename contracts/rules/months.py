"""Months as values: their arithmetic, their number within a contract, how they are written and read.

A month is a date on day 1, as the tables keep it, under a type of its own so that a stray day cannot pass for one.
The names are spelled out here instead of asked of the locale: a paper says March on whatever machine makes it.
"""

import re
from calendar import monthrange
from collections.abc import Set
from datetime import date
from functools import lru_cache
from typing import NewType

Month = NewType("Month", date)

ALL_MONTHS = frozenset(range(1, 13))

_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NUMBER_OF = {
    spelling: number
    for number, name in enumerate(_MONTH_NAMES, start=1)
    for spelling in (name.lower(), name[:3].lower())
} | {"sept": 9}

_IN_NUMBERS = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(-(?P<day>[0-9]{1,2}))?")
# Two figures are a year only after a hyphen, as spreadsheets print it; "March 18" could as well be a day.
_IN_WORDS = re.compile(r"(?P<name>[a-z]+)(-(?P<short_year>[0-9]{2})|[ -](?P<year>[0-9]{4}))")


class MonthNotUnderstood(ValueError):
    """What was written is not a month, or could be more than one."""


def month_of(day: date) -> Month:
    """The month a day (or an instant) lies in."""
    return Month(date(day.year, day.month, 1))


def add_months(month: Month, n: int) -> Month:
    """The month n months on; back when n is negative."""
    year, zero_based = divmod(month.year * 12 + month.month - 1 + n, 12)
    return Month(date(year, zero_based + 1, 1))


def months_between(first: Month, last: Month) -> int:
    """How many months last lies after first: 0 for the same month, negative when it lies before."""
    return (last.year - first.year) * 12 + last.month - first.month


@lru_cache(maxsize=4096)
def month_range(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from first to last, both included; none when last lies before first."""
    return tuple(add_months(first, n) for n in range(months_between(first, last) + 1))


def month_end(month: Month) -> date:
    """The last day of the month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def last_ended(on: date) -> Month:
    """The last month that has ended before the day."""
    return add_months(month_of(on), -1)


def last_owed(ends_on: date | None, on: date) -> Month:
    """The last month that has ended before the day; of a contract that is over, no later than its last month."""
    ended = last_ended(on)
    return ended if ends_on is None else min(ended, month_of(ends_on))


def contract_month(month: Month, commences_on: date) -> int:
    """The number of a month within its contract: the month of commencement is 1, the one before it 0."""
    return months_between(month_of(commences_on), month) + 1


def parse_month(written: str | date) -> Month:
    """Read a month as sheets and people write it: 2018-03, 2018-03-29, Mar-18, March 2018, or a date in that month.

    Raises MonthNotUnderstood for anything else, forms with a slash among them: 03/18 has more than one reading.
    A year of two figures is one of this century.
    """
    if isinstance(written, date):
        return month_of(written)
    text = " ".join(written.lower().split())
    try:
        month = _month_in_numbers(text) or _month_in_words(text)
    except ValueError:  # the form is right, the calendar has no such month or day
        month = None
    if month is None:
        raise MonthNotUnderstood(f"{written[:40]!r} is not a month; write it as 2018-03, Mar-18 or March 2018")
    return month


def _month_in_numbers(text: str) -> Month | None:
    found = _IN_NUMBERS.fullmatch(text)
    if not found:
        return None
    return month_of(date(int(found["year"]), int(found["month"]), int(found["day"] or 1)))


def _month_in_words(text: str) -> Month | None:
    found = _IN_WORDS.fullmatch(text)
    if not found or found["name"] not in _NUMBER_OF:
        return None
    year = int(found["year"] or f"20{found['short_year']}")
    return Month(date(year, _NUMBER_OF[found["name"]], 1))


def month_key(month: Month) -> str:
    """How files and addresses write a month: 2018-03."""
    return month.isoformat()[:7]


def month_short(month: Month) -> str:
    """How tables write a month: Mar 2018."""
    return f"{_MONTH_NAMES[month.month - 1][:3]} {month.year}"


def month_long(month: Month) -> str:
    """How sentences write a month: March 2018."""
    return f"{_MONTH_NAMES[month.month - 1]} {month.year}"


def span_long(first: Month, last: Month) -> str:
    """A span of months in a sentence: November 2017 to January 2018; one month stands alone."""
    if first == last:
        return month_long(first)
    return f"{month_long(first)} to {month_long(last)}"


def day_short(day: date) -> str:
    """How tables write a day: 29 Mar 2018."""
    return f"{day.day} {month_short(month_of(day))}"


def day_long(day: date) -> str:
    """How sentences write a day: Thursday 29 March 2018."""
    return f"{_DAY_NAMES[day.weekday()]} {day.day} {month_long(month_of(day))}"


def mask_of(months: Set[int]) -> int:
    """Calendar months (1 to 12) as one number for a table's column: bit m-1 stands for month m."""
    if not months <= ALL_MONTHS:
        raise ValueError(f"calendar months run from 1 to 12, not {sorted(months)}")
    return sum(1 << (month - 1) for month in months)


@lru_cache(maxsize=4096)
def months_of(mask: int) -> frozenset[int]:
    """The calendar months that mask_of made a number of."""
    if not 0 <= mask < 1 << 12:
        raise ValueError(f"{mask} is no mask of calendar months")
    return frozenset(month for month in ALL_MONTHS if mask & 1 << (month - 1))
