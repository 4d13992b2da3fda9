"""The columns of the KPI sheets, as the format fixes them."""

from functools import lru_cache
from typing import Final

from contracts.rules.months import ALL_MONTHS, mask_of
from contracts.rules.typed import LONGEST_WORD
from contracts.workbook import cells, numbers
from contracts.workbook.cells import Cell, CellRefused, quoted
from contracts.workbook.contract_sheets import reference
from contracts.workbook.numbers import Mark
from contracts.workbook.saving import text_for
from contracts.workbook.sheets import Column, SheetSpec, as_it_is, one_of, required
from kpis.models import Kpi, Level, Relief, Result
from kpis.models.kpi import EVERY_MONTH
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.figures import Polarity, Unit
from kpis.rules.relief import Cause, Decision

LONGEST_CODE: Final = 20
ALL_KPIS: Final = "*"
PROVISIONAL: Final = "provisional"
VERIFIED: Final = "verified"
MARKS: Final = {Unit.PERCENT: Mark.PERCENT, Unit.MONEY: Mark.POUNDS}
A_KPI: Final = "a KPI code such as CSC_KPI_04"
A_MONTH: Final = "a month such as 2018-03"


def code(cell: Cell) -> str:
    """A KPI code in any printed spelling, as CSC_KPI_04."""
    return _code(cells.text(cell, LONGEST_WORD))


@lru_cache(maxsize=4096)
def _code(written: str) -> str:
    try:
        found = normalise_code(written)
    except CodeNotUnderstood:
        raise CellRefused(f"{quoted(written)} is not a KPI code", f"expected {A_KPI}") from None
    if len(found) > LONGEST_CODE:
        raise CellRefused(f"{quoted(written)} is too long for a KPI code", f"expected at most {LONGEST_CODE} signs")
    return found


def codes(cell: Cell) -> str | frozenset[str]:
    """`*` for all KPIs, or codes between semicolons."""
    written = cells.parts(cell)
    return ALL_KPIS if written == [ALL_KPIS] else frozenset(code(part) for part in written)


def due_mask(cell: Cell) -> int:
    """The calendar months in which a KPI is due, `3;6;9;12`, as its table keeps them."""
    months = frozenset(numbers.whole(part, 1, 12) for part in cells.parts(cell))
    return mask_of(months or ALL_MONTHS)


# Where a figure comes from; blank when somebody entered it.
SOURCES: Final = (Result.Source.PUBLISHED, Result.Source.ILLUSTRATIVE)

KPIS: Final = SheetSpec(
    "kpis",
    (
        required("code", code, A_KPI),
        required("service_area", cells.text, "the code of a service area"),
        text_for(Kpi, "name", hint="the KPI's name"),
        text_for(Kpi, "definition"),
        one_of("unit", Unit, hint="percent, count, days, seconds or money"),
        one_of("polarity", Polarity, hint="higher or lower, whichever is better"),
        Column("decimals", lambda cell: numbers.whole(cell, 0, 6)),
        Column("due_months", due_mask, default=EVERY_MONTH),
        required("in_force_from", cells.month, A_MONTH),
        Column("in_force_to", cells.month),
        text_for(Kpi, "end_reason"),
    ),
)
LEVELS: Final = SheetSpec(
    "levels",
    (
        required("kpi", code, A_KPI),
        required("effective_from", cells.month, A_MONTH),
        required("target", as_it_is, "the target service level"),
        required("minimum", as_it_is, "the minimum service level"),
        text_for(Level, "reason"),
        text_for(Level, "agreed_by"),
    ),
)
RESULTS: Final = SheetSpec(
    "results",
    (
        required("kpi", code, A_KPI),
        required("month", cells.month, A_MONTH),
        Column("value", as_it_is),
        Column("numerator", as_it_is),
        Column("denominator", as_it_is),
        text_for(Result, "not_measured_reason"),
        one_of("state", (PROVISIONAL, VERIFIED), default=VERIFIED),
        text_for(Result, "cause"),
        text_for(Result, "effect"),
        text_for(Result, "remedy"),
        Column("recovery_month", cells.month),
        one_of("source", SOURCES),
    ),
)
RELIEFS: Final = SheetSpec(
    "reliefs",
    (
        required("reference", reference(40), "a short name such as MR-01"),
        required("kpis", codes, "KPI codes separated by semicolons, or * for all"),
        required("from_month", cells.month, A_MONTH),
        Column("to_month", cells.month),
        one_of("cause", Cause, hint=f"one of {', '.join(Cause)}"),
        text_for(Relief, "narrative", hint="why relief is asked for"),
        one_of("decision", Decision, hint="requested, granted, refused or withdrawn"),
        text_for(Relief, "decided_by"),
        Column("decided_on", cells.day),
    ),
)
