"""A meeting as its page shows it: the dates worked back from the day, the months judged, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from contracts.models import Contract, Person
from contracts.queries import working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, draft_on
from contracts.rules.held import Held
from contracts.rules.months import day_long
from contracts.rules.roles import ASKS_FOR_PAPERS, KEEPS_CALENDAR, SEES_DRAFTS, WRITES_PAPERS
from projects.models import Project
from reports.build.periods import dates_for, offsets_of, read_review_for
from reports.models import Meeting, Paper, PublishableMonth
from reports.models.paper import BOUND, Kind
from reports.queries.calendar import SettledPaper, settled_papers
from reports.queries.chain import read_chains
from reports.queries.meeting_changes import CalendarChange, changed, changes_of
from reports.queries.months_left import MonthsLeft, months_left
from reports.queries.publishable import declarations
from reports.queries.runs import PaperProgress, read_progress
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
    months_left: tuple[MonthsLeft, ...] = ()
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


def of_boards(contract: Contract) -> QuerySet[Meeting]:
    """The meetings of the boards that watch this contract, earliest first."""
    rows = Meeting.objects.filter(board__contracts=contract).select_related("board")
    return rows.order_by("meeting_on", "board__name")


def meetings_to_come(contract: Contract, on: date) -> Sequence[Meeting]:
    """Those planned from a day on, earliest first."""
    planned = Meeting.objects.filter(board__contracts=contract, meeting_on__gte=on, status=Meeting.Status.PLANNED)
    return list(planned.select_related("board").order_by("meeting_on", "board__name"))


def load_meeting(contract: Contract, meeting: Meeting, person: Person, held: Held, on: date) -> MeetingPage:
    """
    One meeting. Where nothing is verified yet or the calendar does not reach, ``hindrance`` says so.

    ``held`` is what the person holds. The exception report waits for what hinders it, the projects paper does not.
    """
    works = held.holds(SEES_DRAFTS, contract.reference)
    keeps = held.holds(KEEPS_CALENDAR, contract.reference)
    calendar = working_calendar()
    (review, hindrance), chains, papers, (changes, declared) = read_now(
        beside(
            _read_review(contract, meeting, calendar),
            read_chains(contract, [meeting], calendar, on),
            _read_papers(contract, meeting, person, held, on),
            ask(
                changed(meeting) if works else Person.objects.none(),
                declarations(contract) if works else Person.objects.none(),
            ),
        )
    )
    chain = chains.get(meeting.pk)
    links = chain.links if chain else ()
    return MeetingPage(
        meeting=meeting,
        review=review,
        hindrance=hindrance,
        steps=_steps_done(links) if works else _steps(links, on),
        papers=_papers(contract, meeting, held, on, hindrance, papers, calendar),
        matters=chain.matters if chain and works and meeting.status == Meeting.Status.PLANNED else None,
        publication=chain.publication if chain and works and meeting.status == Meeting.Status.PLANNED else None,
        warnings=chain.warnings if chain and works else (),
        frozen_report=chain.report if chain else None,
        settled=settled_papers(contract, meeting) if works else (),
        months_left=_months_left(contract, meeting) if works else (),
        changes=changes_of(changes),
        keeps=keeps,
        may_set_months=held.holds(ASKS_FOR_PAPERS, contract.reference) and meeting.status == Meeting.Status.PLANNED,
        may_add=held.holds(WRITES_PAPERS, contract.reference),
        declared=tuple(declared),
    )


def _read_review(contract: Contract, meeting: Meeting, calendar: WorkingCalendar) -> Reading[tuple[Review | None, str]]:
    """The months that it judges, and what hinders its report. One step."""
    review: Review | None = None
    try:
        review = yield from read_review_for(contract, meeting)
        dates_for(contract, meeting, review, calendar)
    except (NothingVerified, YearNotKnown) as refusal:
        return review, str(refusal)
    return review, ""


def _months_left(contract: Contract, meeting: Meeting) -> tuple[MonthsLeft, ...]:
    """Those of this meeting that no paper judges, or those of others that its report could not take any more."""
    return tuple(
        each for each in months_left(contract, meeting.board_id) if meeting.pk in (each.cancelled.pk, each.heir.pk)
    )


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written for a meeting as far as the person sees it; ``runs`` are for who works on drafts."""

    by_kind: dict[str, list[PaperRow]]
    runs: dict[str, PaperProgress] | None
    has_projects: bool


def _read_papers(contract: Contract, meeting: Meeting, person: Person, held: Held, on: date) -> Reading[_Written]:
    visible = Paper.objects.visible_to(person).filter(contract=contract, meeting=meeting)
    listed = Project.objects.filter(contract=contract).in_register(on).order_by().values_list("pk")[:1]
    rows = with_files(visible.order_by("-number", "-revision"))
    runs: dict[str, PaperProgress] | None = None
    if held.holds(SEES_DRAFTS, contract.reference):
        (papers, projects), runs = yield from beside(ask(rows, listed), read_progress(contract, meeting))
    else:
        papers, projects = yield rows, listed
    written: dict[str, list[PaperRow]] = {}
    reader = reader_of(held, contract.reference)
    for paper in papers:
        written.setdefault(paper.kind, []).append(paper_row(paper, contract.reference, reader))
    return _Written(written, runs, bool(projects))


def _papers(
    contract: Contract,
    meeting: Meeting,
    held: Held,
    on: date,
    hindrance: str,
    found: _Written,
    calendar: WorkingCalendar,
) -> tuple[MeetingPaper, ...]:
    """The exception report; the projects paper where there are projects; whatever else was written."""
    asks = held.holds(ASKS_FOR_PAPERS, contract.reference) and meeting.status != Meeting.Status.CANCELLED
    day = draft_day(contract, meeting, calendar)
    is_time = day is not None and day <= on
    written, runs = found.by_kind, found.runs
    expected = {Kind.REPORT.value, *(runs or ())} | ({Kind.PROJECTS.value} if found.has_projects else set())
    papers = []
    for kind in Kind:
        if kind not in expected and kind not in written:
            continue
        run = runs.get(kind, PaperProgress()) if runs is not None else None
        is_free = run is not None and (run.state is None or run.is_failed)
        is_possible = not hindrance or kind != Kind.REPORT
        is_bound = kind in BOUND
        papers.append(
            MeetingPaper(
                kind=kind.value,
                name=kind.label.capitalize(),
                run=run,
                coming="" if is_bound else _coming(meeting, day, on) if is_possible else hindrance,
                may_ask=asks and is_free and is_possible and is_time and not is_bound,
                revisions=tuple(written.get(kind, ())),
            )
        )
    return tuple(papers)


def _coming(meeting: Meeting, day: date | None, on: date) -> str:
    if meeting.status != Meeting.Status.PLANNED or meeting.meeting_on < on:
        return ""
    if day is None:
        return "The meeting lies beyond the working calendar, so it has no draft date yet."
    if on < day:
        return f"It is written by itself on {day_long(day)}, its draft date."
    return f"Its draft date, {day_long(day)}, is reached: it is about to be started."


def draft_day(contract: Contract, meeting: Meeting, calendar: WorkingCalendar) -> date | None:
    """The day on which the papers of a meeting are written by themselves; ``None`` beyond the calendar."""
    try:
        return draft_on(meeting.meeting_on, calendar, offsets_of(meeting.board, contract))
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
