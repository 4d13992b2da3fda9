"""
What stands between a report that went to the clerk and its addenda: which months are new, which number comes next, and
which addenda are due.

A report or an addendum counts as long as it stands: with the clerk or published, neither withdrawn nor removed. The
months an addendum told count as told from the moment it went to the clerk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown
from contracts.rules.months import Month
from reports.build.periods import WENT_OUT
from reports.models import Edition, FrozenPaper, Meeting, Paper, PaperRun
from reports.models.paper import Audience, Kind
from reports.queries.new_months import KnownMonths, meeting_of, months_since, new_months, read_known_months
from reports.querysets import PaperQuerySet
from reports.rules.addenda import NewMonth, NothingNew, ReportNotFrozen


@dataclass(frozen=True, slots=True)
class DueAddendum:
    """An addendum that should be drafted by now, with its number and revision; ``hindrance``: what is in the way."""

    title: str
    contract_id: int
    meeting_id: int
    of_id: int
    number: int
    revision: int
    due_on: date
    hindrance: str = ""
    month: Month | None = None
    kind: str = Kind.ADDENDUM.value


@dataclass(frozen=True, slots=True)
class Coming:
    """
    The addendum that the next run would write: its number, the revision, and the paper that is a draft of it already.

    Where a revision is ``signed_off``, nothing is added until it went to the clerk or is taken back. ``run`` is one
    that is being written, or has failed.
    """

    number: int
    revision: int
    draft: Paper | None
    signed_off: Paper | None
    run: PaperRun | None


def read_to_add(contract: Contract, meeting: Meeting, number: int) -> Reading[tuple[FrozenPaper, tuple[NewMonth, ...]]]:
    """
    The report that an addendum adds to, with its text, and the months that it has to tell. In one step.

    Raises :class:`ReportNotFrozen` or :class:`NothingNew`.
    """
    (reports,), known = yield from beside(
        ask(that_stand_for(contract, meeting).select_related("snapshot")), read_known_months(contract, [meeting])
    )
    report = the_one_of(contract, meeting, reports)
    return report, months_to_add(report, known, number)


def that_stand_for(contract: Contract, meeting: Meeting) -> QuerySet[Any]:
    """The report for a meeting that went to the clerk and still stands; of several the one that was frozen last."""
    return _reports_that_stand().filter(paper__contract=contract, paper__meeting=meeting)[:1]


def the_one_of(contract: Contract, meeting: Meeting, reports: Iterable[FrozenPaper]) -> FrozenPaper:
    """The report among those that stand for a meeting; raises :class:`ReportNotFrozen` where there is none."""
    for report in reports:
        return report
    raise ReportNotFrozen(
        f"The report of {contract.reference} for the meeting of {meeting.meeting_on.isoformat()} has not gone to"
        " the clerk: what is new belongs in the report itself."
    )


def addenda_of(report: Paper) -> PaperQuerySet:
    """Every revision of every addendum to the report's meeting; they are numbered through for the meeting."""
    return Paper.objects.filter(contract=report.contract_id, meeting=report.meeting_id, kind=Kind.ADDENDUM)


def months_to_add(report: FrozenPaper, known: KnownMonths, number: int) -> tuple[NewMonth, ...]:
    """What an addendum to a report has to tell; raises :class:`NothingNew` where that is nothing."""
    months = months_since(report, known, number)
    if not months:
        raise NothingNew(
            "Nothing is new since the report: no further month that ends before the meeting of"
            f" {meeting_of(report.paper).meeting_on.isoformat()} is verified or declared publishable as provisional."
        )
    return months


