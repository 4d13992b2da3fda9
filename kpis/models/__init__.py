"""Facts about KPIs: definitions and levels, monthly returns, the desk and the results, corrections, relief."""

from kpis.models.dispute import Dispute
from kpis.models.entry import Entry, WarningAnswer
from kpis.models.evidence import Evidence
from kpis.models.kpi import Kpi, Level
from kpis.models.relief import Relief
from kpis.models.returns import Correction, Result, Return

__all__ = ["Correction", "Dispute", "Entry", "Evidence", "Kpi", "Level", "Relief", "Result", "Return", "WarningAnswer"]
