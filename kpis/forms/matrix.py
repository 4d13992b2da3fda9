"""What the pages about KPIs can be asked: read from the address, so that a filtered page is a link."""

from dataclasses import dataclass

from django.http import QueryDict

from contracts.rules.months import Month, MonthNotUnderstood, add_months, parse_month
from kpis.queries import Area
from kpis.rules.status import Contractual

SHOWN_MONTHS = 13


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """Which months, area and status the matrix shows. What the address gets wrong is left out."""

    first: Month
    last: Month
    area: str
    status: str


def read_matrix_question(query: QueryDict, latest: Month, earliest: Month, areas: tuple[Area, ...]) -> MatrixQuestion:
    """``to`` is the last month shown; never later than ``latest`` nor so early that nothing would be left."""
    last = min(_month(query.get("to", "")) or latest, latest)
    last = max(last, min(latest, earliest))
    area, status = query.get("area", ""), query.get("status", "")
    return MatrixQuestion(
        first=max(add_months(last, 1 - SHOWN_MONTHS), min(earliest, last)),
        last=last,
        area=area if any(area == each.code for each in areas) else "",
        status=status if status in set(Contractual) else "",
    )


def _month(text: str) -> Month | None:
    try:
        return parse_month(text)
    except MonthNotUnderstood:
        return None
