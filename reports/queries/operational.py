"""The operational project reports of a contract as their page lists them: one for every month, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown
from contracts.rules.months import Month, add_months, last_owed, month_of, month_range
from projects.models import Project
from reports.models import PaperRun
from reports.models.paper import Kind
from reports.queries.due import operational_due_on
from reports.queries.runs import PaperProgress, progress_in
from reports.queries.written import PaperRow, paper_row
from reports.rules.months_owed import months_owed

PER_PAGE: Final = 24
ASKED_BACK_TO: Final = 12
"""So many of the months that have ended are offered to who asks for a report; older ones are the commands' business."""


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The report of a month: how far it is, and the paper once it is written."""

    month: Month
    progress: PaperProgress
    written: PaperRow | None


@dataclass(frozen=True, slots=True)
class OperationalPage:
    """
    The reports of a page of the list, the months that can be asked for, and the next report that writes itself.

    ``coming_on`` is the day of that; ``None`` beyond the calendar.
    """

    reports: tuple[MonthReport, ...]
    page: "Page[PaperRun]"
    has_projects: bool
    askable: tuple[Month, ...]
    coming: Month | None
    coming_on: date | None

    @property
    def is_under_way(self) -> bool:
        return any(each.progress.is_under_way for each in self.reports)


def load_operational_reports(contract: Contract, on: date, number: int = 1) -> OperationalPage:
    """Three queries however many there are."""
    runs = PaperRun.objects.filter(contract=contract, kind=Kind.OPERATIONAL)
    calendar, (begun, projects) = read_now(
        beside(
            read_calendar(),
            ask(
                runs.order_by("-month").values_list("month", "state"),
                Project.objects.filter(contract=contract).in_register(on).order_by().values_list("pk")[:1],
            ),
        )
    )
    rows = runs.order_by("-month", "-revision").select_related("paper").prefetch_related("paper__files")
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = len(begun)
    page = paginator.get_page(number)
    coming, coming_on = _coming(contract, begun, calendar, on)
    return OperationalPage(
        reports=tuple(_report(run, contract.reference) for run in page.object_list),
        page=page,
        has_projects=bool(projects),
        askable=_askable(contract, begun, on),
        coming=coming,
        coming_on=coming_on,
    )


def _report(run: PaperRun, contract: str) -> MonthReport:
    progress = progress_in(run)
    written = paper_row(run.paper, contract) if progress.is_finished else None
    return MonthReport(Month(run.month or date.min), progress, written)


def _askable(contract: Contract, runs: Sequence[tuple[date, str]], on: date) -> tuple[Month, ...]:
    """Of the last months that have ended, those that nobody has begun, or that could not be written; newest first."""
    last = last_owed(contract.ends_on, on)
    first = max(month_of(contract.commences_on), add_months(last, 1 - ASKED_BACK_TO))
    begun = {month for month, state in runs if state != PaperRun.State.FAILED}
    return tuple(month for month in reversed(month_range(first, last)) if month not in begun)


def _coming(
    contract: Contract, runs: Sequence[tuple[date, str]], calendar: WorkingCalendar, on: date
) -> tuple[Month | None, date | None]:
    """The next month whose report writes itself: one that is owed already, else this one; none of a contract over."""
    latest = max((month for month, _ in runs), default=None)
    owed = months_owed(Month(latest) if latest else None, (), contract.commences_on, contract.ends_on, on)
    now = month_of(on)
    is_over = contract.ends_on is not None and month_of(contract.ends_on) < now
    month = owed[0] if owed else None if is_over else now
    if month is None:
        return None, None
    try:
        return month, operational_due_on(contract, month, calendar)
    except YearNotKnown:
        return month, None
