"""One service area for its page: its KPIs worst first, its months counted, its returns and reliefs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings

from contracts.calendars import england
from contracts.models import Contract
from contracts.rows import Row, Wanted, local_day, month, read
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, data_due_on
from contracts.rules.months import Month, add_months, last_owed, month_of, month_range
from contracts.rules.roles import Role
from kpis.models import Kpi, Return
from kpis.queries.registers import Area
from kpis.queries.span import Span, judge_span, wanted_terms
from kpis.rules.area import Stand, month_to_show, stands
from kpis.rules.counts import StatusCounts, count_months
from kpis.rules.figures import level_in_words, show
from kpis.rules.relief import Relief, age_months
from kpis.rules.sentences import month_in_words
from kpis.rules.status import Judgement, KpiHistory
from kpis.rules.summary import added
from kpis.rules.timeliness import Timeliness, timeliness
from kpis.rules.travel import Travel, travels

SHOWN_MONTHS: Final = 13
"""A year and the month it is held against."""
READ_MONTHS: Final = SHOWN_MONTHS + 3
"""So that a month that waits for its figures still has its year before to be held against."""
HANDED_IN: Final = frozenset({Return.State.SUBMITTED.value, Return.State.VERIFIED.value})


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
    rest = read(*judged.wanted_before(), *_wanted_returns(span, area), *_wanted_officers(span, area))
    states, results, returns, submitted, closed, *officers = rest.tables
    histories = [each for each in judged.register(states, results).histories if each.terms.area == code]
    counts = count_months(histories, first, last)
    shown = month_to_show(counts)
    standing = [stand for stand in stands(histories, shown or last) if stand.latest.month >= first]
    calendar = england(
        (date.fromisoformat(row[0]) for row in closed), settings.FIRST_CALENDAR_YEAR, settings.LAST_CALENDAR_YEAR
    )
    handed_in = _Returns(returns, submitted, calendar, contract.data_due_working_days, on)
    return AreaPage(
        area=area,
        others=tuple(each for each in judged.areas if each.code != code),
        month=shown,
        headline=next((month_in_words(each) for each in counts if each.month == shown), ""),
        kpis=tuple(_kpi(stand, first, shown or last) for stand in standing),
        months=tuple(handed_in.row(each) for each in reversed(counts)),
        reliefs=_reliefs(judged.reliefs, histories, shown or last, last),
        officers=tuple(sorted({title for rows in officers for (title,) in rows if title})),
        is_illustrative=any(
            each.reading is not None and each.reading.source == "illustrative"
            for history in histories
            for each in history.judgements
            if each.month >= first
        ),
    )


def _wanted_returns(span: Span, area: Area) -> tuple[Wanted, ...]:
    """How far each month's return is, when it was first handed in, and the days on which the council is closed."""
    own = (area.pk, span.first.isoformat(), span.last.isoformat())
    return (
        Wanted(
            "month, state, submitted_at", "FROM kpis_return WHERE service_area_id = %s AND month BETWEEN %s AND %s", own
        ),
        Wanted(
            "x.month, x.at",
            "FROM (SELECT month, MIN(submitted_at) AS at FROM kpis_historicalreturn"
            " WHERE service_area_id = %s AND month BETWEEN %s AND %s AND submitted_at IS NOT NULL GROUP BY month) x",
            own,
        ),
        Wanted("closed_on", "FROM contracts_closedday"),
    )


def _wanted_officers(span: Span, area: Area) -> tuple[Wanted, ...]:
    """Job titles of who enters the area's figures: those who hold the role here, and who deputises for them."""
    held = (
        "FROM contracts_assignment s JOIN auth_group g ON g.id = s.role_id"
        " JOIN contracts_person h ON h.id = s.person_id"
        " JOIN contracts_person_groups w ON w.person_id = h.id AND w.group_id = g.id"
    )
    here = "WHERE g.name = %s AND s.contract_id = %s AND (s.service_area_id IS NULL OR s.service_area_id = %s)"
    own = (Role.OFFICER.value, span.contract, area.pk)
    return (
        Wanted("h.job_title", f"{held} {here} AND h.is_active", own),
        Wanted("d.job_title", f"{held} JOIN contracts_person d ON d.id = s.deputy_id {here} AND d.is_active", own),
    )


class _Returns:
    """The area's returns by month, on a day."""

    def __init__(
        self, returns: Iterable[Row], submitted: Iterable[Row], calendar: WorkingCalendar, due_days: int, on: date
    ) -> None:
        self._found = {month(at): (state, instant) for at, state, instant in returns}
        self._first = {month(at): instant for at, instant in submitted}
        self._calendar, self._due_days, self._on = calendar, due_days, on

    def row(self, counts: StatusCounts) -> AreaMonthRow:
        at = counts.month
        if at is None or not counts.in_force:
            return AreaMonthRow(at or Month(self._on), counts, "", "")
        state, instant = self._found.get(at, (Return.State.OPEN.value, None))
        handed_in_at = self._first.get(at) or instant
        said = timeliness(
            local_day(handed_in_at) if handed_in_at else None,
            self._due_on(at),
            is_imported=handed_in_at is None and state in HANDED_IN,
            on=self._on,
        )
        return AreaMonthRow(at, counts, state, "" if said is Timeliness.IMPORTED else said.value)

    def _due_on(self, at: Month) -> date | None:
        try:
            return data_due_on(at, self._calendar, self._due_days)
        except YearNotKnown:
            return None


def _kpi(stand: Stand, first: Month, last: Month) -> AreaKpi:
    terms, latest = stand.history.terms, stand.latest
    judgements = [each for each in stand.history.judgements if each.month <= last]
    went = travels(judgements, terms.polarity, terms.decimals)[-1]
    level = latest.level
    return AreaKpi(
        code=terms.code,
        name=terms.name,
        stand=stand,
        figure=show(latest.value, terms.unit, terms.decimals),
        target=level_in_words(level.target, terms.polarity, terms.unit, terms.decimals) if level else "",
        minimum=level_in_words(level.minimum, terms.polarity, terms.unit, terms.decimals) if level else "",
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
