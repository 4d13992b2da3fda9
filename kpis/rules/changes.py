"""What changed about the KPIs themselves: added, ended, retargeted. The Board hears of it in the next paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from contracts.rules.months import Month, month_long
from kpis.rules.codes import code_order
from kpis.rules.levels import promises
from kpis.rules.status import KpiTerms, Level


class Change(StrEnum):
    """What happened to a KPI."""

    ADDED = "added"
    ENDED = "ended"
    RETARGETED = "retargeted"


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One change of one KPI. ``month`` is its first month in force, its last one, or the month a level took effect."""

    terms: KpiTerms
    change: Change
    month: Month
    detail: str
    reason: str


def kpi_changes(terms: Iterable[KpiTerms], first: Month, last: Month) -> tuple[KpiChange, ...]:
    """The changes whose month lies from ``first`` to ``last``, both included, by month and code."""
    changes = [change for each in terms for change in _changes(each, first, last)]
    return tuple(sorted(changes, key=lambda change: (change.month, code_order(change.terms.code))))


def _changes(terms: KpiTerms, first: Month, last: Month) -> Iterable[KpiChange]:
    if first <= terms.in_force_from <= last:
        opening = terms.level_at(terms.in_force_from)
        detail = f"In force from {month_long(terms.in_force_from)}"
        if opening is not None:
            detail += f": target {_in_words(terms, opening)}"
        yield KpiChange(terms, Change.ADDED, terms.in_force_from, f"{detail}.", opening.reason if opening else "")
    if terms.in_force_to is not None and first <= terms.in_force_to <= last:
        last_month = f"Last month in force: {month_long(terms.in_force_to)}."
        yield KpiChange(terms, Change.ENDED, terms.in_force_to, last_month, terms.end_reason)
    for before, after in pairwise(sorted(terms.levels, key=lambda level: level.effective_from)):
        if after.effective_from > terms.in_force_from and first <= after.effective_from <= last:
            yield KpiChange(
                terms, Change.RETARGETED, after.effective_from, _retargeted(terms, before, after), _why(after)
            )


def _retargeted(terms: KpiTerms, before: Level, after: Level) -> str:
    return f"Target {_in_words(terms, after)}; before, {_in_words(terms, before)}."


def _in_words(terms: KpiTerms, level: Level) -> str:
    target, minimum = promises(terms, level)
    return f"{target}, minimum {minimum}"


def _why(level: Level) -> str:
    if not level.agreed_by:
        return level.reason
    return (
        f"{level.reason.rstrip('.')}. Agreed by {level.agreed_by}." if level.reason else f"Agreed by {level.agreed_by}."
    )
