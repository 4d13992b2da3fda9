"""A meeting as its page shows it: the dates worked back from the day, the months judged, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Contract, Person
from contracts.queries import working_calendar
from contracts.rules.calendar import YearNotKnown, draft_on
from contracts.rules.held import Held
from contracts.rules.months import day_long
from contracts.rules.roles import ASKS_FOR_PAPERS, KEEPS_CALENDAR, SEES_DRAFTS, WRITES_PAPERS
from reports.build.periods import dates_for, offsets_of, review_for
from reports.models import Meeting, Paper, PaperRun, PublishableMonth
from reports.models.paper import BOUND, Kind
from reports.queries.calendar import SettledPaper, settled_papers
from reports.queries.chain import load_chains
from reports.queries.due import has_register
from reports.queries.publishable import declared_months
from reports.queries.runs import PaperProgress, progress_of
from reports.queries.written import PaperRow, paper_row, with_files
from reports.rules.chain import Link
from reports.rules.late_months import Warned
from reports.rules.reading import reader_of
from reports.rules.review import NothingVerified, Review


@dataclass(frozen=True, slots=True)
class Step:
    """
    One date of the chain, where it lies from today, and for those who work on papers what was done of it.

    ``remark`` is that in a few words, ``details`` area by area.
    """

    name: str
    on: date
    standing: str
    remark: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What was done with a meeting in the calendar: when, by whom, and why."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """
    One kind of paper of a meeting: how far it is, and its revisions that this person may open, newest first.

    ``run`` is for those whose role works on drafts; ``coming`` says when one that nobody has started writes itself, or
    what hinders it. ``may_ask``: this person may have it written now.
    """

    kind: str
    name: str
    run: PaperProgress | None
    coming: str
    may_ask: bool
    revisions: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting for a contract: its dates, the months it judges, and its papers by kind."""

    meeting: Meeting
    review: Review | None
    hindrance: str
    steps: tuple[Step, ...]
    papers: tuple[MeetingPaper, ...]
    matters: Link | None = None
    """What to look at next before the meeting, for those who work on papers; so are the warnings."""
    publication: Link | None = None
    warnings: tuple[Warned, ...] = ()
    frozen_report: int | None = None
    settled: tuple[SettledPaper, ...] = ()
    changes: tuple[CalendarChange, ...] = ()
    keeps: bool = False
    """Whether this person keeps the calendar."""
    may_set_months: bool = False
    """Whether they may set the months that it judges."""
    may_add: bool = False
    """Whether they may ask for an addendum."""
    declared: tuple[PublishableMonth, ...] = ()
    """The months that may be told as provisional, for those who work on papers."""

    @property
    def number(self) -> int:
        """How many papers there are to open."""
        return sum(len(paper.revisions) for paper in self.papers)

    @property
    def sees_drafts(self) -> bool:
        return any(paper.run is not None for paper in self.papers)

    @property
    def is_under_way(self) -> bool:
        return any(paper.run is not None and paper.run.is_under_way for paper in self.papers)


def meetings_of(contract: Contract) -> Sequence[Meeting]:
    """The meetings of the boards that watch this contract, earliest first."""
    return list(
        Meeting.objects.filter(board__contracts=contract).select_related("board").order_by("meeting_on", "board__name")
    )


def meetings_to_come(contract: Contract, on: date) -> Sequence[Meeting]:
    """Those planned from a day on, earliest first."""
    planned = Meeting.objects.filter(board__contracts=contract, meeting_on__gte=on, status=Meeting.Status.PLANNED)
    return list(planned.select_related("board").order_by("meeting_on", "board__name"))


def load_meeting(contract: Contract, meeting: Meeting, person: Person, held: Held, on: date) -> MeetingPage:
    """
    One meeting. Where nothing is verified yet or the calendar does not reach, ``hindrance`` says so.

    ``held`` is what the person holds. The exception report waits for what hinders it, the projects paper does not.
    """
    calendar = working_calendar()
    review: Review | None = None
    hindrance = ""
    try:
        review = review_for(contract, meeting)
        dates_for(contract, meeting, review, calendar)
    except (NothingVerified, YearNotKnown) as refusal:
        hindrance = str(refusal)
    works = held.holds(SEES_DRAFTS, contract.reference)
    keeps = held.holds(KEEPS_CALENDAR, contract.reference)
    chain = load_chains(contract, [meeting], calendar, on).get(meeting.pk)
    links = chain.links if chain else ()
    return MeetingPage(
        meeting=meeting,
        review=review,
        hindrance=hindrance,
        steps=_steps_done(links) if works else _steps(links, on),
        papers=_papers(contract, meeting, person, held, on, hindrance),
        matters=chain.matters if chain and works and meeting.status == Meeting.Status.PLANNED else None,
        publication=chain.publication if chain and works and meeting.status == Meeting.Status.PLANNED else None,
        warnings=chain.warnings if chain and works else (),
        frozen_report=chain.report if chain else None,
        settled=settled_papers(contract, meeting) if works else (),
        changes=_changes(meeting) if works else (),
        keeps=keeps,
        may_set_months=held.holds(ASKS_FOR_PAPERS, contract.reference) and meeting.status == Meeting.Status.PLANNED,
        may_add=held.holds(WRITES_PAPERS, contract.reference),
        declared=declared_months(contract) if works else (),
    )


