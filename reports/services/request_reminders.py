"""
Reminders of what the Board waits for: before the draft of the meeting it is due at, on that day, and when overdue.

To whom it is assigned; where nobody in particular is, to the contract manager. Asked for as often as one likes: each
occasion is written once for each person. When a message goes out is the affair of :mod:`contracts.services.messages`.
"""

import logging
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from contracts.models import Contract
from contracts.queries import Holders, load_holders, working_calendar
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, draft_on
from contracts.rules.roles import Role
from reports.build.periods import offsets_of
from reports.models import Board, BoardRequest, Meeting
from reports.rules.requests import occasion
from reports.services.request_notices import tell_due

logger = logging.getLogger(__name__)


def write_reminders(*, on: date) -> int:
    """Writes what is to be said on a business day and was not said before; how many messages that makes."""
    calendar = working_calendar()
    return sum(_remind(contract, on, calendar) for contract in Contract.objects.order_by("pk"))


@transaction.atomic
def _remind(contract: Contract, on: date, calendar: WorkingCalendar) -> int:
    waiting = BoardRequest.objects.filter(contract=contract, raised_on__lte=on, status=BoardRequest.Status.OPEN)
    rows = list(waiting.exclude(due_meeting_on=None).select_related("contract", "assigned_to", "meeting__board"))
    if not rows:
        return 0
    holders, boards = load_holders(contract), _boards(contract)
    return sum(_tell(row, on, calendar, holders, boards) for row in rows)


def _tell(
    row: BoardRequest, on: date, calendar: WorkingCalendar, holders: Holders, boards: Mapping[date | None, Board]
) -> int:
    due = row.due_meeting_on
    board = boards.get(due) or (row.meeting.board if row.meeting else boards.get(None))
    if due is None or board is None:
        return 0
    try:
        drafted = draft_on(due, calendar, offsets_of(board, row.contract))
        reached = occasion(due, drafted, on, calendar)
    except YearNotKnown as refusal:
        logger.error("No reminder of request %s: %s", row.reference, refusal)
        return 0
    if reached is None:
        return 0
    is_assigned = row.assigned_to is not None and row.assigned_to.is_active
    people = (row.assigned_to,) if is_assigned and row.assigned_to else holders.of(Role.CONTRACT_MANAGER)
    return tell_due(people, row, reached, due=due, draft=drafted)


def _boards(contract: Contract) -> Mapping[date | None, Board]:
    """Which board meets on a day; under ``None`` the contract's first, for a day on which none does."""
    boards: dict[date | None, Board] = {}
    meetings = Meeting.objects.filter(board__contracts=contract).exclude(status=Meeting.Status.CANCELLED)
    for meeting in meetings.select_related("board").order_by("meeting_on", "board__name"):
        boards.setdefault(meeting.meeting_on, meeting.board)
        boards.setdefault(None, meeting.board)
    return boards
