"""Facts about KPIs: definitions and levels, monthly returns, the desk and the results, corrections, relief, rebases."""

from kpis.models.dispute import Dispute
from kpis.models.entry import Entry, WarningAnswer
from kpis.models.evidence import Evidence
from kpis.models.kpi import Kpi, Level
from kpis.models.rebase import Rebase
from kpis.models.relief import Relief
from kpis.models.returns import Correction, Result, Return
from kpis.models.summary import AreaMonth

__all__ = [
    "AreaMonth",
    "Correction",
    "Dispute",
    "Entry",
    "Evidence",
    "Kpi",
    "Level",
    "Rebase",
    "Relief",
    "Result",
    "Return",
    "WarningAnswer",
]
