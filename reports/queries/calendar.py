"""A board's calendar as those who keep it see it, what a change leaves behind, and its events for a calendar file."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count

from contracts.models import ClosedDay, Contract
from contracts.readings import together
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, meeting_dates, publish_by
from contracts.rules.months import day_long, last_ended
from reports.build.periods import offsets_of
from reports.models import Board, BoardRequest, Meeting, Paper
from reports.queries.chain import MeetingChain, load_chains
from reports.queries.months_left import MonthsLeft, months_left
from reports.render.ics import Event
from reports.rules.chain import Standing, Step
from reports.rules.series import Proposal, Series, propose

LONDON: Final = ZoneInfo("Europe/London")
PUBLIC_STEPS: Final = frozenset({Step.PUBLISH, Step.MEETING})
"""The dates that concern who does not work on papers."""
CALLS: Final = {
    Step.DRAFT: "draft is written",
    Step.SIGN_OFF: "sign-off due",
    Step.WITH_CLERK: "due with the clerk",
    Step.PUBLISH: "publication due",
    Step.ADDENDUM: "addendum cut-off",
}
SETTLED: Final = {
    Paper.Status.SIGNED_OFF: "Take the sign-off back, then have it built and signed off again.",
    Paper.Status.WITH_CLERK: "Do not publish it: withdraw it, and hand over a new revision.",
    Paper.Status.PUBLISHED: "It is not changed. Withdraw it, or tell its readers.",
}
"""What to do about a paper that names a day on which its meeting does not take place."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A meeting in its board's calendar; ``line`` is what matters next before it."""

    meeting: Meeting
    publish_by: date | None
    line: str = ""
    is_late: bool = False

    @property
    def where(self) -> str:
        """`10:30, County Hall`, as far as it is known."""
        starts = f"{self.meeting.starts_at:%H:%M}" if self.meeting.starts_at else ""
        return ", ".join(filter(None, (starts, self.meeting.place)))

    @property
    def status(self) -> str:
        """`Planned`, `Held`, `Cancelled`, or `Moved from …`, which is planned as well."""
        if self.meeting.moved_from and self.meeting.status == Meeting.Status.PLANNED:
            return f"Moved from {day_long(self.meeting.moved_from)}"
        return str(self.meeting.status).capitalize()


@dataclass(frozen=True, slots=True)
class Year:
    """A year of meetings."""

    year: int
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class BoardCalendar:
    """The meetings of a board by year: those to come with the next one first, those past with the last one first."""

    board: Board
    coming: tuple[Year, ...]
    past: tuple[Year, ...]
    months_left: tuple[MonthsLeft, ...] = ()

    @property
    def next(self) -> CalendarRow | None:
        """The next meeting that takes place."""
        rows = (row for year in self.coming for row in year.rows)
        return next((row for row in rows if row.meeting.status == Meeting.Status.PLANNED), None)

    @property
    def number(self) -> int:
        return sum(row.meeting.status == Meeting.Status.PLANNED for year in self.coming for row in year.rows)


@dataclass(frozen=True, slots=True)
class SettledPaper:
    """A paper that names another day than its meeting's, or one of a cancelled meeting, and what to do about it."""

    paper: Paper
    words: str
    advice: str


def load_calendar(contract: Contract, board: Board, calendar: WorkingCalendar, on: date) -> BoardCalendar:
    """Every meeting of a board, with how far this contract's papers are."""
    meetings = list(board.meetings.order_by("meeting_on"))
    for meeting in meetings:
        meeting.board = board
    planned = [meeting for meeting in meetings if meeting.status == Meeting.Status.PLANNED]
    chains = load_chains(contract, planned, calendar, on)
    rows = [_row(meeting, chains.get(meeting.pk), calendar) for meeting in meetings]
    coming = [row for row in rows if row.meeting.meeting_on >= on]
    past = [row for row in reversed(rows) if row.meeting.meeting_on < on]
    return BoardCalendar(board, _years(coming), _years(past), months_left(contract, board.pk))


def preview_series(board: Board, series: Series, calendar: WorkingCalendar, on: date) -> tuple[Proposal, ...]:
    """The days that a series would add, each with what speaks against it. Two queries."""
    taken = frozenset(board.meetings.values_list("meeting_on", flat=True))
    own = dict(ClosedDay.objects.values_list("closed_on", "reason"))
    return propose(series.days(), taken, own, calendar, on)


def settled_papers(contract: Contract, meeting: Meeting) -> tuple[SettledPaper, ...]:
    """
    The papers that are past being a draft and name another day than their meeting's. A frozen one is asked what it
    says itself, not what its draft said.
    """
    if meeting.moved_from is None and meeting.status != Meeting.Status.CANCELLED:
        return ()
    papers = Paper.objects.filter(contract=contract, meeting=meeting, status__in=SETTLED).order_by("kind", "revision")
    return tuple(_settled(papers.prefetch_related("frozen__snapshot"), meeting))


def coming_requests(meeting: Meeting) -> int:
    """How many requests of the Board are due at this meeting: they go where it goes."""
    due = BoardRequest.objects.filter(contract__boards=meeting.board_id, due_meeting_on=meeting.meeting_on)
    return due.exclude(status=BoardRequest.Status.CLOSED).count()


def events_of(
    contract: Contract, meetings: Iterable[Meeting], calendar: WorkingCalendar, *, works_on_papers: bool, address: str
) -> tuple[Event, ...]:
    """
    Each meeting with its dates, as far as they concern the reader; of a cancelled one all are marked as cancelled.

    ``address`` is where the site is, for links, and may be empty. Three queries besides the meetings.
    """
    shown = list(meetings)
    numbers = _sequences(shown)
    return tuple(
        event
        for meeting in shown
        for event in _events(
            contract, meeting, calendar, numbers[meeting.pk], works_on_papers=works_on_papers, address=address
        )
    )


