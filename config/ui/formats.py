"""Filters that put dates and numbers into the words of the pages.

Dates are built from lists of names and not with strftime, whose names follow the locale of the process.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone

DASH: Final = "—"

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
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
MONTHS_SHORT: Final = tuple(name[:3] for name in MONTHS)
ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def day(value: date | None) -> str:
    """29 March 2018"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else DASH


def day_long(value: date | None) -> str:
    """Thursday 29 March 2018"""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}" if value else DASH


def day_short(value: date | None) -> str:
    """29 Mar 2018"""
    return f"{value.day} {MONTHS_SHORT[value.month - 1]} {value.year}" if value else DASH


def month_long(value: date | None) -> str:
    """March 2018"""
    return f"{MONTHS[value.month - 1]} {value.year}" if value else DASH


def month_short(value: date | None) -> str:
    """Mar 2018"""
    return f"{MONTHS_SHORT[value.month - 1]} {value.year}" if value else DASH


def moment(value: datetime | None) -> str:
    """29 Mar 2018, 09:05, on the clock of the office, wherever the server stands."""
    if value is None:
        return DASH
    local = timezone.localtime(value)
    return f"{day_short(local)}, {local.hour:02}:{local.minute:02}"


def clock(value: datetime) -> str:
    """10:42, on the clock of the office."""
    local = timezone.localtime(value)
    return f"{local.hour:02}:{local.minute:02}"


def iso(value: date) -> str:
    """2018-03-29, for the `datetime` attribute of `<time>`."""
    return value.isoformat()[:10]


def money(value: Decimal | None) -> str:
    """£1,034,000, and with pence only where there are any: £1,234.50"""
    if value is None:
        return DASH
    sign = "−" if value < 0 else ""
    return f"{sign}£{abs(value):,.0f}" if value == value.to_integral_value() else f"{sign}£{abs(value):,.2f}"


def plural(count: int, one: str, many: str = "") -> str:
    """`3 | plural("month")` is 3 months; give the plural where adding an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def ordinal(number: int) -> str:
    """third, tenth, 11th, 22nd: words while they are short."""
    if 1 <= number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "day": day,
    "day_long": day_long,
    "day_short": day_short,
    "month_long": month_long,
    "month_short": month_short,
    "moment": moment,
    "clock": clock,
    "iso": iso,
    "money": money,
    "plural": plural,
    "ordinal": ordinal,
}
