"""The meetings about a contract as a list, with what matters next before each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar
from contracts.rules.held import Held
from contracts.rules.roles import ASKS_FOR_PAPERS, KEEPS_CALENDAR, SEES_DRAFTS
from reports.models import Board, Meeting, Paper
from reports.models.paper import Kind
from reports.queries.calendar import CalendarRow, publish_day
from reports.queries.chain import MeetingChain, load_chains
from reports.queries.meetings import of_boards
from reports.rules.chain import Standing


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list; ``line`` is what matters next before it, for those who work on papers."""

    pk: int
    meeting_on: date
    board: str
    status: str
    publish_by: date | None
    papers: tuple[str, ...]
    line: str = ""
    is_late: bool = False
    is_coming: bool = False


@dataclass(frozen=True, slots=True)
class MeetingList:
    """
    Every meeting about a contract, latest first, with its boards; ``keeps``: this person keeps their calendars;
    ``sees_work``: they see how the work on the papers goes.
    """

    rows: tuple[MeetingRow, ...]
    boards: tuple[Board, ...]
    keeps: bool
    sees_work: bool

    @property
    def next(self) -> MeetingRow | None:
        """The next one that takes place."""
        return next((row for row in reversed(self.rows) if row.is_coming), None)


def load_meetings(contract: Contract, held: Held, on: date) -> MeetingList:
    """Every meeting, latest first; what was done before each only for those who work on papers."""
    seen_papers = Paper.objects.seen_at(contract, held).for_meetings().order_by("meeting", "-kind", "revision")
    keeps = held.holds(KEEPS_CALENDAR, contract.reference)
    calendar, (meetings, seen, watching) = read_now(
        beside(
            read_calendar(),
            ask(
                of_boards(contract),
                seen_papers.values_list("meeting", "kind", "status"),
                contract.boards.all() if keeps else Board.objects.none(),
            ),
        )
    )
    papers: dict[int, list[str]] = {}
    for meeting_id, kind, status in seen:
        papers.setdefault(meeting_id, []).append(f"{Kind(kind).label} ({status})")
    works = held.holds(SEES_DRAFTS, contract.reference)
    planned = [each for each in meetings if each.status == Meeting.Status.PLANNED]
    chains = load_chains(contract, planned, calendar, on) if works else {}
    rows = tuple(
        _row(meeting, chains.get(meeting.pk), papers.get(meeting.pk, []), calendar, on)
        for meeting in reversed(meetings)
    )
    boards = tuple({meeting.board_id: meeting.board for meeting in meetings}.values())
    if keeps:
        boards = tuple(watching)
    return MeetingList(rows, boards, keeps, sees_work=held.holds(ASKS_FOR_PAPERS, contract.reference))


def _row(
    meeting: Meeting, chain: MeetingChain | None, papers: Sequence[str], calendar: WorkingCalendar, on: date
) -> MeetingRow:
    matters = chain.in_short if chain else None
    return MeetingRow(
        pk=meeting.pk,
        meeting_on=meeting.meeting_on,
        board=meeting.board.name,
        status=CalendarRow(meeting, None).status,
        publish_by=publish_day(meeting, calendar),
        papers=tuple(papers),
        line=matters.words if matters else "",
        is_late=matters is not None and matters.standing is Standing.LATE,
        is_coming=meeting.status == Meeting.Status.PLANNED and meeting.meeting_on >= on,
    )
