"""When each service area's month was first handed in, and how far its return is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.rows import Row, Wanted, local_day, month
from contracts.rules.months import Month
from kpis.models import Return
from kpis.rules.returns import HANDED_IN
from kpis.rules.timeliness import Timeliness, timeliness


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An area's return. ``first_on`` is the first day: what was sent back and mended was still there in time."""

    state: str
    first_on: date | None

    def timeliness(self, due_on: date | None, on: date) -> Timeliness:
        """Whether it came in time, as it stands on a day."""
        return timeliness(self.first_on, due_on, is_handed_in=self.state in HANDED_IN, on=on)


NOT_BEGUN: Final = HandedIn(Return.State.OPEN.value, None)


def wanted_handed_in(areas: Sequence[int], first: Month, last: Month) -> tuple[Wanted, Wanted]:
    """The returns of these areas from ``first`` to ``last``, and when the history saw each handed in first."""
    within = f"service_area_id IN ({', '.join('%s' for _ in areas) or 'NULL'}) AND month BETWEEN %s AND %s"
    own: tuple[int | str, ...] = (*areas, first.isoformat(), last.isoformat())
    return (
        Wanted("service_area_id, month, state, submitted_at", f"FROM kpis_return WHERE {within}", own),
        Wanted(
            "x.area, x.month, x.at",
            "FROM (SELECT service_area_id AS area, month, MIN(submitted_at) AS at FROM kpis_historicalreturn"  # noqa: S608
            f" WHERE {within} AND submitted_at IS NOT NULL GROUP BY service_area_id, month) x",
            own,
        ),
    )


def handed_in_of(returns: Iterable[Row], submitted: Iterable[Row]) -> Mapping[tuple[int, Month], HandedIn]:
    """What :func:`wanted_handed_in` found, by the area's key and the month."""
    first = {(area, at): when for area, at, when in submitted}
    return {
        (area, month(at)): HandedIn(state, local_day(when) if (when := first.get((area, at)) or own) else None)
        for area, at, state, own in returns
    }
