"""Meetings as their pages show them: the dates worked back from the day, the months judged, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract, Person
from contracts.queries import working_calendar
from contracts.rules.calendar import MeetingDates, WorkingCalendar, YearNotKnown, draft_on, publish_by
from contracts.rules.held import Held
from contracts.rules.months import day_long
from contracts.rules.roles import ASKS_FOR_PAPERS, SEES_DRAFTS
from reports.build.periods import dates_for, offsets_of, review_for
from reports.models import Meeting, Paper
from reports.models.paper import Kind
from reports.queries.due import has_register
from reports.queries.runs import PaperProgress, progress_of
from reports.queries.written import PaperRow, paper_row
from reports.rules.review import NothingVerified, Review


@dataclass(frozen=True, slots=True)
class Step:
    """One date of the chain: what is done by then, and where it lies from today."""

    name: str
    on: date
    standing: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list."""

    pk: int
    meeting_on: date
    board: str
    status: str
    publish_by: date | None
    papers: tuple[str, ...]


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


def load_meetings(contract: Contract, person: Person) -> tuple[MeetingRow, ...]:
    """Every meeting, latest first."""
    calendar = working_calendar()
    papers: dict[int, list[str]] = {}
    visible = Paper.objects.visible_to(person).for_meetings().filter(contract=contract)
    for paper in visible.order_by("meeting", "-kind", "revision"):
        papers.setdefault(paper.meeting_id, []).append(f"{paper.get_kind_display()} ({paper.status})")
    return tuple(
        MeetingRow(
            pk=meeting.pk,
            meeting_on=meeting.meeting_on,
            board=meeting.board.name,
            status=meeting.status,
            publish_by=_publish_by(meeting, calendar),
            papers=tuple(papers.get(meeting.pk, ())),
        )
        for meeting in reversed(meetings_of(contract))
    )


def load_meeting(contract: Contract, meeting: Meeting, person: Person, held: Held, on: date) -> MeetingPage:
    """
    One meeting. Where nothing is verified yet or the calendar does not reach, ``hindrance`` says so.

    ``held`` is what the person holds. The exception report waits for what hinders it, the projects paper does not.
    """
    calendar = working_calendar()
    review: Review | None = None
    steps: tuple[Step, ...] = ()
    hindrance = ""
    try:
        review = review_for(contract, meeting)
        steps = _steps(dates_for(contract, meeting, review, calendar), on)
    except (NothingVerified, YearNotKnown) as refusal:
        hindrance = str(refusal)
    return MeetingPage(meeting, review, hindrance, steps, _papers(contract, meeting, person, held, on, hindrance))


def _papers(
    contract: Contract, meeting: Meeting, person: Person, held: Held, on: date, hindrance: str
) -> tuple[MeetingPaper, ...]:
    """The exception report; the projects paper where there are projects; whatever else was written."""
    sees_drafts = held.holds(SEES_DRAFTS, contract.reference)
    asks = held.holds(ASKS_FOR_PAPERS, contract.reference) and meeting.status != Meeting.Status.CANCELLED
    day = draft_day(contract, meeting)
    is_time = day is not None and day <= on
    written: dict[str, list[PaperRow]] = {}
    visible = Paper.objects.visible_to(person).filter(contract=contract, meeting=meeting).order_by("-revision")
    for paper in visible.prefetch_related("files"):
        written.setdefault(paper.kind, []).append(paper_row(paper))
    expected = {Kind.REPORT.value} | ({Kind.PROJECTS.value} if has_register(contract, on) else set())
    found = []
    for kind in Kind:
        if kind not in expected and kind not in written:
            continue
        run = progress_of(contract, meeting, kind) if sees_drafts else None
        is_free = run is not None and (run.state is None or run.is_failed)
        is_possible = not hindrance or kind != Kind.REPORT
        found.append(
            MeetingPaper(
                kind=kind.value,
                name=kind.label.capitalize(),
                run=run,
                coming=_coming(meeting, day, on) if is_possible else hindrance,
                may_ask=asks and is_free and is_possible and is_time,
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


def _steps(dates: MeetingDates, on: date) -> tuple[Step, ...]:
    chain = (
        ("Data due", dates.data_due_on),
        ("Draft generated", dates.draft_on),
        ("Sign-off", dates.sign_off_on),
        ("With the clerk", dates.with_clerk_on),
        ("Published", dates.publish_by),
        ("Addendum cut-off", dates.addendum_cut_off_on),
        ("Meeting", dates.meeting_on),
    )
    coming = next((day for _, day in chain if day >= on), None)
    return tuple(Step(name, day, _standing(day, on, coming)) for name, day in chain)


def _standing(day: date, on: date, coming: date | None) -> str:
    if day == on:
        return "today"
    if day == coming:
        return "next"
    return "past" if day < on else "to come"


def _publish_by(meeting: Meeting, calendar: WorkingCalendar) -> date | None:
    if meeting.status == Meeting.Status.CANCELLED:
        return None
    try:
        return publish_by(meeting.meeting_on, calendar, meeting.board.clear_days)
    except YearNotKnown:
        return None
