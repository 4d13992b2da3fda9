"""What python-calamine does not tell of a spreadsheet: percentages, failed formulas, and a size that would hurt.

It gives 0.125 for a cell that reads 12.5%, nothing for one that reads #DIV/0!, and it lays out every cell between the
first and the last, so that one stray mark in the farthest corner asks for 500 GB and ends the process. The file's own
XML is looked through beforehand, in pieces; a sheet with none of these costs one search for them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 78  # up to column BZ
MAX_INFLATED: Final = 512 * 1024 * 1024
MAX_PART: Final = 16 * 1024 * 1024
PIECE: Final = 1024 * 1024
PERCENT: Final = "%"
FAILED: Final = "an error"

SHEET_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PERCENT_FORMATS: Final = frozenset({9, 10})  # those that every spreadsheet knows by number: 0% and 0.00%

ATTRIBUTE: Final = rb"\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"
CELL: Final = re.compile(rb"<(?:\w+:)?c(?P<attributes>(?:" + ATTRIBUTE + rb")*)\s*(?P<is_empty>/?)>")
ATTRIBUTES: Final = re.compile(rb"\s([rst])\s*=\s*[\"']([^\"']*)[\"']")
REFERENCE: Final = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]{1,40})<")
FAR: Final = rb"\sr\s*=\s*[\"'](?:[A-Z]{3}|[C-Z][A-Z]|[A-Z]+(?:[2-9][0-9]{5}|[1-9][0-9]{6}))"
FAILURE: Final = rb"\st\s*=\s*[\"']e[\"']"


class TooLarge(ValueError):
    """The workbook, or one of its sheets, is larger than any contract's."""

    def __init__(self, what: str, right: str, sheet: str = "") -> None:
        super().__init__(f"{what}, {right}")
        self.what = what
        self.right = right
        self.sheet = sheet


class Marks:
    """Per row (the header is row 1) and place (the first column is 0): `%`, or what a failed formula shows."""

    def __init__(self) -> None:
        self._rows: defaultdict[int, dict[int, str]] = defaultdict(dict)

    def at(self, row: int) -> dict[int, str] | None:
        return self._rows.get(row)

    def set(self, row: int, place: int, mark: str) -> None:
        self._rows[row][place] = mark


def xlsx_marks(path: Path) -> dict[str, Marks]:
    """The marks of every sheet of an .xlsx file. Raises TooLarge."""
    with ZipFile(path) as archive:
        _refuse_bombs(archive)
        percents = _percent_styles(archive)
        return {
            name: _scan(archive, part, percents, name)
            for name, part in _sheet_parts(archive)
            if part in archive.namelist()
        }


def ods_marks(path: Path) -> dict[str, Marks]:
    """The marks of every sheet of an .ods file. Raises TooLarge."""
    with ZipFile(path) as archive:
        _refuse_bombs(archive)
        reader = _OdsReader()
        with archive.open("content.xml") as content:
            reader.read(content)
        return reader.marks


def _refuse_bombs(archive: ZipFile) -> None:
    inflated = sum(entry.file_size for entry in archive.infolist())
    if inflated > MAX_INFLATED:
        raise TooLarge(
            f"the workbook unpacks to {inflated // 2**20:,} MB", f"expected at most {MAX_INFLATED // 2**20} MB"
        )


def _refuse_far_cells(rows: int, columns: int, sheet: str) -> None:
    if rows > MAX_ROWS:
        raise TooLarge(f"there is a cell in row {rows:,}", f"expected at most {MAX_ROWS:,} rows", sheet)
    if columns > MAX_COLUMNS:
        raise TooLarge(f"there is a cell in column {columns:,}", f"expected at most {MAX_COLUMNS} columns", sheet)


# --- .xlsx -----------------------------------------------------------------------------------------------------------


