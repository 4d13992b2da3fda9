"""What one row of the sheet `results` must be: its figures, and what they must agree with."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

from contracts.rules.months import Month, month_key
from contracts.workbook import numbers
from contracts.workbook.cells import Cell
from contracts.workbook.sheets import Meanings, Row
from kpis.models import Kpi
from kpis.rules.figures import Unit, round_half_up, worked_out
from kpis.workbook.book import Entry
from kpis.workbook.specs import MARKS

FIGURE: Final = ("value", "numerator", "denominator", "not_measured_reason")
Reader = Callable[[Cell], Decimal]


class FigureReader:
    """The figures of one sheet; what its cells mean is remembered for as long as the sheet is read."""

    def __init__(self) -> None:
        self._readers: dict[Unit | None, tuple[Reader, Reader]] = {}

    def read(self, row: Row, entry: Entry | None) -> dict[str, Decimal | None]:
        """The figures in the KPI's unit: a percent sign is for the value alone, pounds for the parts of a rate too."""
        unit = entry.known_unit if entry else None
        if unit not in self._readers:
            self._readers[unit] = _readers(unit)
        read_value, read_part = self._readers[unit]
        return {
            "value": row.understand("value", read_value),
            "numerator": row.understand("numerator", read_part),
            "denominator": row.understand("denominator", read_part),
        }


def _readers(unit: Unit | None) -> tuple[Reader, Reader]:
    """What reads a value of this unit, and what reads a part of a rate."""
    if unit is None:
        return numbers.with_any_mark, partial(numbers.number, mark=numbers.Mark.POUNDS)
    mark = MARKS.get(unit)
    of_parts = partial(numbers.number, mark=mark if mark is numbers.Mark.POUNDS else None)
    return Meanings(partial(numbers.number, mark=mark)).of, Meanings(of_parts).of


def is_due(row: Row, entry: Entry, month: Month) -> bool:
    terms = entry.terms_now
    if terms.is_in_force(month):
        return True
    if terms.has_begun_and_not_ended(month):
        due = ";".join(map(str, sorted(terms.due_months)))
        row.problem(
            "month", f"{entry.code} is not due in {month_key(month)}", f"expected one of its calendar months {due}"
        )
        return False
    last = f" to {month_key(terms.in_force_to)}" if terms.in_force_to else " on"
    right = f"expected a month from {month_key(terms.in_force_from)}{last}"
    row.problem("month", f"{entry.code} is not in force in {month_key(month)}", right)
    return False


def check_figures(row: Row, figures: dict[str, Decimal | None]) -> None:
    """A value, or a rate, or both, or the reason why there is neither: all that can be said without the KPI."""
    if row.refused and not row.is_sound(*FIGURE):
        return
    value, numerator, denominator = figures.values()
    reason = row["not_measured_reason"]
    if (numerator is None) != (denominator is None):
        lacking = "numerator" if numerator is None else "denominator"
        row.problem(lacking, "the rate lacks one of its parts", "expected numerator and denominator, or neither")
    elif denominator is not None and denominator <= 0:
        right = "expected a number above zero, or with nothing to count a not_measured_reason and no figure"
        row.problem("denominator", f"the denominator is {denominator:f}", right)
    elif value is None and denominator is None and not reason:
        row.problem("value", "there is neither a figure nor a reason", "expected one of them")
    elif reason and not (value is None and denominator is None):
        row.problem("not_measured_reason", "there is a figure and a reason why there is none", "expected one of them")


def check_level(row: Row, entry: Entry, month: Month) -> None:
    """A figure needs something to be judged by."""
    if entry.terms_now.level_at(month) is None and row.is_sound(*FIGURE) and not row["not_measured_reason"]:
        what = f"{entry.code} has no level in {month_key(month)} to judge the figure by"
        row.problem("month", what, "expected a level in force by then")


def check_agreement(row: Row, kpi: Kpi, figures: dict[str, Decimal | None]) -> None:
    """A value beside a rate is what the rate comes to, at the KPI's decimals."""
    value, numerator, denominator = figures.values()
    if value is None or numerator is None or denominator is None or not row.is_sound(*FIGURE):
        return
    rate = worked_out(None, numerator, denominator, Entry(kpi).unit)
    if rate is None:
        return
    printed, follows = round_half_up(value, kpi.decimals), round_half_up(rate, kpi.decimals)
    if printed != follows:
        what = f"the value {printed} does not follow from {numerator:f} of {denominator:f}"
        row.problem("value", what, f"expected {follows}, or no value")
