"""The span judged: first what was read of its months, then backwards as far as a run can reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from contracts.rows import KEPT, Found, Row, Wanted, day, figure, local_day, month
from contracts.rules.months import Month, add_months
from kpis.queries.columns import reading_of
from kpis.queries.registers import Area, Register
from kpis.queries.reliefs import reliefs_of
from kpis.queries.span.asked import Span
from kpis.queries.span.before import wanted_before
from kpis.queries.span.rows import cells_of, disputes_of, states_of, terms_of_rows
from kpis.rules import status
from kpis.rules.disputes import Dispute, standing
from kpis.rules.relief import Relief
from kpis.rules.returns import may_count


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

    def wanted_before(self) -> Wanted:
        """What was reported before the span of the KPIs that reach back."""
        return wanted_before(self.reaching_back, self.span.first)

    def register(self, results: Sequence[Row]) -> Register:
        """The span with what :meth:`wanted_before` found: every run that touches it is known from its beginning."""
        earlier = cells_of(results)
        reached = {pk: self._reach_back(pk, earlier.get(pk, {})) for pk in self.reaching_back}
        histories = tuple(reached.get(pk, history) for pk, history in self.histories.items())
        return Register(self.areas, histories, self.reliefs, self.span.first, self.span.last)

    def _reach_back(self, pk: int, cells: Mapping[Month, Row]) -> status.KpiHistory:
        """Month by month backwards until one that ends every run: its target met, and nothing to excuse."""
        terms, history = self.terms[pk], self.histories[pk]
        readings = {at: reading for at, row in cells.items() if (reading := _reading(row, row[12], ())) is not None}
        judged: list[status.Judgement] = []
        for judgement in status.judge_due(
            terms, readings.get, self.reliefs, terms.in_force_from, add_months(self.span.first, -1)
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
    histories = {}
    for pk, each in terms.items():
        area, said_against = area_of[pk], disputes[pk]
        readings = {
            at: reading
            for at, row in cells.get(pk, {}).items()
            if (reading := _reading(row, states.get((area, at)), said_against.get(at, ()))) is not None
        }
        histories[pk] = status.judge_history(each, readings, reliefs, span.first, span.last)
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


def _reading(row: Row, state: str | None, disputes: Sequence[Dispute]) -> status.Reading | None:
    _, _, value, numerator, denominator, reason, source, is_shared, cause, effect, remedy, recovery, _ = row
    if not may_count(state, is_shared):
        return None
    # Most results are a value alone, and a page reads some six hundred.
    value = figure(value)
    if numerator is not None:
        numerator, denominator = figure(numerator), figure(denominator)
    dispute = standing(disputes, (value, numerator, denominator, reason)) if disputes else None
    recovers = month(recovery) if recovery else None
    return reading_of(
        state, value, numerator, denominator, reason, source, cause, effect, remedy, recovers, dispute=dispute
    )
