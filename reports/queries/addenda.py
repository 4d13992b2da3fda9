"""
What stands between a report that went to the clerk and its addenda: which months are new, which number comes next, and
which addenda are due.

A report or an addendum counts as long as it stands: with the clerk or published, neither withdrawn nor removed. The
months an addendum told count as told from the moment it went to the clerk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, data_due_if_known
from contracts.rules.months import Month, last_ended
from kpis.models import Return
from kpis.queries import verified_months
from kpis.queries.registers import areas_owing
from reports.build.periods import WENT_OUT
from reports.models import Edition, FrozenPaper, Meeting, Paper, PaperRun, PublishableMonth
from reports.models.paper import Audience, Kind
from reports.queries.months_left import left_to
from reports.querysets import PaperQuerySet
from reports.rules.addenda import (
    NewMonth,
    NothingNew,
    ReportNotFrozen,
    months_to_tell,
)


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


def frozen_report(contract: Contract, meeting: Meeting) -> FrozenPaper | None:
    """The public half of the report for a meeting that went to the clerk and still stands. One query."""
    found: FrozenPaper | None = _reports_that_stand().filter(paper__contract=contract, paper__meeting=meeting).first()
    return found


def report_of(contract: Contract, meeting: Meeting) -> FrozenPaper:
    """The same; raises :class:`ReportNotFrozen` where there is none."""
    frozen = frozen_report(contract, meeting)
    if frozen is None:
        raise ReportNotFrozen(
            f"The report of {contract.reference} for the meeting of {meeting.meeting_on.isoformat()} has not gone to"
            " the clerk: what is new belongs in the report itself."
        )
    return frozen


def told_to(report: Paper, number: int | None = None) -> Month:
    """The last month that the report and its addenda have told; with a number, those before that one."""
    told = addenda_of(report).filter(status__in=WENT_OUT)
    if number is not None:
        told = told.filter(number__lt=number)
    last = told.aggregate(last=Max("review_to"))["last"]
    return Month(max(report.review_to, last or report.review_to))


def meeting_of(report: Paper) -> Meeting:
    """The meeting that a report is for."""
    if report.meeting is None:
        raise ValueError("Papers for a month have no addenda.")
    return report.meeting


def addenda_of(report: Paper) -> PaperQuerySet:
    """Every revision of every addendum to the report's meeting; they are numbered through for the meeting."""
    return Paper.objects.filter(contract=report.contract_id, meeting=report.meeting_id, kind=Kind.ADDENDUM)


def new_months(report: FrozenPaper, number: int | None = None) -> tuple[NewMonth, ...]:
    """
    The months that may be told now and were not told, each with why; with a number, what that addendum has to tell.

    Months that the report could not take from a meeting that was cancelled come first, in an addendum of their own.

    About six queries.
    """
    paper = report.paper
    contract, meeting = paper.contract, meeting_of(paper)
    dropped = {month: left.cancelled.meeting_on for left in left_to(contract, meeting) for month in left.months}
    verified = set(verified_months(contract))
    declared = {Month(each.month): each for each in declarations(contract)}
    tellable = verified | declared.keys()
    months = tuple(takewhile(lambda month: month in tellable, sorted(dropped)))
    if not months:
        told, ended = told_to(paper, number), last_ended(meeting.meeting_on)
        if ended <= told:
            return ()
        owing = [month for month, areas in areas_owing(contract, told, ended).items() if areas]
        months = months_to_tell(told, owing, tellable, meeting.meeting_on)
    if not months:
        return ()
    at, calendar = _verified_at(contract, months), working_calendar()
    return tuple(
        NewMonth(
            month=month,
            due_on=data_due_if_known(month, calendar, contract.data_due_working_days),
            is_verified=month in verified,
            verified_on=timezone.localdate(at[month]) if month in at else None,
            is_after_report=month in at and at[month] > report.frozen_at,
            declared_on=timezone.localdate(declared[month].declared_at) if month in declared else None,
            reason=declared[month].reason if month in declared else "",
            cancelled_on=dropped.get(month),
        )
        for month in months
    )


def months_of(report: FrozenPaper, number: int | None = None) -> tuple[NewMonth, ...]:
    """The same; raises :class:`NothingNew` where there is none."""
    months = new_months(report, number)
    if not months:
        meeting_on = meeting_of(report.paper).meeting_on
        raise NothingNew(
            "Nothing is new since the report: no further month that ends before the meeting of"
            f" {meeting_on.isoformat()} is verified or declared publishable as provisional."
        )
    return months


def coming(contract: Contract, meeting: Meeting) -> Coming:
    """Which addendum the next draft belongs to. Two queries."""
    papers = list(
        Paper.objects.filter(contract=contract, meeting=meeting, kind=Kind.ADDENDUM)
        .light()
        .order_by("-number", "-revision")
    )
    runs = PaperRun.objects.filter(contract=contract, meeting=meeting, kind=Kind.ADDENDUM, edition=Edition.DRAFT)
    run: PaperRun | None = runs.order_by("-number", "-revision").first()
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


def declarations(contract: Contract) -> QuerySet[Any]:
    """The months of the contract that are declared publishable as provisional, and not withdrawn."""
    return PublishableMonth.objects.filter(contract=contract, withdrawn_at=None).select_related("declared_by")


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
    return tuple(due for each in _latest(reports) if calendar and (due := _due(each, calendar, on)))


def _due(report: FrozenPaper, calendar: WorkingCalendar, on: date) -> DueAddendum | None:
    paper, meeting, hindrance = report.paper, meeting_of(report.paper), ""
    try:
        if on > cut_off_on(meeting, calendar):
            return None
    except YearNotKnown as refusal:
        hindrance = str(refusal)
    following = coming(paper.contract, meeting)
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


def _latest(reports: Iterable[FrozenPaper]) -> Iterator[FrozenPaper]:
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


def _verified_at(contract: Contract, months: Iterable[Month]) -> dict[Month, datetime]:
    """Of each month, when the last of its returns was verified; imported ones are not on record."""
    rows = (
        Return.objects.of_contract(contract)
        .filter(month__in=list(months), state=Return.State.VERIFIED, verified_at__isnull=False)
        .values("month")
        .annotate(at=Max("verified_at"))
    )
    return {Month(row["month"]): row["at"] for row in rows}
