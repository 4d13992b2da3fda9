"""Prints a frozen paper: a snapshot in, files out. No model, no request, no clock: same snapshot, same bytes.

`words` puts the paper into sentences, tables and cards once, for HTML, PDF and Word; `sheets` into data tables, for CSV
and the spreadsheet. The JSON is the snapshot itself. Word fills the template that is handed in: same snapshot and same
template, same bytes.

What writes a kind of file is loaded when a file of that kind is written: a web worker writes hardly any paper, and
would carry for nothing all that typesetting, Word and spreadsheets need.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reports.render import csv, html
from reports.render.document import Document
from reports.render.names import stem
from reports.render.printable import printable
from reports.render.sheets import main_sheet, sheets
from reports.render.words import document
from reports.render.words.alone import appendices
from reports.snapshot import BoardPaper, to_json

__all__ = ["FINAL_FORMATS", "FORMATS", "Rendered", "render", "render_all", "render_csv_single"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file: its name, which sorts and stands alone, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Printing:
    """A paper made ready once for all formats: as it is, with its texts cleaned, and in words."""

    paper: BoardPaper
    clean: BoardPaper
    words: Document
    template: bytes | None


def render(paper: BoardPaper, format: str, template: bytes | None = None) -> tuple[Rendered, ...]:
    """
    The paper in one of `FINAL_FORMATS`: one file, or for CSV one for each table, the main one first, and for the
    appendices one for each. ``template`` is a Word file to be filled instead of the plain one.
    """
    return RENDERERS[format](_printing(paper, template))


def render_all(
    paper: BoardPaper, formats: Iterable[str], template: bytes | None = None
) -> Iterator[tuple[str, Rendered]]:
    """The files of several formats, each with its format."""
    printing = _printing(paper, template)
    for format in formats:
        for file in RENDERERS[format](printing):
            yield format, file


def render_csv_single(paper: BoardPaper) -> Rendered:
    """The results of all KPIs and months as one CSV, or the register of a paper about the portfolio."""
    return Rendered(f"{stem(paper)}.csv", csv.render(main_sheet(printable(paper))))


def _printing(paper: BoardPaper, template: bytes | None) -> _Printing:
    clean = printable(paper)
    return _Printing(paper, clean, document(clean), template)


def _html(it: _Printing) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(it.paper)}.html", html.render(it.words)),)


def _pdf(it: _Printing) -> tuple[Rendered, ...]:
    from reports.render import pdf

    return (Rendered(f"{stem(it.paper)}.pdf", pdf.render(it.words)),)


def _docx(it: _Printing) -> tuple[Rendered, ...]:
    from reports.render import docx

    return (Rendered(f"{stem(it.paper)}.docx", docx.render(it.words, it.template)),)


def _xlsx(it: _Printing) -> tuple[Rendered, ...]:
    from reports.render import xlsx

    return (Rendered(f"{stem(it.paper)}.xlsx", xlsx.render(it.words, sheets(it.clean))),)


def _csv(it: _Printing) -> tuple[Rendered, ...]:
    first = main_sheet(it.clean).key
    tables = sorted(sheets(it.clean), key=lambda sheet: sheet.key != first)
    return tuple(Rendered(f"{stem(it.paper, sheet.key)}.csv", csv.render(sheet)) for sheet in tables)


def _json(it: _Printing) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(it.paper)}.json", to_json(it.paper).encode()),)


def _appendices(it: _Printing) -> tuple[Rendered, ...]:
    """Each appendix that is in the paper as a PDF of its own."""
    from reports.render import pdf

    return tuple(
        Rendered(f"{stem(it.paper, part)}.pdf", pdf.render(alone)) for part, alone in appendices(it.clean, it.words)
    )


APPENDICES: Final = "appendix"
RENDERERS: Final[dict[str, Callable[[_Printing], tuple[Rendered, ...]]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
    APPENDICES: _appendices,
}
FORMATS: Final = tuple(format for format in RENDERERS if format != APPENDICES)
FINAL_FORMATS: Final = tuple(RENDERERS)
"""What the clerk is handed: every format, and each appendix as a file of its own."""
