"""
A series of meetings from a rule: "last Thursday of each month, not August".

The rule only proposes days; people look at them before anything is planned, because no rule knows a council's recess.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from contracts.rules.calendar import WorkingCalendar
from contracts.rules.months import Month, add_months, day_long, month_end, month_long, month_of

MOST_YEARS: Final = 5
"""A series longer than this is a slip of the keyboard."""
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK: Final = timedelta(days=7)


class Ordinal(IntEnum):
    """Which of its weekdays in the month. There is no fifth: not every month has one."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4
    LAST = -1


class SeriesNotPossible(ValueError):
    """The rule cannot be followed; ``field`` is the part of it that is in the way."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Series:
    """
    One day in each month, or in every second or third, from ``first`` to ``last``, both included.

    Months are counted from that of ``first``; a calendar month that is ``skipped`` (1 to 12) is left out and counts all
    the same, so that leaving out August moves no other meeting.
    """

    ordinal: Ordinal
    weekday: int
    """0 is Monday."""
    first: date
    last: date
    skipped: frozenset[int] = frozenset()
    every: int = 1

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise SeriesNotPossible("last", f"Choose a last day after {day_long(self.first)}.")
        if self.last.year - self.first.year > MOST_YEARS:
            raise SeriesNotPossible("last", f"Plan at most {MOST_YEARS} years at once.")
        if not 1 <= self.every <= 12:
            raise SeriesNotPossible("every", "Choose every month to every twelfth.")

    def days(self) -> tuple[date, ...]:
        """The days of the series, earliest first: never two in a month, never one in a month that is skipped."""
        start = month_of(self.first)
        found = []
        for number in range(0, (MOST_YEARS + 1) * 12, self.every):
            month = add_months(start, number)
            if month > self.last:
                break
            day = day_in(month, self.ordinal, self.weekday)
            if month.month not in self.skipped and self.first <= day <= self.last:
                found.append(day)
        return tuple(found)

    def in_words(self) -> str:
        """`Last Thursday of each month, not August, from 1 April 2018 to 31 March 2019`."""
        how_often = {1: "each month", 2: "every second month", 3: "every third month"}
        months = how_often.get(self.every, f"every {self.every} months")
        left_out = [month_long(Month(date(2000, number, 1))).split()[0] for number in sorted(self.skipped)]
        skipped = f", not {_listed(left_out)}" if left_out else ""
        span = f"from {_day(self.first)} to {_day(self.last)}"
        return f"{self.ordinal.name.capitalize()} {WEEKDAYS[self.weekday]} of {months}{skipped}, {span}"


class Flag(StrEnum):
    """What speaks against a proposed day."""

    TAKEN = "taken"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day of the series and what speaks against it, in words. Only a day that is ``taken`` cannot be chosen."""

    day: date
    flag: Flag | None = None
    words: str = ""

    @property
    def is_free(self) -> bool:
        return self.flag is not Flag.TAKEN

    @property
    def is_chosen(self) -> bool:
        """Whether it is planned unless somebody says otherwise."""
        return self.flag is None


def propose(
    days: tuple[date, ...], taken: frozenset[date], own: dict[date, str], calendar: WorkingCalendar, on: date
) -> tuple[Proposal, ...]:
    """
    Each day with the gravest thing that speaks against it.

    ``taken`` are the days on which the Board meets already, ``own`` the days the council itself closes with the reason;
    ``calendar`` knows both these and the bank holidays.
    """
    return tuple(_proposal(day, taken, own, calendar, on) for day in days)


def _proposal(day: date, taken: frozenset[date], own: dict[date, str], calendar: WorkingCalendar, on: date) -> Proposal:
    if day in taken:
        return Proposal(day, Flag.TAKEN, "The Board already has a meeting on this day")
    if not calendar.first_year <= day.year <= calendar.last_year:
        return Proposal(
            day, Flag.UNKNOWN, f"No bank holidays are known after {calendar.last_year}, so it gets no dates yet"
        )
    if day in own:
        return Proposal(day, Flag.CLOSED, f"The council is closed: {own[day]}")
    if not calendar.is_working_day(day):
        return Proposal(day, Flag.CLOSED, "Weekend" if day.weekday() > 4 else "Bank holiday")
    if day < on:
        return Proposal(day, Flag.PAST, "This day has passed")
    return Proposal(day)


def day_in(month: Month, ordinal: Ordinal, weekday: int) -> date:
    """The first, second, third, fourth or last of a weekday in a month."""
    if ordinal is Ordinal.LAST:
        last = month_end(month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return month + timedelta(days=(weekday - month.weekday()) % 7) + WEEK * (ordinal - 1)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _day(day: date) -> str:
    return day_long(day).partition(" ")[2]
