"""Exception lines of one KPI, short enough to stand in a table of cases."""

from contracts.rules.months import month_key
from kpis.rules.status import KpiHistory
from reports.rules.exceptions import find_exceptions
from tests.kpis.rules.builders import m


def found(
    kpi: KpiHistory, first: str, last: str, *, below_target_counts: bool = True
) -> list[tuple[str, str, list[str], int]]:
    """The lines as rule, state, months and run length."""
    lines = find_exceptions([kpi], m(first), m(last), below_target_counts)
    return [
        (line.rule.value, line.state.value, [month_key(month) for month in line.months], line.run_length)
        for line in lines
    ]
