"""Verified months are closed: what an import may change of them only with a reason.

A KPI's definition and its levels judge the past. A change that would judge a verified month differently, or add a KPI
to it, is no correction of a figure, and still nothing that may happen in passing. Nor does reopening a month undo that
it was relied upon.
"""

from datetime import date
from typing import Final

from contracts.rules.months import Month, month_key
from contracts.workbook.sheets import Row
from kpis.rules import status
from kpis.rules.effects import judged_by
from kpis.workbook.book import Book, Entry

GIVE_A_REASON: Final = "expected a reason for changing a verified month (--reason)"
DECIDING: Final = ("unit", "polarity", "decimals", "in_force_from", "in_force_to", "due_months")


def check_closed_months(book: Book, reason: str) -> None:
    """Reports each row of `kpis` and `levels` that changes how verified months are judged, unless a reason is given."""
    if reason or not book.ever_verified:
        return
    for entry in book.entries.values():
        if entry.is_sound and (entry.row is not None or entry.level_rows):
            _check(entry, sorted(month for area, month in book.ever_verified if area == entry.kpi.service_area_id))


def _check(entry: Entry, months: list[date]) -> None:
    after = entry.terms()
    reported: set[int] = set()
    for month in months:
        stood, stands = judged_by(entry.before, Month(month)), judged_by(after, Month(month))
        if stood == stands:
            continue
        row, column = _culprit(entry, after, month, is_same_level=_level(stood) == _level(stands))
        if row is not None and id(row) not in reported:
            reported.add(id(row))
            what = f"{entry.code} in {month_key(Month(month))} was verified and would be judged differently"
            row.problem(column, what, GIVE_A_REASON)


def _level(judged: tuple[object, ...] | None) -> object:
    """The level stands last in what a month is judged by."""
    return judged[-1] if judged else None


def _culprit(entry: Entry, after: status.KpiTerms, month: date, *, is_same_level: bool) -> tuple[Row | None, str]:
    """The row and column that make the difference: the level in force then where it is new, else the KPI itself."""
    level = after.level_at(Month(month))
    row = entry.level_rows.get(level.effective_from) if level else None
    if entry.before is None:
        return entry.row, "in_force_from"
    if row is not None and not is_same_level:
        return row, "effective_from"
    differing = (name for name in DECIDING if getattr(entry.before, name) != getattr(after, name))
    return entry.row, next(differing, "code")
