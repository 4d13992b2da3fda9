"""
Counting many results at once: the same judgements as one by one, each different one made once.

A result's status hangs on few things: its figures, the level and the KPI's way of measuring, and whether a relief is
over the month. Ten years of a contract repeat them over and over, so what was judged before is looked up. The judging
itself is :func:`kpis.rules.status.judge`, and nothing of it is said here a second time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contracts.rules.months import Month
from kpis.rules.counts import StatusCounts
from kpis.rules.relief import Relief, relief_for
from kpis.rules.status import Contractual, KpiTerms, Reading, judge

Figures = tuple[Decimal | None, Decimal | None, Decimal | None, str]
"""A value, a numerator, a denominator, and why there is none of them."""

Judged = tuple[dict[Figures, Contractual], dict[Figures, Contractual]]
"""The status of each figure met so far, without a relief over the month and with one."""


class Span:
    """In which months KPIs of one life are in force; each month is asked once."""

    __slots__ = ("_known", "_terms")

    def __init__(self, terms: KpiTerms) -> None:
        self._terms = terms
        self._known: dict[Month, bool] = {}

    def includes(self, month: Month) -> bool:
        known = self._known.get(month)
        if known is None:
            known = self._known[month] = self._terms.is_in_force(month)
        return known


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A KPI whose results are counted, with what it shares with others like it."""

    terms: KpiTerms
    relieving: tuple[Relief, ...]
    span: Span
    judged: Mapping[Month | None, Judged]
    """By the month from which the level is in force; of no month while there is none yet."""

    def status(self, month: Month, figures: Figures) -> Contractual:
        """
        Its contractual status in a month in which it is in force.

        Raises :class:`kpis.rules.status.NoLevelInForce` for a figure that nothing can judge.
        """
        terms = self.terms
        level = terms.level_at(month)
        relief = relief_for(terms.code, month, self.relieving) if self.relieving else None
        judged = self.judged[level.effective_from if level else None][relief is not None]
        found = judged.get(figures)
        if found is None:
            found = judged[figures] = judge(terms, month, Reading(*figures), relief).contractual
        return found


class Measures:
    """KPIs of which many results are to be counted; those that are alike share what was found out."""

    def __init__(self, granted: Iterable[Relief]) -> None:
        self._granted = tuple(granted)
        self._spans: dict[Any, Span] = {}
        self._judged: dict[Any, Judged] = {}

    def of(self, terms: KpiTerms) -> Measured:
        life = (terms.in_force_from, terms.in_force_to, terms.due_months)
        way = (terms.unit, terms.polarity, terms.decimals)
        judged: dict[Month | None, Judged] = {None: self._judged.setdefault(way, ({}, {}))}
        for level in terms.levels:
            alike = (*way, level.target, level.minimum)
            judged[level.effective_from] = self._judged.setdefault(alike, ({}, {}))
        return Measured(
            terms=terms,
            relieving=tuple(relief for relief in self._granted if relief.is_for(terms.code)),
            span=self._spans.setdefault(life, Span(terms)),
            judged=judged,
        )


def counts_of(
    statuses: Mapping[Contractual, int], month: Month, in_force: int, *, is_provisional: bool
) -> StatusCounts:
    """The statuses of all KPIs in force: those of whom no result was counted are missing."""
    numbers = {status.value: statuses.get(status, 0) for status in Contractual if status is not Contractual.MISSING}
    reported = sum(numbers.values())
    return StatusCounts(
        month=month,
        in_force=in_force,
        **numbers,
        missing=in_force - reported,
        provisional=reported if is_provisional else 0,
    )
