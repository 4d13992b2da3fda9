"""What a board is set up with: the dates before its meetings, its papers, and the days on which the council closes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from contracts.models import ClosedDay, Person
from contracts.queries import load_ground
from contracts.rules.months import day_long
from contracts.rules.roles import KEEPS_CALENDAR
from contracts.services.history import delete_with_history, save_with_history
from contracts.services.refusals import NothingTyped
from reports.models import Board
from reports.services.meetings import CalendarRefused, NotYours, must_keep


class BoardMovedOn(CalendarRefused):
    """Somebody else changed the settings meanwhile; ``now`` is what stands there."""

    def __init__(self, now: Board) -> None:
        super().__init__("Somebody else has changed these settings since you opened the page. Look at both and decide.")
        self.now = now


class ClosedAlready(CalendarRefused):
    field = "day"

    def __init__(self, row: ClosedDay) -> None:
        super().__init__(f"The council is closed on {day_long(row.closed_on)} already: {row.reason}.")


@transaction.atomic
def change_board(*, board: Board, by: Person, version: int, settings: Mapping[str, Any]) -> Board:
    """
    Changes the settings of a board; asked for again, it is done once.

    Raises :class:`BoardMovedOn`, or :class:`django.core.exceptions.ValidationError` for what the board cannot be.
    """
    must_keep(by, board)
    row: Board = Board.objects.select_for_update().get(pk=board.pk)
    changed = {name: value for name, value in settings.items() if getattr(row, name) != value}
    if not changed:
        return row
    if row.version != version:
        raise BoardMovedOn(row)
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    save_with_history(row, by=by, why="settings changed")
    return row


@transaction.atomic
def close_day(*, day: date, reason: str, by: Person) -> ClosedDay:
    """The council is closed on this day: it is no working day before any meeting. For every board and contract."""
    _must_keep_some(by)
    if not reason.strip():
        raise NothingTyped("reason", "why the council is closed")
    there = ClosedDay.objects.filter(closed_on=day).first()
    if there is not None:
        if there.reason == reason.strip():
            return there
        raise ClosedAlready(there)
    row = ClosedDay(closed_on=day, reason=reason.strip())
    save_with_history(row, by=by, why="closed")
    return row


@transaction.atomic
def open_day(*, row: ClosedDay, reason: str, by: Person) -> None:
    """The council works on this day after all, for a reason that its history keeps."""
    _must_keep_some(by)
    if not reason.strip():
        raise NothingTyped("reason", "why the council is open")
    delete_with_history(row, by=by, why=f"open after all: {reason.strip()}"[:100])


def _must_keep_some(by: Person) -> None:
    held = load_ground(by).held
    if not (held.is_superuser or held.roles & KEEPS_CALENDAR):
        raise NotYours("The clerk and administrators keep the calendar.")
