"""Facts about KPIs: their definitions and levels, the monthly returns and results, corrections, mitigation relief."""

from kpis.models.kpi import Kpi, Level
from kpis.models.relief import Relief
from kpis.models.returns import Correction, Result, Return

__all__ = ["Correction", "Kpi", "Level", "Relief", "Result", "Return"]
