"""
The desk: one service area's month while it is entered, with all that its form shows, in a fixed number of queries.

What stands in a row is what was typed last, or where nothing is typed yet the result on record. The version of a row
names the round of its return, the result and what is typed over it: whatever moves on, a save that read it before is
stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from django.db.models import FilteredRelation, Q, QuerySet

from config.ui.formats import day
from contracts.models import ServiceArea
from contracts.rows import KEPT
from contracts.rules.months import Month, month_long
from contracts.workbook.numbers import written
from kpis.models import Entry, Kpi, Result, Return
from kpis.queries.desk_past import Basis, Offer, load_bases
from kpis.queries.desk_rows import load_recorded, load_typed
from kpis.rules.checks import CELLS, Checked, Typed, check_row
from kpis.rules.relief import Relief
from kpis.rules.returns import ENTERABLE
from kpis.rules.status import Judgement, KpiTerms

KEPT_ROWS: Final = 64 * KEPT
"""Of how many rows a check is kept: of as many forms of many KPIs as readings."""
FIRST_ROUND: Final = 1
WHO: Final = ("submitted_by", "verified_by", "reopened_by")
"""The people that a return's page names."""
ANSWERS_ALONE: Final = 0
"""The version of an entry that only holds answers to warnings of a result: nothing is typed over that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a row: its cells, the version that a save must name, and the rows that it comes from."""

    typed: Typed
    version: str
    entry: Entry | None
    """What is typed; not a row that holds answers alone."""
    result: Result | None
    answers: Mapping[str, str] = field(default_factory=dict)
    """By warning, what is answered and not submitted yet."""

    @property
    def by(self) -> str:
        """Who typed it, by job title."""
        person = self.entry.edited_by if self.entry else self.result.entered_by if self.result else None
        return str(person) if person else ""

    @property
    def at(self) -> datetime | None:
        return self.entry.edited_at if self.entry else None


@dataclass(frozen=True, slots=True)
class Enterable:
    """A row that may be typed into: its KPI's code, and what stands in it."""

    code: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI of the form: what is known of it before anything is typed, and what stands in its row."""

    basis: Basis
    standing: Standing
    answers: Mapping[str, str]
    """By warning, what was answered before."""

    @property
    def pk(self) -> int:
        return self.basis.pk

    @property
    def terms(self) -> KpiTerms:
        return self.basis.terms

    @property
    def target(self) -> str:
        return self.basis.target

    @property
    def minimum(self) -> str:
        return self.basis.minimum

    @property
    def earlier(self) -> tuple[Judgement, ...]:
        return self.basis.earlier

    @property
    def relief(self) -> Relief | None:
        return self.basis.relief

    @property
    def offer(self) -> Offer | None:
        return self.basis.offer

    def check(self, typed: Typed, month: Month, on: date) -> Checked:
        return _checked(self.basis, typed, month, on)


@dataclass(frozen=True, slots=True)
class Desk:
    """A service area's month. ``area_return`` is ``None`` while nobody has touched it."""

    area: ServiceArea
    month: Month
    area_return: Return | None
    lines: tuple[Line, ...]

    @property
    def is_open(self) -> bool:
        return self.area_return is None or self.area_return.state in ENTERABLE

    @property
    def last_saved_at(self) -> datetime | None:
        return max((line.standing.at for line in self.lines if line.standing.at), default=None)

    @property
    def version(self) -> str:
        """Of the whole: changes with any row."""
        return sha256("/".join(f"{line.pk}={line.standing.version}" for line in self.lines).encode()).hexdigest()[:16]


def load_desk(area: ServiceArea, month: Month, *, for_update: bool = False) -> Desk:
    """Everything about one area's month, in as many queries however many KPIs; its return locked, to be written."""
    return lay_out(area, month, load_return(area, month, for_update=for_update))


def lay_out(area: ServiceArea, month: Month, area_return: Return | None) -> Desk:
    """The desk of a return that was read already, in three queries."""
    recorded, entries = load_recorded(area, month), load_typed(area_return)
    lines = []
    for pk, basis in load_bases(area, month).items():
        stands = standing_of(area_return, recorded.results.get(pk), entries.get(pk))
        if not basis.terms.is_in_force(month) and (stands.entry is None or stands.typed.is_blank):
            continue  # a result on record from before the KPI ended stays there, and nobody can empty it here
        lines.append(Line(basis, stands, {**recorded.answers.get(pk, {}), **stands.answers}))
    return Desk(area, month, area_return, tuple(lines))


