"""What the status matrix can be asked: read from the address, so that a filtered page is a link."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from contracts.rules.months import Month, MonthNotUnderstood, add_months, parse_month
from kpis.queries import Area
from kpis.queries.matrix import Officer, Wanted
from kpis.rules.status import Contractual

SHOWN_MONTHS: Final = 13
RELIEVED: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """Which months and which KPIs the matrix shows. What the address gets wrong is left out."""

    first: Month
    last: Month
    area: str
    status: str
    relief: str
    officer: Officer | None

    @property
    def is_filtered(self) -> bool:
        return bool(self.area or self.status or self.relief or self.officer)

    @property
    def wanted(self) -> Wanted:
        """An area and an officer together keep what both have."""
        areas = frozenset({self.area}) if self.area else None
        if self.officer is not None and self.officer.areas is not None:
            areas = self.officer.areas if areas is None else areas & self.officer.areas
        return Wanted(areas=areas, status=self.status, relieved=RELIEVED.get(self.relief))


def read_matrix_question(
    query: QueryDict, latest: Month, earliest: Month, areas: tuple[Area, ...], officers: tuple[Officer, ...]
) -> MatrixQuestion:
    """
    ``to`` is the last month shown; never later than ``latest`` nor so early that nothing would be left. ``from`` cuts
    the months shown short: the counts of a single month lead to just its KPIs.
    """
    last = min(_month(query.get("to", "")) or latest, latest)
    last = max(last, min(latest, earliest))
    earliest_shown = max(add_months(last, 1 - SHOWN_MONTHS), min(earliest, last))
    area, status, relief = query.get("area", ""), query.get("status", ""), query.get("relief", "")
    return MatrixQuestion(
        first=min(max(_month(query.get("from", "")) or earliest_shown, earliest_shown), last),
        last=last,
        area=area if any(area == each.code for each in areas) else "",
        status=status if status in set(Contractual) else "",
        relief=relief if relief in RELIEVED else "",
        officer=next((each for each in officers if str(each.pk) == query.get("officer", "")), None),
    )


def _month(text: str) -> Month | None:
    try:
        return parse_month(text)
    except MonthNotUnderstood:
        return None
