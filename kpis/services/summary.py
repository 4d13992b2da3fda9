"""
Keeping the counts of each service area's month true: recounted by whoever moves a status, before they are done.

Two writers of one area take turns: each holds the area's row while it counts, and counts after it has it, so that the
later one sees what the earlier one wrote. It is the last thing a service does, and locks all its areas at once in one
order: nobody waits for a row while holding what the other one wants.
"""

from collections.abc import Collection

from django.db import transaction

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month
from kpis.models import AreaMonth
from kpis.queries.summary import COUNTS, Place, Tally, counted_tallies, kept_tallies

WRITTEN = (*COUNTS, "is_handed_in", "is_verified")
BATCH = 500


@transaction.atomic(savepoint=False)
def recount(
    contract: Contract,
    *,
    areas: Collection[int] | None = None,
    first: Month | None = None,
    last: Month | None = None,
) -> int:
    """
    Counts these areas and months anew, all of the contract's where none are given; how many counts were wrong.

    Call it within the transaction of the write that may have moved a status, after everything it writes.
    """
    held = _hold(contract, areas)
    if not held:
        return 0
    kept = kept_tallies(contract, held, first, last)
    counted = counted_tallies(contract, held, first, last)
    gone = [place for place in kept if place not in counted]
    moved = [_row(place, tally) for place, tally in counted.items() if kept.get(place) != tally]
    _remove(gone)
    AreaMonth.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["service_area", "month"],
        update_fields=WRITTEN,
        batch_size=BATCH,
    )
    return len(gone) + len(moved)


def recount_month(area: ServiceArea, month: Month) -> None:
    """Counts one service area's month anew."""
    recount(area.contract, areas=[area.pk], first=month, last=month)


def _hold(contract: Contract, areas: Collection[int] | None) -> list[int]:
    """
    The keys of the areas, their rows held until the transaction ends.

    They are held less than to be deleted (``no_key``), as a service holds its contract: a row that points to one of
    them is checked when its transaction ends, and that must not wait for somebody who waits for an area.
    """
    rows = ServiceArea.objects.filter(contract=contract).order_by("pk").select_for_update(no_key=True)
    if areas is not None:
        rows = rows.filter(pk__in=areas)
    return list(rows.values_list("pk", flat=True))


def _row(place: Place, tally: Tally) -> AreaMonth:
    area, month = place
    return AreaMonth(service_area_id=area, month=month, **dict(zip(WRITTEN, tally, strict=True)))


def _remove(places: Collection[Place]) -> None:
    months_by_area: dict[int, list[Month]] = {}
    for area, month in places:
        months_by_area.setdefault(area, []).append(month)
    for area, months in months_by_area.items():
        AreaMonth.objects.filter(service_area=area, month__in=months).delete()
