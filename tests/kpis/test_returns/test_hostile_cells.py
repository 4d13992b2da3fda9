"""Ten thousand bad cells through the spreadsheet: each is taken rightly or named."""

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client

from contracts.models import ServiceArea
from kpis.models import Entry, Kpi, Result
from tests import builders, workbooks
from tests.hostile import KINDS, REFUSED, Hostile, in_a_sheet, rows
from tests.kpis.test_returns.sheets import confirm, mistakes, upload

SEED = 20_180_329
IN_A_FILE = 60
FILES = 24
"""24 files of 60 rows of 7 cells: 10,080."""
MISTAKE = re.compile(r"results, row (\d+), ([a-z_]+): .+, .+", re.S)

Rows = list[dict[str, Hostile]]


@pytest.fixture
def many(area: ServiceArea) -> list[Kpi]:
    return [builders.kpi(area, f"CSC_KPI_{number:02}") for number in range(1, IN_A_FILE + 1)]


# --- The spreadsheet -------------------------------------------------------------------------------------------------


def test_ten_thousand_bad_cells_of_spreadsheets_are_taken_rightly_or_named(officer: Client, many: list[Kpi]) -> None:
    for number in range(FILES):
        found = list(rows(SEED + number, IN_A_FILE))
        refused = upload(officer, as_csv(many, found), "results.csv")
        assert places(mistakes(refused)) == to_refuse(found)
        assert not Entry.objects.exists(), "a file with a mistake in it saves nothing"
        taken = upload(officer, as_csv(many, found, is_mended=True), "results.csv")
        assert taken.status_code == 200, mistakes(taken)
        assert confirm(officer, taken).status_code == 302
        assert entered(many) == meant(found)
        Entry.objects.all().delete()
    assert not Result.objects.exists()


def test_the_same_cells_of_a_workbook_mean_the_same(officer: Client, many: list[Kpi], tmp_path: Path) -> None:
    found = [fit_for_xml(row) for row in rows(SEED, IN_A_FILE)]
    for is_mended in (False, True):
        table = [["kpi", "month", *KINDS], *cells(many, found, is_mended=is_mended)]
        book = workbooks.xlsx(tmp_path / "book.xlsx", {"results": table}).read_bytes()
        page = upload(officer, book)
        assert places(mistakes(page)) == (set() if is_mended else to_refuse(found))
    confirm(officer, page)
    assert entered(many) == meant(found)


def test_ten_megabytes_in_one_cell_are_refused_by_name(officer: Client, many: list[Kpi], tmp_path: Path) -> None:
    table = ["kpi,month,value,cause", f"{many[0].code},2018-02,90,{'x' * 10_400_000}"]
    page = upload(officer, "\n".join(table).encode(), "results.csv")
    assert mistakes(page) == ["results, row 2, cause: the text has 10,400,000 characters, expected at most 32,767"]


def as_csv(kpis: list[Kpi], found: Rows, *, is_mended: bool = False) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows([["kpi", "month", *KINDS], *cells(kpis, found, is_mended=is_mended)])
    return out.getvalue().encode()


def cells(kpis: list[Kpi], found: Rows, *, is_mended: bool) -> Iterable[list[str]]:
    """The rows of a sheet; mended, the cells that are to be refused are blank."""
    for kpi, row in zip(kpis, found, strict=True):
        typed = ["" if is_mended and cell.meaning is REFUSED else cell.typed for cell in row.values()]
        yield [kpi.code, "2018-02", *typed]


def places(said: list[str]) -> set[tuple[int, str]]:
    """Row and column of each mistake; a line of another form fails."""
    return {(int(found[1]), found[2]) for line in said if (found := MISTAKE.fullmatch(line)) or pytest.fail(line)}


def to_refuse(found: Rows) -> set[tuple[int, str]]:
    return {
        (number, name)
        for number, row in enumerate(found, start=2)
        for name, cell in row.items()
        if cell.meaning is REFUSED
    }


def meant(found: Rows) -> list[dict[str, str]]:
    return [{name: in_a_sheet(cell) or "" for name, cell in row.items()} for row in found]


def entered(kpis: list[Kpi]) -> list[dict[str, str]]:
    """What stands in the form, by KPI; nothing where nobody typed."""
    typed = {entry.kpi_id: entry for entry in Entry.objects.all()}
    return [{name: getattr(typed.get(kpi.pk), name, "") for name in KINDS} for kpi in kpis]


def fit_for_xml(row: Mapping[str, Hostile]) -> dict[str, Hostile]:
    """The cells that a spreadsheet program could have written: none with controls, none that is too long for it."""
    blank = Hostile("", "")
    return {
        name: cell if cell.typed.replace("\r", "").isprintable() and len(cell.typed) < 32_000 else blank
        for name, cell in row.items()
    }
