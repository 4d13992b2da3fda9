"""
Rows in, judged histories out, in a fixed number of queries whatever the number of KPIs and months.

A result counts outside its service area once its return was submitted, or when it was imported as provisional; until
the return is verified it is provisional.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from contracts.models import Contract, ServiceArea
from contracts.readings import Reading, ask, beside, read_now, together
from contracts.rules.months import ALL_MONTHS, Month, month_range
from kpis.models import Correction, Kpi, Level, Result, Return
from kpis.queries.columns import reading_of, terms_of
from kpis.queries.disputes import Disputes, read_disputes
from kpis.queries.reliefs import read_reliefs
from kpis.rules import relief as relief_rules
from kpis.rules import status
from kpis.rules.codes import code_order
from kpis.rules.disputes import standing
from kpis.rules.in_force import owes_result
from kpis.rules.returns import may_count

Readings = dict[int, dict[Month, status.Reading]]


@dataclass(frozen=True, slots=True)
class Area:
    """A service area in the order of the contract."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Register:
    """A contract's KPIs judged over a span of months, with its areas and every relief on record."""

    areas: tuple[Area, ...]
    histories: tuple[status.KpiHistory, ...]
    reliefs: tuple[relief_rules.Relief, ...]
    first: Month
    last: Month

    @property
    def area_names(self) -> dict[str, str]:
        return {area.code: area.name for area in self.areas}

    @property
    def granted(self) -> tuple[relief_rules.Relief, ...]:
        return tuple(relief for relief in self.reliefs if relief.decision is relief_rules.Decision.GRANTED)


def load_register(contract: Contract, first: Month, last: Month) -> Register:
    """
    The contract's KPIs judged from ``first`` to ``last``, both included, in two queries.

    A KPI whose first month in the span is not a plain *target met*, or that is not due every month, is judged from its
    beginning, so that the length of a run never depends on how far back a page looks: its history then starts earlier.
    """
    return read_now(read_register(contract, first, last))


def read_register(contract: Contract, first: Month, last: Month) -> Reading[Register]:
    """The same beside whatever else is read: in two steps, or in one where nothing reaches back."""
    rows = Kpi.objects.filter(contract=contract).in_force_between(first, last)
    keys = rows.order_by().values("pk")
    areas, found, reliefs, (states,), said = yield from beside(
        read_areas(contract),
        ask(rows, _levels(keys)),
        read_reliefs(contract),
        ask(_return_states(contract, last)),
        _read_results(keys, first, last),
    )
    kpis = _terms(found[0], found[1], areas)
    stood = {(area, month): state for area, month, state in states}
    readings = _readings(kpis, stood, said)
    histories = {pk: status.judge_history(terms, readings[pk], reliefs, first, last) for pk, terms in kpis.items()}
    reaching_back = {pk: kpis[pk] for pk, history in histories.items() if _may_reach_back(history)}
    if reaching_back:
        earlier = _readings(reaching_back, stood, (yield from _read_results(list(reaching_back), None, last)))
        for pk, terms in reaching_back.items():
            histories[pk] = status.judge_history(terms, earlier[pk], reliefs, terms.in_force_from, last)
    return Register(areas, tuple(histories.values()), reliefs, first, last)


def load_kpi_history(kpi: Kpi, last: Month) -> Register:
    """One KPI judged from its first month in force to ``last``."""
    contract, rows = kpi.contract, Kpi.objects.filter(pk=kpi.pk)
    areas, found, reliefs, (states,), said = read_now(
        beside(
            read_areas(contract),
            ask(rows, _levels([kpi.pk])),
            read_reliefs(contract),
            ask(_return_states(contract, last)),
            _read_results([kpi.pk], None, last),
        )
    )
    terms = _terms(found[0], found[1], areas)
    readings = _readings(terms, {(area, month): state for area, month, state in states}, said)
    histories = tuple(
        status.judge_history(each, readings[pk], reliefs, each.in_force_from, last) for pk, each in terms.items()
    )
    return Register(areas, histories, reliefs, kpi.in_force_from, last)


