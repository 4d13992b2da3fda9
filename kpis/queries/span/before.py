"""
What is read of the months before a span: of each KPI as far back as its run can reach, found by the database.

A run ends at a month whose target was met without relief (:func:`kpis.rules.status.is_plain`). The database looks for
the latest month that is one beyond doubt: nothing older is read. Where it doubts it goes on, so that it may read more
than is needed and never less; judged are the months read by the rules alone.
"""

from collections.abc import Sequence
from typing import Final

from contracts.rows import Wanted
from contracts.rules.months import Month, add_months
from kpis.queries.span.asked import places

YEAR: Final = 12
STATE: Final = (
    "(SELECT s.state FROM kpis_return s WHERE s.service_area_id = k.service_area_id AND s.month = {of}.month)"
)
# Rounded or not the figure meets every target there ever was: beyond doubt though a fraction may not be exact here.
SHORT: Final = (
    "CASE k.polarity WHEN 'higher' THEN p.figure < l.target OR ROUND(p.figure, k.decimals) < l.target"
    " ELSE p.figure > l.target OR ROUND(p.figure, k.decimals) > l.target END"
)
FIGURE: Final = (
    "CASE WHEN numerator IS NULL OR denominator = 0 THEN value"
    " ELSE numerator * CASE k.unit WHEN 'percent' THEN 100.0 ELSE 1.0 END / denominator END"
)
PLAIN: Final = (
    f"SELECT p.month FROM (SELECT month, is_shared, {FIGURE} AS figure FROM kpis_result"  # noqa: S608
    " WHERE kpi_id = k.id AND month < %s AND month >= k.in_force_from) p"
    " WHERE k.due_mask = 4095 AND p.figure IS NOT NULL"
    f" AND (p.is_shared OR {STATE.format(of='p')} IN ('submitted', 'verified'))"
    f" AND NOT EXISTS (SELECT 1 FROM kpis_level l WHERE l.kpi_id = k.id AND {SHORT})"
    " AND NOT EXISTS (SELECT 1 FROM kpis_relief f WHERE f.contract_id = k.contract_id AND f.decision = 'granted'"
    " AND f.from_month <= p.month AND (f.to_month IS NULL OR f.to_month >= p.month) AND (f.is_blanket"
    " OR EXISTS (SELECT 1 FROM kpis_relief_kpis x WHERE x.relief_id = f.id AND x.kpi_id = k.id)))"
    " ORDER BY p.month DESC LIMIT 1"
)


def wanted_before(kpis: Sequence[int], first: Month) -> Wanted:
    """Of these KPIs what was reported before a month, as far back as it is needed, with the state of each return."""
    year = add_months(first, -YEAR).isoformat()
    # A KPI is due at least once a year: what was said longer ago is never printed.
    said = ", ".join(f"CASE WHEN r.month >= %s THEN r.{name} ELSE '' END" for name in ("cause", "effect", "remedy"))
    return Wanted(
        "r.kpi_id, r.month, r.value, r.numerator, r.denominator, r.not_measured_reason, r.source, r.is_shared,"
        f" {said}, r.recovery_month, {STATE.format(of='r')}",
        f"FROM kpis_kpi k JOIN kpis_result r ON r.kpi_id = k.id AND r.month >= COALESCE(({PLAIN}), k.in_force_from)"
        f" WHERE k.id IN ({places(kpis)}) AND r.month < %s",
        (year, year, year, first.isoformat(), *kpis, first.isoformat()),
    )
