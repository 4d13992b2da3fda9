"""What python-calamine does not tell of a spreadsheet: percentages, failed formulas, and a size that would hurt.

It gives 0.125 for a cell that reads 12.5%, nothing for one that reads #DIV/0!, and it lays out every cell between the
first and the last, so that one stray mark in the farthest corner asks for 500 GB and ends the process. The file's own
XML is looked through beforehand, in pieces; a sheet with none of these costs a few searches for plain bytes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from contracts.workbook.limits import Limits, TooLarge

MAX_PART: Final = 16 * 1024 * 1024
PIECE: Final = 1024 * 1024
LONGEST_NUMBER: Final = 9
PERCENT: Final = "%"
FAILED: Final = "an error"

SHEET_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PERCENT_FORMATS: Final = frozenset({9, 10})  # those that every spreadsheet knows by number: 0% and 0.00%

ATTRIBUTE: Final = rb"\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')"
TAG: Final = re.compile(rb"<(?:\w+:)?(?P<name>row|c)(?P<attributes>(?:" + ATTRIBUTE + rb")*)\s*(?P<is_empty>/?)>")
ATTRIBUTES: Final = re.compile(rb"\s([rst])\s*=\s*[\"']([^\"']*)[\"']")
REFERENCE: Final = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]{1,40})<")
FAR_COLUMN: Final = rb"\sr\s*=\s*[\"'](?:[A-Z]{3}|[C-Z][A-Z])"
FAR_ROW: Final = rb"\sr\s*=\s*[\"'][A-Z]*[0-9]{%d}"
UNPLACED: Final = rb"<(?:\w+:)?c(?!\s+r=\")[\s/>]"
FAILURE: Final = rb"\st\s*=\s*[\"']e[\"']"

# How nearly every program writes a cell. What begins with plain bytes is found many times as fast as the above.
CELL: Final = b"<c"
PLACED: Final = b'<c r="'
OF_A_PREFIX: Final = b":c"
FAILURE_QUOTED: Final = (b'"e"', b"'e'")
FAR_PLACED: Final = rb"(?:[A-Z]{3}|[C-Z][A-Z]|[A-Z]*[0-9]{%d})"


class Marks:
    """Per row (the header is row 1) and place (the first column is 0): `%`, or what a failed formula shows."""

    def __init__(self) -> None:
        self._rows: defaultdict[int, dict[int, str]] = defaultdict(dict)

    def at(self, row: int) -> dict[int, str] | None:
        return self._rows.get(row)

    def set(self, row: int, place: int, mark: str) -> None:
        self._rows[row][place] = mark


def xlsx_marks(path: Path, limits: Limits) -> dict[str, Marks]:
    """The marks of every sheet of an .xlsx file that is known to be bearable. Raises TooLarge."""
    with ZipFile(path) as archive:
        percents = _percent_styles(archive)
        return {name: _scan(archive, part, percents, name, limits) for name, part in _sheet_parts(archive)}


def ods_marks(path: Path, limits: Limits) -> dict[str, Marks]:
    """The marks of every sheet of an .ods file that is known to be bearable. Raises TooLarge."""
    with ZipFile(path) as archive:
        reader = _OdsReader(limits)
        with archive.open("content.xml") as content:
            reader.read(content)
        return reader.marks


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
    parts = {part.lower(): part for part in archive.namelist()}
    for sheet in _xml(archive, "xl/workbook.xml").iter(f"{SHEET_MAIN}sheet"):
        target = relations.get(sheet.get(RELATION), "")
        part = parts.get((target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower())
        if part is None:  # what is not looked through here must not be laid out there
            raise ValueError(f"its sheet {target} is missing")
        yield sheet.get("name", ""), part


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


def _scan(archive: ZipFile, part: str, percents: frozenset[bytes], sheet: str, limits: Limits) -> Marks:
    marks = Marks()
    search = _Search(percents, limits)
    rows = 0
    with archive.open(part) as content:
        for piece in _pieces(content):
            rows += piece.count(b"<row") + piece.count(b":row ")
            limits.refuse_far_cells(rows, 0, sheet)
            if search.finds_something(piece):
                _mark_cells(piece, percents, sheet, marks, limits)
    return marks


class _Search:
    """Whether there may be something in a piece that deserves a look at each of its cells."""

    def __init__(self, percents: frozenset[bytes], limits: Limits) -> None:
        digits = len(str(limits.rows))
        styles = rb"|\ss\s*=\s*[\"'](?:" + b"|".join(sorted(percents)) + rb")[\"']" if percents else b""
        self._rare = re.compile(FAR_COLUMN + b"|" + FAR_ROW % digits + b"|" + UNPLACED + b"|" + FAILURE + styles)
        self._far = [re.compile(begins + FAR_PLACED % digits) for begins in (PLACED, b'<row r="')]
        self._quoted = FAILURE_QUOTED + tuple(
            mark for number in sorted(percents) for mark in (b'"%s"' % number, b"'%s'" % number)
        )

    def finds_something(self, piece: bytes) -> bool:
        return not self._is_plain(piece) and self._rare.search(piece) is not None

    def _is_plain(self, piece: bytes) -> bool:
        """
        Whether each cell says its place first and near, and no attribute's value is that of a mark.

        The reader takes the first place that a cell gives, so none is hidden behind it.
        """
        return (
            piece.count(CELL) == piece.count(PLACED)
            and OF_A_PREFIX not in piece
            and not any(mark in piece for mark in self._quoted)
            and not any(far.search(piece) for far in self._far)
        )


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


def _mark_cells(piece: bytes, percents: frozenset[bytes], sheet: str, marks: Marks, limits: Limits) -> None:
    column = 0  # a cell that does not say where it is stands beside the one before it
    for tag in TAG.finditer(piece):
        attributes = dict(ATTRIBUTES.findall(tag["attributes"]))
        if tag["name"] == b"row":
            column = 0
            limits.refuse_far_cells(_row_number(attributes.get(b"r", b"")), 0, sheet)
            continue
        found = REFERENCE.fullmatch(attributes.get(b"r", b""))
        column = _column(found[1]) if found else column + 1
        row = int(found[2]) if found else 0
        limits.refuse_far_cells(row, column, sheet)
        if tag["is_empty"] or found is None:
            continue
        if attributes.get(b"t") == b"e":
            value = VALUE.search(piece, tag.end())
            marks.set(row, column - 1, value[1].decode(errors="replace") if value else FAILED)
        elif attributes.get(b"s") in percents:
            marks.set(row, column - 1, PERCENT)


def _row_number(written: bytes) -> int:
    return int(written) if written.isdigit() and len(written) <= LONGEST_NUMBER else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


# --- .ods ------------------------------------------------------------------------------------------------------------


class _OdsReader:
    """Walks the document's tables and counts rows and columns with their repetitions."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
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
            self.limits.refuse_far_cells(self._row + self._rows - 1, self._column + columns, self._sheet)
        if attributes.get("calcext:value-type") == "error":
            self._mark(columns, FAILED)
        elif kind == "percentage":
            self._mark(columns, PERCENT)
        self._column += columns

    def _mark(self, columns: int, mark: str) -> None:
        for row in range(self._row, self._row + self._rows):
            for place in range(self._column, self._column + columns):
                self.marks[self._sheet].set(row, place, mark)
