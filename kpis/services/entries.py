"""
What is typed into a month's return: saved as a draft, row by row, and submitted as a whole.

Nothing is ever written over something the writer has not seen: a row names the version it was read at, and a stale one
is refused with what stands there now, while the others are saved.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from contracts.models import Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.months import Month
from contracts.services.history import ADDED, CHANGED, copy_to_history, sign_history
from contracts.workbook.cells import tidy
from kpis.models import Entry, Return
from kpis.queries.desk import digest, load_return, load_standing
from kpis.queries.desk_rows import Standing, nothing_stands
from kpis.rules.checks import CELLS, Typed
from kpis.rules.returns import ENTERABLE
from kpis.services.entry_rows import put_entries

FIRST: Final = 1


class NotYoursToEnter(PermissionDenied):
    """Only officers of the area, their deputies and the supplier's people enter its figures."""


class ReturnClosed(Exception):
    """The return was submitted or verified: what is in it changes no more, unless it comes back."""

    def __init__(self, area_return: Return) -> None:
        super().__init__(f"{area_return} takes no figures.")
        self.area_return = area_return


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a form sends it: what is typed, the version it was read at, and the mark of what it read."""

    kpi: int
    typed: Typed
    version: str
    was: str
    """:func:`digest` of the cells as they were read; a row that still matches was not touched."""

    @property
    def is_touched(self) -> bool:
        return digest(self.typed) != self.was


@dataclass(frozen=True, slots=True)
class Stale:
    """A row that somebody else changed since it was read: what was typed here, and what stands there now."""

    typed: Typed
    standing: Standing


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save, by KPI: what stands now where it was accepted, both sides where it was refused."""

    at: datetime
    standing: Mapping[int, Standing]
    stale: Mapping[int, Stale]


def tidied(cells: Mapping[str, str]) -> Typed:
    """What was typed as it can be kept: without control characters, lines ended alike, no space around it."""
    return Typed(**{cell: tidy(words) for cell in CELLS if (words := cells.get(cell))})


@transaction.atomic
def save_entries(*, area: ServiceArea, month: Month, rows: Collection[Row], by: Person, at: datetime) -> Saved:
    """
    Saves the rows that were touched as a draft, private to the area.

    Raises :class:`ReturnClosed` where the return takes no figures, and writes nothing then.
    """
    _refuse_stranger(area, by)
    touched = {row.kpi: row for row in rows if row.is_touched}
    if not touched:
        return Saved(at, {}, {})
    area_return = enterable_return(area, month, by=by, at=at)
    standing = load_standing(area, month, area_return)
    accepted: dict[int, Row] = {}
    kept: dict[int, Standing] = {}
    stale: dict[int, Stale] = {}
    for kpi, row in touched.items():
        stands = standing.get(kpi) or nothing_stands(area_return)
        if row.typed == stands.typed:
            kept[kpi] = stands
        elif row.version != stands.version:
            stale[kpi] = Stale(row.typed, stands)
        else:
            accepted[kpi] = row
    written = _write(area_return, accepted, standing, by, at)
    return Saved(at, kept | written, stale)


def _refuse_stranger(area: ServiceArea, by: Person) -> None:
    if not load_ground(by).held.enters(area.contract.reference, area.pk):
        raise NotYoursToEnter


def begin_return(area: ServiceArea, month: Month, *, by: Person, at: datetime) -> None:
    """Makes the return where nobody has touched it yet; of two who do so at once, the first one did."""
    if Return.objects.filter(service_area=area, month=month).exists():
        return
    row = Return(service_area=area, month=month)
    sign_history(row, by=by, why="begun", at=at)
    with suppress(IntegrityError), transaction.atomic():
        row.save()


def enterable_return(area: ServiceArea, month: Month, *, by: Person, at: datetime) -> Return:
    """The return, locked, and made where nobody has touched it yet; raises :class:`ReturnClosed`."""
    area_return = load_return(area, month, for_update=True)
    if area_return is None:
        begin_return(area, month, by=by, at=at)
        area_return = load_return(area, month, for_update=True)
    if area_return is None or area_return.state not in ENTERABLE:
        raise ReturnClosed(Return.objects.get(service_area=area, month=month))
    return area_return


def _write(
    area_return: Return, rows: Mapping[int, Row], standing: Mapping[int, Standing], by: Person, at: datetime
) -> dict[int, Standing]:
    """
    New rows and changed ones in one statement, and one for their history.

    The lock on the return keeps everybody else out meanwhile.
    """
    nothing = nothing_stands(area_return)
    written = {kpi: standing.get(kpi, nothing).typed_over(row.typed, by=by, at=at) for kpi, row in rows.items()}
    keys = put_entries(area_return, {kpi: (each.entered, each.typed) for kpi, each in written.items()}, by=by, at=at)
    for done in (ADDED, CHANGED):
        own = [key for key, version in keys if (version == FIRST) == (done == ADDED)]
        copy_to_history(Entry, own, done, by=by, why="typed", at=at)
    return written
