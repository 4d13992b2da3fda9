"""The search over everything: each app finds its own, here it is put together, with the meetings of the boards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import IntegerField, OuterRef, Subquery, Value
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.queries.search import KINDS as OF_THE_KERNEL
from contracts.queries.search import best, found_of, holds, search_kernel
from contracts.rules.months import day_long
from contracts.rules.search import Found, Hit, Slice, Sought, Weight, in_order
from kpis.queries.search import KPIS, RELIEFS, search_kpis, search_reliefs
from projects.queries.search import PROJECTS, search_projects
from reports.models import Meeting

MEETINGS = "meetings"
NAMES: Final[Mapping[str, str]] = {
    KPIS: "KPIs",
    "months": "Months",
    MEETINGS: "Meetings",
    PROJECTS: "Projects",
    RELIEFS: "Reliefs",
    "questions": "Questions",
    "areas": "Service areas",
    "contracts": "Contracts",
}
"""What readers call the kinds, in the order in which they stand where nothing fits better than something else."""
FEW: Final = 5
PER_PAGE: Final = 50

Search = Callable[[Person, Sought, Slice, date], Found]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, by kind; ``total`` counts all of it."""

    sought: Sought
    groups: tuple[Found, ...]

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def search_everything(person: Person, sought: Sought, on: date) -> Results:
    """The best few of every kind, in five queries; nothing where nothing was typed."""
    if not sought.asks:
        return Results(sought, ())
    part = Slice(0, FEW)
    groups = [search(person, sought, part, on) for search in SEARCHES.values()]
    groups += search_kernel(person, sought, part, on)
    names = list(NAMES)
    return Results(sought, in_order(sorted(groups, key=lambda group: names.index(group.kind))))


def search_one_kind(person: Person, sought: Sought, kind: str, page: int, on: date) -> Results:
    """A page of the things of one kind, in one query."""
    if not sought.asks:
        return Results(sought, ())
    part = Slice((page - 1) * PER_PAGE, PER_PAGE)
    if kind in OF_THE_KERNEL:
        return Results(sought, in_order(search_kernel(person, sought, part, on, {kind})))
    return Results(sought, in_order([SEARCHES[kind](person, sought, part, on)]))


def search_meetings(person: Person, sought: Sought, part: Slice, on: date) -> Found:
    """Meetings by day or month in any spelling, and by the name of their board. One query."""
    watched = Contract.objects.visible_to(person).filter(boards=OuterRef("board")).order_by("reference")
    seen = Meeting.objects.annotate(contract=Subquery(watched.values("reference")[:1])).filter(contract__isnull=False)
    found = seen.filter(holds(sought.rest, "board__name"))
    weight = Weight.EXACT if sought.day else Weight.IN_TITLE
    if sought.day:
        found = found.filter(meeting_on=sought.day)
    elif sought.month:
        found = found.filter(meeting_on__year=sought.month.year, meeting_on__month=sought.month.month)
    rows = best(found, Value(weight.value, output_field=IntegerField()), part, "-meeting_on")
    shown = rows.annotate(contract=Subquery(watched.values("reference")[:1])).select_related("board")
    return found_of(MEETINGS, list(shown), _meeting)


def _meeting(row: Any) -> Hit:
    return Hit(
        title=day_long(row.meeting_on),
        href=reverse("reports:meeting", args=[row.contract, row.pk]),
        where=f"{row.board.name}; {row.status}",
        weight=Weight(row.rank),
    )


SEARCHES: Final[Mapping[str, Search]] = {
    KPIS: search_kpis,
    MEETINGS: search_meetings,
    PROJECTS: search_projects,
    RELIEFS: search_reliefs,
}
