"""Meetings as their pages show them: the dates worked back from the day, the months judged, the papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract, Person
from contracts.queries import working_calendar
from contracts.rules.calendar import MeetingDates, WorkingCalendar, YearNotKnown, publish_by
from reports.build.periods import dates_for, review_for
from reports.models import Meeting, Paper, PaperFile
from reports.rules.review import NothingVerified, Review

FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page", "xlsx": "Spreadsheet", "json": "JSON"}
"""The files of a paper in the order in which readers ask for them, and what they call them."""


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
class PaperRow:
    """A written paper with its files by the words of a reader, and its tables as CSV apart."""

    paper: Paper
    files: tuple[tuple[str, PaperFile], ...]
    tables: tuple[tuple[str, PaperFile], ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting for a contract: its dates, the months it judges, and the papers this person may open."""

    meeting: Meeting
    review: Review | None
    hindrance: str
    steps: tuple[Step, ...]
    papers: tuple[PaperRow, ...]


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
    for paper in Paper.objects.visible_to(person).filter(contract=contract).order_by("meeting", "kind", "revision"):
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


def load_meeting(contract: Contract, meeting: Meeting, person: Person, on: date) -> MeetingPage:
    """One meeting. Where nothing is verified yet or the calendar does not reach, ``hindrance`` says so."""
    papers = Paper.objects.visible_to(person).filter(contract=contract, meeting=meeting).prefetch_related("files")
    review: Review | None = None
    steps: tuple[Step, ...] = ()
    hindrance = ""
    try:
        review = review_for(contract, meeting)
        steps = _steps(dates_for(contract, meeting, review), on)
    except (NothingVerified, YearNotKnown) as refusal:
        hindrance = str(refusal)
    return MeetingPage(
        meeting, review, hindrance, steps, tuple(_paper(each) for each in papers.order_by("kind", "-revision"))
    )


def _paper(paper: Paper) -> PaperRow:
    by_format = {file.format: file for file in paper.files.all() if file.format in FORMATS}
    tables = (file for file in paper.files.all() if file.format == "csv")
    return PaperRow(
        paper=paper,
        files=tuple((word, by_format[name]) for name, word in FORMATS.items() if name in by_format),
        tables=tuple((_table_name(file, paper), file) for file in tables),
    )


def _table_name(file: PaperFile, paper: Paper) -> str:
    """`project exceptions` of a name that ends in `-r1-project-exceptions.csv`."""
    ending = file.name.removesuffix(".csv").rpartition(f"-r{paper.revision}-")[2]
    return ending.replace("-", " ").replace("kpi", "KPI")


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
