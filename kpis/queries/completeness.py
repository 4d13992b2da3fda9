"""Whether each area's month came in on time, for the last twelve months."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.readings import ask, beside, read_now
from contracts.rows import read
from contracts.rules.calendar import WorkingCalendar, data_due_if_known
from contracts.rules.months import Month
from kpis.queries.handed_in import NOT_BEGUN, HandedIn, handed_in_of, wanted_handed_in
from kpis.queries.owed import owed_months
from kpis.queries.registers import Area, kpis_owing, owing_of, read_areas
from kpis.rules.timeliness import Timeliness, in_words

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


def load_completeness(contract: Contract, on: date, calendar: WorkingCalendar) -> Completeness:
    """The twelve ended months before the day ``on``, none before the first reported one, in three queries."""
    months = owed_months(contract, on)[-SHOWN_MONTHS:]
    if not months:
        return Completeness((), (), ())
    due = tuple(data_due_if_known(month, calendar, contract.data_due_working_days) for month in months)
    areas, (kpis,) = read_now(beside(read_areas(contract), ask(kpis_owing(contract))))
    owing = owing_of(kpis, months[0], months[-1])
    found = handed_in_of(*read(*wanted_handed_in([area.pk for area in areas], months[0], months[-1])).tables)
    rows = []
    for area in areas:
        cells = tuple(
            _cell(month, found.get((area.pk, month), NOT_BEGUN), due_on, on) if area.pk in owing[month] else None
            for month, due_on in zip(months, due, strict=True)
        )
        if any(cells):
            rows.append(AreaRow(area, cells))
    return Completeness(months, due, tuple(rows))


def _cell(month: Month, found: HandedIn, due_on: date | None, on: date) -> AreaInMonth:
    return AreaInMonth(month, found.timeliness(due_on, on), found.first_on, found.state)
