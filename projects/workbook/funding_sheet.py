"""The sheet `funding`, in and out: a sum set aside for a financial year, known by the year and what it is for."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from contracts.models import Contract
from contracts.workbook import cells, numbers
from contracts.workbook.cells import Cell, CellRefused, quoted
from contracts.workbook.saving import Import, Upsert, text_for
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, one_of, required
from projects.models import Funding
from projects.rules.money import YEAR_BEGINS, year_name
from projects.workbook.specs import SOURCES

WRITTEN: Final = re.compile(r"(?P<first>[0-9]{4})[-/–](?P<last>[0-9]{4}|[0-9]{2})", re.ASCII)
A_YEAR: Final = "a financial year such as 2018-19"
FIRST_YEAR: Final = 1900


def financial_year(cell: Cell) -> date:
    """The first day of a year written as 2018-19, 2018/19 or 2018-2019; or that day itself. Raises CellRefused."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        if (day.month, day.day) != YEAR_BEGINS:
            raise CellRefused(f"{quoted(cell)} is not the first day of a financial year", f"expected {A_YEAR}")
        return day
    found = WRITTEN.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        raise CellRefused(f"{quoted(cell)} is not a financial year", f"expected {A_YEAR}")
    first = int(found["first"])
    if first < FIRST_YEAR or not str(first + 1).endswith(found["last"]):
        raise CellRefused(f"{quoted(cell)} is not a year after the other", f"expected {A_YEAR}")
    return date(first, *YEAR_BEGINS)


FUNDING: Final = SheetSpec(
    "funding",
    (
        required("financial_year", financial_year, A_YEAR),
        required("amount", numbers.money, "an amount such as £3,000,000"),
        text_for(Funding, "purpose", hint="what the money is for"),
        Column("agreed_on", cells.day),
        text_for(Funding, "agreed_by"),
        one_of("source", SOURCES),
    ),
)
OWN: Final = ("amount", "agreed_on", "agreed_by", "source")


def import_funding(importing: Import, rows: Iterable[Row]) -> None:
    """Reads what was set aside and writes what is new or different; what is on record and not in the sheet stays."""
    on_record = Funding.objects.filter(contract_id=importing.contract.pk)
    existing = {_key(row.begins_on, row.purpose): row for row in on_record}
    upsert = Upsert(importing, FUNDING.name, Funding, existing)
    seen = Seen()
    for row in rows:
        if not row.is_sound("financial_year", "purpose"):
            continue
        key = _key(row["financial_year"], row["purpose"])
        named = f"{year_name(row['financial_year'])} {row['purpose']}"
        if not seen.is_new(key, row, "purpose", named) or not row.is_sound():
            continue
        identity = {
            "contract": importing.contract,
            "begins_on": row["financial_year"],
            "purpose": row["purpose"],
        }
        upsert.put(key, named, row, identity, {name: row[name] for name in OWN if name in row.given})
    upsert.save()


def funding_rows(contract: Contract) -> Iterator[list[Any]]:
    """The sheet `funding`: by year and purpose."""
    rows = Funding.objects.filter(contract=contract).order_by("begins_on", "purpose")
    return ([year_name(row.begins_on), row.amount, row.purpose, *_agreed(row)] for row in rows)


def _agreed(row: Funding) -> list[Any]:
    return [row.agreed_on, row.agreed_by, row.source]


def _key(begins_on: date, purpose: str) -> tuple[date, str]:
    return (begins_on, purpose.casefold())
