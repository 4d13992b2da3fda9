"""What a contract's service areas still owe: the ended months whose return nobody has submitted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, data_due_if_known
from contracts.rules.months import Month, last_owed, month_of, month_range
from kpis.models import Entry, Kpi, Result, Return
from kpis.queries.registers import Area, first_reported_month, read_areas, reported_first
from kpis.rules.in_force import owes_result
from kpis.rules.returns import HANDED_IN

Place = tuple[int, Month]
"""A service area's key and a month."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A month that an area has not handed in. ``due_on`` is ``None`` where the calendar does not know the year."""

    area: Area
    month: Month
    due_on: date | None
    entered: int
    """How many of the KPIs in force have a figure, or the reason why there is none; right or wrong."""
    in_force: int
    missing: tuple[str, ...]
    """The codes of the KPIs of which nothing is said yet."""
    state: str
    """``open`` or ``returned``; what nobody has touched is open."""
    is_reopened: bool
    """It was verified before, and somebody opened it again."""

    def days_overdue(self, on: date) -> int:
        """Calendar days since it was due; 0 when it is not overdue."""
        return max((on - self.due_on).days, 0) if self.due_on else 0


def load_owed(contract: Contract, on: date, calendar: WorkingCalendar | None = None) -> tuple[Owed, ...]:
    """
    What is owed on a business day, earliest month first, areas in the order of the contract. Two queries, and one more
    for a calendar that is not given.

    From the first reported month to the last one that has ended; with nothing reported yet, that last one alone.
    """
    return read_now(read_owed(contract, on, calendar or working_calendar()))


def read_owed(contract: Contract, on: date, calendar: WorkingCalendar) -> Reading[tuple[Owed, ...]]:
    """The same beside whatever else is read, in two steps."""
    last = last_owed(contract.ends_on, on)
    named, (reported, kpis, begun) = yield from beside(
        read_areas(contract), ask(reported_first(contract), _kpis(contract), _begun(contract, last))
    )
    months = _months(contract, next(iter(reported), last), last)
    if not months:
        return ()
    areas = {area.pk: area for area in named}
    in_force, codes = _kpis_in_force(kpis, months)
    returns = _returns(begun)
    open_places = [place for place in in_force if _state(returns, place) not in HANDED_IN]
    entered = yield from _read_entered(contract, {month for _, month in open_places})
    due = {month: data_due_if_known(month, calendar, contract.data_due_working_days) for month in months}
    return tuple(
        Owed(
            area=areas[area],
            month=month,
            due_on=due[month],
            entered=len(in_force[area, month] & entered.get(month, set())),
            in_force=len(in_force[area, month]),
            missing=tuple(sorted(codes[kpi] for kpi in in_force[area, month] - entered.get(month, set()))),
            state=_state(returns, (area, month)),
            is_reopened=returns.get((area, month), ("", False))[1],
        )
        for month in months
        for area in areas
        if (area, month) in open_places
    )


def owed_months(contract: Contract, on: date) -> tuple[Month, ...]:
    """The ended months that owe returns: from the first reported one on, none outside the contract's time."""
    last = last_owed(contract.ends_on, on)
    return _months(contract, first_reported_month(contract) or last, last)


def _months(contract: Contract, first: Month, last: Month) -> tuple[Month, ...]:
    return month_range(max(first, month_of(contract.commences_on)), last)


def _kpis(contract: Contract) -> Any:
    rows = Kpi.objects.filter(contract=contract).order_by()
    return rows.values_list("pk", "code", "service_area", "in_force_from", "in_force_to", "due_mask")


def _kpis_in_force(rows: Iterable[Any], months: tuple[Month, ...]) -> tuple[dict[Place, set[int]], dict[int, str]]:
    """By place the keys of the KPIs that owe a result, and the codes of all of them."""
    found: dict[Place, set[int]] = {}
    codes: dict[int, str] = {}
    for pk, code, area, begins, ends, mask in rows:
        codes[pk] = code
        for month in months:
            if owes_result(month, begins, ends, mask):
                found.setdefault((area, month), set()).add(pk)
    return found, codes


def _begun(contract: Contract, last: Month) -> Any:
    rows = Return.objects.of_contract(contract).filter(month__lte=last).order_by()
    return rows.values_list("service_area", "month", "state", "verified_at")


def _returns(rows: Iterable[Any]) -> dict[Place, tuple[str, bool]]:
    return {
        (area, month): (state, verified_at is not None and state not in HANDED_IN)
        for area, month, state, verified_at in rows
    }


def _state(returns: Mapping[Place, tuple[str, bool]], place: Place) -> str:
    return returns.get(place, (Return.State.OPEN.value, False))[0]


def _read_entered(contract: Contract, months: set[Month]) -> Reading[dict[date, set[int]]]:
    """By month the KPIs that have something: what is typed, or where nothing is typed the result that stands there."""
    typed = Entry.objects.filter(area_return__service_area__contract=contract, area_return__month__in=months)
    says = ~Q(value="") | ~Q(numerator="") | ~Q(denominator="") | ~Q(not_measured_reason="")
    recorded = Result.objects.of_contract(contract).filter(month__in=months).order_by()
    results, entries = yield (
        recorded.values_list("kpi", "month"),
        typed.annotate(says=says).order_by().values_list("kpi", "area_return__month", "says"),
    )
    found: dict[date, set[int]] = {}
    for kpi, month in results:
        found.setdefault(month, set()).add(kpi)
    for kpi, month, has_something in entries:
        change = found.setdefault(month, set()).add if has_something else found.setdefault(month, set()).discard
        change(kpi)
    return found
