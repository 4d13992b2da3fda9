"""Which verified months a change of a KPI's definition would judge differently, and which statuses it would move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.rules.months import Month, last_ended
from kpis.models import Kpi, Return
from kpis.queries.registers import load_kpi_history
from kpis.queries.reliefs import load_reliefs
from kpis.rules.effects import Move, fingerprint, judged_by, moves, readings_of
from kpis.rules.status import KpiTerms, Reading, judge_history


@dataclass(frozen=True, slots=True)
class Touched:
    """
    ``months`` are the verified ones that would be judged by other terms, ``moves`` those of their statuses that change.

    `name` is the fingerprint by which who makes the change says that this is the list they accept.
    """

    months: tuple[Month, ...]
    moves: tuple[Move, ...]
    name: str


def load_terms(kpi: Kpi, on: date) -> tuple[KpiTerms, Mapping[Month, Reading]]:
    """The KPI's terms as they stand, and what was reported of it up to the last month that has ended."""
    history = load_kpi_history(kpi, last_ended(on)).histories[0]
    return history.terms, readings_of(history)


def load_touched(
    kpi: Kpi, before: KpiTerms | None, after: KpiTerms, readings: Mapping[Month, Reading], on: date
) -> Touched:
    """What exchanging the KPI's terms does to the verified months of its service area."""
    last = last_ended(on)
    closed = verified_months_of(kpi, last)
    touched = tuple(month for month in closed if judged_by(before, month) != judged_by(after, month))
    if not touched:
        return Touched((), (), fingerprint(()))
    reliefs = load_reliefs(kpi.contract)
    first = touched[0]
    stood = [judge_history(before, readings, reliefs, first, last)] if before else []
    found = moves(stood, [judge_history(after, readings, reliefs, first, last)])
    moved = tuple(move for move in found if move.month in touched)
    return Touched(touched, moved, fingerprint(moved, touched))


def verified_months_of(kpi: Kpi, last: Month) -> tuple[Month, ...]:
    """The months, ascending, in which the KPI's service area was verified once, be it open again now."""
    rows = Return.objects.filter(service_area=kpi.service_area_id, month__lte=last).ever_verified()
    return tuple(Month(month) for month in rows.order_by("month").values_list("month", flat=True))