def _xml(archive: ZipFile, part: str) -> ElementTree.Element:
    if archive.getinfo(part).file_size > MAX_PART:
        raise TooLarge(f"its part {part} is too large", "expected a workbook that a spreadsheet program saved")
    content = archive.read(part)
    if b"<!DOCTYPE" in content:
        raise ValueError("it declares a document type")
    return ElementTree.fromstring(content)  # noqa: S314  small, and without a document type


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    relations = {
        relation.get("Id"): relation.get("Target", "") for relation in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _xml(archive, "xl/workbook.xml").iter(f"{SHEET_MAIN}sheet"):
        target = relations.get(sheet.get(RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _percent_styles(archive: ZipFile) -> frozenset[bytes]:
    """The numbers of the cell styles that show a percentage, as the cells quote them."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = _xml(archive, "xl/styles.xml")
    formats = {
        int(each.get("numFmtId", 0))
        for each in styles.iter(f"{SHEET_MAIN}numFmt")
        if _is_percent(each.get("formatCode", ""))
    }
    used = styles.find(f"{SHEET_MAIN}cellXfs")
    return frozenset(
        str(number).encode()
        for number, style in enumerate(used if used is not None else ())
        if int(style.get("numFmtId", 0)) in formats | PERCENT_FORMATS
    )


def _is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign that is neither quoted nor escaped."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def _scan(archive: ZipFile, part: str, percents: frozenset[bytes], sheet: str) -> Marks:
    marks = Marks()
    styles = rb"|\ss\s*=\s*[\"'](?:" + b"|".join(sorted(percents)) + rb")[\"']" if percents else b""
    rare = re.compile(FAR + b"|" + FAILURE + styles)
    with archive.open(part) as content:
        for piece in _pieces(content):
            if rare.search(piece):
                _mark_cells(piece, percents, sheet, marks)
    return marks


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """The sheet in pieces that end with a row."""
    rest = b""
    while piece := content.read(PIECE):
        rest += piece
        end = rest.rfind(b"row>") + 4
        if end > 4:
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _mark_cells(piece: bytes, percents: frozenset[bytes], sheet: str, marks: Marks) -> None:
    for cell in CELL.finditer(piece):
        if cell["is_empty"]:
            continue
        attributes = dict(ATTRIBUTES.findall(cell["attributes"]))
        found = REFERENCE.fullmatch(attributes.get(b"r", b""))
        if found is None:
            continue
        row, column = int(found[2]), _column(found[1])
        _refuse_far_cells(row, column, sheet)
        if attributes.get(b"t") == b"e":
            value = VALUE.search(piece, cell.end())
            marks.set(row, column - 1, value[1].decode(errors="replace") if value else FAILED)
        elif attributes.get(b"s") in percents:
            marks.set(row, column - 1, PERCENT)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# --- .ods ------------------------------------------------------------------------------------------------------------


class _OdsReader:
    """Walks the document's tables and counts rows and columns with their repetitions."""

    def __init__(self) -> None:
        self.marks: dict[str, Marks] = {}
        self._sheet = ""
        self._row = self._rows = self._column = 0

    def read(self, content: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        try:
            parser.ParseFile(content)
        except expat.ExpatError as error:
            raise ValueError(f"its content is not XML: {error}") from None

    def _refuse_document_type(self, *_: object) -> None:
        raise ValueError("it declares a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif tag == "table:table":
            self._sheet = attributes.get("table:name", "")
            self.marks[self._sheet] = Marks()
            self._row, self._rows = 1, 0

    def _cell(self, attributes: dict[str, str]) -> None:
        columns = int(attributes.get("table:number-columns-repeated", 1))
        kind = attributes.get("office:value-type")
        if kind:
            _refuse_far_cells(self._row + self._rows - 1, self._column + columns, self._sheet)
        if attributes.get("calcext:value-type") == "error":
            self._mark(columns, FAILED)
        elif kind == "percentage":
            self._mark(columns, PERCENT)
        self._column += columns

    def _mark(self, columns: int, mark: str) -> None:
        for row in range(self._row, self._row + self._rows):
            for place in range(self._column, self._column + columns):
                self.marks[self._sheet].set(row, place, mark)
