"""Facts about KPIs: their definitions and levels, the monthly returns and results, corrections, mitigation relief, and the desk."""

from kpis.models.entry import Entry, WarningAnswer
from kpis.models.kpi import Kpi, Level
from kpis.models.relief import Relief
from kpis.models.returns import Correction, Result, Return

__all__ = ["Correction", "Entry", "Kpi", "Level", "Relief", "Result", "Return", "WarningAnswer"]
