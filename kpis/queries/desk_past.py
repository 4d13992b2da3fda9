"""
What is known of a service area's KPIs before anything is typed into a month: terms, levels, the year before, reliefs.

It is read every time the form is opened or saved. While it comes out the same, what was made of it the last time is
handed back: an officer opens and saves one form many times, and what lies behind it hardly ever moves meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from contracts.models import ServiceArea
from contracts.rows import KEPT, Found, Row, Wanted, figure, month, month_or_none
from contracts.rules.months import Month, add_months, month_long
from kpis.queries.columns import reading_of
from kpis.queries.registers import Area
from kpis.queries.reliefs import reliefs_of, wanted_reliefs
from kpis.queries.span.rows import cells_of, terms_of_rows
from kpis.rules.checks import Typed
from kpis.rules.levels import promises
from kpis.rules.relief import Decision, Relief, relief_for
from kpis.rules.returns import may_count
from kpis.rules.status import MISSES, Judgement, KpiTerms, Reading, judge_history

LOOKED_BACK: Final = 12
"""The rules of doubt look back over a year of figures."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that may serve again: last month's explanation of a continuing miss, or the narrative of the relief."""

    said: str
    typed: Typed


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """
    One KPI's terms and levels in a month, its year before, its relief then, and what may be offered to say.

    It is equal to itself alone, so that what is drawn of it and checked by it can be kept.
    """

    pk: int
    terms: KpiTerms
    target: str
    minimum: str
    earlier: tuple[Judgement, ...]
    relief: Relief | None
    offer: Offer | None


def bases_of(area: ServiceArea, at: Month, found: Found) -> Mapping[int, Basis]:
    """By primary key in the order of the codes, the KPIs in force in the month or the year before it."""
    return _bases(area.pk, area.code, at, found)


def wanted_bases(area: ServiceArea, at: Month) -> tuple[Wanted, ...]:
    """KPIs, levels, reliefs and the KPIs they name, states of the area's returns, results of the year."""
    own, first, last = (area.pk,), add_months(at, -LOOKED_BACK).isoformat(), at.isoformat()
    return (
        Wanted(
            "id, service_area_id, code, name, '', unit, polarity, decimals, in_force_from, in_force_to, due_mask, ''",
            "FROM kpis_kpi WHERE service_area_id = %s AND in_force_from <= %s"
            " AND (in_force_to IS NULL OR in_force_to >= %s)",
            (*own, last, first),
        ),
        Wanted(
            "l.kpi_id, l.effective_from, l.target, l.minimum, '', ''",
            "FROM kpis_kpi k JOIN kpis_level l ON l.kpi_id = k.id WHERE k.service_area_id = %s",
            own,
        ),
        *wanted_reliefs(area.contract_id),
        Wanted(
            "month, state",
            "FROM kpis_return WHERE service_area_id = %s AND month >= %s AND month < %s",
            (*own, first, last),
        ),
        Wanted(
            "r.kpi_id, r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, r.source, r.is_shared,"
            " r.cause, r.effect, r.remedy, r.recovery_month",
            "FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id"
            " WHERE k.service_area_id = %s AND r.month >= %s AND r.month < %s",
            (*own, first, last),
        ),
    )


@lru_cache(maxsize=KEPT)
def _bases(area: int, code: str, at: Month, found: Found) -> Mapping[int, Basis]:
    kpis, levels, reliefs_found, named, returns, results = found.tables
    first, before = add_months(at, -LOOKED_BACK), add_months(at, -1)
    reliefs = reliefs_of(reliefs_found, named)
    granted = tuple(
        relief
        for relief in reliefs
        if relief.decision is Decision.GRANTED and (relief.spans(first) or first <= relief.from_month <= at)
    )
    states = {month(then): state for then, state in returns}
    cells = cells_of(results)
    bases = {}
    for pk, terms in terms_of_rows(kpis, levels, [Area(area, code, "")]).items():
        readings = {then: reading for then, row in cells[pk].items() if (reading := _reading(row, states.get(then)))}
        earlier = judge_history(terms, readings, granted, first, before).judgements
        relief = relief_for(terms.code, at, granted)
        target, minimum = promises(terms, terms.level_at(at))
        bases[pk] = Basis(pk, terms, target, minimum, earlier, relief, _offer(earlier, relief))
    return bases


def _reading(row: Row, state: str | None) -> Reading | None:
    """Of what counts outside the area by now."""
    _, _, value, numerator, denominator, reason, source, is_shared, cause, effect, remedy, recovery = row
    if not may_count(state, bool(is_shared)):
        return None
    return reading_of(
        state,
        figure(value),
        figure(numerator),
        figure(denominator),
        reason,
        source,
        cause,
        effect,
        remedy,
        month_or_none(recovery),
    )


def _offer(earlier: tuple[Judgement, ...], relief: Relief | None) -> Offer | None:
    if relief is not None:
        return Offer(f"The narrative of relief {relief.reference}", Typed(cause=relief.narrative))
    before = earlier[-1] if earlier else None
    if before is None or before.measured not in MISSES or before.reading is None or before.reading.explanation is None:
        return None
    said = before.reading.explanation
    typed = Typed(cause=said.cause, effect=said.effect, remedy=said.remedy)
    if said.recovery_month is not None:
        typed = replace(typed, recovery_month=month_long(said.recovery_month))
    return Offer(f"What was said of {month_long(before.month)}", typed)
