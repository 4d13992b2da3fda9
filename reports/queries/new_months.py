"""
The months that addenda may tell: what was verified or declared publishable since a report went to the clerk.

Months that a report could not take from a meeting that was cancelled come first, in an addendum of their own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, data_due_if_known
from contracts.rules.months import Month, last_ended
from kpis.models import Return
from kpis.queries.registers import kpis_owing, owing_of, read_verified_months
from reports.build.periods import WENT_OUT
from reports.models import FrozenPaper, Meeting, Paper, PublishableMonth
from reports.models.paper import Kind
from reports.queries.months_left import MonthsLeft, left_to, read_months_left
from reports.rules.addenda import NewMonth, months_to_tell


@dataclass(frozen=True, slots=True)
class KnownMonths:
    """What is known of a contract's months; ``told`` are the addenda that went out: meeting, number, last month."""

    left: tuple[MonthsLeft, ...]
    verified: Collection[Month]
    verified_at: Mapping[Month, datetime]
    declared: Mapping[Month, PublishableMonth]
    owing: Sequence[Any]
    told: Sequence[tuple[int, int, date]]
    calendar: WorkingCalendar


def new_months(report: FrozenPaper, number: int | None = None) -> tuple[NewMonth, ...]:
    """
    The months that may be told now and were not told, each with why; with a number, what that addendum has to tell.

    One query.
    """
    (found,) = read_now(read_new_months(report.paper.contract, [report], number))
    return found


def read_new_months(
    contract: Contract, reports: Sequence[FrozenPaper], number: int | None = None
) -> Reading[tuple[tuple[NewMonth, ...], ...]]:
    """The same of each of a contract's reports, in one step however many there are."""
    if not reports:
        return ()
    known = yield from read_known_months(contract, [meeting_of(each.paper) for each in reports])
    return tuple(months_since(report, known, number) for report in reports)


def read_known_months(contract: Contract, meetings: Sequence[Meeting]) -> Reading[KnownMonths]:
    """What tells the new months of the reports for these meetings, in one step beside the reports themselves."""
    left, verified, (declared, verified_at, owing, told), calendar = yield from beside(
        read_months_left(contract, {meeting.board_id for meeting in meetings}),
        read_verified_months(contract),
        ask(
            declarations(contract),
            _verified_at(contract),
            kpis_owing(contract),
            Paper.objects.filter(contract=contract, meeting__in=meetings, kind=Kind.ADDENDUM, status__in=WENT_OUT)
            .order_by()
            .values_list("meeting", "number", "review_to"),
        ),
        read_calendar(),
    )
    return KnownMonths(
        left=left,
        verified=set(verified),
        verified_at={Month(month): at for month, at in verified_at},
        declared={Month(each.month): each for each in declared},
        owing=owing,
        told=told,
        calendar=calendar,
    )


def months_since(report: FrozenPaper, known: KnownMonths, number: int | None) -> tuple[NewMonth, ...]:
    """The months that are new since a report; with a number, what that addendum has to tell."""
    contract, meeting, at = report.paper.contract, meeting_of(report.paper), known.verified_at
    dropped = {month: left.cancelled.meeting_on for left in left_to(known.left, meeting) for month in left.months}
    tellable = {*known.verified, *known.declared}
    months = tuple(takewhile(lambda month: month in tellable, sorted(dropped)))
    if not months:
        told, ended = _told_to(report.paper, known, number), last_ended(meeting.meeting_on)
        if ended <= told:
            return ()
        owing = [month for month, areas in owing_of(known.owing, told, ended).items() if areas]
        months = months_to_tell(told, owing, tellable, meeting.meeting_on)
    return tuple(
        NewMonth(
            month=month,
            due_on=data_due_if_known(month, known.calendar, contract.data_due_working_days),
            is_verified=month in known.verified,
            verified_on=timezone.localdate(at[month]) if month in at else None,
            is_after_report=month in at and at[month] > report.frozen_at,
            declared_on=timezone.localdate(known.declared[month].declared_at) if month in known.declared else None,
            reason=known.declared[month].reason if month in known.declared else "",
            cancelled_on=dropped.get(month),
        )
        for month in months
    )


def _told_to(report: Paper, known: KnownMonths, number: int | None) -> Month:
    """The last month that the report and its addenda have told; with a number, those before that one."""
    own = (last for of, each, last in known.told if of == report.meeting_id and (number is None or each < number))
    return Month(max((report.review_to, *own)))


def meeting_of(report: Paper) -> Meeting:
    """The meeting that a report is for."""
    if report.meeting is None:
        raise ValueError("Papers for a month have no addenda.")
    return report.meeting


def declarations(contract: Contract) -> QuerySet[Any]:
    """The months of the contract that are declared publishable as provisional, and not withdrawn."""
    return PublishableMonth.objects.filter(contract=contract, withdrawn_at=None).select_related("declared_by")


def _verified_at(contract: Contract) -> QuerySet[Any, Any]:
    """Of each month, when the last of its returns was verified; imported ones are not on record."""
    rows = Return.objects.of_contract(contract).filter(state=Return.State.VERIFIED, verified_at__isnull=False)
    months: QuerySet[Any, Any] = rows.order_by().values("month").annotate(at=Max("verified_at"))
    return months.values_list("month", "at")
