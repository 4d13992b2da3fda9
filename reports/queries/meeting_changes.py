"""What was done with a meeting in the calendar, by its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from contracts.rules.months import day_long
from reports.models import Meeting


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What was done with a meeting in the calendar: when, by whom, and why."""

    at: datetime
    by: str
    words: str


def changed(meeting: Meeting) -> QuerySet[Any]:
    """What the calendar's keepers did with the meeting, the latest first; nothing of one that was imported."""
    rows: QuerySet[Any] = meeting.history.filter(history_user__isnull=False).select_related("history_user")
    return rows.order_by("-history_date", "-history_id")


def changes_of(rows: Iterable[Any]) -> tuple[CalendarChange, ...]:
    """The same in words."""
    return tuple(
        CalendarChange(row.history_date, str(row.history_user), _in_words(row.history_change_reason or "changed"))
        for row in rows
    )


def _in_words(reason: str) -> str:
    """`moved from 2018-03-29: …` with its day in words."""
    head, separator, rest = reason.partition(": ")
    before, _, day = head.rpartition(" ")
    if before == "moved from" and separator:
        head = f"{before} {day_long(date.fromisoformat(day))}"
    return f"{head[:1].upper()}{head[1:]}{separator}{rest}"
