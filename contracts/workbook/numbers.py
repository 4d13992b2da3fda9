"""Cells of a workbook as numbers: figures, amounts of money, counts; exact decimals, whatever the file kept.

A number has at most 15 significant digits and 6 after the point. `12.5%` and `£1,200` are understood where the unit
of the column, or of the row's KPI, says so.
"""

import re
from decimal import Decimal
from typing import Final

from contracts.rules.typed import MAX_DIGITS, CellRefused, number_typed
from contracts.rules.typed import Mark as Mark
from contracts.workbook.cells import Cell, Percent, quoted, refuse_broken

PLAIN: Final = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?", re.ASCII)


def number(cell: Cell, mark: Mark | None = None) -> Decimal:
    """A number of at most 15 significant digits and 6 after the point; `12.5%` or `£1,200` where the mark says so.

    A spreadsheet's binary number is taken to 15 digits, which drops its noise: 0.1 + 0.2 is 0.3.
    """
    if type(cell) is float:
        return _from_float(cell)
    if isinstance(cell, str) and PLAIN.fullmatch(cell):
        return Decimal(cell) + 0
    if isinstance(cell, Percent):
        return _from_percent(cell, mark)
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        raise _not_a_number(cell)
    refuse_broken(cell)
    return number_typed(str(cell), mark)


def with_any_mark(cell: Cell) -> Decimal:
    """A number whose unit nobody knows: either mark may be right, and what is refused is wrong in every unit."""
    try:
        return number(cell, Mark.PERCENT)
    except CellRefused as refused:
        try:
            return number(cell, Mark.POUNDS)
        except CellRefused:
            raise refused from None


def money(cell: Cell) -> Decimal:
    """Pounds and pence, never negative: `1200`, `1200.50` or `£1,200.50`."""
    pounds = number(cell, Mark.POUNDS)
    if pounds < 0:
        raise CellRefused(f"{quoted(cell)} is negative", "expected an amount of zero or more")
    if places(pounds) > 2:
        raise CellRefused(f"{quoted(cell)} has fractions of a penny", "expected pounds and pence")
    if pounds.adjusted() >= 12:
        raise CellRefused(f"{quoted(cell)} is a million million pounds or more", "expected a smaller amount")
    return pounds


def whole(cell: Cell, least: int, most: int) -> int:
    """A whole number within its bounds, both included."""
    right = f"expected a whole number from {least} to {most}"
    try:
        counted = number(cell)
    except CellRefused as refused:
        raise CellRefused(refused.what, right) from None
    if counted != counted.to_integral_value():
        raise CellRefused(f"{quoted(cell)} is not a whole number", right)
    if not least <= counted <= most:
        raise CellRefused(f"{quoted(cell)} is out of range", right)
    return int(counted)


def written(figure: Decimal) -> str:
    """The figure as somebody would type it: no zeros at its end, no exponent."""
    return f"{figure.normalize() + 0:f}"


def places(figure: Decimal) -> int:
    """How many digits stand after the point; zeros at the end are none."""
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _from_float(cell: float) -> Decimal:
    digits = f"{cell:.15g}"
    if PLAIN.fullmatch(digits):
        return Decimal(digits) + 0
    if digits[-1] in "nf":  # nan, inf
        raise _not_a_number(cell)
    if abs(cell) >= 10**MAX_DIGITS:
        raise _too_long(cell)
    return number_typed(f"{Decimal(digits):f}", None)


def _from_percent(cell: Percent, mark: Mark | None) -> Decimal:
    if not abs(cell) < 10**MAX_DIGITS:
        raise _not_a_number(cell)
    hundredfold = Decimal(f"{float(cell):.15g}") * 100
    return number_typed(f"{hundredfold.normalize():f}%", mark)


def _too_long(cell: Cell) -> CellRefused:
    return CellRefused(f"{quoted(cell)} is too long", f"expected at most {MAX_DIGITS} significant digits")


def _not_a_number(cell: Cell) -> CellRefused:
    return CellRefused(f"{quoted(cell)} is not a number", "expected a plain number such as 93.1")
