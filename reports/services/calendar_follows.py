"""
What follows when a meeting is moved, cancelled or planned again, so that nothing is keyed twice.

Months: what a cancelled meeting was to judge is judged at the next one. Requests of the Board and a proposed key list
go where the meeting goes. Drafts of the Board's coming meetings are built anew, because the dates in them changed; what
is signed off or further stays as it is, and the meeting's page says that it names another day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from contracts.models import Contract, Person
from contracts.rules.months import Month, add_months, day_long, month_long
from contracts.services.history import delete_with_history, save_with_history
from projects.models import KeyList
from reports.models import Board, BoardRequest, Meeting, Paper, PaperRun, ReviewPeriod
from reports.models.paper import Kind
from reports.services.calendar_notices import tell_changed
from reports.services.news import announce
from reports.services.runs import SETTLED, next_draft

Status = Paper.Status
FROZEN: Final = (Status.WITH_CLERK, Status.PUBLISHED, Status.WITHDRAWN, Status.REMOVED)


class Change(StrEnum):
    """What happened to the meeting, in the words of the message that tells of it."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    PLANNED_AGAIN = "planned again"


@dataclass(frozen=True, slots=True)
class Followed:
    """What a change has moved besides: how many requests, to which day; whose months; which drafts are built anew."""

    requests: int = 0
    requests_to: date | None = None
    periods: tuple[str, ...] = ()
    drafts: int = 0

    @property
    def in_words(self) -> str:
        said = list(self.periods)
        if self.requests and self.requests_to:
            what = "1 request of the Board is" if self.requests == 1 else f"{self.requests} requests of the Board are"
            said.append(f"{what} now due on {day_long(self.requests_to)}.")
        if self.drafts:
            what = "1 draft is" if self.drafts == 1 else f"{self.drafts} drafts are"
            said.append(f"{what} being built again.")
        return " ".join(said)


def follow(change: Change, meeting: Meeting, old: date, *, by: Person, on: date, now: datetime) -> Followed:
    """Brings everything that hangs on the meeting to where it belongs now, and tells who works for it."""
    contracts = list(meeting.board.contracts.all())
    periods = [words for contract in contracts for words in _months_follow(change, meeting, contract, by=by)]
    number, to = _requests_follow(change, meeting, old, on=on, by=by)
    _key_lists_follow(meeting, old, to, contracts, by=by)
    drafts = _build_again(meeting.board, _why(change, meeting, old), by=by, on=on, now=now)
    tell_changed(meeting, contracts, change.value, old, by=by)
    return Followed(number, to, tuple(periods), drafts)


def requests_find_a_meeting(board: Board, *, on: date, by: Person) -> int:
    """Requests still due at a cancelled meeting go to the next one planned, now that there may be one."""
    stranded = 0
    cancelled = board.meetings.filter(status=Meeting.Status.CANCELLED).values_list("meeting_on", flat=True)
    if days := set(cancelled):
        due = _open(board, days).values_list("due_meeting_on", flat=True)
        for day in sorted({day for day in due if day is not None}):
            if heir := _next_planned(board, max(day, on)):
                stranded += _make_due(_open(board, [day]), heir.meeting_on, by=by, why=_mark(board, day))
    return stranded


def _months_follow(change: Change, meeting: Meeting, contract: Contract, *, by: Person) -> Iterable[str]:
    """
    A period that was stored keeps to its meeting while that takes place. Cancelled, its months are joined to those of
    the next meeting that keeps a period; one that keeps none works its months out anyway.
    """
    own = ReviewPeriod.objects.filter(contract=contract, meeting=meeting).first()
    if own is None or change is Change.MOVED or (change is Change.PLANNED_AGAIN and _is_dropped(own, by=by)):
        return
    heir = _next_of(contract, meeting)
    kept = ReviewPeriod.objects.filter(contract=contract, meeting=heir).first() if heir else None
    if heir is None or kept is None:
        return
    first = kept.review_from
    if change is Change.CANCELLED:
        first = min(own.review_from, kept.review_from)
    elif kept.review_from == own.review_from:
        first = min(add_months(Month(own.review_to), 1), kept.review_to)
    if first == kept.review_from:
        return
    if heir.status != Meeting.Status.PLANNED or _is_frozen(contract, heir):
        yield (
            f"The report of {day_long(heir.meeting_on)} is final and does not judge the months of this meeting: an"
            " addendum to it has to."
        )
        return
    kept.review_from = first
    save_with_history(kept, by=by, why=f"{meeting.meeting_on.isoformat()} was {change.value}")
    yield f"The report of {day_long(heir.meeting_on)} now judges from {month_long(Month(first))}."


def _is_dropped(own: ReviewPeriod, *, by: Person) -> bool:
    """Planned again for a day by which others have judged its months, the meeting works its own out anew."""
    earlier = ReviewPeriod.objects.filter(contract=own.contract_id, meeting__meeting_on__lt=own.meeting.meeting_on)
    judged = earlier.exclude(meeting__status=Meeting.Status.CANCELLED).filter(review_to__gte=own.review_to)
    is_so = bool(judged.exists()) and not _is_frozen(own.contract, own.meeting)
    if is_so:
        delete_with_history(own, by=by, why="planned again, its months are judged")
    return is_so


