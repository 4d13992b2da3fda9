"""
One spelling for each meaning: `93.10` and `93.1%` are 93.1, `Mar-18` is March 2018.

What goes into the sheet and what comes back are compared in it, so that a row nobody touched is one that did not
change, however it was typed.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from config.ui.formats import day
from contracts.rules.months import month_long
from contracts.rules.typed import CellRefused, Mark, day_typed, month_typed, number_typed
from contracts.workbook import cells
from contracts.workbook.cells import MAX_TEXT, Cell, neutralised, tidy
from contracts.workbook.numbers import written
from kpis.rules.checks import CELLS, Typed
from kpis.rules.figures import Unit
from kpis.workbook.specs import MARKS

FIGURES: Final = ("value", "numerator", "denominator")
NEVER_IN_XML: Final = str.maketrans("", "", "\ufffe\uffff")


def figure_typed(cell: str, words: str, unit: Unit) -> Decimal:
    """The number that was typed; a percent sign is for the value alone. Raises CellRefused."""
    mark = MARKS.get(unit)
    return number_typed(words, None if cell != "value" and mark is Mark.PERCENT else mark)


def awaited_day(cell: Cell) -> date:
    """A day from a date cell, or as people write it: `29/3/2018`, `29 March 2018`, `2018-03-29`."""
    return day_typed(cell) if isinstance(cell, str) else cells.day(cell)


def spelled(typed: Typed, unit: Unit) -> dict[str, str]:
    """The row by cell, in the spelling in which it comes back from a sheet; what means nothing stays as typed."""
    return {cell: _spelled(cell, getattr(typed, cell), unit) for cell in CELLS}


def fitting(words: str) -> str:
    """The text as a cell of a spreadsheet can hold it; nothing where it is too long for one."""
    whole = tidy(words.translate(NEVER_IN_XML))
    return whole if len(neutralised(whole)) <= MAX_TEXT else ""


def fingerprint(said: dict[str, str]) -> str:
    """A mark of a row in its one spelling."""
    return sha256("\0".join(said.get(cell, "") for cell in CELLS).encode("utf-8", "replace")).hexdigest()[:16]


def _spelled(cell: str, words: str, unit: Unit) -> str:
    if not words:
        return ""
    if cell in FIGURES:
        return _or_as_typed(lambda: written(figure_typed(cell, words, unit)), words)
    if cell == "recovery_month":
        return _or_as_typed(lambda: month_long(month_typed(words)), words)
    if cell == "explanation_awaited_on":
        return _or_as_typed(lambda: day(day_typed(words)), words)
    return fitting(words)


def _or_as_typed(read: Callable[[], str], words: str) -> str:
    try:
        return read()
    except CellRefused:
        return fitting(words)
