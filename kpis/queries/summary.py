"""
The counts that are kept of every service area's month: counted anew from the facts, and read for many contracts.

Counting anew judges by the same rules as every page and reads only what decides a status, so that a write may afford
it: one service area's month, or ten years of a whole contract, in six queries.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from contracts import rows as read_rows
from contracts.models import Contract, ServiceArea
from contracts.rows import Wanted
from contracts.rules.months import Month
from kpis.models import AreaMonth, Kpi, Level, Result, Return
from kpis.queries.columns import terms_of
from kpis.queries.reliefs import load_reliefs
from kpis.rules import status
from kpis.rules.counts import StatusCounts
from kpis.rules.relief import Decision
from kpis.rules.returns import HANDED_IN, may_count
from kpis.rules.status import Contractual
from kpis.rules.summary import Kept, Life, MonthStanding, standings
from kpis.rules.tallies import Measured, Measures, Span, counts_of

COUNTS: Final = (
    "in_force", "target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing",
    "provisional",
)  # fmt: skip
FLAGS: Final = ("is_handed_in", "is_verified")
JUDGED_BY: Final = ("code", "unit", "polarity", "decimals", "in_force_from", "in_force_to", "due_mask")
PIECE: Final = 5000

Place = tuple[int, Month]
"""A service area's key and a month."""
Tally = tuple[int, ...]
"""The counts in the order of `COUNTS`, then whether the return is handed in, and whether it is verified."""


def kept_tallies(
    contract: Contract, areas: Collection[int] | None = None, first: Month | None = None, last: Month | None = None
) -> dict[Place, Tally]:
    """The counts on record; without areas or months all of them."""
    rows = _within(AreaMonth.objects.filter(service_area__contract=contract), areas, first, last)
    return {(area, at): tuple(tally) for area, at, *tally in rows.values_list("service_area", "month", *COUNTS, *FLAGS)}


def counted_tallies(
    contract: Contract, areas: Collection[int] | None = None, first: Month | None = None, last: Month | None = None
) -> dict[Place, Tally]:
    """
    The counts as the facts give them, for each area's month of which something was said that others may see.

    Without areas or months it counts all of them. Raises :class:`kpis.rules.status.NoLevelInForce` for a figure that
    nothing can judge.
    """
    wanted = set(areas) if areas is not None else set(_areas_of(contract))
    states = _states(wanted, first, last)
    measures = Measures(relief for relief in load_reliefs(contract) if relief.decision is Decision.GRANTED)
    measured = {pk: (area, measures.of(terms)) for pk, (area, terms) in _terms(wanted).items()}
    spans: defaultdict[int, Counter[Span]] = defaultdict(Counter)
    for area, each in measured.values():
        spans[area][each.span] += 1
    reported = _statuses(measured, states, first, last)
    found: dict[Place, Tally] = {}
    for place in reported.keys() | {place for place, state in states.items() if state in HANDED_IN}:
        area, month = place
        in_force = sum(number for span, number in spans[area].items() if span.includes(month))
        if in_force:
            state = states.get(place, Return.State.OPEN.value)
            is_verified = state == Return.State.VERIFIED
            counts = counts_of(reported.get(place, {}), month, in_force, is_provisional=not is_verified)
            found[place] = (*(getattr(counts, name) for name in COUNTS), state in HANDED_IN, is_verified)
    return found


def months_said(contract: Contract) -> dict[Place, tuple[bool, bool]]:
    """The months of which something was said or that were handed in; whether they were, and whether verified."""
    states = _states(set(_areas_of(contract)), None, None)
    said = {place for place, state in states.items() if state in HANDED_IN}
    rows = Result.objects.filter(kpi__service_area__contract=contract, is_shared=True)
    said.update(rows.order_by().values_list("kpi__service_area", "month").distinct())
    return {
        place: (state in HANDED_IN, state == Return.State.VERIFIED)
        for place in said
        for state in [states.get(place, Return.State.OPEN.value)]
    }


