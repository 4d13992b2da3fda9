"""The sheets about boards: `meetings` with the months they judge, and `requests` of the Board, which is ours."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from contracts.models import Contract
from contracts.queries import load_ground
from contracts.rules.months import Month, month_key
from contracts.workbook import cells
from contracts.workbook.cells import quoted
from contracts.workbook.saving import Import, Upsert, text_for
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, one_of, required
from reports.models import Board, BoardRequest, Meeting, ReviewPeriod

MEETINGS: Final = SheetSpec(
    "meetings",
    (
        text_for(Board, "name", hint="the board's name", column="board"),
        required("meeting_on", cells.day, "a date such as 2018-03-29"),
        one_of("status", Meeting.Status.values, default=Meeting.Status.PLANNED.value),
        Column("review_from", cells.month),
        Column("review_to", cells.month),
    ),
)
REQUESTS: Final = SheetSpec(
    "requests",
    (
        text_for(BoardRequest, "reference", hint="a short reference such as R-01"),
        one_of("kind", BoardRequest.Kind.values, default=BoardRequest.Kind.REQUEST.value),
        required("raised_on", cells.day, "a date such as 2018-03-29"),
        text_for(BoardRequest, "text", hint="what was asked"),
        text_for(BoardRequest, "raised_by"),
        text_for(BoardRequest, "owner"),
        Column("due_meeting", cells.day),
        one_of("status", BoardRequest.Status.values, default=BoardRequest.Status.OPEN.value),
        text_for(BoardRequest, "answer"),
        Column("answered_on", cells.day),
    ),
)
FIELD_OF: Final = {"due_meeting": "due_meeting_on"}


# --- Meetings --------------------------------------------------------------------------------------------------------


def import_meetings(importing: Import, rows: Iterable[Row]) -> None:
    """Reads boards, meetings and review periods and writes what is new or different; a blank period stays as it is."""
    sheet = _Meetings(importing)
    for row in rows:
        sheet.read(row)
    sheet.save()


class _Meetings:
    """The meetings sheet while it is read."""

    def __init__(self, importing: Import) -> None:
        self.importing = importing
        self.boards = {board.name.lower(): board for board in Board.objects.all()}
        self.watching = {board.name.lower() for board in Board.objects.filter(contracts=importing.contract.pk)}
        self.keeps_calendar = importing.by is None or load_ground(importing.by).held.keeps_calendars
        meetings = Meeting.objects.select_related("board")
        self.status = {_key(meeting): meeting.status for meeting in meetings}
        periods = ReviewPeriod.objects.filter(contract_id=importing.contract.pk).select_related("meeting__board")
        self.meetings = Upsert(importing, "meetings", Meeting, {_key(meeting): meeting for meeting in meetings})
        self.periods = Upsert(importing, "review periods", ReviewPeriod, {_key(each.meeting): each for each in periods})
        self._named: dict[str, Board] = {}
        self._seen = Seen()

    def read(self, row: Row) -> None:
        _check_period(row)
        if not row.is_sound("board", "meeting_on"):
            return
        name = row["board"].lower()
        key = (name, row["meeting_on"])
        named = f"{row['board']} {row['meeting_on']}"
        if not self._seen.is_new(key, row, "meeting_on", f"the meeting of {named}") or not row.is_sound():
            return
        if not self.keeps_calendar and not self._is_theirs(row, key):
            return
        board = self._named[name] = self.boards.setdefault(name, Board(name=row["board"]))
        values = {"status": row["status"]} if "status" in row.given else {}
        meeting = self.meetings.put(key, named, row, {"board": board, "meeting_on": row["meeting_on"]}, values)
        if row["review_from"]:
            identity = {"contract": self.importing.contract, "meeting": meeting}
            period = {"review_from": row["review_from"], "review_to": row["review_to"]}
            self.periods.put(key, named, row, identity, period)

    def _is_theirs(self, row: Row, key: tuple[str, Any]) -> bool:
        """Boards and their meetings are several contracts': who keeps no calendar changes nothing about them."""
        reference, board = self.importing.contract.reference, quoted(row["board"])
        if key[0] not in self.watching:
            row.problem("board", f"no board {board} watches {reference}", "expected one that does")
            return False
        known = self.status.get(key)
        if known is None or ("status" in row.given and row["status"] != known):
            right = "expected a meeting of its calendar, as it stands there"
            row.problem("board", f"the clerk keeps the calendar of {board}", right)
            return False
        return True

    def save(self) -> None:
        self.importing.create(Board, [board for board in self._named.values() if board.pk is None])
        self.meetings.save()
        self.periods.save()
        if self.importing.may_write:
            watching = set(self.importing.contract.boards.values_list("pk", flat=True))
            for board in self._named.values():
                if board.pk not in watching:
                    self._sign(board)
                    board.contracts.add(self.importing.contract)

    def _sign(self, board: Any) -> None:
        board._history_user, board._history_date = self.importing.by, self.importing.at
        board._change_reason = self.importing.change_reason


