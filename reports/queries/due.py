"""
Which papers are due: those of planned meetings whose draft date is reached, and the operational project reports of
months that have ended, where nobody has started them, or they have failed and are due again. Of a paper that was
written, a later revision or edition that has failed is due again too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, data_due_on, draft_on
from contracts.rules.months import Month, month_long
from projects.models import Project
from reports.build.periods import dates_for, offsets_of, read_review_for
from reports.models import Board, Edition, Meeting, PaperRun
from reports.models.paper import BOUND, Kind, name_of_paper
from reports.querysets import PaperRunQuerySet
from reports.rules.months_owed import months_owed
from reports.rules.review import NothingVerified

OF_A_MEETING = (Kind.REPORT, Kind.PROJECTS)
"""The papers that are due for a meeting, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class DuePaper:
    """
    A paper that should be drafted by now; ``hindrance`` says in words why it cannot be, where that is so.

    It is for a meeting or for a month. ``run_id`` is that of a later revision or edition that has failed.
    """

    title: str
    contract_id: int
    meeting_id: int | None
    month: Month | None
    kind: str
    due_on: date
    hindrance: str = ""
    run_id: int | None = None
    meeting_on: date | None = None


@dataclass(frozen=True, slots=True)
class WithProjects:
    """A contract that has, or had, projects: until when, and how far its operational reports have come."""

    contract: Contract
    has_projects: bool
    last_archived_on: date | None
    latest: Month | None

    def has_register(self, on: date) -> bool:
        """Whether a project is in the register on a day."""
        return self.has_projects or (self.last_archived_on is not None and self.last_archived_on > on)


def due_papers(on: date, of: Contract | None = None) -> tuple[DuePaper, ...]:
    """
    What is due on a business day, of one contract or of all: for meetings, the earliest first, then for months.

    The papers of a meeting are due from its draft date to its day; the exception report waits for verified figures, the
    projects paper does not. The operational report is due so many working days after its month, as the contract says.
    Both papers about projects are due only where there are any. One that has failed is due again on the next business
    day.

    A meeting or month beyond the years of the calendar has no such date: it is listed at once, with the reason.
    """
    return read_now(read_due_papers(on, of))


def read_due_papers(on: date, of: Contract | None = None) -> Reading[tuple[DuePaper, ...]]:
    """The same in two steps beside whatever else is read: what there is, and what hinders a report that is due."""
    calendar, (projects, meetings, watches, contracts, started, months, later) = yield from beside(
        read_calendar(),
        ask(
            _with_projects(of),
            _meetings_to_come(on, of),
            _watches(of),
            Contract.objects.order_by("reference") if of is None else Contract.objects.filter(pk=of.pk),
            _started(on, of),
            _months_failed(on, of),
            _failed_later(on, of),
        ),
    )
    reported, begun = {each.pk: _reported(each) for each in projects}, set(started)
    watched: dict[int, set[int]] = {}
    for board, contract in watches:
        watched.setdefault(board, set()).add(contract)
    not_started = [
        (contract, meeting, kind)
        for meeting in meetings
        for contract in contracts
        if contract.pk in watched.get(meeting.board_id, ())
        for kind in OF_A_MEETING
        if kind == Kind.REPORT or (contract.pk in reported and reported[contract.pk].has_register(on))
        if (contract.pk, meeting.pk, kind) not in begun
    ]
    papers = yield from beside(*(_read_for_meeting(*each, calendar, on) for each in not_started))
    unwritten = [_for_month(each, month, calendar, on) for each, month in _unwritten_months(reported, months, on)]
    return tuple(paper for paper in (*papers, *unwritten, *map(_again, later)) if paper)


def operational_due_on(contract: Contract, month: Month, calendar: WorkingCalendar) -> date:
    """The day on which a month's operational report is written by itself. Raises ``YearNotKnown``."""
    return data_due_on(month, calendar, contract.operational_report_working_days)


def in_register(contract: Contract, on: date) -> QuerySet[Any, Any]:
    """The projects that the contract has on a day, by primary key."""
    rows: QuerySet[Any, Any] = Project.objects.filter(contract=contract).in_register(on)
    return rows.values_list("pk", flat=True)


def _with_projects(of: Contract | None) -> QuerySet[Any]:
    """Every contract, or this one, that has a project, archived or not."""
    here = OuterRef("pk")
    projects: QuerySet[Any] = Project.objects.filter(contract=here)
    begun = PaperRun.objects.filter(contract=here, kind=Kind.OPERATIONAL).order_by("-month")
    contracts = Contract.objects.filter(Exists(projects)).annotate(
        has_projects=Exists(projects.filter(archived_on=None)),
        last_archived_on=Max("projects__archived_on"),
        latest_month=Subquery(begun.values("month")[:1]),
    )
    found: QuerySet[Any] = contracts if of is None else contracts.filter(pk=of.pk)
    return found


def _reported(of: Any) -> WithProjects:
    """A contract as :func:`_with_projects` reads it."""
    return WithProjects(of, of.has_projects, of.last_archived_on, Month(of.latest_month) if of.latest_month else None)


