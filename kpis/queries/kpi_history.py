"""What was ever written about a KPI's figures: who, when, from what to what, why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from contracts.rules.months import Month
from kpis.models import Kpi, Result
from kpis.queries.kpi_page.record import FIGURE, Record, load_record
from kpis.rules.sentences import figure_in_words

COMMENTARY: Final = {
    "cause": "cause",
    "effect": "effect",
    "remedy": "remedy",
    "recovery_month": "expected recovery",
    "explanation_awaited_on": "explanation awaited",
}


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


def load_figure_history(kpi: Kpi, last: Month) -> tuple[Record, tuple[HistoryRow, ...]]:
    """
    What was ever written for the months that count outside their area, newest first, from the history writes leave.

    Months that are private to their area stay so. A write that changed neither figure nor commentary is left out.
    Two queries, of a KPI that came with its contract and area.
    """
    record = load_record(kpi, last)
    found: list[HistoryRow] = []
    stood: dict[Month, dict[str, Any]] = {}
    rows = Result.history.filter(kpi=kpi, month__in=record.readings).select_related("history_user")
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
                before=figure_in_words(record.terms.unit, record.terms.decimals, *(before[name] for name in FIGURE))
                if before
                else "",
                after=figure_in_words(record.terms.unit, record.terms.decimals, *(now[name] for name in FIGURE)),
                what=", ".join(changed),
                why=row.history_change_reason or "",
            )
        )
    return record, tuple(reversed(found))
