"""
The columns of the month's sheet: those of the sheet `results` that an area fills in, and those that help it to.

What helps is understood on the way back and not read. What is not the area's to give is refused by name.
"""

from typing import Any, Final, NoReturn

from contracts.workbook import cells
from contracts.workbook.cells import Cell, CellRefused, quoted
from contracts.workbook.saving import text_for
from contracts.workbook.sheets import Column, SheetSpec, as_it_is, required
from kpis.models import Result
from kpis.workbook.month.spelling import awaited_day
from kpis.workbook.specs import A_KPI, A_MONTH, code

STATE: Final = "state"
HELPERS: Final = ("name", "unit", "better", "target", "minimum", "last_figure")
AS_DOWNLOADED: Final = "as_downloaded"
"""What the row was when it was downloaded: tells a row that was filled in from one that nobody touched."""
WORDS: Final = ("comment", "cause", "effect", "remedy")


def _not_given_here(cell: Cell) -> NoReturn:
    raise CellRefused(f"{quoted(cell)} is not asked here", "expected nothing: the figures are those of the area")


def _unread(name: str) -> Column:
    return Column(name, as_it_is)


def _words(name: str) -> Column:
    return text_for(Result, name)


RESULTS_OF_MONTH: Final = SheetSpec(
    "results",
    (
        required("kpi", code, A_KPI),
        required("month", cells.month, A_MONTH),
        Column("value", as_it_is),
        Column("numerator", as_it_is),
        Column("denominator", as_it_is),
        _words("not_measured_reason"),
        *(_words(name) for name in WORDS),
        Column("recovery_month", cells.month),
        Column("explanation_awaited_on", awaited_day),
        Column("source", _not_given_here),
        _unread(STATE),
        *(_unread(name) for name in HELPERS),
        _unread(AS_DOWNLOADED),
    ),
)


def heading(name: str) -> str:
    """How the sheet prints the name of a column: ``KPI``, ``Not measured reason``."""
    return "KPI" if name == "kpi" else name.replace("_", " ").capitalize()


def plain(value: Any) -> str:
    """A cell that nobody reads for its meaning, as text."""
    return cells.written_as(value)
