"""The span judged: first what was read of its months, then backwards as far as a run can reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from contracts.rows import KEPT, Found, Row, Wanted, day, figure, local_day, month, month_or_none
from contracts.rules.months import Month, add_months
from kpis.queries.columns import reading_of
from kpis.queries.registers import Area, Register
from kpis.queries.reliefs import reliefs_of
from kpis.queries.span.asked import Span, places
from kpis.queries.span.rows import cells_of, disputes_of, states_of, terms_of_rows
from kpis.rules import status
from kpis.rules.disputes import Dispute, standing
from kpis.rules.relief import Relief
from kpis.rules.returns import may_count

YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class JudgedSpan:
    """The span as first judged, by the KPIs' primary keys."""

    span: Span
    areas: tuple[Area, ...]
    terms: dict[int, status.KpiTerms]
    area_of: dict[int, int]
    reliefs: tuple[Relief, ...]
    histories: dict[int, status.KpiHistory]
    corrected: dict[Month, date]
    awaited: dict[tuple[str, Month], date]

    @property
    def reaching_back(self) -> tuple[int, ...]:
        """The KPIs of which earlier months are wanted: no month before `settled_from` ends what may be a run."""
        return tuple(
            pk
            for pk, history in self.histories.items()
            if not any(each.month < self.span.settled_from and status.is_plain(each) for each in history.judgements)
        )

    def wanted_before(self) -> tuple[Wanted, ...]:
        """What was reported before the span of the KPIs that reach back, and how far those months were verified."""
        reaching_back = self.reaching_back
        keys = places(reaching_back)
        areas = sorted({self.area_of[pk] for pk in reaching_back})
        first = self.span.first.isoformat()
        year = add_months(self.span.first, -YEAR).isoformat()
        # A KPI is due at least once a year: what was said longer ago is never printed.
        said = ", ".join(f"CASE WHEN r.month >= %s THEN r.{name} ELSE '' END" for name in ("cause", "effect", "remedy"))
        return (
            Wanted(
                "r.service_area_id, r.month, r.state",
                f"FROM kpis_return r WHERE r.service_area_id IN ({places(areas)}) AND r.month < %s",
                (*areas, first),
            ),
            Wanted(
                "r.kpi_id, r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, r.source, r.is_shared,"
                f" {said}, r.recovery_month, NULL",
                f"FROM kpis_result r WHERE r.kpi_id IN ({keys}) AND r.month < %s",
                (year, year, year, *reaching_back, first),
            ),
        )

    def register(self, states: Sequence[Row], results: Sequence[Row]) -> Register:
        """The span with what :meth:`wanted_before` found: every run that touches it is known from its beginning."""
        earlier = cells_of(results)
        standing = states_of(states)
        reached = {pk: self._reach_back(pk, earlier[pk], standing) for pk in self.reaching_back}
        histories = tuple(reached.get(pk, history) for pk, history in self.histories.items())
        return Register(self.areas, histories, self.reliefs, self.span.first, self.span.last)

    def _reach_back(
        self, pk: int, cells: Mapping[Month, Row], states: Mapping[tuple[int, Month], str]
    ) -> status.KpiHistory:
        """Month by month backwards until one that ends every run: its target met, and nothing to excuse."""
        terms, history = self.terms[pk], self.histories[pk]
        readings = partial(_reading, cells, self.area_of[pk], states, {})
        judged: list[status.Judgement] = []
        for judgement in status.judge_due(
            terms, readings, self.reliefs, terms.in_force_from, add_months(self.span.first, -1)
        ):
            judged.append(judgement)
            if status.is_plain(judgement):
                break
        return status.KpiHistory(terms, (*reversed(judged), *history.judgements))


@lru_cache(maxsize=KEPT)
def judge_span(span: Span, found: Found) -> JudgedSpan:
    """Judges what :func:`wanted_terms` found, in the order of the areas and then of the codes."""
    areas_found, kpis, levels, reliefs_found, named, returns, results, corrections, disputed = found.tables
    areas = tuple(Area(*row) for row in sorted(areas_found))
    reliefs = reliefs_of(reliefs_found, named)
    terms = terms_of_rows(kpis, levels, areas)
    area_of = {row[0]: row[1] for row in kpis}
    cells, states, disputes = cells_of(results), states_of(returns), disputes_of(disputed)
    histories = {
        pk: status.KpiHistory(
            each,
            tuple(
                status.judge_due(
                    each,
                    partial(_reading, cells[pk], area_of[pk], states, disputes[pk]),
                    reliefs,
                    span.first,
                    span.last,
                )
            )[::-1],
        )
        for pk, each in terms.items()
    }
    return JudgedSpan(
        span=span,
        areas=areas,
        terms=terms,
        area_of=area_of,
        reliefs=reliefs,
        histories=histories,
        corrected={month(at): local_day(when) for at, when in sorted(corrections, key=lambda row: str(row[1]))},
        awaited={
            (terms[row[0]].code, month(row[1])): awaited
            for row in results
            if row[0] in terms and (awaited := day(row[12])) is not None
        },
    )


def _reading(
    cells: Mapping[Month, Row],
    area: int,
    states: Mapping[tuple[int, Month], str],
    disputes: Mapping[Month, Sequence[Dispute]],
    at: Month,
) -> status.Reading | None:
    row = cells.get(at)
    if row is None:
        return None
    _, _, value, numerator, denominator, reason, source, is_shared, cause, effect, remedy, recovery, _ = row
    state = states.get((area, at))
    if not may_count(state, is_shared):
        return None
    stands = (figure(value), figure(numerator), figure(denominator), reason)
    said = disputes.get(at)
    return reading_of(
        state,
        *stands,
        source,
        cause,
        effect,
        remedy,
        month_or_none(recovery),
        dispute=standing(said, stands) if said else None,
    )
