"""The kernel's own sheets: the contract, and its service areas in the order in which papers list them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from contracts.models import Contract, ServiceArea
from contracts.workbook import cells, numbers
from contracts.workbook.cells import Cell, CellRefused, quoted
from contracts.workbook.problems import Problems
from contracts.workbook.saving import Import, Upsert, text_for
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, required

SLUG: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def reference(limit: int) -> Any:
    """Reads a short name that may stand in an address: letters, figures, hyphens and underscores."""

    def read(cell: Cell) -> str:
        words = cells.text(cell, limit)
        if not SLUG.fullmatch(words):
            what = f"{quoted(words)} holds something else than letters, figures, hyphens and underscores"
            raise CellRefused(what, f"expected {quoted(re.sub(r'[^A-Za-z0-9_-]+', '-', words).strip('-') or 'CSS')}")
        return words

    return read


CONTRACT: Final = SheetSpec(
    "contract",
    (
        required("reference", reference(40), "a short lasting name such as CSS"),
        text_for(Contract, "title", hint="the contract's title"),
        text_for(Contract, "authority", hint="the authority's name"),
        text_for(Contract, "supplier", hint="the supplier's name"),
        required("commences_on", cells.day, "a date such as 2015-04-01"),
        Column("ends_on", cells.day),
        Column("below_target_is_exception", cells.yes_no, default=True),
        Column("history_months", lambda cell: numbers.whole(cell, 1, 36), default=6),
    ),
)
SERVICE_AREAS: Final = SheetSpec(
    "service_areas",
    (
        required("code", reference(12), "a short code such as CSC"),
        text_for(ServiceArea, "name", hint="the service area's name"),
    ),
)


def read_contract(rows: Iterable[Row], wanted: str | None, problems: Problems) -> tuple[Contract, list[Row]]:
    """
    The contract that the sheet names, saved or not, with what the sheet says of it; and the sheet's rows.

    Where another is asked for, the other sheets are read against that one, and none of them against the one named: what
    stands there may not be for who imports to see.
    """
    read = list(rows)
    if not read:
        problems.add("contract", 2, "reference", "the sheet has no row", "expected one contract")
        return Contract(), read
    for row in read[1:]:
        row.problem("reference", "the sheet has a second contract", "expected one contract in a workbook")
    first = read[0]
    if wanted and first.is_sound("reference") and first["reference"] != wanted:
        what = f"{quoted(first['reference'])} is not the contract asked for"
        first.problem("reference", what, f"expected {quoted(wanted)}")
        own = Contract.objects.select_for_update(no_key=True).filter(reference=wanted).first()
        return own or Contract(reference=wanted), []
    _check_dates(first)
    found = Contract.objects.select_for_update(no_key=True).filter(reference=first["reference"] or "").first()
    return found or Contract(reference=first["reference"] or ""), read


def _check_dates(row: Row) -> None:
    if row.is_sound("commences_on", "ends_on") and row["ends_on"] and row["ends_on"] <= row["commences_on"]:
        right = f"expected a date after {row['commences_on'].isoformat()}"
        row.problem("ends_on", "the contract ends before it commences", right)


def save_contract(importing: Import, rows: list[Row]) -> None:
    """Writes what the sheet says of the contract."""
    contract = importing.contract
    upsert = Upsert(importing, "contract", Contract, {contract.reference: contract} if contract.pk else {})
    for row in rows[:1]:
        values = {column.name: row[column.name] for column in CONTRACT.columns if column.name in row.given}
        if contract.pk and importing.refuse_to_set_up(row, contract, values):
            continue
        importing.contract = upsert.put(contract.reference, contract.reference, row, {}, values)
    upsert.save()


def import_areas(importing: Import, rows: Iterable[Row]) -> None:
    """Reads the service areas, those of the database among them, and writes what is new."""
    areas = importing.areas
    upsert = Upsert(importing, "service_areas", ServiceArea, areas)
    seen = Seen()
    for row in rows:
        if not row.is_sound("code") or not seen.is_new(row["code"].lower(), row, "code", row["code"]):
            continue
        key = row["code"].lower()
        values = {"name": row["name"]} if row.is_sound("name") else {}
        if importing.refuse_to_set_up(row, areas.get(key) or ServiceArea(), values):
            continue
        upsert.put(key, row["code"], row, {"contract": importing.contract, "code": row["code"]}, values)
    upsert.save()


def load_areas(contract: Contract) -> dict[str, ServiceArea]:
    """The contract's service areas by code in small letters, in their order."""
    return {area.code.lower(): area for area in ServiceArea.objects.filter(contract_id=contract.pk).in_order()}


def contract_rows(contract: Contract) -> Iterator[list[Any]]:
    """The contract as its sheet lists it."""
    yield [getattr(contract, name) for name in CONTRACT.names]


def area_rows(contract: Contract) -> Iterator[list[Any]]:
    """The service areas as their sheet lists them."""
    for area in ServiceArea.objects.filter(contract=contract).in_order():
        yield [area.code, area.name]
