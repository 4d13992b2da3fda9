"""What becomes of a service area's monthly return when results for it are imported."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

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
    kpis: set[str] = field(default_factory=set)
    is_all_verified: bool = True
    is_touched: bool = False


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
    on_record = _kpis_on_record(importing, imported)
    tally = importing.tally("returns")
    created, changed, reopened = [], [], []
    for area_month in imported:
        row = returns.get((area_month.area.code, area_month.month))
        after = _state(area_month, book, row, on_record[area_month.area.code, area_month.month])
        if row is None:
            created.append(_moved(importing, Return(service_area=area_month.area, month=area_month.month), after))
        elif row.state != after:
            if row.state == Return.State.VERIFIED:
                reopened.append(row)
            changed.append(_moved(importing, row, after))
    importing.create(Return, created)
    importing.update(Return, changed, MOVED)
    for row in reopened:
        tell_reopened(row)
    _count(tally, len(imported), len(created), len(changed))


MOVED = (
    "state", "submitted_at", "submitted_by", "verified_at", "verified_by", "checked_how", "sample_size",
    "reopened_at", "reopened_by", "reopened_reason", "version",
)  # fmt: skip


def _state(area_month: AreaMonth, book: Book, row: Return | None, on_record: set[str]) -> Return.State:
    before = Return.State(row.state) if row else None
    others = on_record - area_month.kpis
    is_all_verified = area_month.is_all_verified and (not others or before is Return.State.VERIFIED)
    return state_after(
        before,
        is_all_verified=is_all_verified,
        is_touched=area_month.is_touched,
        is_complete=not is_all_verified and _owing(book, area_month) <= on_record,
    )


def _owing(book: Book, area_month: AreaMonth) -> set[str]:
    """The codes of the KPIs from which the service area owes a result in that month."""
    return {
        code
        for code, entry in book.entries.items()
        if entry.area == area_month.area and entry.terms_now.is_in_force(area_month.month)
    }


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


def _kpis_on_record(importing: Import, imported: list[AreaMonth]) -> defaultdict[Place, set[str]]:
    """The codes of the KPIs that have a result by now, for the imported months."""
    found: defaultdict[Place, set[str]] = defaultdict(set)
    rows: QuerySet[Any, Any] = Result.objects.filter(
        kpi__contract_id=importing.contract.pk, month__in={area_month.month for area_month in imported}
    )
    for area, month, code in rows.values_list("kpi__service_area__code", "month", "kpi__code"):
        found[area, month].add(code)
    return found


def _count(tally: Tally, imported: int, created: int, changed: int) -> None:
    tally.created += created
    tally.changed += changed
    tally.left_alone += imported - created - changed
