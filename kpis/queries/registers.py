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

from django.db.models import Exists, OuterRef
from django.utils import timezone

from contracts.models import Contract, ServiceArea
from contracts.rules.months import ALL_MONTHS, Month, month_range
from kpis.models import Correction, Kpi, Level, Result, Return
from kpis.queries.columns import reading_of, terms_of
from kpis.queries.disputes import load_disputes
from kpis.queries.reliefs import load_reliefs
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
    The contract's KPIs judged from ``first`` to ``last``, both included, in a fixed number of queries.

    A KPI whose first month in the span is not a plain *target met*, or that is not due every month, is judged from its
    beginning, so that the length of a run never depends on how far back a page looks: its history then starts earlier.
    """
    areas = load_areas(contract)
    kpis = _load_kpis(contract, areas, first, last)
    reliefs = load_reliefs(contract)
    states = _return_states(contract, last)
    readings = _load_readings(kpis, states, first, last)
    histories = {pk: status.judge_history(terms, readings[pk], reliefs, first, last) for pk, terms in kpis.items()}
    reaching_back = {pk: kpis[pk] for pk, history in histories.items() if _may_reach_back(history)}
    earlier = _load_readings(reaching_back, states, None, last)
    for pk, terms in reaching_back.items():
        histories[pk] = status.judge_history(terms, earlier[pk], reliefs, terms.in_force_from, last)
    return Register(areas, tuple(histories.values()), reliefs, first, last)


def load_kpi_history(kpi: Kpi, last: Month) -> Register:
    """One KPI judged from its first month in force to ``last``."""
    contract = kpi.contract
    areas = load_areas(contract)
    terms = load_terms(Kpi.objects.filter(pk=kpi.pk), areas)
    reliefs = load_reliefs(contract)
    readings = _load_readings(terms, _return_states(contract, last), None, last)
    histories = tuple(
        status.judge_history(each, readings[pk], reliefs, each.in_force_from, last) for pk, each in terms.items()
    )
    return Register(areas, histories, reliefs, kpi.in_force_from, last)


def load_areas(contract: Contract) -> tuple[Area, ...]:
    rows = ServiceArea.objects.filter(contract=contract).in_order().values_list("pk", "code", "name")
    return tuple(Area(*row) for row in rows)


def kpis_in_order(contract: Contract, areas: Sequence[Area]) -> list[Kpi]:
    """Every KPI, ended ones too, by the order of the areas and then of the codes. One query."""
    place = {area.pk: number for number, area in enumerate(areas)}
    kpis = Kpi.objects.filter(contract=contract)
    return sorted(kpis, key=lambda kpi: (place[kpi.service_area_id], code_order(kpi.code)))


def verified_months(contract: Contract) -> tuple[Month, ...]:
    """The months, ascending, in which every area that owed a result has a verified return. Two queries."""
    verified: defaultdict[date, set[int]] = defaultdict(set)
    rows = Return.objects.of_contract(contract).filter(state=Return.State.VERIFIED).values_list("month", "service_area")
    for month, area in rows:
        verified[month].add(area)
    if not verified:
        return ()
    owing = areas_owing(contract, Month(min(verified)), Month(max(verified)))
    return tuple(month for month, areas in owing.items() if areas and areas <= verified[month])


def first_reported_month(contract: Contract) -> Month | None:
    """The earliest month with any result on record; before it every KPI is missing."""
    months = Result.objects.of_contract(contract).order_by("month").values_list("month", flat=True)
    found: Month | None = months.first()
    return found


def reported_months(kpi: Kpi) -> dict[Month, bool]:
    """The months of which this KPI has a result on record, and whether each was verified once, be it open again now."""
    verified = Return.objects.filter(service_area=kpi.service_area_id, month=OuterRef("month")).ever_verified()
    rows = Result.objects.filter(kpi=kpi).annotate(is_verified=Exists(verified)).values_list("month", "is_verified")
    return {Month(month): is_verified for month, is_verified in rows}


def corrected_months(contract: Contract) -> dict[Month, date]:
    """The months of which verified figures were corrected, with the day of the latest correction."""
    rows = Correction.objects.filter(result__kpi__contract=contract).order_by("corrected_at")
    return {Month(month): timezone.localdate(at) for month, at in rows.values_list("result__month", "corrected_at")}


def _load_kpis(contract: Contract, areas: Sequence[Area], first: Month, last: Month) -> dict[int, status.KpiTerms]:
    return load_terms(Kpi.objects.filter(contract=contract).in_force_between(first, last), areas)


def load_terms(rows: Any, areas: Sequence[Area]) -> dict[int, status.KpiTerms]:
    """Terms by primary key, in the order of the areas and then of the codes. Two queries."""
    area_codes = {area.pk: area.code for area in areas}
    kpis = list(rows)
    levels = _load_levels(kpis)
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


def _load_levels(kpis: Iterable[Kpi]) -> Mapping[int, list[status.Level]]:
    levels: defaultdict[int, list[status.Level]] = defaultdict(list)
    rows = (
        Level.objects.filter(kpi__in=[kpi.pk for kpi in kpis])
        .order_by("kpi", "effective_from")
        .values_list("kpi", "effective_from", "target", "minimum", "reason", "agreed_by")
    )
    for kpi, effective_from, target, minimum, reason, agreed_by in rows:
        levels[kpi].append(status.Level(Month(effective_from), target, minimum, reason, agreed_by))
    return levels


def _return_states(contract: Contract, last: Month) -> dict[tuple[int, date], str]:
    rows = Return.objects.of_contract(contract).filter(month__lte=last).values_list("service_area", "month", "state")
    return {(area, month): state for area, month, state in rows}


def _load_readings(
    kpis: Mapping[int, status.KpiTerms], states: Mapping[tuple[int, date], str], first: Month | None, last: Month
) -> Readings:
    readings: Readings = {pk: {} for pk in kpis}
    disputes = load_disputes(kpis, first, last)
    rows = Result.objects.filter(kpi__in=list(kpis), month__lte=last)
    if first is not None:
        rows = rows.filter(month__gte=first)
    fields = rows.values_list(
        "kpi", "kpi__service_area", "month", "value", "numerator", "denominator", "not_measured_reason", "source",
        "is_shared", "cause", "effect", "remedy", "recovery_month",
    )  # fmt: skip
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
    """For each month, the areas with at least one KPI in force."""
    rows = list(
        Kpi.objects.filter(contract=contract)
        .in_force_between(first, last)
        .values_list("service_area", "in_force_from", "in_force_to", "due_mask")
    )
    return {
        month: {area for area, begins, ends, mask in rows if owes_result(month, begins, ends, mask)}
        for month in month_range(first, last)
    }
