"""
What the Board waits for: when an answer is late, how many meetings have passed, and when its owner is reminded.

A request is answered for the paper of the meeting it is due at, so what counts is the day on which that paper is
drafted. It is overdue once the meeting itself has passed without an answer; how soon its owner hears is our default.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from contracts.rules.calendar import WorkingCalendar

SOON: Final = 5
"""Working days before the draft date of the meeting it is due at."""


class Standing(StrEnum):
    """How a request stands. Answered is not closed: it heads the papers until somebody closes it."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Occasion(StrEnum):
    """What a reminder is about."""

    SOON = "request due soon"
    DRAFT = "request due for the draft"
    OVERDUE = "request overdue"


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What is known of a request: how it stands and its answer, with the days on which it was answered and closed."""

    status: str
    answer: str
    answered_on: date | None
    closed_on: date | None


def known_on(known: RequestFacts, on: date) -> tuple[str, str]:
    """Status and answer as they stood on a day, as far as the days tell; a day that is not known changes nothing."""
    if known.closed_on is not None and known.closed_on <= on:
        return Standing.CLOSED, known.answer
    if known.status == Standing.CLOSED and known.closed_on is None and _is_by(known.answered_on, on):
        return Standing.CLOSED, known.answer
    if known.answer and _is_by(known.answered_on, on):
        is_open_again = known.status == Standing.OPEN
        return (Standing.OPEN if is_open_again else Standing.ANSWERED), known.answer
    return Standing.OPEN, ""


def is_overdue(status: str, due_on: date | None, on: date) -> bool:
    """Whether the meeting it was due at has passed and nobody has answered."""
    return status == Standing.OPEN and due_on is not None and due_on < on


def age_in_meetings(raised_on: date, until: date, meetings: Iterable[date]) -> int:
    """How many meetings of the Board came after the one it was raised at, up to a day, it included."""
    return sum(raised_on < day <= until for day in meetings)


def occasion(due_on: date, draft_on: date, on: date, calendar: WorkingCalendar) -> Occasion | None:
    """
    What to remind of on a day. Whoever asks late is given the occasion that was reached, so that none is left out.

    Raises :class:`contracts.rules.calendar.YearNotKnown`.
    """
    if on > due_on:
        return Occasion.OVERDUE
    if on >= draft_on:
        return Occasion.DRAFT
    return Occasion.SOON if calendar.working_days_between(on, draft_on) <= SOON else None


def _is_by(day: date | None, on: date) -> bool:
    return day is None or day <= on
