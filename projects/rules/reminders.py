"""
When to remind of a project's update: when it falls due, and when the project has turned silent.

An update falls due a week before its project would turn silent, which with the usual 35 days is four weeks after the
last one. A reminder is a *step*, not a day: whoever asks late is given the step that was reached, so that a stopped
clock leaves nothing out and a person told of a step is not told again. Days are calendar days, as silence is counted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

DUE_BEFORE_SILENT: Final = 7
"""Days before a project turns silent at which its update falls due; our default."""

REPEATED_AFTER: Final = 14
"""Days between the reminders of a silent project."""

ESCALATED_AFTER: Final = 7
"""Days of silence after which the contract manager is told; our default."""


class Occasion(StrEnum):
    """What a reminder is about."""

    DUE = "update due"
    SILENT = "project silent"


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder that stands on a day; the step counts the days of silence at which it became due: 0, 14, 28…"""

    occasion: Occasion
    step: int = 0
    is_escalated: bool = False


def due_days(silent_days: int) -> int:
    """Days after an update at which the next one is due; at least one day before the project turns silent."""
    return max(silent_days - DUE_BEFORE_SILENT, silent_days // 2)


def reminder(since: date | None, on: date, silent_days: int) -> Reminder | None:
    """
    What to remind of on a day. ``since`` is the day of the latest update, or that on which a project of which nothing
    was said began; where nobody knows either, it is silent and nobody can say for how long.
    """
    if since is None:
        return Reminder(Occasion.SILENT)
    days = (on - since).days
    if days >= silent_days:
        silent = days - silent_days
        return Reminder(Occasion.SILENT, silent - silent % REPEATED_AFTER, is_escalated=silent >= ESCALATED_AFTER)
    return Reminder(Occasion.DUE) if days >= due_days(silent_days) else None
