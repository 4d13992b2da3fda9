"""
The desk: one service area's month while it is entered, with all that its form shows, in a fixed number of queries.

What stands in a row is what was typed last, or where nothing is typed yet the result on record. The version of a row
names the round of its return, the result and what is typed over it: whatever moves on, a save that read it before is
stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from contracts.models import ServiceArea
from contracts.prepared import given_day, given_key, given_text, prepared
from contracts.readings import ask, read_now
from contracts.rows import KEPT, Found, Row, Wanted, read
from contracts.rules.months import Month
from kpis.models import Return
from kpis.queries.desk_past import Basis, Offer, bases_of, wanted_bases
from kpis.queries.desk_rows import (
    Standing,
    answers_of,
    code_of,
    nothing_stands,
    standings_of,
    wanted_in_force,
    wanted_rows,
)
from kpis.rules.checks import CELLS, Checked, Typed, check_row
from kpis.rules.relief import Relief
from kpis.rules.returns import ENTERABLE
from kpis.rules.status import Judgement, KpiTerms

KEPT_ROWS: Final = 64 * KEPT
"""Of how many rows a check is kept: of as many forms of many KPIs as readings."""
OF_A_MONTH: Final = "SELECT * FROM kpis_return WHERE service_area_id = %s AND month = %s"
"""Asked with every save: to put it together anew each time would cost more than the answer."""
WHO: Final = ("submitted_by", "verified_by", "reopened_by")
"""The people that a return's page names."""


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
    """The desk of a return that was read already, in one query."""
    found, (results, answers, entries) = _read(area, month, area_return, *wanted_bases(area, month))
    standing, answered = standings_of(area_return, results, entries), answers_of(answers)
    nothing, lines = nothing_stands(area_return), []
    for pk, basis in bases_of(area, month, found).items():
        stands = standing.get(pk, nothing)
        if not basis.terms.is_in_force(month) and (not stands.is_typed or stands.typed.is_blank):
            continue  # a result on record from before the KPI ended stays there, and nobody can empty it here
        lines.append(Line(basis, stands, {**answered.get(pk, {}), **stands.answers}))
    return Desk(area, month, area_return, tuple(lines))


def _read(
    area: ServiceArea, month: Month, area_return: Return | None, *others: Wanted
) -> tuple[Found, tuple[list[Row], ...]]:
    """What else is wanted, as it came, and the rows of :func:`wanted_rows`, in one statement."""
    found = read(*others, *wanted_rows(area, month, area_return))
    return found.part(0, len(others)), found.part(len(others)).tables


def load_return(area: ServiceArea, month: Month, *, for_update: bool = False) -> Return | None:
    """The return with the people it names; locked for the rest of the transaction instead where it is to be written."""
    if for_update:
        locked = " FOR UPDATE" if connection.features.has_select_for_update else ""
        return next(iter(Return.objects.raw(OF_A_MONTH + locked, [area.pk, month.isoformat()])), None)
    (found,) = read_now(ask(*_returns(area=area.pk, month=month)))
    return found[0] if found else None


def load_area(contract: str, code: str, month: Month) -> ServiceArea | None:
    """
    A contract's service area, with its contract, and its return of the month as ``current_return``.

    Without a row of the return there is no such attribute. One query.
    """
    (found,) = read_now(ask(*_areas(contract=contract, code=code, month=month)))
    return found[0] if found else None


@prepared
def _returns() -> tuple[QuerySet[Return]]:
    of_area = Return.objects.filter(service_area=given_key("area"), month=given_day("month"))
    return (of_area.select_related(*WHO),)


@prepared
def _areas() -> tuple[QuerySet[Any]]:
    areas = ServiceArea.objects.filter(contract__reference=given_text("contract"), code=given_text("code"))
    current = FilteredRelation("returns", condition=Q(returns__month=given_day("month")))
    who = [f"current_return__{name}" for name in WHO]
    return (areas.annotate(current_return=current).select_related("contract", *who),)


def load_standing(area: ServiceArea, month: Month, area_return: Return | None) -> dict[int, Standing]:
    """By KPI, what stands in the rows that have something. One query."""
    _, (results, _, entries) = _read(area, month, area_return)
    return standings_of(area_return, results, entries)


def load_enterable(area: ServiceArea, month: Month, area_return: Return | None) -> dict[int, Enterable]:
    """By KPI, the rows that a save may name: those that a desk would show. One query, and no year of results."""
    in_force, (results, _, entries) = _read(area, month, area_return, wanted_in_force(area, month))
    standing, nothing = standings_of(area_return, results, entries), nothing_stands(area_return)
    codes: dict[int, str] = {kpi: code for kpi, code in sorted(in_force.tables[0], key=itemgetter(1))}  # noqa: C416
    codes |= {kpi: code for kpi, code in map(code_of, entries) if standing[kpi].is_typed}
    return {kpi: Enterable(code, standing.get(kpi, nothing).typed) for kpi, code in codes.items()}


def digest(typed: Typed) -> str:
    """A mark of what a row's cells were when the page was made: a row that still matches it was not touched."""
    return sha256("\0".join(getattr(typed, cell) for cell in CELLS).encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT_ROWS)
def _checked(basis: Basis, typed: Typed, month: Month, on: date) -> Checked:
    """The same row on the same day is checked once: a form of forty-five is saved with one of them changed."""
    return check_row(basis.terms, month, typed, earlier=basis.earlier, relief=basis.relief, on=on)
