"""The tables of a printed paper, read back from its HTML, PDF, Word, spreadsheet and CSV files as readers find them."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from lxml import html as markup  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from reports.render import csv as csv_file
from reports.render import docx as word
from reports.render import html, pdf, xlsx
from reports.render.document import Card, Document, Sheet, Table
from reports.render.docx.elements import SHAPES
from reports.render.printable import printable
from reports.render.sheets import sheets
from reports.render.words import document
from reports.snapshot import BoardPaper
from tests.reports.render.spoken import squeezed
from tests.reports.render.tagged import read

RENDERERS: Final[dict[str, Callable[[Document], bytes]]] = {"html": html.render, "pdf": pdf.render, "docx": word.render}
IN_WORDS: Final = tuple(RENDERERS)
IN_CELLS: Final = ("xlsx", "csv")
Grid = list[list[str]]
"""Rows of texts without their spaces, the header row first."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table of the paper in words, where it stands: its section, and the card if it is on one."""

    section: str
    code: str
    table: Table


def laid(shown: Document) -> list[Laid]:
    """Every table of a paper, in reading order."""
    found = []
    for section in shown.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                found.append(Laid(section.key, "", block))
            elif isinstance(block, Card):
                found += [Laid(section.key, block.code, table) for table in (*block.tables, *block.details)]
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """The files of a paper: words for three formats, tables for the other two; of some of the formats, or of all."""

    words: Mapping[str, bytes]
    book: bytes | None
    tables: Mapping[str, bytes]


def printed(paper: BoardPaper) -> Printed:
    """All files of a paper."""
    clean = printable(paper)
    shown, kept = document(clean), sheets(clean)
    return Printed(
        {format: make(shown) for format, make in RENDERERS.items()},
        xlsx.render(shown, kept),
        {sheet.key: csv_file.render(sheet) for sheet in kept},
    )


def printed_in(format: str, shown: Document, kept: tuple[Sheet, ...]) -> Printed:
    """The file of one format alone, of these words and tables."""
    return Printed(
        {format: RENDERERS[format](shown)} if format in RENDERERS else {},
        xlsx.render(shown, kept) if format == "xlsx" else None,
        {sheet.key: csv_file.render(sheet) for sheet in kept} if format == "csv" else {},
    )


def grids(format: str, content: bytes) -> list[Grid]:
    """The tables of a file in words."""
    return {"html": _of_html, "pdf": _of_pdf, "docx": _of_word}[format](content)


def whole_text(format: str, content: bytes) -> str:
    """All that a file in words says, without its spaces."""
    if format == "html":
        return squeezed(str(markup.document_fromstring(content.decode()).text_content()))
    if format == "pdf":
        return squeezed(read(content).root.text)
    return squeezed("".join(docx.Document(BytesIO(content)).element.body.itertext()))


def book(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """
    The rows of every sheet by its title, as numbers, dates and texts, under the headings of its columns; above these
    an exempt part says that it is one.
    """
    file = CalamineWorkbook.from_filelike(BytesIO(content))
    found = {}
    for name in file.sheet_names:
        rows = file.get_sheet_by_name(name).to_python()
        heads, *rows = rows if any(rows[0][1:]) else rows[1:]
        found[name] = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    return found


def plain(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file under the keys of its columns."""
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def _of_html(content: bytes) -> list[Grid]:
    return [
        [[squeezed(cell.text_content()) for cell in row.xpath("./th|./td")] for row in table.iter("tr")]
        for table in markup.document_fromstring(content.decode()).iter("table")
    ]


def _of_pdf(content: bytes) -> list[Grid]:
    return [
        [[squeezed(cell.text) for cell in row.children] for row in table.all("TR")]
        for table in read(content).root.all("Table")
    ]


def _of_word(content: bytes) -> list[Grid]:
    shapes = re.compile(f"[{''.join(SHAPES.values())}]")
    return [
        [
            [shapes.sub("", squeezed("".join(text.text or "" for text in cell.iter(qn("w:t")))))
             for cell in row.findall(qn("w:tc"))]
            for row in table.findall(qn("w:tr"))
        ]
        for table in docx.Document(BytesIO(content)).element.body.iter(qn("w:tbl"))
    ]  # fmt: skip
