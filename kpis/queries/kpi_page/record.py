"""What the database knows of one KPI, in one statement however long the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from contracts.rows import Row, Wanted, figure, instant, month, month_or_none, read
from contracts.rules.months import Month
from kpis.models import Kpi
from kpis.queries.columns import reading_of
from kpis.queries.dispute_pages import DisputeLine, disputes_of_kpi, wanted_disputes
from kpis.queries.kpi_page.dated import dated_of, wanted_dated
from kpis.queries.kpi_page.values import CorrectionRow, DefinitionEvent, RebaseRow
from kpis.queries.registers import terms_of_kpi
from kpis.queries.reliefs import RELIEF, reliefs_of
from kpis.rules import relief as relief_rules
from kpis.rules import status
from kpis.rules.disputes import Dispute, standing
from kpis.rules.returns import may_count
from kpis.rules.sentences import figure_in_words

FIGURE: Final = ("value", "numerator", "denominator", "not_measured_reason")
CORRECTED: Final = ", ".join(f"c.{name}_{when}" for when in ("before", "after") for name in FIGURE)


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
    reliefs, disputed, results, corrected, *found = read(
        _wanted_reliefs(kpi), wanted_disputes(kpi), *_wanted_results(kpi, last), *wanted_dated(kpi)
    ).tables
    dated = dated_of(kpi, found)
    terms = terms_of_kpi(kpi, kpi.service_area.code, dated.levels)
    disputes, by_month = disputes_of_kpi(kpi, disputed)
    readings = _readings(results, by_month)
    corrections = tuple(_correction(terms, row) for row in sorted(corrected, reverse=True) if month(row[1]) in readings)
    own_reliefs = reliefs_of(reliefs, ([row[0], kpi.code] for row in reliefs))
    return Record(terms, readings, own_reliefs, dated.rebases, dated.events, corrections, disputes)


def _wanted_results(kpi: Kpi, last: Month) -> tuple[Wanted, Wanted]:
    """What was reported, with the state of each return, and the corrections of it."""
    until = last.isoformat()
    return (
        Wanted(
            "r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, r.source, r.cause, r.effect,"
            " r.remedy, r.recovery_month, r.is_shared,"
            " (SELECT s.state FROM kpis_return s WHERE s.service_area_id = %s AND s.month = r.month)",
            "FROM kpis_result r WHERE r.kpi_id = %s AND r.month <= %s",
            (kpi.service_area_id, kpi.pk, until),
        ),
        Wanted(
            f"c.id, r.month, {CORRECTED}, c.reason, c.corrected_at, COALESCE(p.job_title, '')",
            "FROM kpis_result r JOIN kpis_correction c ON c.result_id = r.id"
            " LEFT JOIN contracts_person p ON p.id = c.corrected_by_id WHERE r.kpi_id = %s AND r.month <= %s",
            (kpi.pk, until),
        ),
    )


def _readings(results: Iterable[Row], disputes: Mapping[Month, Sequence[Dispute]]) -> dict[Month, status.Reading]:
    """What counts, oldest first."""
    readings: dict[Month, status.Reading] = {}
    for (
        at, value, numerator, denominator, reason, source, cause, effect, remedy, recovery, is_shared, state,
    ) in sorted(results, key=lambda row: row[0]):  # fmt: skip
        if not may_count(state, is_shared):
            continue
        said = disputes.get(month(at))
        stands = (figure(value), figure(numerator), figure(denominator), reason)
        dispute = standing(said, stands) if said else None
        readings[month(at)] = reading_of(
            state, *stands, source, cause, effect, remedy, month_or_none(recovery), dispute=dispute
        )
    return readings


def _correction(terms: status.KpiTerms, row: Row) -> CorrectionRow:
    _, at, *columns, reason, corrected_at, by = row
    before, after = (
        figure_in_words(terms.unit, terms.decimals, figure(value), figure(numerator), figure(denominator), why)
        for value, numerator, denominator, why in (columns[:4], columns[4:])
    )
    return CorrectionRow(
        month=month(at),
        before=before,
        after=after,
        reason=reason,
        corrected_at=instant(corrected_at),
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
