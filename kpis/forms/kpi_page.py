"""What a KPI's page can be asked: performance or signal and noise, and which months; read from the address."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from contracts.rules.months import Month, MonthNotUnderstood, add_months, parse_month

SHOWN_MONTHS: Final = 25
"""Two years and the month they are compared with."""
PERFORMANCE, SIGNAL = "performance", "signal"


@dataclass(frozen=True, slots=True)
class KpiQuestion:
    """Which view of which months; without ``first`` all of them. What the address gets wrong is left out."""

    view: str
    first: Month | None
    last: Month

    @property
    def is_signal(self) -> bool:
        return self.view == SIGNAL


def read_kpi_question(query: QueryDict, latest: Month) -> KpiQuestion:
    """``view=signal``; ``months=all``, or ``to`` as the last of twenty-five, never later than ``latest``."""
    view = SIGNAL if query.get("view") == SIGNAL else PERFORMANCE
    if query.get("months") == "all":
        return KpiQuestion(view, None, latest)
    last = min(_month(query.get("to", "")) or latest, latest)
    return KpiQuestion(view, add_months(last, 1 - SHOWN_MONTHS), last)


def _month(text: str) -> Month | None:
    try:
        return parse_month(text)
    except MonthNotUnderstood:
        return None
