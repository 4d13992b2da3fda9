"""Importing the sheets `kpis` and `levels`: what is measured, and what it is judged by."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import Any, Final

from contracts.rules.months import Month, month_key
from contracts.workbook import numbers
from contracts.workbook.saving import Import, Upsert
from contracts.workbook.sheets import Row, Seen
from kpis.models import Kpi, Level, Result
from kpis.rules.figures import Polarity, Unit
from kpis.rules.levels import is_too_fine, is_wrong_way_round
from kpis.workbook.book import Book, Entry
from kpis.workbook.closed import check_closed_months
from kpis.workbook.specs import MARKS

TWO_DECIMALS: Final = frozenset({Unit.PERCENT, Unit.MONEY})
FIELD_OF: Final = {"due_months": "due_mask"}


def import_definitions(importing: Import, book: Book, kpis: Iterable[Row], levels: Iterable[Row]) -> None:
    """Reads KPIs and then levels into the book, writes them, and checks what is on record against them."""
    _import_kpis(importing, book, kpis)
    _import_levels(importing, book, levels)
    for entry in book.entries.values():
        if entry.row is not None and entry.is_sound and entry.before is not None:
            _check_levels_on_record(entry, entry.row)
            _check_results_on_record(entry, entry.row)
    check_closed_months(book, importing.reason)


# --- kpis ------------------------------------------------------------------------------------------------------------


def _import_kpis(importing: Import, book: Book, rows: Iterable[Row]) -> None:
    upsert = Upsert(importing, "kpis", Kpi, {code: entry.kpi for code, entry in book.entries.items()})
    seen = Seen()
    for row in rows:
        area = importing.area(row, "service_area")
        _check_span(row, "in_force_from", "in_force_to", "the last month in force is before the first")
        if not row.is_sound("code") or not seen.is_new(row["code"], row, "code", row["code"]):
            continue
        code = row["code"]
        entry = book.entries.setdefault(code, Entry(Kpi(contract=importing.contract, code=code)))
        entry.row = row
        entry.is_sound = row.is_sound()
        if entry.is_sound:
            values = _kpi_values(row, is_new=entry.before is None) | {"service_area": area}
            entry.kpi = upsert.put(code, code, row, {"contract": importing.contract, "code": code}, values)
    upsert.save()


def _kpi_values(row: Row, *, is_new: bool) -> dict[str, Any]:
    values = {FIELD_OF.get(name, name): row[name] for name in row.given if name != "code"}
    if (is_new or "decimals" in row.given) and row["decimals"] is None:
        values["decimals"] = 2 if row["unit"] in TWO_DECIMALS else 0
    return values


def _check_span(row: Row, first: str, last: str, what: str) -> None:
    if row.is_sound(first, last) and row[last] and row[last] < row[first]:
        row.problem(last, what, f"expected {month_key(row[first])} or later")


# --- levels ----------------------------------------------------------------------------------------------------------


def _import_levels(importing: Import, book: Book, rows: Iterable[Row]) -> None:
    existing = {(code, month): level for code, entry in book.entries.items() for month, level in entry.levels.items()}
    upsert = Upsert(importing, "levels", Level, existing)
    seen = Seen()
    for row in rows:
        entry = book.find(row)
        figures = _level_figures(row, entry)
        if entry is not None and entry.is_sound:
            _check_level(row, entry, figures)
        if not (row["kpi"] and row.is_sound("effective_from")):
            continue
        month = row["effective_from"]
        named = f"a level of {row['kpi']} from {month_key(month)}"
        is_new = seen.is_new((row["kpi"], month), row, "effective_from", named)
        if entry is None or not (is_new and entry.is_sound and row.is_sound()):
            continue
        values = figures | {name: row[name] for name in ("reason", "agreed_by") if name in row.given}
        identity = {"kpi": entry.kpi, "effective_from": month}
        entry.levels[month] = upsert.put((entry.code, month), f"{entry.code} {month_key(month)}", row, identity, values)
        entry.level_rows[month] = row
    upsert.save()


def _level_figures(row: Row, entry: Entry | None) -> dict[str, Decimal | None]:
    """The figures in the KPI's unit; where that is not known, whatever the mark beside them."""
    unit = entry.known_unit if entry else None
    read = partial(numbers.number, mark=MARKS.get(unit)) if unit else numbers.with_any_mark
    return {name: row.understand(name, read) for name in ("target", "minimum")}


def _check_level(row: Row, entry: Entry, figures: dict[str, Decimal | None]) -> None:
    decimals = entry.kpi.decimals
    for name, figure in figures.items():
        if figure is not None and is_too_fine(figure, decimals):
            what = f"{figure:f} has more decimals than {entry.code}, which is judged to {decimals}"
            row.problem(name, what, f"expected at most {decimals} after the point")
    target, minimum = figures["target"], figures["minimum"]
    if target is None or minimum is None or not row.is_sound("target", "minimum"):
        return
    if is_wrong_way_round(target, minimum, Polarity(entry.kpi.polarity)):
        row.problem("minimum", *_wrong_way_round(entry, target, minimum))


def _wrong_way_round(entry: Entry, target: Decimal, minimum: Decimal) -> tuple[str, str]:
    better, side = ("higher", "at most") if entry.kpi.polarity == Polarity.HIGHER else ("lower", "at least")
    worst, best = numbers.written(minimum), numbers.written(target)
    what = f"the minimum {worst} is better than the target {best}, and {better} is better for {entry.code}"
    return what, f"expected {side} {best}"


# --- What is on record already ---------------------------------------------------------------------------------------


def _check_levels_on_record(entry: Entry, row: Row) -> None:
    """A KPI that changes takes its levels along: they must still have few enough decimals and stand the right way."""
    for effective_from, level in entry.levels.items():
        month = Month(effective_from)
        if month in entry.level_rows:
            continue
        if any(is_too_fine(figure, entry.kpi.decimals) for figure in (level.target, level.minimum)):
            what = f"the level from {month_key(month)} on record has more decimals than {entry.kpi.decimals}"
            row.problem("decimals", what, "expected as many decimals as the level has, or a new level")
        elif is_wrong_way_round(level.target, level.minimum, Polarity(entry.kpi.polarity)):
            what, _ = _wrong_way_round(entry, level.target, level.minimum)
            row.problem(
                "polarity", f"from {month_key(month)} on, {what}", "expected the polarity of the levels on record"
            )


def _check_results_on_record(entry: Entry, row: Row) -> None:
    """Results on record stay in force, and in the service area in which they were returned."""
    before, after = entry.before, entry.terms()
    if before is None or _span(before) == _span(after):
        return
    months = list(Result.objects.filter(kpi_id=entry.kpi.pk).order_by("month").values_list("month", flat=True))
    if months and before.area != after.area:
        what = f"{entry.code} has results in {before.area}"
        row.problem("service_area", what, f"expected {before.area}, or a new KPI from the month of the change")
    outside = [month for month in months if not after.is_in_force(month)]
    if outside:
        column = next(
            name for name in ("in_force_to", "in_force_from", "due_months") if _excludes(after, outside[-1], name)
        )
        what = f"{entry.code} has a result for {month_key(outside[-1])}, when it would not be in force"
        row.problem(column, what, "expected that month to stay in force")


def _span(terms: Any) -> tuple[Any, ...]:
    return terms.area, terms.in_force_from, terms.in_force_to, terms.due_months


def _excludes(terms: Any, month: Any, column: str) -> bool:
    if column == "in_force_to":
        return terms.in_force_to is not None and month > terms.in_force_to
    return column == "due_months" or month < terms.in_force_from
