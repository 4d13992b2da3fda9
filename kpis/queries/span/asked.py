"""Which months of which contract are judged, and the rows that are read for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.rows import Wanted
from contracts.rules.months import Month
from kpis.queries.reliefs import wanted_reliefs


@dataclass(frozen=True, slots=True)
class Span:
    """
    The months judged; ``settled_from`` is the first of them for which runs must be known from their beginning.

    The months before it may begin in the middle of one: they are only shown. ``kpis`` are the contract's, by primary
    key: told them one by one, PostgreSQL reads their results in one pass over the index.
    """

    contract: int
    kpis: tuple[int, ...]
    first: Month
    last: Month
    settled_from: Month


def wanted_terms(span: Span) -> tuple[Wanted, ...]:
    """Areas, KPIs, levels, reliefs, the KPIs they name, states of returns, results, corrections, disputes."""
    own = (span.contract,)
    first, last = span.first.isoformat(), span.last.isoformat()
    return (
        Wanted("id, code, name", "FROM contracts_servicearea WHERE contract_id = %s", own),
        Wanted(
            "id, service_area_id, code, name, definition, unit, polarity, decimals, in_force_from, in_force_to,"
            " due_mask, end_reason",
            "FROM kpis_kpi WHERE contract_id = %s AND in_force_from <= %s"
            " AND (in_force_to IS NULL OR in_force_to >= %s)",
            (*own, last, first),
        ),
        Wanted(
            "l.kpi_id, l.effective_from, l.target, l.minimum, l.reason, l.agreed_by",
            "FROM kpis_level l JOIN kpis_kpi k ON k.id = l.kpi_id WHERE k.contract_id = %s",
            own,
        ),
        *wanted_reliefs(span.contract),
        Wanted(
            "r.service_area_id, r.month, r.state",
            "FROM contracts_servicearea a JOIN kpis_return r ON r.service_area_id = a.id"
            " WHERE a.contract_id = %s AND r.month BETWEEN %s AND %s",
            (*own, first, last),
        ),
        Wanted(
            "r.kpi_id, r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, r.source, r.is_shared,"
            " r.cause, r.effect, r.remedy, r.recovery_month, r.explanation_awaited_on",
            f"FROM kpis_result r WHERE r.kpi_id IN ({places(span.kpis)}) AND r.month BETWEEN %s AND %s",
            (*span.kpis, first, last),
        ),
        Wanted(
            "r.month, c.corrected_at",
            "FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id JOIN kpis_correction c ON c.result_id = r.id"
            " WHERE k.contract_id = %s AND r.month >= %s AND r.month < %s",
            (*own, first, span.settled_from.isoformat()),
        ),
        Wanted(
            "r.kpi_id, r.month, d.id, d.state, d.note, d.claimed, d.answer, d.raised_at, d.settled_at, d.value,"
            " d.numerator, d.denominator, d.not_measured_reason",
            "FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id JOIN kpis_dispute d ON d.result_id = r.id"
            " WHERE k.contract_id = %s AND r.month BETWEEN %s AND %s",
            (*own, first, last),
        ),
    )


def places(keys: Sequence[int]) -> str:
    return ", ".join("%s" for _ in keys) or "NULL"