def _key(meeting: Meeting) -> tuple[str, Any]:
    return meeting.board.name.lower(), meeting.meeting_on


def _check_period(row: Row) -> None:
    first, last = row["review_from"], row["review_to"]
    if not row.is_sound("review_from", "review_to"):
        return
    if (first is None) != (last is None):
        lacking = "review_from" if first is None else "review_to"
        row.problem(lacking, "the review period lacks one of its ends", "expected both months, or neither")
    elif first and last and last < first:
        row.problem("review_to", "the last month is before the first", f"expected {month_key(first)} or later")


# --- Requests --------------------------------------------------------------------------------------------------------


def import_requests(importing: Import, rows: Iterable[Row]) -> None:
    """Reads the Board's requests and writes what is new or different."""
    on_record = BoardRequest.objects.filter(contract_id=importing.contract.pk)
    upsert = Upsert(importing, "requests", BoardRequest, {request.reference: request for request in on_record})
    seen = Seen()
    for row in rows:
        _check_answer(row)
        if not row.is_sound("reference") or not seen.is_new(row["reference"], row, "reference", row["reference"]):
            continue
        if row.is_sound():
            identity = {"contract": importing.contract, "reference": row["reference"]}
            values = {FIELD_OF.get(name, name): row[name] for name in row.given if name != "reference"}
            upsert.put(row["reference"], row["reference"], row, identity, values)
    upsert.save()


def _check_answer(row: Row) -> None:
    if row.is_sound("status", "answer") and row["status"] != BoardRequest.Status.OPEN and not row["answer"]:
        row.problem("answer", f"a request that is {row['status']} has no answer", "expected the answer, or status open")
    raised, answered = row["raised_on"], row["answered_on"]
    if row.is_sound("raised_on", "answered_on") and answered and answered < raised:
        row.problem("answered_on", "it is answered before it was raised", f"expected {raised.isoformat()} or later")


# --- Out -------------------------------------------------------------------------------------------------------------


def meeting_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `meetings`: those of the boards that watch the contract, by day."""
    periods = {period.meeting_id: period for period in ReviewPeriod.objects.filter(contract=contract)}
    meetings = Meeting.objects.filter(board__contracts=contract).select_related("board")
    for meeting in meetings.order_by("meeting_on", "board__name"):
        period = periods.get(meeting.pk)
        months = [month_key(Month(month)) for month in (period.review_from, period.review_to)] if period else ["", ""]
        yield [meeting.board.name, meeting.meeting_on, meeting.status, *months]


def request_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `requests`: by the day on which they were raised."""
    fields = [FIELD_OF.get(name, name) for name in REQUESTS.names]
    for row in BoardRequest.objects.filter(contract=contract).order_by("raised_on", "reference").values_list(*fields):
        yield list(row)
