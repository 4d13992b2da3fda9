"""
A month of the whole contract as the contract manager looks at it: every area's return, what needs a look first.

What an area has not submitted stays private to it: such KPIs stand here as missing, as they do everywhere.
"""

from kpis.queries.month.loading import load_month, read_month
from kpis.queries.month.values import AreaMonth, KpiRow, MonthPage

__all__ = ["AreaMonth", "KpiRow", "MonthPage", "load_month", "read_month"]