def read_coming(contract: Contract, meeting: Meeting) -> Reading[Coming]:
    """Which addendum the next draft belongs to. One step."""
    runs = PaperRun.objects.filter(contract=contract, meeting=meeting, kind=Kind.ADDENDUM, edition=Edition.DRAFT)
    papers, latest_run = yield (
        Paper.objects.filter(contract=contract, meeting=meeting, kind=Kind.ADDENDUM)
        .light()
        .order_by("-number", "-revision"),
        runs.order_by("-number", "-revision")[:1],
    )
    run = next(iter(latest_run), None)
    number = max([1, *(each.number for each in papers), *([run.number] if run else [])])
    own = [each for each in papers if each.number == number]
    if any(each.status not in (Paper.Status.DRAFT, Paper.Status.SIGNED_OFF) for each in own):
        number, own, run = number + 1, [], None
    unfinished = run if run and run.number == number and run.state != PaperRun.State.FINISHED else None
    revision = max((each.revision for each in own), default=0) + 1
    return Coming(
        number=number,
        revision=unfinished.revision if unfinished else revision,
        draft=own[0] if own else None,
        signed_off=next((each for each in own if each.status == Paper.Status.SIGNED_OFF), None),
        run=unfinished,
    )


def cut_off_on(meeting: Meeting, calendar: WorkingCalendar) -> date:
    """The last day on which an addendum is drafted by itself. Raises ``YearNotKnown``."""
    return calendar.shift(meeting.meeting_on, -meeting.board.addendum_cut_off_days)


def due_addenda(on: date) -> tuple[DueAddendum, ...]:
    """
    The addenda to be drafted on a business day, the earliest meeting first; one query where no report is waiting.

    Each tells every month that is new. Where an unsigned draft tells them all already nothing is due; where it tells
    fewer, its next revision is. What is signed off is left alone.
    """
    reports = list(
        _reports_that_stand()
        .filter(paper__meeting__status=Meeting.Status.PLANNED, paper__meeting__meeting_on__gte=on)
        .order_by("paper__meeting__meeting_on", "paper__contract__reference", "-frozen_at")
    )
    calendar = working_calendar() if reports else None
    return tuple(due for each in latest(reports) if calendar and (due := _due(each, calendar, on)))


def _due(report: FrozenPaper, calendar: WorkingCalendar, on: date) -> DueAddendum | None:
    paper, meeting, hindrance = report.paper, meeting_of(report.paper), ""
    try:
        if on > cut_off_on(meeting, calendar):
            return None
    except YearNotKnown as refusal:
        hindrance = str(refusal)
    following = read_now(read_coming(paper.contract, meeting))
    if following.signed_off is not None or not _waits(following.run, on):
        return None
    months = new_months(report, following.number)
    if not months or (following.draft and following.draft.review_to >= months[-1].month):
        return None
    return DueAddendum(
        title=f"{paper.contract.reference}, {meeting}, addendum {following.number}",
        contract_id=paper.contract_id,
        meeting_id=meeting.pk,
        of_id=paper.pk,
        number=following.number,
        revision=following.revision,
        due_on=on,
        hindrance=hindrance,
    )


def _waits(run: PaperRun | None, on: date) -> bool:
    """Whether nobody is at it: there is no run, or it has failed and its next day has come."""
    return run is None or (run.state == PaperRun.State.FAILED and run.due_on <= on)


def reports_to_come(contract: Contract, on: date, most: int) -> QuerySet[Any]:
    """The reports that stand of the contract's next meetings that have one, the next meeting first."""
    went_out = _reports_that_stand().filter(paper__contract=contract, paper__meeting=OuterRef("pk"))
    meetings = Meeting.objects.coming(contract, on).filter(Exists(went_out.order_by().values("pk")))[:most]
    rows = _reports_that_stand().filter(paper__contract=contract, paper__meeting__in=meetings.values("pk"))
    return rows.order_by("paper__meeting__meeting_on", "paper__meeting__board", "-frozen_at")


def latest(reports: Iterable[FrozenPaper]) -> Iterator[FrozenPaper]:
    """One report for each contract and meeting: the one that was frozen last."""
    seen: set[tuple[int, int | None]] = set()
    for each in reports:
        of = (each.paper.contract_id, each.paper.meeting_id)
        if of not in seen:
            seen.add(of)
            yield each


def _reports_that_stand() -> QuerySet[Any]:
    return (
        FrozenPaper.objects.filter(audience=Audience.PUBLIC, paper__kind=Kind.REPORT, paper__status__in=WENT_OUT)
        .select_related("paper__contract", "paper__meeting__board")
        .defer("paper__snapshot", "paper__exempt_snapshot")
        .order_by("-frozen_at")
    )