def _papers(
    contract: Contract, meeting: Meeting, person: Person, held: Held, on: date, hindrance: str
) -> tuple[MeetingPaper, ...]:
    """The exception report; the projects paper where there are projects; whatever else was written."""
    sees_drafts = held.holds(SEES_DRAFTS, contract.reference)
    asks = held.holds(ASKS_FOR_PAPERS, contract.reference) and meeting.status != Meeting.Status.CANCELLED
    day = draft_day(contract, meeting)
    is_time = day is not None and day <= on
    written: dict[str, list[PaperRow]] = {}
    visible = Paper.objects.visible_to(person).filter(contract=contract, meeting=meeting)
    visible = visible.order_by("-number", "-revision")
    reader = reader_of(held, contract.reference)
    for paper in with_files(visible):
        written.setdefault(paper.kind, []).append(paper_row(paper, contract.reference, reader))
    expected = {Kind.REPORT.value} | ({Kind.PROJECTS.value} if has_register(contract, on) else set())
    if sees_drafts:
        expected |= set(PaperRun.objects.filter(contract=contract, meeting=meeting).values_list("kind", flat=True))
    found = []
    for kind in Kind:
        if kind not in expected and kind not in written:
            continue
        run = progress_of(contract, meeting, kind) if sees_drafts else None
        is_free = run is not None and (run.state is None or run.is_failed)
        is_possible = not hindrance or kind != Kind.REPORT
        is_bound = kind in BOUND
        found.append(
            MeetingPaper(
                kind=kind.value,
                name=kind.label.capitalize(),
                run=run,
                coming="" if is_bound else _coming(meeting, day, on) if is_possible else hindrance,
                may_ask=asks and is_free and is_possible and is_time and not is_bound,
                revisions=tuple(written.get(kind, ())),
            )
        )
    return tuple(found)


def _coming(meeting: Meeting, day: date | None, on: date) -> str:
    if meeting.status != Meeting.Status.PLANNED or meeting.meeting_on < on:
        return ""
    if day is None:
        return "The meeting lies beyond the working calendar, so it has no draft date yet."
    if on < day:
        return f"It is written by itself on {day_long(day)}, its draft date."
    return f"Its draft date, {day_long(day)}, is reached: it is about to be started."


def draft_day(contract: Contract, meeting: Meeting) -> date | None:
    """The day on which the papers of a meeting are written by themselves; ``None`` beyond the calendar. One query."""
    try:
        return draft_on(meeting.meeting_on, working_calendar(), offsets_of(meeting.board, contract))
    except YearNotKnown:
        return None


def _steps_done(links: Sequence[Link]) -> tuple[Step, ...]:
    """The chain with what was done, for those who work on papers."""
    return tuple(
        Step(link.name, link.due_on, link.standing.value, f"{link.remark[:1].upper()}{link.remark[1:]}", link.details)
        for link in links
    )


def _steps(links: Sequence[Link], on: date) -> tuple[Step, ...]:
    """The bare dates, for everybody else."""
    coming = next((link.due_on for link in links if link.due_on >= on), None)
    return tuple(Step(link.name, link.due_on, *_standing(link.due_on, on, coming)) for link in links)


def _standing(day: date, on: date, coming: date | None) -> tuple[str, str]:
    if day == on:
        return "today", "Today"
    if day == coming:
        return "next", "Next"
    return ("past" if day < on else "to come"), ""


def _changes(meeting: Meeting) -> tuple[CalendarChange, ...]:
    """What the calendar's keepers did with the meeting, the latest first; nothing of one that was imported."""
    rows = meeting.history.filter(history_user__isnull=False).select_related("history_user")
    return tuple(
        CalendarChange(row.history_date, str(row.history_user), _in_words(row.history_change_reason or "changed"))
        for row in rows.order_by("-history_date", "-history_id")
    )


def _in_words(reason: str) -> str:
    """`moved from 2018-03-29: …` with its day in words."""
    head, separator, rest = reason.partition(": ")
    before, _, day = head.rpartition(" ")
    if before == "moved from" and separator:
        head = f"{before} {day_long(date.fromisoformat(day))}"
    return f"{head[:1].upper()}{head[1:]}{separator}{rest}"
