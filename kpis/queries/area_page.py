"""One service area for its page: its KPIs worst first, its months counted, its returns and reliefs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.models import Contract
from contracts.queries import calendar_with, wanted_acting
from contracts.rows import Wanted, read
from contracts.rules.calendar import data_due_if_known
from contracts.rules.months import Month, add_months, last_owed, month_of, month_range
from contracts.rules.roles import Role
from kpis.models import Kpi
from kpis.queries.handed_in import NOT_BEGUN, HandedIn, handed_in_of, wanted_handed_in
from kpis.queries.registers import Area
from kpis.queries.span import Span, judge_span, wanted_terms
from kpis.rules.area import Stand, month_to_show, stands
from kpis.rules.counts import StatusCounts, count_months
from kpis.rules.figures import show
from kpis.rules.levels import promises
from kpis.rules.relief import Relief, age_months
from kpis.rules.sentences import month_in_words
from kpis.rules.status import Judgement, KpiHistory, has_illustrative
from kpis.rules.summary import added
from kpis.rules.timeliness import Timeliness
from kpis.rules.travel import Travel, travels

SHOWN_MONTHS: Final = 13
"""A year and the month it is held against."""
READ_MONTHS: Final = SHOWN_MONTHS + 3
"""So that a month that waits for its figures still has its year before to be held against."""


@dataclass(frozen=True, slots=True)
class AreaKpi:
    """A KPI of the area: its latest month in words, how long it has stood there, and its months for a small chart."""

    code: str
    name: str
    stand: Stand
    figure: str
    target: str
    minimum: str
    against_last_month: Travel
    against_last_year: Travel
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class AreaMonthRow:
    """A month counted, with how far its return is and whether it came in time; blank where nothing was owed."""

    month: Month
    counts: StatusCounts
    state: str
    timeliness: str


@dataclass(frozen=True, slots=True)
class AreaRelief:
    """A granted relief over KPIs of this area."""

    relief: Relief
    codes: tuple[str, ...]
    age_months: int


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A service area as it stands. ``month`` is the latest of which something was said; ``months`` are newest first."""

    area: Area
    others: tuple[Area, ...]
    month: Month | None
    headline: str
    kpis: tuple[AreaKpi, ...]
    months: tuple[AreaMonthRow, ...]
    reliefs: tuple[AreaRelief, ...]
    officers: tuple[str, ...]
    is_illustrative: bool

    @property
    def waiting(self) -> tuple[Month, ...]:
        """Ended months after the one shown, of which nothing was said yet; oldest first."""
        later = (row for row in self.months if self.month and row.month > self.month and row.counts.in_force)
        return tuple(row.month for row in reversed(list(later)))

    @property
    def totals(self) -> StatusCounts:
        """KPI-months of the whole table."""
        return added(row.counts for row in self.months)


def load_area_page(contract: Contract, code: str, on: date) -> AreaPage | None:
    """The page's values in three queries; ``None`` where the contract has no such area."""
    last = last_owed(contract.ends_on, on)
    begun = month_of(contract.commences_on)
    first = max(add_months(last, 1 - SHOWN_MONTHS), begun)
    kpis = Kpi.objects.filter(service_area__contract=contract, service_area__code=code).order_by("pk")
    own = tuple(kpis.values_list("pk", flat=True))
    span = Span(contract.pk, own, max(add_months(last, 1 - READ_MONTHS), begun), last, first)
    judged = judge_span(span, read(*wanted_terms(span)))
    area = next((each for each in judged.areas if each.code == code), None)
    if area is None:
        return None
    closed_days = Wanted("closed_on", "FROM contracts_closedday")
    handed_in = wanted_handed_in([area.pk], span.first, span.last)
    rest = read(judged.wanted_before(), *handed_in, closed_days, wanted_acting(Role.OFFICER, span.contract))
    results, returns, submitted, closed, officers = rest.tables
    histories = [each for each in judged.register(results).histories if each.terms.area == code]
    counts = count_months(histories, first, last)
    shown = month_to_show(counts)
    standing = [stand for stand in stands(histories, shown or last) if stand.latest.month >= first]
    calendar = calendar_with(date.fromisoformat(row[0]) for row in closed)
    found = handed_in_of(returns, submitted)
    return AreaPage(
        area=area,
        others=tuple(each for each in judged.areas if each.code != code),
        month=shown,
        headline=next((month_in_words(each) for each in counts if each.month == shown), ""),
        kpis=tuple(_kpi(stand, first, shown or last) for stand in standing),
        months=tuple(
            _row(
                each,
                found.get((area.pk, at), NOT_BEGUN),
                data_due_if_known(at, calendar, contract.data_due_working_days),
                on,
            )
            for each, at in zip(reversed(counts), reversed(month_range(first, last)), strict=True)
        ),
        reliefs=_reliefs(judged.reliefs, histories, shown or last, last),
        officers=tuple(sorted({name for _, name, theirs in officers if theirs in (None, area.pk)})),
        is_illustrative=has_illustrative(
            each for history in histories for each in history.judgements if each.month >= first
        ),
    )


def _row(counts: StatusCounts, found: HandedIn, due_on: date | None, on: date) -> AreaMonthRow:
    if counts.month is None or not counts.in_force:
        return AreaMonthRow(counts.month or Month(on), counts, "", "")
    said = found.timeliness(due_on, on)
    return AreaMonthRow(counts.month, counts, found.state, "" if said is Timeliness.IMPORTED else said.value)


def _kpi(stand: Stand, first: Month, last: Month) -> AreaKpi:
    terms, latest = stand.history.terms, stand.latest
    judgements = [each for each in stand.history.judgements if each.month <= last]
    went = travels(judgements, terms.polarity, terms.decimals)[-1]
    target, minimum = promises(terms, latest.level)
    return AreaKpi(
        code=terms.code,
        name=terms.name,
        stand=stand,
        figure=show(latest.value, terms.unit, terms.decimals),
        target=target,
        minimum=minimum,
        against_last_month=went.last_month,
        against_last_year=went.last_year,
        judgements=tuple(each for each in judgements if each.month >= first),
    )


def _reliefs(
    reliefs: Iterable[Relief], histories: Sequence[KpiHistory], shown: Month, last: Month
) -> tuple[AreaRelief, ...]:
    """Those granted for KPIs of the area in the month shown or since."""
    months = month_range(shown, last)
    found = []
    for relief in reliefs:
        codes = tuple(
            history.terms.code
            for history in histories
            if any(relief.relieves(history.terms.code, month) and history.terms.is_in_force(month) for month in months)
        )
        if codes:
            found.append(AreaRelief(relief, codes, age_months(relief, min(last, relief.to_month or last))))
    return tuple(found)
