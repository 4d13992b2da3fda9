"""The contract's KPIs during an import: those on record merged with those of the workbook, and their levels."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, months_of
from contracts.workbook.cells import or_nearest, quoted
from contracts.workbook.sheets import Row
from kpis.models import Kpi, Level, Return
from kpis.rules import status
from kpis.rules.figures import Polarity, Unit


@dataclass(slots=True)
class Entry:
    """One KPI. While `is_sound` is false its own row is wrong, and nothing that depends on it can be judged."""

    kpi: Kpi
    levels: dict[date, Level] = field(default_factory=dict)
    before: status.KpiTerms | None = None
    row: Row | None = None
    level_rows: dict[date, Row] = field(default_factory=dict)
    is_sound: bool = True
    _now: status.KpiTerms | None = None
    _unit: Unit | None = None

    @property
    def terms_now(self) -> status.KpiTerms:
        """The terms once the sheets `kpis` and `levels` are read; worked out once."""
        self._now = self._now or self.terms()
        return self._now

    @property
    def code(self) -> str:
        return self.kpi.code

    @property
    def unit(self) -> Unit:
        return Unit(self.kpi.unit)

    @property
    def known_unit(self) -> Unit | None:
        """The unit as far as the workbook says it soundly: a KPI whose own row is wrong may still say that."""
        if self.is_sound:
            self._unit = self._unit or self.unit
            return self._unit
        return Unit(self.row["unit"]) if self.row is not None and self.row.is_sound("unit") else None

    @property
    def area(self) -> ServiceArea:
        return self.kpi.service_area

    def terms(self) -> status.KpiTerms:
        """What the contract says of the KPI as the entry stands."""
        return status.KpiTerms(
            code=self.kpi.code,
            area=self.area.code,
            name=self.kpi.name,
            unit=self.unit,
            polarity=Polarity(self.kpi.polarity),
            decimals=self.kpi.decimals,
            in_force_from=Month(self.kpi.in_force_from),
            in_force_to=self.kpi.in_force_to,
            due_months=months_of(self.kpi.due_mask),
            levels=tuple(
                status.Level(Month(level.effective_from), level.target, level.minimum) for level in self.levels.values()
            ),
        )


@dataclass(slots=True)
class Book:
    """All KPIs of the contract by code, and the area-months that were verified before the import.

    A month that was `ever_verified` has been relied upon, whatever the state of its return since.
    """

    entries: dict[str, Entry]
    verified: frozenset[tuple[int, date]]
    ever_verified: frozenset[tuple[int, date]]
    _by_area: dict[str, list[Entry]] = field(default_factory=dict)

    def find(self, row: Row, column: str = "kpi") -> Entry | None:
        """The KPI that a cell names; an unknown one is reported with the nearest known."""
        entry = self.entries.get(row[column]) if column not in row.refused else None
        if entry is None and row.is_sound(column):
            return self.find_code(row, row[column], column)
        return entry

    def find_code(self, row: Row, code: str, column: str) -> Entry | None:
        entry = self.entries.get(code)
        if entry is None:
            right = or_nearest("expected one of the sheet kpis, or already on record", code, self.entries)
            row.problem(column, f"there is no KPI {quoted(code)} in this contract", right)
        return entry

    def of_area(self, area: ServiceArea) -> list[Entry]:
        """The KPIs of a service area once the sheet `kpis` is read; sorted out once."""
        if not self._by_area:
            for entry in self.entries.values():
                self._by_area.setdefault(entry.area.code, []).append(entry)
        return self._by_area.get(area.code, [])

    def is_verified(self, entry: Entry, month: date) -> bool:
        """Whether this month of the KPI's service area was closed when the import began."""
        return bool(self.verified) and (entry.kpi.service_area_id, month) in self.verified

    def was_ever_verified(self, entry: Entry, month: date) -> bool:
        """Whether it is closed, or was before somebody reopened it."""
        return bool(self.ever_verified) and (entry.kpi.service_area_id, month) in self.ever_verified


def load_book(contract: Contract) -> Book:
    """The KPIs on record, with their levels and the months that are closed or were; three queries."""
    levels: defaultdict[Any, dict[date, Level]] = defaultdict(dict)
    for level in Level.objects.filter(kpi__contract_id=contract.pk):
        levels[level.kpi_id][level.effective_from] = level
    entries = {}
    for kpi in Kpi.objects.filter(contract_id=contract.pk).select_related("service_area"):
        entry = entries[kpi.code] = Entry(kpi, levels[kpi.pk])
        entry.before = entry.terms()
    rows = Return.objects.filter(service_area__contract_id=contract.pk).ever_verified()
    states = rows.values_list("service_area_id", "month", "state")
    ever_verified = {(area, month): state for area, month, state in states}
    verified = (place for place, state in ever_verified.items() if state == Return.State.VERIFIED)
    return Book(entries, frozenset(verified), frozenset(ever_verified))
