"""
When a paper was published, held against the clear days before its meeting.

Agenda and reports are open to inspection so many clear days before a meeting (Local Government Act 1972, section 100B):
whole working days, neither the day of publication nor that of the meeting among them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.rules.calendar import WorkingCalendar, publish_by


@dataclass(frozen=True, slots=True)
class Timing:
    """``clear_days`` that were left, of those ``needed``; ``late_by`` counts working days after the last good one."""

    clear_days: int
    needed: int
    late_by: int

    @property
    def is_late(self) -> bool:
        return self.late_by > 0

    @property
    def words(self) -> str:
        """`in time: 5 clear days`, or `late by 1 working day: 4 clear days instead of 5`."""
        left = f"{self.clear_days} clear {_days(self.clear_days)}"
        if not self.is_late:
            return f"in time: {left}"
        return f"late by {self.late_by} working {_days(self.late_by)}: {left} instead of {self.needed}"


def timing_of(published_on: date, meeting_on: date, needed: int, calendar: WorkingCalendar) -> Timing:
    """
    How a day of publication stands to a meeting. Raises ``YearNotKnown`` beyond the calendar's years.

    What is published on a day off is late by the next working day: nobody could inspect it before.
    """
    latest = publish_by(meeting_on, calendar, needed)
    left = calendar.working_days_between(published_on, meeting_on - timedelta(days=1))
    if published_on <= latest:
        return Timing(left, needed, 0)
    return Timing(max(left, 0), needed, max(calendar.working_days_between(latest, published_on), 1))


def _days(number: int) -> str:
    return "day" if number == 1 else "days"
