"""
Keeping a board's calendar: meetings are planned, moved, cancelled, planned again and held.

All that keep the calendar see every contract, so one change is one act for all the contracts that the board watches.
Changes of one board's calendar follow one another: its row is held. What else a change moves is decided in
:mod:`reports.services.calendar_follows`; nothing has to be keyed twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Person
from contracts.queries import load_ground
from contracts.rules.months import day_long
from contracts.rules.roles import KEEPS_CALENDAR
from contracts.services.history import save_with_history
from contracts.services.refusals import NothingTyped, Refused
from reports.models import Board, BoardRequest, Meeting
from reports.services import calendar_follows as follows
from reports.services.calendar_follows import Change, Followed

Status = Meeting.Status


class NotYours(PermissionDenied):
    """Somebody who does not keep the calendar."""


class CalendarRefused(Refused):
    """Why the calendar stays as it is."""


class AlreadyMeets(CalendarRefused):
    field = "day"

    def __init__(self, meeting: Meeting) -> None:
        again = " It was cancelled: plan that one again." if meeting.status == Status.CANCELLED else ""
        super().__init__(f"The Board already has a meeting on {day_long(meeting.meeting_on)}.{again}")


class DayHasPassed(CalendarRefused):
    field = "day"

    def __init__(self, day: date) -> None:
        super().__init__(f"{day_long(day)} has passed. Choose a day from today on.")


class NotHeldYet(CalendarRefused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"The meeting of {day_long(meeting.meeting_on)} has not begun yet.")


class NoLongerSo(CalendarRefused):
    """The meeting is not in a state for this any more: it was held, or cancelled, or is planned again."""


class Stale(CalendarRefused):
    """Somebody else changed the meeting meanwhile; ``now`` is what stands there."""

    def __init__(self, now: Meeting) -> None:
        super().__init__("Somebody else has changed this meeting since you opened the page. Look at both and decide.")
        self.now = now


@dataclass(frozen=True, slots=True)
class Details:
    """Where and at what time a meeting is; blank where that is not known yet."""

    starts_at: time | None = None
    place: str = ""


@transaction.atomic
def plan_meeting(*, board: Board, by: Person, on: date, day: date, details: Details = Details()) -> Meeting:
    """Adds one meeting. Raises :class:`NotYours` or :class:`CalendarRefused`."""
    held = _hold(board, by)
    if day < on:
        raise DayHasPassed(day)
    meeting = _add(held, day, details, by=by, why="planned")
    follows.requests_find_a_meeting(held, on=on, by=by)
    return meeting


@transaction.atomic
def plan_series(
    *, board: Board, by: Person, on: date, days: Iterable[date], why: str, details: Details = Details()
) -> tuple[Meeting, ...]:
    """Adds a meeting on each of the days, all or none; one on which the Board meets already is passed over."""
    held = _hold(board, by)
    taken = set(held.meetings.values_list("meeting_on", flat=True))
    made = tuple(_add(held, day, details, by=by, why=why) for day in sorted(set(days) - taken))
    follows.requests_find_a_meeting(held, on=on, by=by)
    return made


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    by: Person,
    on: date,
    now: datetime,
    version: int,
    day: date,
    details: Details,
    reason: str = "",
) -> Followed:
    """
    Moves a planned meeting to another day, for a reason, or only to another time or place.

    The day it was first planned for is kept, however often it is moved. Asked for again, it is done once.
    """
    row = _held(meeting, by)
    if row.status == Status.PLANNED and (row.meeting_on, row.starts_at, row.place) == (
        day,
        details.starts_at,
        details.place.strip(),
    ):
        return Followed()
    _refuse_stale(row, version)
    if row.status != Status.PLANNED:
        raise NoLongerSo(f"A meeting that is {row.status} is not moved.")
    old = row.meeting_on
    row.starts_at, row.place = details.starts_at, details.place.strip()
    if day == old:
        _save(row, by=by, why="time or place changed")
        return Followed()
    if not reason.strip():
        raise NothingTyped("reason", "why it is moved")
    _refuse_day(row, day, on)
    row.moved_from = None if day == row.moved_from else row.moved_from or old
    row.meeting_on, row.reason = day, reason.strip()
    _save(row, by=by, why=f"moved from {old.isoformat()}: {row.reason}"[:100])
    return follows.follow(Change.MOVED, row, old, by=by, on=on, now=now)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Person, on: date, now: datetime, version: int, reason: str) -> Followed:
    """
    Cancels a meeting, also one that was marked as held by mistake, unless something was minuted at it.

    The months it was to judge go to the next meeting, and so do the requests of the Board that were due at it.
    """
    row = _held(meeting, by)
    if row.status == Status.CANCELLED:
        return Followed()
    _refuse_stale(row, version)
    if not reason.strip():
        raise NothingTyped("reason", "why it is cancelled")
    if row.status == Status.HELD and BoardRequest.objects.filter(meeting=row).exists():
        raise NoLongerSo("Requests of the Board were minuted at this meeting, so it was held.")
    row.status, row.reason = Status.CANCELLED, reason.strip()
    _save(row, by=by, why=f"cancelled: {row.reason}"[:100])
    return follows.follow(Change.CANCELLED, row, row.meeting_on, by=by, on=on, now=now)


@transaction.atomic
def plan_again(*, meeting: Meeting, by: Person, on: date, now: datetime, version: int, day: date) -> Followed:
    """Plans a cancelled meeting again, for its old day or another; what had followed the cancellation comes back."""
    row = _held(meeting, by)
    if row.status == Status.PLANNED and row.meeting_on == day:
        return Followed()
    _refuse_stale(row, version)
    if row.status != Status.CANCELLED:
        raise NoLongerSo(f"This meeting is not cancelled: it is {row.status}.")
    old = row.meeting_on
    _refuse_day(row, day, on)
    if day != old:
        row.moved_from = None if day == row.moved_from else row.moved_from or old
    row.meeting_on, row.status, row.reason = day, Status.PLANNED, ""
    _save(row, by=by, why="planned again")
    return follows.follow(Change.PLANNED_AGAIN, row, old, by=by, on=on, now=now)


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: Person, on: date, version: int) -> Meeting:
    """Notes that a planned meeting took place."""
    row = _held(meeting, by)
    if row.status == Status.HELD:
        return row
    _refuse_stale(row, version)
    if row.status != Status.PLANNED:
        raise NoLongerSo("A cancelled meeting was not held. Plan it again if that was a mistake.")
    if row.meeting_on > on:
        raise NotHeldYet(row)
    row.status = Status.HELD
    _save(row, by=by, why="held")
    return row


def must_keep(by: Person, board: Board) -> None:
    """Raises :class:`NotYours` for who does not keep the calendar of a contract that the board watches."""
    held = load_ground(by).held
    if not any(held.holds(KEEPS_CALENDAR, each.reference) for each in board.contracts.all()):
        raise NotYours("The clerk and administrators keep the calendar.")


def _hold(board: Board, by: Person) -> Board:
    """The board's row is held: nobody else changes its calendar until the transaction ends."""
    must_keep(by, board)
    held: Board = Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    return held


def _held(meeting: Meeting, by: Person) -> Meeting:
    """The meeting as it stands, held against its papers being stored meanwhile."""
    _hold(meeting.board, by)
    row: Meeting = Meeting.objects.select_for_update(of=("self",)).select_related("board").get(pk=meeting.pk)
    return row


def _add(board: Board, day: date, details: Details, *, by: Person, why: str) -> Meeting:
    there = board.meetings.filter(meeting_on=day).first()
    if there is not None:
        raise AlreadyMeets(there)
    row = Meeting(board=board, meeting_on=day, starts_at=details.starts_at, place=details.place.strip())
    save_with_history(row, by=by, why=why[:100])
    return row


def _save(row: Meeting, *, by: Person, why: str) -> None:
    row.version += 1
    save_with_history(row, by=by, why=why)


def _refuse_stale(row: Meeting, version: int) -> None:
    if row.version != version:
        raise Stale(row)


def _refuse_day(row: Meeting, day: date, on: date) -> None:
    if day < on:
        raise DayHasPassed(day)
    there = Meeting.objects.filter(board=row.board_id, meeting_on=day).exclude(pk=row.pk).first()
    if there is not None:
        raise AlreadyMeets(there)
