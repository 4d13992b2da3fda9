"""
Changing several projects at once: stage, sponsor, scrutiny area, service area.

First a plan, which writes nothing: every change as it will be, and what is refused and why. Then exactly that plan is
carried out, on the versions that were shown, or nothing of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from contracts.models import Contract, Person, ServiceArea
from projects.models import Project
from projects.rules.details import Fault, date_faults, stage_fault
from projects.rules.facts import Stage
from projects.services.permission import must_edit
from projects.services.refusals import IsArchived, ProjectRefused
from projects.services.register import restate

MOST: Final = 1000
"""Projects changed at once: what is previewed on one page and saved in one go."""
BATCH: Final = 500
LABELS: Final = {
    "stage": "Stage", "sponsor": "Sponsor", "scrutiny_area": "Scrutiny area", "service_area": "Service area"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the projects are to have; a blank leaves what they have."""

    stage: Stage | None = None
    sponsor: str = ""
    scrutiny_area: str = ""
    service_area: ServiceArea | None = None

    def values(self) -> dict[str, Any]:
        """As the model keeps them."""
        given = {name: getattr(self, name) for name in LABELS if getattr(self, name)}
        return given | {"stage": self.stage.value} if self.stage else given


@dataclass(frozen=True, slots=True)
class Moved:
    """One field of a project: what it is now and what it will be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A project that will change, in the version that was read."""

    pk: int
    version: int
    reference: str
    title: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A project that stays as it is, and why."""

    reference: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of each project that was chosen; ``unchanged`` have all of it already."""

    planned: tuple[Planned, ...]
    refused: tuple[Refused, ...]
    unchanged: tuple[str, ...]


class SeveralStale(ProjectRefused):
    """Some are not as they were shown; nothing was written."""

    def __init__(self, references: Collection[str]) -> None:
        named = ", ".join(references)
        verb = "is no longer as it was" if len(references) == 1 else "are no longer as they were"
        super().__init__(Fault("", f"{named} {verb} when you looked: nothing was changed. Look at the changes again."))
        self.references = tuple(references)


def plan_changes(contract: Contract, projects: Iterable[int], wanted: Wanted, *, why: str, on: date) -> Plan:
    """What would become of these projects of the contract, by reference. Writes nothing."""
    planned, refused, unchanged = [], [], []
    for row in _read(contract, projects):
        moved = tuple(_moves(row, wanted))
        words = _refusal(row, wanted, why=why, on=on) if moved else ""
        if words:
            refused.append(Refused(row.reference, row.title, words))
        elif moved:
            planned.append(Planned(row.pk, row.version, row.reference, row.title, moved))
        else:
            unchanged.append(row.reference)
    return Plan(tuple(planned), tuple(refused), tuple(unchanged))


@transaction.atomic
def change_several(
    *, contract: Contract, versions: Mapping[int, int], wanted: Wanted, why: str, by: Person, on: date
) -> int:
    """
    Carries out what was planned, on the versions that were shown; how many projects changed.

    Raises :class:`SeveralStale` where one of them has moved on since, or would be refused now; then nothing is written.
    """
    must_edit(by, contract)
    Contract.objects.select_for_update().get(pk=contract.pk)  # whatever concerns the portfolio waits its turn
    plan = plan_changes(contract, versions, wanted, why=why, on=on)
    found = {each.pk: each for each in plan.planned}
    stale = [pk for pk, version in versions.items() if pk not in found or found[pk].version != version]
    if stale:
        named = Project.objects.filter(contract=contract, pk__in=stale).order_by("reference")
        raise SeveralStale(list(named.values_list("reference", flat=True)))
    rows = list(_read(contract, versions))
    values = wanted.values()
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
    bulk_update_with_history(
        rows, Project, [*values, "version"], batch_size=BATCH, default_user=by, default_change_reason=why.strip()
    )
    restate(versions, on=on)
    return len(rows)


def _read(contract: Contract, projects: Iterable[int]) -> Iterable[Project]:
    rows = Project.objects.filter(contract=contract, pk__in=list(projects))
    return rows.select_related("service_area").order_by("reference")


def _moves(row: Project, wanted: Wanted) -> Iterator[Moved]:
    for name, value in wanted.values().items():
        before = getattr(row, name)
        if before != value:
            yield Moved(LABELS[name], _words(before), _words(value))


def _words(value: Any) -> str:
    return value.code if isinstance(value, ServiceArea) else value or ""


def _refusal(row: Project, wanted: Wanted, *, why: str, on: date) -> str:
    if row.archived_on is not None:
        return str(IsArchived(row.reference))
    before = Stage(row.stage)
    if wanted.stage is None or wanted.stage is before:
        return ""
    dates = date_faults(
        stage=wanted.stage, start=row.original_start, finish=row.original_finish, actual=row.actual_finish, on=on
    )
    unexplained = stage_fault(before=before, after=wanted.stage, why=why)
    return " ".join(fault.words for fault in (*dates, unexplained) if fault)
