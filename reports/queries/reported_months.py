"""The months that concern a meeting: when their figures are due, and how the return of each area stands."""

from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.readings import Reading
from contracts.rows import Wanted, local_day, month, month_or_none
from contracts.rules.calendar import WorkingCalendar, data_due_if_known
from contracts.rules.months import Month, add_months, day_long, month_of
from kpis.models import Return
from kpis.queries.registers import owing_of
from reports.rules.late_months import MonthFact


@dataclass(frozen=True, slots=True)
class ReportedMonth:
    """A month of the contract: when its figures are due, and how the return of each area that owes one stands."""

    month: Month
    due_on: date
    returns: tuple[tuple[str, str, date | None], ...]

    @property
    def fact(self) -> MonthFact:
        is_open = tuple(name for name, state, _ in self.returns if state != Return.State.VERIFIED)
        days = [on for _, _, on in self.returns if on is not None]
        return MonthFact(
            self.month, self.due_on, not is_open, max(days) if days and not is_open else None, open_areas=is_open
        )

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(f"{name}: {_said(state, on)}" for name, state, on in self.returns)


@dataclass(frozen=True, slots=True)
class Reported:
    """The areas' names, when their KPIs owe results, and how the returns of the months that may be asked of stand."""

    names: dict[int, str]
    kpis: list[tuple[int, Month, Month | None, int]]
    returns: dict[tuple[Month, int], tuple[str, str | None]]


def read_reported(contract: Contract, first: date) -> Reading[Reported]:
    """Of the months that concern the meetings from a day on: see `_begins`. One step."""
    own = (contract.pk,)
    usual = add_months(month_of(first), -contract.history_months).isoformat()
    periods = (
        "FROM reports_reviewperiod p JOIN reports_meeting m ON m.id = p.meeting_id"
        " WHERE p.contract_id = %s AND m.status <> 'cancelled'"
    )
    areas, kpis, returns = yield (
        Wanted("id, name", "FROM contracts_servicearea WHERE contract_id = %s", own),
        Wanted("service_area_id, in_force_from, in_force_to, due_mask", "FROM kpis_kpi WHERE contract_id = %s", own),
        Wanted(
            "r.month, r.service_area_id, r.state, r.verified_at",
            "FROM contracts_servicearea a JOIN kpis_return r ON r.service_area_id = a.id"  # noqa: S608  # a name of ours
            " WHERE a.contract_id = %s"
            f" AND r.month >= (SELECT MIN(b.month) FROM (SELECT %s AS month UNION ALL SELECT p.review_from {periods}"
            f" AND m.meeting_on >= COALESCE((SELECT MAX(m.meeting_on) {periods} AND m.meeting_on < %s), %s)) b)",
            (contract.pk, usual, *own, *own, first.isoformat(), first.isoformat()),
        ),
    )
    return Reported(
        dict(areas),
        [(area, month(begins), month_or_none(ends), mask) for area, begins, ends, mask in kpis],
        {(month(at), area): (state, verified) for at, area, state, verified in returns},
    )


def reported_months(
    contract: Contract, reported: Reported, first: Month, last: Month, calendar: WorkingCalendar
) -> tuple[ReportedMonth, ...]:
    """The contract's months from the first to the last for which anything is owed, earliest first."""
    first = max(first, month_of(contract.commences_on))
    if contract.ends_on is not None:
        last = min(last, month_of(contract.ends_on))
    found = []
    for at, areas in owing_of(reported.kpis, first, last).items() if first <= last else ():
        due_on = data_due_if_known(at, calendar, contract.data_due_working_days)
        if not areas or due_on is None:
            continue
        returns = []
        for area in sorted(areas, key=reported.names.__getitem__):
            state, verified = reported.returns.get((at, area), (Return.State.OPEN.value, None))
            is_verified = state == Return.State.VERIFIED
            returns.append((reported.names[area], state, local_day(verified) if verified and is_verified else None))
        found.append(ReportedMonth(at, due_on, tuple(returns)))
    return tuple(found)


def _said(state: str, on: date | None) -> str:
    if state == Return.State.VERIFIED:
        return f"verified on {day_long(on)}" if on else "verified"
    return {
        Return.State.SUBMITTED.value: "submitted, not verified yet",
        Return.State.RETURNED.value: "sent back, not verified yet",
    }.get(state, "nothing submitted yet")
