"""Contract workbooks for tests: sheets as rows of cells, written as a folder of CSV files, as .xlsx or as .ods."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.ods import write

Rows = Sequence[Sequence[Any]]
Sheets = Mapping[str, Rows]

# One contract, two areas, two KPIs, one month: the least that says something. Text cells only, as a CSV file has them.
SMALL: Sheets = {
    "contract": [
        ["reference", "title", "authority", "supplier", "commences_on"],
        ["TST", "Support services", "Exampleshire County Council", "Example Services plc", "2017-01-01"],
    ],
    "service_areas": [["code", "name"], ["CSC", "Customer Service Centre"], ["FA", "Financial Administration"]],
    "kpis": [
        ["code", "service_area", "name", "unit", "polarity", "in_force_from"],
        ["CSC_KPI_01", "CSC", "Calls answered in time", "percent", "higher", "2017-01"],
        ["CSC_KPI_02", "CSC", "Incidents", "count", "lower", "2017-01"],
        ["FA_KPI_01", "FA", "Invoices paid on time", "percent", "higher", "2017-01"],
    ],
    "levels": [
        ["kpi", "effective_from", "target", "minimum"],
        ["CSC_KPI_01", "2017-01", "90", "80"],
        ["CSC_KPI_02", "2017-01", "3", "5"],
        ["FA_KPI_01", "2017-01", "95", "90"],
    ],
}


def results(*rows: Sequence[Any], columns: str = "kpi month value state") -> Rows:
    """The sheet `results` with these columns."""
    return [columns.split(), *rows]


def folder(path: Path, sheets: Sheets, *, encoding: str = "utf-8", line_end: str = "\n") -> Path:
    """A folder of CSV files."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (path / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator=line_end).writerows(rows)
    return path


def xlsx(path: Path, sheets: Sheets) -> Path:
    """An .xlsx workbook: numbers as numbers, days as days."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif cell not in ("", None):
                        sheet.write(number, place, cell)
    return path


def ods(path: Path, sheets: Sheets) -> Path:
    """An .ods workbook: numbers as numbers, days as days."""
    return write(path, {name: "".join(map(_ods_row, rows)) for name, rows in sheets.items()})


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if cell in ("", None):
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def places(problems: Iterable[Any]) -> list[tuple[str, int | None, str]]:
    """Where each problem is: sheet, row, column."""
    return [(problem.sheet, problem.row, problem.column) for problem in problems]
