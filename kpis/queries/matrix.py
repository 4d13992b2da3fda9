"""The status matrix: KPIs by service area against months, with totals that reconcile."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.models import Contract
from contracts.rules.months import Month, month_range
from kpis.queries.registers import Area, load_register
from kpis.rules.counts import StatusCounts, count, count_months
from kpis.rules.figures import show
from kpis.rules.sentences import month_in_words
from kpis.rules.status import Contractual, Judgement, KpiHistory, is_disputed


@dataclass(frozen=True, slots=True)
class Cell:
    """One KPI in one month. ``status`` is the contractual one; a relieved month that met its target is marked too."""

    month: Month
    status: str
    figure: str
    is_provisional: bool
    is_relieved: bool
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A KPI: one entry per month, ``None`` where it owed nothing."""

    code: str
    name: str
    cells: tuple[Cell | None, ...]
    counts: StatusCounts


@dataclass(frozen=True, slots=True)
class Group:
    """A service area and its KPIs."""

    area: Area
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix. ``totals`` count the rows shown, month by month."""

    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    totals: tuple[StatusCounts, ...]
    areas: tuple[Area, ...]
    is_provisional: bool
    is_illustrative: bool
    disputed: int

    @property
    def headline(self) -> str:
        """How the last month stands."""
        return month_in_words(self.totals[-1])


def load_matrix(contract: Contract, first: Month, last: Month, area: str = "", status: str = "") -> Matrix:
    """
    The months from ``first`` to ``last``, both included.

    ``area`` keeps one service area; ``status`` keeps the KPIs that stood there in at least one of the months.
    """
    register = load_register(contract, first, last)
    months = month_range(first, last)
    shown = [
        (history, own)
        for history in register.histories
        if (not area or history.terms.area == area)
        and (own := tuple(each for each in history.judgements if each.month >= first))
        and (not status or any(each.contractual == Contractual(status) for each in own))
    ]
    groups = (
        Group(each, tuple(_row(history, own, months) for history, own in shown if history.terms.area == each.code))
        for each in register.areas
    )
    return Matrix(
        months=months,
        groups=tuple(group for group in groups if group.rows),
        totals=count_months((history for history, _ in shown), first, last),
        areas=register.areas,
        is_provisional=any(each.is_provisional for _, own in shown for each in own),
        is_illustrative=any(_is_illustrative(own) for _, own in shown),
        disputed=sum(is_disputed(each) for _, own in shown for each in own),
    )


def _row(history: KpiHistory, own: Iterable[Judgement], months: Iterable[Month]) -> Row:
    terms = history.terms
    by_month = {judgement.month: judgement for judgement in own}
    return Row(
        code=terms.code,
        name=terms.name,
        cells=tuple(_cell(history, by_month.get(month)) for month in months),
        counts=count(by_month.values()),
    )


def _cell(history: KpiHistory, judgement: Judgement | None) -> Cell | None:
    if judgement is None:
        return None
    return Cell(
        month=judgement.month,
        status=judgement.contractual.value,
        figure=show(judgement.value, history.terms.unit, history.terms.decimals),
        is_provisional=judgement.is_provisional,
        is_relieved=judgement.relief is not None,
        is_disputed=is_disputed(judgement),
    )


def _is_illustrative(judgements: Iterable[Judgement]) -> bool:
    return any(each.reading is not None and each.reading.source == "illustrative" for each in judgements)