def _sequences(meetings: Sequence[Meeting]) -> dict[int, int]:
    """
    By meeting, how often anything changed that its entries print: the meeting itself, the board with its name and its
    offsets, the days on which the council is closed.

    Each line of history is one change and none is ever taken away, so the number only grows; that it sometimes grows
    for a change which moves no date harms nobody.
    """
    own = Meeting.history.filter(id__in=[each.pk for each in meetings]).order_by()
    boards = Board.history.filter(id__in={each.board_id for each in meetings}).order_by()
    of_meetings, of_boards, of_days = together(
        own.values_list("id").annotate(Count("pk")),
        boards.values_list("id").annotate(Count("pk")),
        ClosedDay.history.order_by().values_list("pk"),
    )
    by_meeting, by_board, closed = dict(of_meetings), dict(of_boards), len(of_days)
    return {
        each.pk: each.version - 1 + _since_begun(by_meeting, each.pk) + _since_begun(by_board, each.board_id) + closed
        for each in meetings
    }


def _since_begun(lines: Mapping[int, int], row: int) -> int:
    """The first line of a history is the row's beginning, and changes nothing."""
    return max(lines.get(row, 0) - 1, 0)


def _events(
    contract: Contract,
    meeting: Meeting,
    calendar: WorkingCalendar,
    sequence: int,
    *,
    works_on_papers: bool,
    address: str,
) -> Iterator[Event]:
    board, is_cancelled = meeting.board, meeting.status == Meeting.Status.CANCELLED
    url = f"{address}/contracts/{contract.reference}/meetings/{meeting.pk}/" if address else ""
    for step, day in _days(contract, meeting, calendar):
        if not works_on_papers and step not in PUBLIC_STEPS:
            continue
        is_meeting = step is Step.MEETING
        at: date | datetime = day
        if is_meeting and meeting.starts_at is not None:
            at = datetime.combine(day, meeting.starts_at, tzinfo=LONDON)
        name = "meeting" if is_meeting else f"{contract.reference}-{step.value}".lower().replace(" ", "-")
        yield Event(
            uid=f"meeting-{meeting.pk}-{name}@{_domain()}",
            sequence=sequence,
            at=at,
            summary=board.name if is_meeting else f"{contract.reference}: {CALLS[step]}",
            description="" if is_meeting else f"For {board.name} on {day_long(meeting.meeting_on)}.",
            location=meeting.place if is_meeting else "",
            url=url,
            is_cancelled=is_cancelled,
            is_busy=is_meeting and meeting.starts_at is not None,
        )


def _days(contract: Contract, meeting: Meeting, calendar: WorkingCalendar) -> Iterator[tuple[Step, date]]:
    """The dates but that of the figures, which is the months' own; beyond the calendar the meeting alone."""
    try:
        ended = last_ended(meeting.meeting_on)
        dates = meeting_dates(meeting.meeting_on, ended, calendar, offsets_of(meeting.board, contract))
    except YearNotKnown:
        pass
    else:
        yield Step.DRAFT, dates.draft_on
        yield Step.SIGN_OFF, dates.sign_off_on
        yield Step.WITH_CLERK, dates.with_clerk_on
        yield Step.PUBLISH, dates.publish_by
        yield Step.ADDENDUM, dates.addendum_cut_off_on
    yield Step.MEETING, meeting.meeting_on


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip("> ") or "scrutineer"


def _settled(papers: Iterable[Paper], meeting: Meeting) -> Iterator[SettledPaper]:
    is_cancelled = meeting.status == Meeting.Status.CANCELLED
    for paper in papers:
        said = _day_in(paper)
        if not is_cancelled and said == meeting.meeting_on.isoformat():
            continue
        name = f"{paper.get_kind_display().capitalize()}, revision {paper.revision}, is {paper.status}"
        day = day_long(date.fromisoformat(said)) if said else "another day"
        what = "This meeting was cancelled." if is_cancelled else f"It says {day}."
        yield SettledPaper(paper, f"{name}. {what}", SETTLED[Paper.Status(paper.status)])


def _day_in(paper: Paper) -> str:
    texts = [frozen.snapshot.text for frozen in paper.frozen.all() if hasattr(frozen, "snapshot")]
    read = json.loads(next((text for text in texts if text), paper.snapshot) or "{}")
    return str((read.get("meeting") or {}).get("meeting_on") or "")


def _row(meeting: Meeting, chain: MeetingChain | None, calendar: WorkingCalendar) -> CalendarRow:
    matters = chain.in_short if chain else None
    return CalendarRow(
        meeting=meeting,
        publish_by=publish_day(meeting, calendar),
        line=matters.words if matters else "",
        is_late=matters is not None and matters.standing is Standing.LATE,
    )


def publish_day(meeting: Meeting, calendar: WorkingCalendar) -> date | None:
    """The day by which its papers are published; nothing for a cancelled meeting or one beyond the calendar."""
    if meeting.status == Meeting.Status.CANCELLED:
        return None
    try:
        return publish_by(meeting.meeting_on, calendar, meeting.board.clear_days)
    except YearNotKnown:
        return None


def _years(rows: Sequence[CalendarRow]) -> tuple[Year, ...]:
    grouped = groupby(rows, key=lambda row: row.meeting.meeting_on.year)
    return tuple(Year(year, tuple(of_year)) for year, of_year in grouped)


def load_closed_days() -> list[ClosedDay]:
    """The days on which the council closes by its own decision, the latest first. One query."""
    return list(ClosedDay.objects.order_by("-closed_on"))
