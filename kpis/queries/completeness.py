"""Whether each area's month came in on time, for the last twelve months."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.rules.calendar import YearNotKnown, data_due_on
from contracts.rules.months import Month
from kpis.models import Return
from kpis.queries.owed import owed_months
from kpis.queries.registers import Area, areas_owing, load_areas
from kpis.rules.timeliness import Timeliness, in_words, timeliness

SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class AreaInMonth:
    """``submitted_on`` is the first time it was handed in: what was sent back and mended was still there in time."""

    month: Month
    timeliness: Timeliness
    submitted_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A service area: one entry per month, ``None`` where it owed nothing."""

    area: Area
    cells: tuple[AreaInMonth | None, ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(cell.timeliness.value for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The same the other way round: a month with its areas; ``due_on`` is ``None`` in a year not in the calendar."""

    month: Month
    due_on: date | None
    cells: tuple[AreaInMonth | None, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """Months oldest first, with the day each was due."""

    months: tuple[Month, ...]
    due: tuple[date | None, ...]
    rows: tuple[AreaRow, ...]

    @property
    def counts(self) -> Counter[str]:
        """Area-months of the whole table by what can be said of them."""
        return sum((row.counts for row in self.rows), Counter())

    @property
    def lines(self) -> tuple[MonthLine, ...]:
        """The months, newest first."""
        by_month = zip(self.months, self.due, zip(*(row.cells for row in self.rows), strict=True), strict=True)
        return tuple(MonthLine(*line) for line in reversed(list(by_month)))

    @property
    def headline(self) -> str:
        return in_words(self.counts)


def load_completeness(contract: Contract, on: date) -> Completeness:
    """The twelve ended months before the day ``on``, none before the first reported one, in six queries."""
    months = owed_months(contract, on)[-SHOWN_MONTHS:]
    if not months:
        return Completeness((), (), ())
    due = _due_days(contract, months)
    owing = areas_owing(contract, months[0], months[-1])
    returns = _returns(contract, months)
    rows = []
    for area in load_areas(contract):
        cells = tuple(
            _cell(month, due[month], returns.get((area.pk, month)), on) if area.pk in owing[month] else None
            for month in months
        )
        if any(cells):
            rows.append(AreaRow(area, cells))
    return Completeness(months, tuple(due[month] for month in months), tuple(rows))


def _cell(month: Month, due_on: date | None, found: tuple[str, date | None] | None, on: date) -> AreaInMonth:
    state, submitted_on = found or (Return.State.OPEN.value, None)
    is_imported = submitted_on is None and state in (Return.State.SUBMITTED, Return.State.VERIFIED)
    said = timeliness(submitted_on, due_on, is_imported=is_imported, on=on)
    return AreaInMonth(month, said, submitted_on, state)


def _returns(contract: Contract, months: tuple[Month, ...]) -> dict[tuple[int, date], tuple[str, date | None]]:
    """By area and month the state, and the day on which it was first submitted."""
    first = dict(
        Return.history.filter(service_area__contract=contract, month__gte=months[0], submitted_at__isnull=False)
        .values_list("id")
        .order_by()
        .annotate(first=Min("submitted_at"))
    )
    rows = Return.objects.of_contract(contract).filter(month__gte=months[0], month__lte=months[-1])
    return {
        (area, month): (state, timezone.localdate(at) if (at := first.get(pk) or submitted_at) else None)
        for pk, area, month, state, submitted_at in rows.values_list(
            "pk", "service_area", "month", "state", "submitted_at"
        )
    }


def _due_days(contract: Contract, months: tuple[Month, ...]) -> Mapping[Month, date | None]:
    calendar = working_calendar()
    found: dict[Month, date | None] = {}
    for month in months:
        try:
            found[month] = data_due_on(month, calendar, contract.data_due_working_days)
        except YearNotKnown:
            found[month] = None
    return found