def wanted_standings(contracts: Collection[int], months: Sequence[Month]) -> tuple[Wanted, ...]:
    """
    Of many contracts the counts kept of these months, added up over their areas, and the KPIs in force in them.

    KPIs come by service area, span and calendar months due: few rows, for most of an area's KPIs share them.
    """
    keys = ", ".join("%s" for _ in contracts) or "NULL"
    first, last = months[0].isoformat(), months[-1].isoformat()
    sums = ", ".join(f"SUM(m.{name}) AS {name}" for name in COUNTS)
    flags = ", ".join(f"SUM(CASE WHEN m.{name} THEN 1 ELSE 0 END) AS {name}" for name in FLAGS)
    return (
        Wanted(
            ", ".join(f"x.{name}" for name in ("contract_id", "month", *COUNTS, *FLAGS)),
            f"FROM (SELECT a.contract_id, m.month, {sums}, {flags}"  # noqa: S608  # names of ours
            " FROM contracts_servicearea a JOIN kpis_areamonth m ON m.service_area_id = a.id"
            f" WHERE a.contract_id IN ({keys}) AND m.month BETWEEN %s AND %s GROUP BY a.contract_id, m.month) x",
            (*contracts, first, last),
        ),
        Wanted(
            "x.contract_id, x.service_area_id, x.in_force_from, x.in_force_to, x.due_mask, x.number",
            "FROM (SELECT contract_id, service_area_id, in_force_from, in_force_to, due_mask, COUNT(*) AS number"  # noqa: S608
            f" FROM kpis_kpi WHERE contract_id IN ({keys}) AND in_force_from <= %s"
            " AND (in_force_to IS NULL OR in_force_to >= %s)"
            " GROUP BY contract_id, service_area_id, in_force_from, in_force_to, due_mask) x",
            (*contracts, last, first),
        ),
    )


def standings_of(
    months: Sequence[Month], counts: Iterable[Sequence[Any]], kpis: Iterable[Sequence[Any]]
) -> tuple[MonthStanding, ...]:
    """What :func:`wanted_standings` found of one contract: each of the months with its whole count."""
    kept = {
        read_rows.month(at): Kept(StatusCounts(read_rows.month(at), *sums), handed_in, verified)
        for _, at, *sums, handed_in, verified in counts
    }
    lives = [
        Life(area, read_rows.month(begins), read_rows.month_or_none(ends), due_mask, number)
        for _, area, begins, ends, due_mask, number in kpis
    ]
    return standings(kept, lives, months)


def _within(
    rows: Any, areas: Collection[int] | None, first: Month | None, last: Month | None, area: str = "service_area"
) -> Any:
    if areas is not None:
        rows = rows.filter(**{f"{area}__in": areas})
    if first is not None:
        rows = rows.filter(month__gte=first)
    return rows if last is None else rows.filter(month__lte=last)


def _areas_of(contract: Contract) -> Iterable[int]:
    return ServiceArea.objects.filter(contract=contract).values_list("pk", flat=True)


def _states(areas: Collection[int], first: Month | None, last: Month | None) -> dict[Place, str]:
    rows = _within(Return.objects, areas, first, last).values_list("service_area", "month", "state")
    return {(area, month): state for area, month, state in rows}


def _terms(areas: Collection[int]) -> dict[int, tuple[int, status.KpiTerms]]:
    """What decides a status, by the KPI's key, with its service area."""
    levels: defaultdict[int, list[status.Level]] = defaultdict(list)
    rows = Level.objects.filter(kpi__service_area__in=areas)
    for kpi, effective_from, target, minimum in rows.values_list("kpi", "effective_from", "target", "minimum"):
        levels[kpi].append(status.Level(Month(effective_from), target, minimum))
    kpis = Kpi.objects.filter(service_area__in=areas).values_list("pk", "service_area", *JUDGED_BY)
    return {
        pk: (
            area,
            terms_of(area="", name="", levels=levels[pk], **dict(zip(JUDGED_BY, columns, strict=True))),
        )
        for pk, area, *columns in kpis
    }


def _statuses(
    measured: Mapping[int, tuple[int, Measured]],
    states: Mapping[Place, str],
    first: Month | None,
    last: Month | None,
) -> dict[Place, dict[Contractual, int]]:
    """
    The statuses of what others may see of the results: those handed in, and those that came in to be shown.

    No result is kept. A whole history comes out of the database in pieces, and a month at once, which is quicker.
    """
    rows = _within(Result.objects, {area for area, _ in measured.values()}, first, last, area="kpi__service_area")
    fields = rows.values_list("kpi", "month", "value", "numerator", "denominator", "not_measured_reason", "is_shared")
    found: dict[Place, dict[Contractual, int]] = {}
    for kpi, month, *figures, is_shared in fields if first == last is not None else fields.iterator(PIECE):
        area, each = measured[kpi]
        place = (area, month)
        if not may_count(states.get(place), is_shared):
            continue
        statuses = found.setdefault(place, {})
        if each.span.includes(month):
            status = each.status(month, tuple(figures))
            statuses[status] = statuses.get(status, 0) + 1
    return found
