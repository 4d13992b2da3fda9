"""What a timeline is drawn from: projects as lanes with their dates, the stretch of time they share, and its words.

Only dates arrive; where they lie in the drawing is its own affair.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from config.ui.formats import MONTHS_SHORT, month_long, plural

MOST_MONTHS: Final = 144
"""A longer stretch would make weeks invisible: then what lies far from today is cut off, and shown to be."""
NEAR_MONTHS: Final = 12
"""Today is shown where it lies no further than this from the dates themselves."""
STEPS: Final = (1, 3, 6, 12, 24, 60, 120)
"""Months between the labels of the axis."""


class StepState(StrEnum):
    """How a milestone stands on the day."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: the day it was done, or is to be done."""

    on: date
    state: StepState


@dataclass(frozen=True, slots=True)
class Lane:
    """
    A project as a timeline shows it; dates nobody knows are ``None``.

    ``finish`` is the actual or forecast one, ``rating`` a key of the looks of confidence, ``commission_on`` the day on
    which a project that has not begun is expected to be commissioned.
    """

    reference: str
    title: str
    rating: str = "unrated"
    planned_start: date | None = None
    planned_finish: date | None = None
    finish: date | None = None
    commission_on: date | None = None
    steps: tuple[Step, ...] = ()
    dates: tuple[date, ...] = field(init=False, compare=False)
    """All that can be drawn of it."""

    def __post_init__(self) -> None:
        own = (self.planned_start, self.planned_finish, self.finish, self.commission_on)
        dates = (*(day for day in own if day is not None), *(step.on for step in self.steps))
        object.__setattr__(self, "dates", dates)

    @property
    def is_dated(self) -> bool:
        return bool(self.dates)

    @property
    def days_late(self) -> int | None:
        """Calendar days from the finish first planned to the actual or forecast one."""
        if self.finish is None or self.planned_finish is None:
            return None
        return (self.finish - self.planned_finish).days

    @property
    def lateness(self) -> str:
        """`+56 days`; nothing where it is not late."""
        days = self.days_late or 0
        return f"+{plural(days, 'day')}" if days > 0 else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that a timeline shows, whole months, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def ticks(self, most: int) -> Iterator[tuple[date, str, str]]:
        """
        Beginnings of months to label, about ``most`` of them: the day, its month, and its year where that is new.

        Where only years have room the month is blank.
        """
        every = next((step for step in STEPS if self._months / step <= most), STEPS[-1])
        shown = 0
        number = _number(self.first)
        for each in range(math.ceil(number / every) * every, _number(self.last) + 1, every):
            year, month = divmod(each, 12)
            is_new = year != shown
            shown = year
            yield date(year, month + 1, 1), MONTHS_SHORT[month] if every < 12 else "", str(year) if is_new else ""

    @property
    def _months(self) -> int:
        return _number(self.last) - _number(self.first) + 1


def stretch_of(lanes: Sequence[Lane], on: date) -> Stretch | None:
    """The whole months that hold every date of these lanes, and the day itself where it is near; none without dates."""
    days = [day for lane in lanes for day in lane.dates]
    if not days:
        return None
    first, last, today = _number(min(days)), _number(max(days)), _number(on)
    if first - NEAR_MONTHS <= today <= last + NEAR_MONTHS:
        first, last = min(first, today), max(last, today)
    if last - first >= MOST_MONTHS:
        middle = min(max(today, first), last)
        first, last = max(first, middle - MOST_MONTHS // 2), min(last, middle + MOST_MONTHS // 2)
    return Stretch(_day(first), _day(last + 1) - timedelta(days=1) if last < _number(date.max) else date.max)


def describe_lanes(lanes: Sequence[Lane], on: date) -> str:
    """The text equivalent of a timeline: how many projects, from when to when, how many late, how milestones stand."""
    dated = [lane for lane in lanes if lane.is_dated]
    if not dated:
        return f"{plural(len(lanes), 'project')}; nothing is dated."
    days = [day for lane in dated for day in lane.dates]
    first, last = month_long(min(days)), month_long(max(days))
    said = f"{plural(len(dated), 'project')}, {first if first == last else f'{first} to {last}'}."
    return " ".join(filter(None, (said, _late(dated), _milestones(dated))))


def _late(lanes: Sequence[Lane]) -> str:
    late = sorted((lane for lane in lanes if (lane.days_late or 0) > 0), key=lambda lane: -(lane.days_late or 0))
    if not late:
        return "None finishes later than first planned."
    worst = f"{late[0].reference} by {plural(late[0].days_late or 0, 'day')}"
    if len(late) == 1:
        return f"1 finishes later than first planned: {worst}."
    return f"{len(late)} finish later than first planned, {worst} most of all."


def _milestones(lanes: Sequence[Lane]) -> str:
    counts = Counter(step.state for lane in lanes for step in lane.steps)
    if not counts:
        return ""
    told = ((StepState.DONE, "done"), (StepState.DUE, "to come"), (StepState.OVERDUE, "overdue"))
    return f"Milestones: {', '.join(f'{counts[state]} {words}' for state, words in told if counts[state])}."


def _number(day: date) -> int:
    """Months since the year nought."""
    return day.year * 12 + day.month - 1


def _day(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1)