def load_areas(contract: Contract) -> tuple[Area, ...]:
    return read_now(read_areas(contract))


def read_areas(contract: Contract) -> Reading[tuple[Area, ...]]:
    (rows,) = yield (ServiceArea.objects.filter(contract=contract).in_order().values_list("pk", "code", "name"),)
    return tuple(Area(*row) for row in rows)


def kpis_in_order(contract: Contract, areas: Sequence[Area]) -> list[Kpi]:
    """Every KPI, ended ones too, by the order of the areas and then of the codes. One query."""
    place = {area.pk: number for number, area in enumerate(areas)}
    kpis = Kpi.objects.filter(contract=contract)
    return sorted(kpis, key=lambda kpi: (place[kpi.service_area_id], code_order(kpi.code)))


def verified_months(contract: Contract) -> tuple[Month, ...]:
    """The months, ascending, in which every area that owed a result has a verified return. One query."""
    return read_now(read_verified_months(contract))


def read_verified_months(contract: Contract) -> Reading[tuple[Month, ...]]:
    """The same in one step beside whatever else is read."""
    verified: defaultdict[date, set[int]] = defaultdict(set)
    returns = Return.objects.of_contract(contract).filter(state=Return.State.VERIFIED).order_by()
    rows, kpis = yield returns.values_list("month", "service_area"), kpis_owing(contract)
    for month, area in rows:
        verified[month].add(area)
    if not verified:
        return ()
    owing = owing_of(kpis, Month(min(verified)), Month(max(verified)))
    return tuple(month for month, areas in owing.items() if areas and areas <= verified[month])


def first_reported_month(contract: Contract) -> Month | None:
    """The earliest month with any result on record; before it every KPI is missing."""
    return next(iter(reported_first(contract)), None)


def reported_first(contract: Contract) -> QuerySet[Any, Any]:
    """That month, as rows: none where nothing was reported."""
    months: QuerySet[Any, Any] = Result.objects.of_contract(contract).order_by("month").values_list("month", flat=True)
    return months[:1]


def reported_months(kpi: Kpi) -> dict[Month, bool]:
    """The months of which this KPI has a result on record, and whether each was verified once, be it open again now."""
    verified = Return.objects.filter(service_area=kpi.service_area_id, month=OuterRef("month")).ever_verified()
    rows = Result.objects.filter(kpi=kpi).annotate(is_verified=Exists(verified)).values_list("month", "is_verified")
    return {Month(month): is_verified for month, is_verified in rows}


def corrected_months(contract: Contract) -> dict[Month, date]:
    """The months of which verified figures were corrected, with the day of the latest correction."""
    return read_now(read_corrected_months(contract))


def read_corrected_months(contract: Contract) -> Reading[dict[Month, date]]:
    """The same in one step beside whatever else is read."""
    found = Correction.objects.filter(result__kpi__contract=contract).order_by("corrected_at")
    (rows,) = yield (found.values_list("result__month", "corrected_at"),)
    return {Month(month): timezone.localdate(at) for month, at in rows}


def load_terms(rows: QuerySet[Any], areas: Sequence[Area]) -> dict[int, status.KpiTerms]:
    """Terms by primary key, in the order of the areas and then of the codes. One query."""
    kpis, levelled = together(rows, _levels(rows.order_by().values("pk")))
    return _terms(kpis, levelled, areas)


def _terms(kpis: list[Kpi], levelled: Iterable[Any], areas: Sequence[Area]) -> dict[int, status.KpiTerms]:
    area_codes = {area.pk: area.code for area in areas}
    levels = _levels_of(levelled)
    position = {area.pk: place for place, area in enumerate(areas)}
    kpis.sort(key=lambda kpi: (position[kpi.service_area_id], kpi.code))
    return {kpi.pk: terms_of_kpi(kpi, area_codes[kpi.service_area_id], levels[kpi.pk]) for kpi in kpis}


