"""
When to remind of a return: some working days before it is due, on the day, after it, and when to tell the manager.

A reminder is a *step*, not a day: whoever asks late is given the step that was reached, so that a stopped clock leaves
nothing out and a person told of a step is not told again. On a day that is no working day nothing new falls due.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.rules.calendar import WorkingCalendar

REPEATED_AFTER = 5
"""Working days between the reminders of what is overdue."""

ESCALATED_AFTER = 3
"""Working days overdue at which the contract manager is told; our default."""


class Occasion(StrEnum):
    """What a reminder is about."""

    DUE_SOON = "due soon"
    DUE_TODAY = "due today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder that stands on a day. The step counts the working days overdue at which it became due: 1, 6, 11…"""

    occasion: Occasion
    step: int = 0


def reminder(due_on: date, on: date, calendar: WorkingCalendar, days_before: int = 2) -> Reminder | None:
    """
    What to remind of on a day, ``days_before`` working days before it is due at the earliest.

    Raises :class:`contracts.rules.calendar.YearNotKnown`.
    """
    if on < due_on:
        is_soon = calendar.working_days_between(on, due_on) <= days_before
        return Reminder(Occasion.DUE_SOON) if is_soon else None
    if on == due_on:
        return Reminder(Occasion.DUE_TODAY)
    step = overdue_step(due_on, on, calendar)
    return Reminder(Occasion.OVERDUE, step) if step else None


def overdue_step(due_on: date, on: date, calendar: WorkingCalendar) -> int:
    """The last step reached, in working days: 1, then every five more; 0 while no working day has passed."""
    days = calendar.working_days_between(due_on, on)
    return days - (days - 1) % REPEATED_AFTER if days > 0 else 0


def is_escalated(due_on: date, on: date, calendar: WorkingCalendar) -> bool:
    """Whether it is so late that the contract manager is told."""
    return calendar.working_days_between(due_on, on) >= ESCALATED_AFTER
