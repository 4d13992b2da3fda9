"""Prints a frozen paper: a snapshot in, files out. No model, no request, no clock: same snapshot, same bytes.

`words` puts the paper into sentences, tables and cards once, for HTML, PDF and Word; `sheets` into data tables, for CSV
and the spreadsheet. The JSON is the snapshot itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reports.render import csv, docx, html, pdf, xlsx
from reports.render.names import stem
from reports.render.printable import printable
from reports.render.sheets import main_sheet, sheets
from reports.render.words import document
from reports.snapshot import BoardPaper, to_json

__all__ = ["FORMATS", "Rendered", "render", "render_csv_single"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file: its name, which sorts and stands alone, and its bytes."""

    name: str
    content: bytes


def render(paper: BoardPaper, format: str) -> tuple[Rendered, ...]:
    """The paper in one of `FORMATS`: one file, or for CSV one for each table, the main one first."""
    return RENDERERS[format](paper)


def render_csv_single(paper: BoardPaper) -> Rendered:
    """The results of all KPIs and months as one CSV, or the register of a paper about the portfolio."""
    return Rendered(f"{stem(paper)}.csv", csv.render(main_sheet(printable(paper))))


def _html(paper: BoardPaper) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(paper)}.html", html.render(document(printable(paper)))),)


def _pdf(paper: BoardPaper) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(paper)}.pdf", pdf.render(document(printable(paper)))),)


def _docx(paper: BoardPaper) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(paper)}.docx", docx.render(document(printable(paper)))),)


def _xlsx(paper: BoardPaper) -> tuple[Rendered, ...]:
    clean = printable(paper)
    return (Rendered(f"{stem(paper)}.xlsx", xlsx.render(document(clean), sheets(clean))),)


def _csv(paper: BoardPaper) -> tuple[Rendered, ...]:
    clean = printable(paper)
    first = main_sheet(clean).key
    tables = sorted(sheets(clean), key=lambda sheet: sheet.key != first)
    return tuple(Rendered(f"{stem(paper)}-{sheet.key.replace('_', '-')}.csv", csv.render(sheet)) for sheet in tables)


def _json(paper: BoardPaper) -> tuple[Rendered, ...]:
    return (Rendered(f"{stem(paper)}.json", to_json(paper).encode()),)


RENDERERS: Final[dict[str, Callable[[BoardPaper], tuple[Rendered, ...]]]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}
FORMATS: Final = tuple(RENDERERS)
