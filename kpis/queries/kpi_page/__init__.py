"""Everything about one KPI, for its page: `record` reads it in one, `page` makes rows and words of it."""

from kpis.queries.kpi_page.page import load_kpi_page, with_rebase
from kpis.queries.kpi_page.values import (
    CorrectionRow,
    DefinitionEvent,
    KpiPage,
    LevelRow,
    MonthRow,
    RebaseRow,
    ReliefRow,
    Verdict,
)

__all__ = [
    "CorrectionRow",
    "DefinitionEvent",
    "KpiPage",
    "LevelRow",
    "MonthRow",
    "RebaseRow",
    "ReliefRow",
    "Verdict",
    "load_kpi_page",
    "with_rebase",
]