def load_return(area: ServiceArea, month: Month, *, for_update: bool = False) -> Return | None:
    rows = Return.objects.filter(service_area=area, month=month)
    if for_update:
        return rows.select_for_update().first()
    found: Return | None = rows.select_related(*WHO).first()
    return found


def with_return(areas: QuerySet[ServiceArea], month: Month) -> QuerySet[Any]:
    """Each area with its return of the month as ``current_return``; without the attribute where there is none."""
    current = FilteredRelation("returns", condition=Q(returns__month=month))
    return areas.annotate(current_return=current).select_related(*(f"current_return__{name}" for name in WHO))


def load_standing(area: ServiceArea, month: Month, area_return: Return | None) -> dict[int, Standing]:
    """By KPI, what stands in the rows that have something. Two queries."""
    results, entries = load_recorded(area, month).results, load_typed(area_return)
    return {kpi: standing_of(area_return, results.get(kpi), entries.get(kpi)) for kpi in results.keys() | entries}


def load_enterable(area: ServiceArea, month: Month, area_return: Return | None) -> dict[int, Enterable]:
    """By KPI, the rows that a save may name: those that a desk would show. Three queries, and no year of results."""
    rows = {kpi: Enterable(code, Typed()) for kpi, code in _in_force(area, month)}
    results = Result.objects.filter(kpi__service_area=area, month=month).values_list("kpi", *CELLS)
    for kpi, *cells in results:
        if kpi in rows:
            rows[kpi] = Enterable(rows[kpi].code, _recorded(dict(zip(CELLS, cells, strict=True))))
    if area_return is not None:
        typed = Entry.objects.filter(area_return=area_return).exclude(version=ANSWERS_ALONE)
        for kpi, code, *cells in typed.values_list("kpi", "kpi__code", *CELLS):
            rows[kpi] = Enterable(code, Typed(*cells))
    return rows


def _in_force(area: ServiceArea, month: Month) -> QuerySet[Any]:
    found: QuerySet[Any] = Kpi.objects.filter(service_area=area).in_force(month).values_list("pk", "code")
    return found


def nothing_stands(area_return: Return | None) -> Standing:
    return standing_of(area_return, None, None)


def standing_of(area_return: Return | None, result: Result | None, row: Entry | None) -> Standing:
    round_ = area_return.version if area_return else FIRST_ROUND
    entry = row if row is not None and row.version != ANSWERS_ALONE else None
    version = f"{round_}.{result.version if result else 0}.{entry.version if entry else 0}"
    typed = typed_entry(entry) if entry else typed_result(result) if result else Typed()
    return Standing(typed, version, entry, result, row.answers if row else {})


def typed_entry(entry: Entry) -> Typed:
    return Typed(**{cell: getattr(entry, cell) for cell in CELLS})


def typed_result(result: Result) -> Typed:
    """The result as somebody would have typed it."""
    return _recorded({cell: getattr(result, cell) for cell in CELLS})


def _recorded(cells: Mapping[str, Any]) -> Typed:
    recovery = cells["recovery_month"]
    said = {"recovery_month": month_long(Month(recovery)) if recovery else ""}
    return Typed(**{cell: _as_typed(value) for cell, value in cells.items()} | said)


def digest(typed: Typed) -> str:
    """A mark of what a row's cells were when the page was made: a row that still matches it was not touched."""
    return sha256("\0".join(getattr(typed, cell) for cell in CELLS).encode()).hexdigest()[:16]


def _as_typed(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return day(value) if isinstance(value, date) else written(value)


@lru_cache(maxsize=KEPT_ROWS)
def _checked(basis: Basis, typed: Typed, month: Month, on: date) -> Checked:
    """The same row on the same day is checked once: a form of forty-five is saved with one of them changed."""
    return check_row(basis.terms, month, typed, earlier=basis.earlier, relief=basis.relief, on=on)
