"""Everything about one KPI, for its page."""

from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from typing import Any

from contracts.rules.months import Month, contract_month
from kpis.models import Correction, Kpi, Result
from kpis.queries.dispute_pages import DisputeLine, lines_of_kpi
from kpis.queries.registers import load_kpi_history
from kpis.rules.figures import level_in_words, show
from kpis.rules.relief import Relief, age_months
from kpis.rules.sentences import figure_in_words, rate_in_words
from kpis.rules.status import MISSES, Explanation, Judgement, KpiTerms, is_disputed

UNEXCUSED = frozenset(miss.value for miss in MISSES)
"""The contractual statuses of a miss: relief makes another of it."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What stood in one month, as words and figures."""

    month: Month
    contract_month: int
    figure: str
    rate: str
    target: str
    minimum: str
    measured: str
    contractual: str
    is_provisional: bool
    relief: str
    not_measured_reason: str
    explanation: Explanation | None
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A target and minimum and the month from which they hold."""

    effective_from: Month
    target: str
    minimum: str
    reason: str
    agreed_by: str


@dataclass(frozen=True, slots=True)
class ReliefRow:
    """A relief that names this KPI, whatever was decided."""

    relief: Relief
    age_months: int


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A verified figure that was changed: what stood, what stands, when, by whom and why."""

    month: Month
    before: str
    after: str
    reason: str
    corrected_at: datetime
    corrected_by: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of one month's figure: from nothing when it was first written, and what was said besides it."""

    month: Month
    at: datetime
    by: str
    before: str
    after: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class KpiPage:
    """
    One KPI from the first month anything was said of it to the last one shown.

    ``months`` stand newest first, ``judgements`` oldest first; ``unreported`` counts the months in force before them.
    ``level`` is the one in force in the last month; ``levels`` hold those agreed for later months too.
    """

    terms: KpiTerms
    area_name: str
    judgements: tuple[Judgement, ...]
    unreported: int
    months: tuple[MonthRow, ...]
    level: LevelRow | None
    levels: tuple[LevelRow, ...]
    reliefs: tuple[ReliefRow, ...]
    corrections: tuple[CorrectionRow, ...]
    history: tuple[HistoryRow, ...]
    disputes: tuple[DisputeLine, ...]
    is_illustrative: bool

    @property
    def latest(self) -> MonthRow | None:
        return self.months[0] if self.months else None

    @property
    def disputed(self) -> int:
        """How many figures of the page the supplier disputes."""
        return sum(row.is_disputed for row in self.months)

    @property
    def explained(self) -> tuple[MonthRow, ...]:
        """The months about which something was said."""
        return tuple(row for row in self.months if row.explanation or row.not_measured_reason)

    @property
    def unexplained(self) -> int:
        """How many months missed a level, without relief, and nobody has said why."""
        return sum(row.contractual in UNEXCUSED and not row.explanation for row in self.months)


def load_kpi_page(kpi: Kpi, last: Month) -> KpiPage:
    """The page's values, in a fixed number of queries however long the history."""
    register = load_kpi_history(kpi, last)
    history = register.histories[0]
    terms = history.terms
    own = tuple(relief for relief in register.reliefs if relief.is_for(terms.code))
    levels = tuple(_level(terms, place) for place in reversed(range(len(terms.levels))))
    judgements = tuple(dropwhile(lambda each: each.reading is None, history.judgements))
    return KpiPage(
        terms=terms,
        area_name=register.area_names[terms.area],
        judgements=judgements,
        unreported=len(history.judgements) - len(judgements),
        months=tuple(_month(terms, each, kpi) for each in reversed(judgements)),
        level=next((level for level in levels if level.effective_from <= last), None),
        levels=levels,
        reliefs=tuple(ReliefRow(relief, age_months(relief, min(last, relief.to_month or last))) for relief in own),
        corrections=_corrections(kpi, terms),
        history=_history(kpi, terms, frozenset(each.month for each in judgements if each.reading is not None)),
        disputes=lines_of_kpi(kpi),
        is_illustrative=any(each.reading is not None and each.reading.source == "illustrative" for each in judgements),
    )


def _month(terms: KpiTerms, judgement: Judgement, kpi: Kpi) -> MonthRow:
    level, reading = judgement.level, judgement.reading
    return MonthRow(
        month=judgement.month,
        contract_month=contract_month(judgement.month, kpi.contract.commences_on),
        figure=show(judgement.value, terms.unit, terms.decimals),
        rate=rate_in_words(reading.numerator, reading.denominator) if reading else "",
        target=show(level.target if level else None, terms.unit, terms.decimals),
        minimum=show(level.minimum if level else None, terms.unit, terms.decimals),
        measured=judgement.measured.value,
        contractual=judgement.contractual.value,
        is_provisional=judgement.is_provisional,
        relief=judgement.relief.reference if judgement.relief else "",
        not_measured_reason=reading.not_measured_reason if reading else "",
        explanation=reading.explanation if reading else None,
        is_disputed=is_disputed(judgement),
    )


def _level(terms: KpiTerms, place: int) -> LevelRow:
    level = terms.levels[place]
    return LevelRow(
        effective_from=level.effective_from,
        target=level_in_words(level.target, terms.polarity, terms.unit, terms.decimals),
        minimum=level_in_words(level.minimum, terms.polarity, terms.unit, terms.decimals),
        reason=level.reason,
        agreed_by=level.agreed_by,
    )


def _corrections(kpi: Kpi, terms: KpiTerms) -> tuple[CorrectionRow, ...]:
    rows = Correction.objects.filter(result__kpi=kpi).select_related("result", "corrected_by").order_by("-pk")
    return tuple(
        CorrectionRow(
            month=Month(row.result.month),
            before=figure_in_words(
                terms, row.value_before, row.numerator_before, row.denominator_before, row.not_measured_reason_before
            ),
            after=figure_in_words(
                terms, row.value_after, row.numerator_after, row.denominator_after, row.not_measured_reason_after
            ),
            reason=row.reason,
            corrected_at=row.corrected_at,
            corrected_by=str(row.corrected_by) if row.corrected_by else "",
        )
        for row in rows
    )


FIGURE = ("value", "numerator", "denominator", "not_measured_reason")
COMMENTARY = {
    "cause": "cause",
    "effect": "effect",
    "remedy": "remedy",
    "recovery_month": "expected recovery",
    "explanation_awaited_on": "explanation awaited",
}


def _history(kpi: Kpi, terms: KpiTerms, shown: frozenset[Month]) -> tuple[HistoryRow, ...]:
    """
    What was ever written for the months on the page, newest first, from the history that every write leaves.

    Months that are private to their area stay so. A write that changed neither figure nor commentary is left out.
    """
    found: list[HistoryRow] = []
    stood: dict[Month, dict[str, Any]] = {}
    rows = Result.history.filter(kpi=kpi, month__in=shown).select_related("history_user")
    for row in rows.order_by("history_id"):
        month, now = Month(row.month), {name: getattr(row, name) for name in (*FIGURE, *COMMENTARY)}
        before = stood.get(month)
        stood[month] = now
        changed = [words for name, words in COMMENTARY.items() if before is not None and before[name] != now[name]]
        if before is not None and not changed and all(before[name] == now[name] for name in FIGURE):
            continue
        found.append(
            HistoryRow(
                month=month,
                at=row.history_date,
                by=str(row.history_user or ""),
                before=figure_in_words(terms, *(before[name] for name in FIGURE)) if before else "",
                after=figure_in_words(terms, *(now[name] for name in FIGURE)),
                what=", ".join(changed),
                why=row.history_change_reason or "",
            )
        )
    return tuple(reversed(found))
