"""Who changed what of a project, when and why: its details, milestones, re-baselines and dependencies as one list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.db.models import Q, QuerySet

from config.ui.formats import day, money
from contracts.models import Contract, Person, ServiceArea
from contracts.prepared import given_key, given_text, prepared
from contracts.readings import Reading
from projects.models import Dependency, Milestone, Project, Rebaseline

DETAILS: Final = {
    "title": "Title",
    "kind": "Kind",
    "service_area_id": "Service area",
    "scrutiny_area": "Scrutiny area",
    "stage": "Stage",
    "sponsor": "Sponsor",
    "manager": "Project manager",
    "manager_person_id": "Who posts its updates",
    "third_party": "Third parties",
    "original_start": "Original start",
    "original_finish": "Original finish",
    "actual_finish": "Actual finish",
    "expected_commission_on": "Expected to be commissioned",
    "budget": "Budget",
    "forecast_cost": "Forecast cost",
    "spent_to_date": "Spent to date",
    "benefit": "Expected benefit",
    "source": "Source",
    "archived_on": "Archived",
}
STEPS: Final = {
    "title": "Title",
    "original_on": "Original date",
    "agreed_on": "Agreed date",
    "actual_on": "Actual date",
}
AGREED: Final = {
    "agreed_finish": "Agreed finish",
    "agreed_on": "Agreed on",
    "agreed_by": "Agreed by",
    "reason": "Reason",
}
VERBS: Final = {"+": "added", "~": "changed", "-": "taken away"}


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when, by whom and why; blank where nobody is on record, or nobody said."""

    at: datetime
    what: str
    by: str
    why: str
    changes: tuple[Change, ...]


def read_history(contract: Contract, reference: str) -> Reading[tuple[Event, ...]]:
    """Everything on record, newest first, in one step."""
    told = _of_one(contract=contract.pk, reference=reference)
    projects, dependencies, milestones, rebaselines, *named = yield told
    names = _Names(*map(dict, named))
    events = [
        *_events(projects, DETAILS, names, lambda row: "Project"),
        *_events(milestones, STEPS, names, lambda row: f"Milestone “{row.title}”"),
        *_events(rebaselines, AGREED, names, lambda row: "Re-baseline"),
        *_events(dependencies, {}, names, names.dependency),
    ]
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


@prepared
def _of_one() -> tuple[QuerySet[Any, Any], ...]:
    """The histories of a project and of what belongs to it, then names by key: areas, people, projects."""
    contract = given_key("contract")
    its = Project.objects.filter(contract=contract, reference=given_text("reference")).order_by().values("pk")
    joined = _rows(Dependency, Q(holder_id__in=its) | Q(held_up_id__in=its))
    own = _rows(Project, id__in=its)
    managers = own.order_by().values("manager_person_id")
    ends = Q(pk__in=joined.order_by().values("holder_id")) | Q(pk__in=joined.order_by().values("held_up_id"))
    return (
        own,
        joined,
        _rows(Milestone, project_id__in=its),
        _rows(Rebaseline, project_id__in=its),
        ServiceArea.objects.filter(contract=contract).order_by().values_list("pk", "name"),
        Person.objects.filter(pk__in=managers).order_by().values_list("pk", "job_title"),
        Project.objects.filter(ends).order_by().values_list("pk", "reference"),
    )


class _Names:
    """What stands behind the keys that a history keeps."""

    def __init__(self, areas: Mapping[int, str], people: Mapping[int, str], projects: Mapping[int, str]) -> None:
        self.of: dict[str, Mapping[int, str]] = {"service_area_id": areas, "manager_person_id": people}
        self._references = projects

    def dependency(self, row: Any) -> str:
        holder, held_up = (self._references[pk] for pk in (row.holder_id, row.held_up_id))
        return f"“{holder} {row.kind} {held_up}”"


def _rows(model: Any, *conditions: Q, **values: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = (
        model.history.filter(*conditions, **values)
        .select_related("history_user")
        .order_by("id", "history_date", "history_id")
    )
    return rows


def _events(
    rows: Iterable[Any], tracked: Mapping[str, str], names: _Names, what: Callable[[Any], str]
) -> Iterator[Event]:
    """One for each row that says anything new; the first of a thing says that it was added, not with what."""
    for _, of_one in groupby(rows, key=lambda row: row.id):
        before = None
        for row in of_one:
            changes = tuple(_changes(before, row, tracked, names)) if before is not None else ()
            if before is None or changes or row.history_type == "-":
                yield Event(
                    at=row.history_date,
                    what=f"{what(row)} {VERBS[row.history_type]}",
                    by=str(row.history_user) if row.history_user else "",
                    why=row.history_change_reason or "",
                    changes=changes,
                )
            before = row


def _changes(before: Any, after: Any, tracked: Mapping[str, str], names: _Names) -> Iterator[Change]:
    for field, label in tracked.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield Change(label, _told(field, was, names), _told(field, now, names))


def _told(field: str, value: Any, names: _Names) -> str:
    if value is None or value == "":
        return "nothing"
    if field in names.of:
        return names.of[field].get(value, "an area of another contract")
    if isinstance(value, date):
        return day(value)
    return money(value) if isinstance(value, Decimal) else str(value)
