"""The KPIs of a contract with the levels in force, for whoever may change them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.rules.months import Month, month_of
from kpis.models import Kpi, Level
from kpis.queries.registers import kpis_in_order, load_areas
from kpis.rules.figures import Polarity, Unit, level_in_words


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One KPI. `changes_on` is the month from which levels agreed already will hold, if there are any."""

    code: str
    name: str
    area: str
    area_place: int
    in_force_from: Month
    in_force_to: Month | None
    target: str
    minimum: str
    changes_on: Month | None


def load_definitions(contract: Contract, on: date) -> tuple[DefinitionRow, ...]:
    """By area and code. Three queries."""
    areas = load_areas(contract)
    place = {area.pk: (number, area.name) for number, area in enumerate(areas)}
    levels: defaultdict[int, list[Level]] = defaultdict(list)
    for level in Level.objects.filter(kpi__contract=contract).order_by("effective_from"):
        levels[level.kpi_id].append(level)
    kpis = kpis_in_order(contract, areas)
    return tuple(_row(kpi, place[kpi.service_area_id], levels[kpi.pk], month_of(on)) for kpi in kpis)


def _level_words(kpi: Kpi, level: Level) -> tuple[str, str]:
    """Target and minimum as promises."""
    unit, polarity = Unit(kpi.unit), Polarity(kpi.polarity)
    return (
        level_in_words(level.target, polarity, unit, kpi.decimals),
        level_in_words(level.minimum, polarity, unit, kpi.decimals),
    )


def _row(kpi: Kpi, area: tuple[int, str], levels: list[Level], month: Month) -> DefinitionRow:
    begun = [level for level in levels if level.effective_from <= month]
    target, minimum = _level_words(kpi, begun[-1]) if begun else ("", "")
    return DefinitionRow(
        code=kpi.code,
        name=kpi.name,
        area=area[1],
        area_place=area[0],
        in_force_from=Month(kpi.in_force_from),
        in_force_to=kpi.in_force_to,
        target=target,
        minimum=minimum,
        changes_on=next((Month(level.effective_from) for level in levels if level.effective_from > month), None),
    )