def terms_of_kpi(kpi: Kpi, area: str, levels: Iterable[status.Level]) -> status.KpiTerms:
    """The terms of a row; ``area`` is its service area's code."""
    return terms_of(
        code=kpi.code,
        area=area,
        name=kpi.name,
        unit=kpi.unit,
        polarity=kpi.polarity,
        decimals=kpi.decimals,
        in_force_from=Month(kpi.in_force_from),
        in_force_to=kpi.in_force_to,
        due_mask=kpi.due_mask,
        levels=levels,
        definition=kpi.definition,
        end_reason=kpi.end_reason,
    )


def _levels(kpis: Any) -> QuerySet[Any, Any]:
    rows = Level.objects.filter(kpi__in=kpis).order_by("kpi", "effective_from")
    return rows.values_list("kpi", "effective_from", "target", "minimum", "reason", "agreed_by")


def _levels_of(rows: Iterable[Any]) -> Mapping[int, list[status.Level]]:
    levels: defaultdict[int, list[status.Level]] = defaultdict(list)
    for kpi, effective_from, target, minimum, reason, agreed_by in rows:
        levels[kpi].append(status.Level(Month(effective_from), target, minimum, reason, agreed_by))
    return levels


def _return_states(contract: Contract, last: Month) -> QuerySet[Any, Any]:
    rows = Return.objects.of_contract(contract).filter(month__lte=last).order_by()
    found: QuerySet[Any, Any] = rows.values_list("service_area", "month", "state")
    return found


def _read_results(kpis: Any, first: Month | None, last: Month) -> Reading[tuple[Disputes, list[Any]]]:
    """What was reported of these KPIs, by primary key or as a queryset of them, and what of it was disputed."""
    rows = Result.objects.filter(kpi__in=kpis, month__lte=last).order_by("kpi", "month")
    if first is not None:
        rows = rows.filter(month__gte=first)
    fields = rows.values_list(
        "kpi", "kpi__service_area", "month", "value", "numerator", "denominator", "not_measured_reason", "source",
        "is_shared", "cause", "effect", "remedy", "recovery_month",
    )  # fmt: skip
    disputes, (found,) = yield from beside(read_disputes(kpis, first, last), ask(fields))
    return disputes, found


def _readings(
    kpis: Mapping[int, status.KpiTerms],
    states: Mapping[tuple[int, date], str],
    reported: tuple[Disputes, list[Any]],
) -> Readings:
    readings: Readings = {pk: {} for pk in kpis}
    disputes, fields = reported
    for kpi, area, month, value, numerator, denominator, reason, source, is_shared, *explanation in fields:
        state = states.get((area, month))
        if may_count(state, is_shared):
            said = disputes.get((kpi, month))
            dispute = standing(said, (value, numerator, denominator, reason)) if said else None
            readings[kpi][month] = reading_of(
                state, value, numerator, denominator, reason, source, *explanation, dispute=dispute
            )
    return readings


def _may_reach_back(history: status.KpiHistory) -> bool:
    if history.terms.due_months != ALL_MONTHS:
        return True
    return bool(history.judgements) and not status.is_plain(history.judgements[0])


def areas_owing(contract: Contract, first: Month, last: Month) -> dict[Month, set[int]]:
    """For each month, the areas with at least one KPI in force. One query."""
    return owing_of(kpis_owing(contract).in_force_between(first, last), first, last)


def kpis_owing(contract: Contract) -> Any:
    """Of each KPI the area and what says in which months it owes a result."""
    rows = Kpi.objects.filter(contract=contract).order_by()
    return rows.values_list("service_area", "in_force_from", "in_force_to", "due_mask")


def owing_of(rows: Iterable[Any], first: Month, last: Month) -> dict[Month, set[int]]:
    """The same of rows that were read already."""
    rows = list(rows)
    return {
        month: {area for area, begins, ends, mask in rows if owes_result(month, begins, ends, mask)}
        for month in month_range(first, last)
    }
