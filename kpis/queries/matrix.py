"""The status matrix: KPIs by service area against months, with totals along both edges that reconcile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contracts.models import Contract
from contracts.queries import wanted_acting
from contracts.rows import KEPT, Found, month, read
from contracts.rows import Wanted as Rows
from contracts.rules.months import Month, month_range
from contracts.rules.roles import Role
from kpis.queries.registers import Area
from kpis.queries.span import Span, judge_span, wanted_terms
from kpis.rules.counts import StatusCounts, count, count_months
from kpis.rules.sentences import month_in_words
from kpis.rules.status import Contractual, Judgement, KpiHistory, KpiTerms, has_illustrative, is_disputed
from kpis.rules.travel import Travel, travel


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which KPIs to keep; blank keeps all. A KPI stays when one of the months shown has what is asked for."""

    areas: frozenset[str] | None = None
    status: str = ""
    relieved: bool | None = None

    def keeps(self, history: KpiHistory, shown: tuple[Judgement, ...]) -> bool:
        if self.areas is not None and history.terms.area not in self.areas:
            return False
        if self.status and not any(each.contractual == Contractual(self.status) for each in shown):
            return False
        return self.relieved is None or any(each.relief is not None for each in shown) is self.relieved


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Trend:
    """Where a KPI's row ends: its last figure, and how that compares with the month due before."""

    last: Judgement
    before: Judgement | None
    travel: Travel


@dataclass(frozen=True, slots=True)
class Row:
    """A KPI: one cell per month, ``None`` where it owed nothing."""

    history: KpiHistory
    cells: tuple[Judgement | None, ...]
    counts: StatusCounts
    trend: Trend | None

    @property
    def code(self) -> str:
        return self.history.terms.code

    @property
    def name(self) -> str:
        return self.history.terms.name


@dataclass(frozen=True, slots=True)
class Group:
    """A service area and its KPIs."""

    area: Area
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """
    The whole matrix. ``totals`` count the rows shown month by month, ``whole`` all its cells at once.

    It is equal to itself alone, so that what is drawn of it can be kept.
    """

    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    totals: tuple[StatusCounts, ...]
    whole: StatusCounts
    is_provisional: bool
    has_relief_aside: bool
    """Whether relief covered a month that did not need it."""
    is_illustrative: bool
    disputed: int

    @property
    def headline(self) -> str:
        """How the last month stands."""
        return month_in_words(self.totals[-1])

    def sums(self, status: str) -> list[int]:
        """Of one status the totals, a month each."""
        return [getattr(counts, status) for counts in self.totals]

    @property
    def rows(self) -> Iterable[Row]:
        return (row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Reach:
    """What there is to ask for: areas, KPIs by primary key, the first month with a figure on record, and officers."""

    areas: tuple[Area, ...]
    kpis: tuple[int, ...]
    earliest: Month | None
    officers: "tuple[Officer, ...]"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who enters figures here, and the areas they hold: ``None`` is all of them."""

    pk: int
    title: str
    areas: frozenset[str] | None


def load_reach(contract: Contract) -> Reach:
    """One query."""
    own = (contract.pk,)
    found, kpis, reported, officers = read(
        Rows("id, code, name", "FROM contracts_servicearea WHERE contract_id = %s", own),
        Rows("id", "FROM kpis_kpi WHERE contract_id = %s", own),
        # Each KPI's first month from the beginning of the index: all of them together would read it whole.
        Rows(
            "x.earliest",
            "FROM (SELECT MIN((SELECT MIN(r.month) FROM kpis_result r WHERE r.kpi_id = k.id)) AS earliest"
            " FROM kpis_kpi k WHERE k.contract_id = %s) x",
            own,
        ),
        wanted_acting(Role.OFFICER, contract.pk),
    ).tables
    ((earliest,),) = reported
    areas = tuple(Area(*row) for row in sorted(found))
    return Reach(
        areas=areas,
        kpis=tuple(sorted(pk for (pk,) in kpis)),
        earliest=month(earliest) if earliest else None,
        officers=_officers(areas, officers),
    )


def load_matrix(contract: Contract, reach: Reach, first: Month, last: Month, wanted: Wanted = EVERYTHING) -> Matrix:
    """The months from ``first`` to ``last``, both included. One query."""
    span = Span(contract.pk, reach.kpis, first, last, settled_from=first)
    return _laid_out(span, read(*wanted_terms(span)), wanted)


@lru_cache(maxsize=KEPT)
def _laid_out(span: Span, found: Found, wanted: Wanted) -> Matrix:
    judged, first, last = judge_span(span, found), span.first, span.last
    months = month_range(first, last)
    shown = [
        history
        for history in judged.histories.values()
        if history.judgements and wanted.keeps(history, history.judgements)
    ]
    rows: dict[str, list[Row]] = {area.code: [] for area in judged.areas}
    for history in shown:
        rows[history.terms.area].append(_row(history, months))
    every = [each for history in shown for each in history.judgements]
    return Matrix(
        months=months,
        groups=tuple(Group(area, tuple(rows[area.code])) for area in judged.areas if rows[area.code]),
        totals=count_months(shown, first, last),
        whole=count(every),
        is_provisional=any(each.is_provisional for each in every),
        has_relief_aside=any(
            each.relief is not None and each.contractual is not Contractual.RELIEF_GRANTED for each in every
        ),
        is_illustrative=has_illustrative(every),
        disputed=sum(is_disputed(each) for each in every),
    )


def _officers(areas: Iterable[Area], rows: Iterable[Sequence[Any]]) -> tuple[Officer, ...]:
    """Officers and their deputies by job title, with the areas they hold."""
    codes = {area.pk: area.code for area in areas}
    held: dict[int, set[str | None]] = {}
    titles: dict[int, str] = {}
    for person, title, area in rows:
        titles[person] = title
        held.setdefault(person, set()).add(codes.get(area) if area else None)
    officers = (Officer(pk, titles[pk], _held(places)) for pk, places in held.items())
    return tuple(sorted(officers, key=lambda officer: (officer.title.casefold(), officer.pk)))


def _held(places: set[str | None]) -> frozenset[str] | None:
    return None if None in places else frozenset(place for place in places if place is not None)


def _row(history: KpiHistory, months: Iterable[Month]) -> Row:
    own = history.judgements
    cells = {each.month: each for each in own}
    return Row(
        history=history,
        cells=tuple(cells.get(month) for month in months),
        counts=count(own),
        trend=_trend(history.terms, own),
    )


def _trend(terms: KpiTerms, own: tuple[Judgement, ...]) -> Trend | None:
    if not own:
        return None
    last, before = own[-1], own[-2] if len(own) > 1 else None
    then = before.value if before else None
    return Trend(last, before, travel(last.value, then, terms.polarity, terms.decimals))