def _requests_follow(change: Change, meeting: Meeting, old: date, *, on: date, by: Person) -> tuple[int, date | None]:
    board = meeting.board
    if change is Change.CANCELLED:
        heir = _next_planned(board, max(old, on))
        if heir is None:
            return 0, None
        return _make_due(_open(board, [old]), heir.meeting_on, by=by, why=_mark(board, old)), heir.meeting_on
    here = _make_due(_open(board, [old]), meeting.meeting_on, by=by, why=f"the meeting was {change.value}")
    if change is Change.PLANNED_AGAIN:
        here += _make_due(_moved_by_cancelling(board, old), meeting.meeting_on, by=by, why="its meeting takes place")
    return here + requests_find_a_meeting(board, on=on, by=by), meeting.meeting_on


def _open(board: Board, days: Iterable[date]) -> QuerySet[BoardRequest]:
    """The requests to the board's contracts due at a meeting of these days, and not closed."""
    rows: QuerySet[BoardRequest] = BoardRequest.objects.select_for_update(of=("self",)).filter(
        contract__boards=board, due_meeting_on__in=list(days)
    )
    return rows.exclude(status=BoardRequest.Status.CLOSED).order_by("pk")


def _moved_by_cancelling(board: Board, day: date) -> list[BoardRequest]:
    """Those that went elsewhere when the meeting of this day was cancelled, and were not touched since."""
    log = BoardRequest.history.model.objects.filter(id=OuterRef("pk"))
    rows = BoardRequest.objects.filter(contract__boards=board).exclude(status=BoardRequest.Status.CLOSED)
    marked = rows.filter(Exists(log.filter(history_change_reason=_mark(board, day)))).order_by("pk")
    return [row for row in marked if row.history.first().history_change_reason == _mark(board, day)]


def _make_due(rows: Iterable[BoardRequest], day: date, *, by: Person, why: str) -> int:
    number = 0
    for row in rows:
        if row.due_meeting_on != day:
            row.due_meeting_on, row.version = day, row.version + 1
            save_with_history(row, by=by, why=why)
            number += 1
    return number


def _mark(board: Board, day: date) -> str:
    return f"the meeting of {day.isoformat()} was cancelled (board {board.pk})"


def _key_lists_follow(
    meeting: Meeting, old: date, to: date | None, contracts: Iterable[Contract], *, by: Person
) -> None:
    """A proposed key list that was put to the meeting is decided where the meeting's business goes."""
    lists = KeyList.objects.select_for_update(of=("self",)).filter(
        contract__in=list(contracts), put_to_board_on=old, board=meeting.board.name, decided_on=None
    )
    for row in lists.order_by("pk"):
        if to is not None and to != old:
            row.put_to_board_on, row.version = to, row.version + 1
            save_with_history(row, by=by, why=f"the meeting of {old.isoformat()} is now {to.isoformat()}")


def _next_planned(board: Board, after: date) -> Meeting | None:
    """The next planned meeting after a day."""
    coming = board.meetings.filter(status=Meeting.Status.PLANNED, meeting_on__gt=after)
    found: Meeting | None = coming.order_by("meeting_on").first()
    return found


def _next_of(contract: Contract, meeting: Meeting) -> Meeting | None:
    """The next meeting about the contract that was not cancelled."""
    later = Meeting.objects.filter(board__contracts=contract, meeting_on__gt=meeting.meeting_on).exclude(pk=meeting.pk)
    found: Meeting | None = later.exclude(status=Meeting.Status.CANCELLED).order_by("meeting_on", "pk").first()
    return found


def _is_frozen(contract: Contract, meeting: Meeting) -> bool:
    reports = Paper.objects.filter(contract=contract, meeting=meeting, kind=Kind.REPORT, status__in=FROZEN)
    return bool(reports.exists())


def _build_again(board: Board, why: str, *, by: Person, on: date, now: datetime) -> int:
    """A new revision of every draft of the board's coming meetings of which no revision is signed off or further."""
    papers = Paper.objects.filter(
        meeting__board=board, meeting__status=Meeting.Status.PLANNED, meeting__meeting_on__gte=on
    )
    settled = set(papers.filter(status__in=SETTLED).values_list("contract", "meeting", "kind", "number"))
    drafts: dict[tuple[int, int, str, int], Paper] = {}
    written = papers.filter(status=Status.DRAFT).select_related("contract", "meeting", "of", "run")
    for paper in written.order_by("revision"):
        key = (paper.contract_id, paper.meeting_id, paper.kind, paper.number)
        if key not in settled:
            drafts[key] = paper
    for paper in drafts.values():
        meeting = paper.meeting
        if meeting is None:
            continue
        run: PaperRun = next_draft(
            paper.contract,
            meeting,
            paper.kind,
            on=on,
            now=now,
            by=by,
            reason=paper.run.reason if paper.number else why,
            number=paper.number,
            of=paper.of,
        )
        announce(run.pk)
    return len(drafts)


def _why(change: Change, meeting: Meeting, old: date) -> str:
    if change is Change.MOVED:
        return f"The meeting of {day_long(old)} was moved to {day_long(meeting.meeting_on)}."
    return f"The meeting of {day_long(meeting.meeting_on)} was {change.value}."
