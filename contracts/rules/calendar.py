"""Working days, clear days, and the chain of dates that leads to a meeting.

Agenda and reports must be open to inspection five clear days before a council's meeting (Local Government Act 1972,
section 100B): whole working days, counting neither the day of publication nor the day of the meeting. Which days are
closed arrives as an argument; outside the years it holds holidays for, a calendar refuses instead of guessing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.rules.months import Month, month_end

_SATURDAY = 5


class YearNotKnown(ValueError):
    """The calendar holds no holidays for that year."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday except the closed days, for the years from first_year to last_year."""

    closed: frozenset[date]
    first_year: int
    last_year: int

    def is_working_day(self, day: date) -> bool:
        """Whether the council works that day; YearNotKnown when the calendar cannot tell."""
        self._refuse_unknown(day)
        return day.weekday() < _SATURDAY and day not in self.closed

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after a day, before it when n is negative; 0 leaves even a Sunday where it is."""
        self._refuse_unknown(day)
        step = timedelta(days=1 if n > 0 else -1)
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days from first to last, first not counted; negative when last is the earlier.

        It undoes shift: as many working days as this lead from first to last, where last is a working day.
        """
        self._refuse_unknown(first)
        self._refuse_unknown(last)
        if last < first:
            return -self._count(last, first - timedelta(days=1))
        return self._count(first + timedelta(days=1), last)

    def _count(self, first: date, last: date) -> int:
        return sum(self.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def _refuse_unknown(self, day: date) -> None:
        if not self.first_year <= day.year <= self.last_year:
            raise YearNotKnown(
                f"No holidays are held for {day.year}: the calendar knows {self.first_year} to {self.last_year}"
            )


@dataclass(frozen=True, slots=True)
class Offsets:
    """The distances of a meeting's dates, all in working days; how they are counted stands at meeting_dates."""

    data_due: int = 10
    draft: int = 5
    sign_off: int = 2
    with_clerk: int = 1
    clear_days: int = 5
    addendum_cut_off: int = 1


@dataclass(frozen=True, slots=True)
class MeetingDates:
    """What must be done by when for a meeting, in the order in which it is done."""

    data_due_on: date
    draft_on: date
    sign_off_on: date
    with_clerk_on: date
    publish_by: date
    addendum_cut_off_on: date
    meeting_on: date


def clear_days(meeting_on: date, calendar: WorkingCalendar, days: int = 5) -> tuple[date, ...]:
    """The clear days before a meeting, earliest first."""
    return tuple(calendar.shift(meeting_on, -n) for n in range(days, 0, -1))


def publish_by(meeting_on: date, calendar: WorkingCalendar, days: int = 5) -> date:
    """The last working day on which publishing still leaves that many clear days."""
    return calendar.shift(meeting_on, -(days + 1))


def data_due_on(month: Month, calendar: WorkingCalendar, working_days: int = 10) -> date:
    """The day the supplier's figures for a month are due: so many working days after its last day."""
    return calendar.shift(month_end(month), working_days)


def data_due_if_known(month: Month, calendar: WorkingCalendar, working_days: int) -> date | None:
    """The same, or nothing in a year that the calendar does not hold: it never guesses."""
    try:
        return data_due_on(month, calendar, working_days)
    except YearNotKnown:
        return None


def draft_on(meeting_on: date, calendar: WorkingCalendar, offsets: Offsets) -> date:
    """The day the draft is generated, whichever months the meeting reviews."""
    return calendar.shift(publish_by(meeting_on, calendar, offsets.clear_days), -offsets.draft)


def meeting_dates(meeting_on: date, review_to: Month, calendar: WorkingCalendar, offsets: Offsets) -> MeetingDates:
    """Work the dates of a meeting back from the day it is held.

    Data are due after the end of review_to, the last month of the review period. Draft, sign-off and the clerk's copy
    count back from the day of publication, the addendum's cut-off from the meeting.
    """
    published_on = publish_by(meeting_on, calendar, offsets.clear_days)
    return MeetingDates(
        data_due_on=data_due_on(review_to, calendar, offsets.data_due),
        draft_on=draft_on(meeting_on, calendar, offsets),
        sign_off_on=calendar.shift(published_on, -offsets.sign_off),
        with_clerk_on=calendar.shift(published_on, -offsets.with_clerk),
        publish_by=published_on,
        addendum_cut_off_on=calendar.shift(meeting_on, -offsets.addendum_cut_off),
        meeting_on=meeting_on,
    )
