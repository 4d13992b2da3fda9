"""What becomes of a service area's monthly return when results for it are imported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from contracts.models import ServiceArea
from contracts.rules.months import Month
from contracts.workbook.saving import Import, Tally, assign
from kpis.models import Result, Return
from kpis.services.notices import tell_reopened
from kpis.workbook.book import Book

Place = tuple[str, date]  # a service area's code and a month


@dataclass(slots=True)
class AreaMonth:
    """The imported rows of one service area and month."""

    area: ServiceArea
    month: Month
    number: int = 0
    is_all_verified: bool = True
    is_touched: bool = False
    is_moved: bool = False
    """Whether a result or the return is not as it was."""
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        self.place = (self.area.code, self.month)


def state_after(
    before: Return.State | None, *, is_all_verified: bool, is_touched: bool, is_complete: bool
) -> Return.State:
    """
    The state of a return after an import.

    Rows that are all verified make it verified, even with gaps. Otherwise a month that is complete is submitted and one
    that is not stays open; a return that somebody submitted or sent back is never pushed further back, and one whose
    rows came as they already were stays what it is.
    """
    state = Return.State
    if is_all_verified:
        return state.VERIFIED
    if before is not None and before is not state.VERIFIED and not is_touched:
        return before
    if is_complete:
        return state.SUBMITTED
    return before if before in (state.SUBMITTED, state.RETURNED) else state.OPEN


def load_returns(importing: Import) -> dict[Place, Return]:
    """The contract's returns by service area and month."""
    by_key = {area.pk: area for area in importing.areas.values()}
    rows = Return.objects.select_for_update().filter(service_area__contract_id=importing.contract.pk)
    return {(by_key[row.service_area_id].code, row.month): row for row in rows}


def settle_returns(importing: Import, book: Book, returns: dict[Place, Return], imported: Iterable[AreaMonth]) -> None:
    """Moves the returns of the imported area-months, once their results are written."""
    imported = list(imported)
    tally = importing.tally("returns")
    created, changed, reopened = [], [], []
    for area_month, after in _states(importing, book, returns, imported):
        row = returns.get(area_month.place)
        if row is None:
            created.append(_moved(importing, Return(service_area=area_month.area, month=area_month.month), after))
        elif row.state != after:
            if row.state == Return.State.VERIFIED:
                reopened.append(row)
            changed.append(_moved(importing, row, after))
        else:
            continue
        area_month.is_moved = True
    importing.create(Return, created)
    importing.update(Return, changed, MOVED)
    for row in reopened:
        tell_reopened(row)
    _count(tally, len(imported), len(created), len(changed))


MOVED = (
    "state", "submitted_at", "submitted_by", "verified_at", "verified_by", "checked_how", "sample_size",
    "reopened_at", "reopened_by", "reopened_reason", "version",
)  # fmt: skip


def _states(
    importing: Import, book: Book, returns: dict[Place, Return], imported: list[AreaMonth]
) -> Iterator[tuple[AreaMonth, Return.State]]:
    """The imported months, each with the state of its return from now on."""
    before = {place: Return.State(row.state) for place, row in returns.items()}
    numbers = _numbers_on_record(importing, imported)
    verified = {
        area_month.place
        for area_month in imported
        if area_month.is_all_verified
        # Every imported row is on record by now; what is more was there beside them.
        and (numbers[area_month.place] == area_month.number or before.get(area_month.place) is Return.State.VERIFIED)
    }
    open_ones = [area_month for area_month in imported if area_month.place not in verified]
    on_record = _kpis_on_record(importing, open_ones)
    for area_month in imported:
        is_all_verified = area_month.place in verified
        yield (
            area_month,
            state_after(
                before.get(area_month.place),
                is_all_verified=is_all_verified,
                is_touched=area_month.is_touched,
                is_complete=not is_all_verified and _owing(book, area_month) <= on_record[area_month.place],
            ),
        )


def _owing(book: Book, area_month: AreaMonth) -> set[str]:
    """The codes of the KPIs from which the service area owes a result in that month."""
    return {entry.code for entry in book.of_area(area_month.area) if entry.terms_now.is_in_force(area_month.month)}


def _moved(importing: Import, row: Return, state: Return.State) -> Return:
    """
    The return in its new state, with the instants and persons that belong to it.

    When the area handed the month in is not known to an import, so it leaves that open. That it was verified, when and
    by whom, outlasts a reopening: from then on its figures change with corrections only.
    """
    is_submitted = state in (Return.State.SUBMITTED, Return.State.VERIFIED)
    is_verified = state is Return.State.VERIFIED
    values: dict[str, Any] = {"state": state, "checked_how": "", "sample_size": None}
    values["submitted_at"] = row.submitted_at if is_submitted else None
    values["submitted_by"] = row.submitted_by if is_submitted else None
    if is_verified:
        values |= {"verified_at": importing.at, "verified_by": importing.by}
    elif row.state == Return.State.VERIFIED:
        values |= {"verified_at": row.verified_at or importing.at}
        values |= {"reopened_at": importing.at, "reopened_by": importing.by, "reopened_reason": importing.reason}
    assign(row, values)
    if row.pk is not None:
        row.version += 1
    return row


def _numbers_on_record(importing: Import, imported: list[AreaMonth]) -> Counter[Place]:
    """How many results there are by now, for the imported months."""
    rows = _on_record(importing, imported).values_list("kpi__service_area__code", "month")
    return Counter({(area, month): number for area, month, number in rows.annotate(Count("pk"))})


def _kpis_on_record(importing: Import, imported: list[AreaMonth]) -> defaultdict[Place, set[str]]:
    """The codes of the KPIs that have a result by now, for the imported months."""
    found: defaultdict[Place, set[str]] = defaultdict(set)
    if imported:
        rows = _on_record(importing, imported).values_list("kpi__service_area__code", "month", "kpi__code")
        for area, month, code in rows:
            found[area, month].add(code)
    return found


def _on_record(importing: Import, imported: list[AreaMonth]) -> QuerySet[Any, Any]:
    months = {area_month.month for area_month in imported}
    return Result.objects.filter(kpi__contract_id=importing.contract.pk, month__in=months).order_by()


def _count(tally: Tally, imported: int, created: int, changed: int) -> None:
    tally.created += created
    tally.changed += changed
    tally.left_alone += imported - created - changed