def _meetings_to_come(on: date, of: Contract | None) -> QuerySet[Any]:
    """Of every board, or of those that watch this contract."""
    meetings: QuerySet[Any] = Meeting.objects.planned().filter(meeting_on__gte=on).select_related("board")
    own = meetings if of is None else meetings.filter(board__contracts=of)
    return own.order_by("meeting_on", "board")


def _watches(of: Contract | None) -> QuerySet[Any, Any]:
    """Which board watches which contract."""
    watches = Board.contracts.through.objects.order_by().values_list("board", "contract")
    return watches if of is None else watches.filter(contract=of)


def _runs(of: Contract | None) -> PaperRunQuerySet:
    return PaperRun.objects.all() if of is None else PaperRun.objects.filter(contract=of)


def _started(on: date, of: Contract | None) -> QuerySet[Any, Any]:
    """Contract, meeting and kind of what was begun for a meeting to come, and has not failed on a day before."""
    runs = _runs(of).filter(kind__in=OF_A_MEETING, meeting__meeting_on__gte=on)
    begun = runs.exclude(state=PaperRun.State.FAILED, due_on__lte=on).order_by()
    return begun.values_list("contract", "meeting", "kind")


def _read_for_meeting(
    contract: Contract, meeting: Meeting, kind: Kind, calendar: WorkingCalendar, on: date
) -> Reading[DuePaper | None]:
    due_on, hindrance = on, ""
    try:
        due_on = draft_on(meeting.meeting_on, calendar, offsets_of(meeting.board, contract))
        if on < due_on:
            return None
        if kind == Kind.REPORT:
            review = yield from read_review_for(contract, meeting)
            dates_for(contract, meeting, review, calendar)
    except (NothingVerified, YearNotKnown) as refusal:
        hindrance = str(refusal)
    title = f"{contract.reference}, {meeting}" + ("" if kind == Kind.REPORT else f", {kind.label}")
    return DuePaper(title, contract.pk, meeting.pk, None, kind, due_on, hindrance, meeting_on=meeting.meeting_on)


def _failed_later(on: date, of: Contract | None) -> QuerySet[Any]:
    """
    Runs that have failed on a day before, but for first drafts, which are due by their meeting or month.

    A draft is of no use after its meeting. What somebody signed off or handed over is printed whenever that was, and a
    slip of errata comes after the meeting; only of a meeting that was cancelled nothing is printed any more.
    """
    failed = _runs(of).filter(state=PaperRun.State.FAILED, due_on__lte=on, meeting__isnull=False)
    is_first = Q(edition=Edition.DRAFT, revision=1) & ~Q(kind__in=BOUND)
    is_over = Q(edition=Edition.DRAFT, meeting__meeting_on__lt=on) & ~Q(kind=Kind.ERRATUM)
    runs = failed.exclude(is_first).exclude(is_over).exclude(meeting__status=Meeting.Status.CANCELLED)
    # Addenda that are to be drafted are found where it is judged whether there is something new to tell.
    runs = runs.exclude(edition=Edition.DRAFT, kind=Kind.ADDENDUM)
    return runs.select_related("contract", "meeting").order_by("due_on", "pk")


def _again(run: PaperRun) -> DuePaper:
    title = name_of_paper(run) + ("" if run.edition == Edition.DRAFT else f", {run.edition}")
    meeting_on = run.meeting.meeting_on if run.meeting else None
    return DuePaper(
        title, run.contract_id, run.meeting_id, None, run.kind, run.due_on, run_id=run.pk, meeting_on=meeting_on
    )


def _months_failed(on: date, of: Contract | None) -> QuerySet[Any, Any]:
    """Contract and month of the operational reports that have failed on a day before."""
    runs = _runs(of).filter(kind=Kind.OPERATIONAL, state=PaperRun.State.FAILED, due_on__lte=on)
    return runs.values_list("contract", "month")


def _unwritten_months(
    reported: Mapping[int, WithProjects], months_failed: Iterable[tuple[int, Month]], on: date
) -> Iterator[tuple[WithProjects, Month]]:
    """The months owed by contract, each earliest first, so that whoever ends on the way has left none out."""
    failed: dict[int, list[Month]] = {}
    for contract, month in months_failed:
        failed.setdefault(contract, []).append(month)
    for pk, each in sorted(reported.items()):
        again, own = failed.get(pk, ()), each.contract
        for month in months_owed(each.latest, again, own.commences_on, own.ends_on, on):
            yield each, month


def _for_month(of: WithProjects, month: Month, calendar: WorkingCalendar, on: date) -> DuePaper | None:
    due_on, hindrance = on, ""
    try:
        due_on = operational_due_on(of.contract, month, calendar)
        if on < due_on or not of.has_register(due_on):
            return None
    except YearNotKnown as refusal:
        hindrance = str(refusal)
    title = f"{of.contract.reference}, {month_long(month)}, {Kind.OPERATIONAL.label}"
    return DuePaper(title, of.contract.pk, None, month, Kind.OPERATIONAL, due_on, hindrance)
