"""What the database knows of one KPI, in three queries however long the history.

Corrections come with the results they corrected; whatever else is dated is one query, because it is little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from contracts.rows import Wanted, read
from contracts.rules.months import Month
from kpis.models import Kpi, Result, Return
from kpis.queries.columns import reading_of
from kpis.queries.dispute_pages import DisputeLine, disputes_of_kpi, wanted_disputes
from kpis.queries.kpi_page.dated import load_dated, title_of
from kpis.queries.kpi_page.values import CorrectionRow, DefinitionEvent, RebaseRow
from kpis.queries.registers import terms_of_kpi
from kpis.queries.reliefs import RELIEF, reliefs_of
from kpis.rules import relief as relief_rules
from kpis.rules import status
from kpis.rules.disputes import Dispute, standing
from kpis.rules.returns import may_count
from kpis.rules.sentences import figure_in_words

RESULT: Final = (
    "value", "numerator", "denominator", "not_measured_reason", "source", "cause", "effect", "remedy",
    "recovery_month",
)  # fmt: skip
FIGURE: Final = ("value", "numerator", "denominator", "not_measured_reason")
CORRECTION: Final = (
    *(f"corrections__{name}_before" for name in FIGURE),
    *(f"corrections__{name}_after" for name in FIGURE),
    "corrections__reason",
    "corrections__corrected_at",
)


@dataclass(frozen=True, slots=True)
class Record:
    """The KPI's terms, what was reported and counts, its reliefs, its rebases, and the corrections of what it shows."""

    terms: status.KpiTerms
    readings: dict[Month, status.Reading]
    reliefs: tuple[relief_rules.Relief, ...]
    rebases: tuple[RebaseRow, ...]
    events: tuple[DefinitionEvent, ...]
    corrections: tuple[CorrectionRow, ...]
    disputes: tuple[DisputeLine, ...]


def load_record(kpi: Kpi, last: Month) -> Record:
    """Of a KPI that came with its contract and service area; results up to ``last``."""
    dated = load_dated(kpi)
    terms = terms_of_kpi(kpi, kpi.service_area.code, dated.levels)
    reliefs, disputed = read(_wanted_reliefs(kpi), wanted_disputes(kpi)).tables
    disputes, by_month = disputes_of_kpi(kpi, disputed)
    readings, corrections = _results(kpi, terms, last, by_month)
    own_reliefs = reliefs_of(reliefs, ([row[0], kpi.code] for row in reliefs))
    return Record(terms, readings, own_reliefs, dated.rebases, dated.events, corrections, disputes)


def _results(
    kpi: Kpi, terms: status.KpiTerms, last: Month, disputes: Mapping[Month, Sequence[Dispute]]
) -> tuple[dict[Month, status.Reading], tuple[CorrectionRow, ...]]:
    """A month that was corrected more than once comes in several rows."""
    state = Return.objects.filter(service_area=kpi.service_area_id, month=OuterRef("month")).values("state")
    rows = (
        Result.objects.filter(kpi=kpi, month__lte=last)
        .annotate(state=Subquery(state), corrector=title_of("corrections__corrected_by"))
        .order_by("month", "corrections__pk")
        .values_list("month", "state", "is_shared", "corrections__pk", "corrector", *RESULT, *CORRECTION)
    )
    readings: dict[Month, status.Reading] = {}
    corrections: list[tuple[int, CorrectionRow]] = []
    for month, of_return, is_shared, corrected, corrector, *columns in rows:
        if not may_count(of_return, is_shared):
            continue
        said = disputes.get(month)
        dispute = standing(said, tuple(columns[: len(FIGURE)])) if said else None
        readings[month] = reading_of(of_return, *columns[: len(RESULT)], dispute=dispute)
        if corrected is not None:
            corrections.append((corrected, _correction(terms, month, corrector, *columns[len(RESULT) :])))
    return readings, tuple(row for _, row in sorted(corrections, key=lambda each: each[0], reverse=True))


def _correction(terms: status.KpiTerms, month: Month, by: str, *columns: Any) -> CorrectionRow:
    before, after, (reason, at) = columns[:4], columns[4:8], columns[8:]
    return CorrectionRow(
        month=month,
        before=figure_in_words(terms.unit, terms.decimals, *before),
        after=figure_in_words(terms.unit, terms.decimals, *after),
        reason=reason,
        corrected_at=at,
        corrected_by=by,
    )


def _wanted_reliefs(kpi: Kpi) -> Wanted:
    """Those that name this KPI or all of them, whatever was decided."""
    return Wanted(
        RELIEF,
        "FROM kpis_relief WHERE contract_id = %s"
        " AND (is_blanket OR id IN (SELECT relief_id FROM kpis_relief_kpis WHERE kpi_id = %s))",
        (kpi.contract_id, kpi.pk),
    )
