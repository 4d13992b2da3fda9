"""Exporting a contract as a workbook: every sheet of the format, such that importing it changes nothing."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from contracts.models import Contract
from contracts.workbook import numbers
from contracts.workbook.blank import new_spreadsheet
from contracts.workbook.cells import neutralised, tidy
from contracts.workbook.contract_sheets import area_rows, contract_rows
from kpis.workbook.export import kpi_rows, level_rows, relief_rows, result_rows
from projects.workbook.export import milestone_forecast_rows, milestone_rows, project_rows, rebaseline_rows, update_rows
from projects.workbook.funding_sheet import funding_rows
from projects.workbook.joins import archived_rows, dependency_rows
from projects.workbook.key_sheets import key_entry_rows, key_list_rows, key_reason_rows
from reports.workbook.board_sheets import meeting_rows, request_rows
from reports.workbook.importing import SHEETS

ROWS: Final[dict[str, Callable[[Contract], Iterator[list[Any]]]]] = {
    "contract": contract_rows,
    "service_areas": area_rows,
    "kpis": kpi_rows,
    "levels": level_rows,
    "results": result_rows,
    "reliefs": relief_rows,
    "meetings": meeting_rows,
    "projects": project_rows,
    "milestones": milestone_rows,
    "milestone_forecasts": milestone_forecast_rows,
    "updates": update_rows,
    "rebaselines": rebaseline_rows,
    "dependencies": dependency_rows,
    "archived": archived_rows,
    "key_lists": key_list_rows,
    "key_entries": key_entry_rows,
    "key_reasons": key_reason_rows,
    "funding": funding_rows,
    "requests": request_rows,
}
WIDTH: Final = 18


class CannotExport(ValueError):
    """The workbook cannot be written there, or one of its texts does not fit a spreadsheet's cell."""


def export_workbook(contract: Contract, path: Path) -> Path:
    """Writes the contract's workbook: an .xlsx file where the path ends so, else a folder of CSV files."""
    if path.suffix.lower() == ".xlsx":
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_spreadsheet(contract, path)
        return path
    if path.suffix or path.is_file():
        raise CannotExport(f"{path.name} is neither an .xlsx file nor a folder: name one of them.")
    path.mkdir(parents=True, exist_ok=True)
    for spec in SHEETS:
        _write_csv(path / f"{spec.name}.csv", spec.names, ROWS[spec.name](contract))
    return path


def _write_csv(path: Path, names: tuple[str, ...], rows: Iterator[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_written(value) for value in row] for row in rows)


def _write_spreadsheet(contract: Contract, path: Path) -> None:
    with new_spreadsheet(str(path), constant_memory=True) as workbook:
        head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for spec in SHEETS:
            sheet = workbook.add_worksheet(spec.name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(spec.names) - 1, WIDTH)
            sheet.write_row(0, 0, spec.names, head)
            for number, row in enumerate(ROWS[spec.name](contract), start=1):
                for place, value in enumerate(row):
                    if _write_cell(sheet, number, place, value, day):
                        raise CannotExport(
                            f"{spec.name}, row {number + 1}, {spec.names[place]}: the text is too long for the cell"
                            " of a spreadsheet; export to a folder of CSV files."
                        )


def _write_cell(sheet: Any, row: int, place: int, value: Any, day: Any) -> int:
    """Numbers as numbers and days as days; everything else is text. Not 0 when it does not fit."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return int(sheet.write_number(row, place, value))
    if isinstance(value, date):
        return int(sheet.write_datetime(row, place, value, day))
    words = _written(value)
    return int(sheet.write_string(row, place, words)) if words else 0


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return numbers.written(value)
    if isinstance(value, str):
        return neutralised(tidy(value))
    return str(value)
