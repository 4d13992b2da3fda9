"""Files as sheets: a folder of CSV files, or one .xlsx or .ods workbook, behind one row stream per sheet.

Nothing of a file's size or shape may hurt: it is measured before it is read, and what cannot be read is a problem of
the file, never an exception.
"""

import csv
import struct
import sys
from collections.abc import Sequence
from lzma import LZMAError
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from zipfile import BadZipFile
from zlib import error as ZlibError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from contracts.uploads import UploadRefused
from contracts.workbook.cells import Broken, Cell, Percent, quoted
from contracts.workbook.limits import ANY_CONTRACT, MEGABYTE, Limits, TooLarge
from contracts.workbook.marks import Marks, ods_marks, xlsx_marks
from contracts.workbook.problems import Problems
from contracts.workbook.sheets import Rows, Table, column_name

SUFFIXES: Final = (".xlsx", ".ods")
EXPECTED: Final = "expected a folder of CSV files, or an .xlsx or .ods workbook"
UNREADABLE: Final = (
    CalamineError, BadZipFile, ZlibError, LZMAError, ElementTree.ParseError, NotImplementedError, OSError, EOFError,
    ValueError, LookupError, struct.error,
)  # fmt: skip
"""What the readers of packed files, of their XML and of their cells raise for a file that nobody meant to be read."""


def open_workbook(
    path: Path, problems: Problems, *, limits: Limits = ANY_CONTRACT, named: str = ""
) -> dict[str, Table]:
    """
    The sheets of a workbook by name, as the format writes it. A single CSV file is a workbook of one sheet.

    ``named`` is what the file is called in a problem that concerns all of it.
    """
    name = named or path.name
    if path.is_dir():
        return _named(_csv_tables(path, problems, limits), problems)
    if not path.is_file():
        problems.add(name, None, "", "there is no such file or folder", EXPECTED)
        return {}
    if not _is_bearable(path, name, problems, limits):
        return {}
    if path.suffix.lower() == ".csv":
        return _named([_csv_table(path, problems, limits)], problems)
    if path.suffix.lower() in SUFFIXES:
        return _named(_packed_tables(path, name, problems, limits), problems)
    problems.add(name, None, "", "the file is of another kind", EXPECTED)
    return {}


def _named(tables: Sequence[Table], problems: Problems) -> dict[str, Table]:
    named: dict[str, Table] = {}
    for table in tables:
        if table.name in named:
            problems.add(table.name, None, "", "the sheet is there twice", "expected it once")
        named.setdefault(table.name, table)
    return named


def _is_bearable(path: Path, name: str, problems: Problems, limits: Limits) -> bool:
    size = path.stat().st_size
    if size > limits.size:
        problems.add(name, None, "", *too_big(size, limits))
    return size <= limits.size


def too_big(size: int, limits: Limits) -> tuple[str, str]:
    """What is wrong with a file of that size, and what would be right."""
    megabytes = -(-size // MEGABYTE)
    return f"the file has {megabytes:,} MB", f"expected at most {limits.size // MEGABYTE:,} MB"


# --- CSV -------------------------------------------------------------------------------------------------------------


def _csv_tables(folder: Path, problems: Problems, limits: Limits) -> list[Table]:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv")
    return [_csv_table(file, problems, limits) for file in files if _is_bearable(file, file.name, problems, limits)]


def _csv_table(path: Path, problems: Problems, limits: Limits) -> Table:
    name = column_name(path.stem)
    return Table(name, lambda: _csv_rows(path, name, problems, limits))


def _csv_rows(path: Path, name: str, problems: Problems, limits: Limits) -> Rows:
    # A byte that is no UTF-8 comes through as a lone surrogate, which the cell then refuses by its row and column.
    csv.field_size_limit(sys.maxsize)  # the file's own size is the limit; a huge cell is refused by name
    number = 0
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(file, strict=True), start=1):
                limits.refuse_far_line(number, name)
                yield number, cells
        except TooLarge as error:
            problems.add(name, None, "", error.what, error.right)
        except csv.Error:  # nothing below can be read: the mark may have swallowed any number of rows
            right = "expected each one in a cell doubled, and one on either side of the cell"
            problems.add(name, number + 1, "", "its quotation marks do not match", right)


# --- Spreadsheets ----------------------------------------------------------------------------------------------------


def _packed_tables(path: Path, name: str, problems: Problems, limits: Limits) -> list[Table]:
    try:
        limits.refuse_bombs(path, name)
        marks = (xlsx_marks if path.suffix.lower() == ".xlsx" else ods_marks)(path, limits)
        workbook = CalamineWorkbook.from_path(path)
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except TooLarge as error:
        problems.add(error.sheet or name, None, "", error.what, error.right)
    except UploadRefused as refused:
        what = f"the workbook cannot be read: {str(refused).rstrip('.')}"
        problems.add(name, None, "", what, "expected one that a spreadsheet program saved")
    except PasswordError:
        problems.add(name, None, "", "the workbook is locked by a password", "expected one without")
    except UNREADABLE as error:
        what = f"the workbook cannot be read ({quoted(str(error))})"
        problems.add(name, None, "", what, "expected one that a spreadsheet program saved")
    else:
        return [_sheet_table(sheet, marks.get(sheet.name, Marks())) for sheet in sheets if sheet.start is not None]
    return []


def _sheet_table(sheet: CalamineSheet, marks: Marks) -> Table:
    return Table(column_name(sheet.name), lambda: _sheet_rows(sheet, marks))


def _sheet_rows(sheet: CalamineSheet, marks: Marks) -> Rows:
    """Rows of a spreadsheet with what its cells alone do not tell: percentages and formulas that failed."""
    first_column = sheet.start[1] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        marked = marks.at(number)
        yield number, _marked(list(cells), marked, first_column) if marked else cells


def _marked(cells: list[Cell], marked: dict[int, str], first_column: int) -> list[Cell]:
    for column, mark in marked.items():
        place = column - first_column
        if not 0 <= place < len(cells):
            continue
        cell = cells[place]
        if mark != "%":
            cells[place] = Broken(mark)
        elif isinstance(cell, float):
            cells[place] = Percent(cell)
    return cells
