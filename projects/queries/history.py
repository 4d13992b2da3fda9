"""Who changed what of a project, when and why: its details, milestones, re-baselines and dependencies as one list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.db.models import Q

from config.ui.formats import day, money
from contracts.models import Contract, Person
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


def load_history(contract: Contract, reference: str) -> tuple[Event, ...]:
    """Everything on record, newest first, in a fixed number of queries."""
    pk = Project.objects.only("pk").get(contract=contract, reference=reference).pk
    own = list(_rows(Project, id=pk))
    joined = list(_rows(Dependency, Q(holder_id=pk) | Q(held_up_id=pk)))
    names = _Names(contract, own, joined)
    events = [
        *_events(own, DETAILS, names, lambda row: "Project"),
        *_events(_rows(Milestone, project_id=pk), STEPS, names, lambda row: f"Milestone “{row.title}”"),
        *_events(_rows(Rebaseline, project_id=pk), AGREED, names, lambda row: "Re-baseline"),
        *_events(joined, {}, names, names.dependency),
    ]
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


class _Names:
    """What stands behind the keys that a history keeps."""

    def __init__(self, contract: Contract, own: Iterable[Any], joined: Iterable[Any]) -> None:
        people = {row.manager_person_id for row in own} - {None}
        self.of: dict[str, Mapping[int, str]] = {
            "service_area_id": dict(contract.service_areas.values_list("pk", "name")),
            "manager_person_id": dict(Person.objects.filter(pk__in=people).values_list("pk", "job_title")),
        }
        ends = {pk for row in joined for pk in (row.holder_id, row.held_up_id)}
        self._references: dict[int, str] = dict(Project.objects.filter(pk__in=ends).values_list("pk", "reference"))

    def dependency(self, row: Any) -> str:
        holder, held_up = (self._references[pk] for pk in (row.holder_id, row.held_up_id))
        return f"“{holder} {row.kind} {held_up}”"


def _rows(model: Any, *conditions: Q, **values: Any) -> Iterable[Any]:
    rows: Iterable[Any] = (
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
