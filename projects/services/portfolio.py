"""
Adding a project and changing its details and milestones.

The original dates are given once. A write names the version it read; what it changes is kept with who changed it, when
and, where the stage moves, why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.services.history import save_with_history
from contracts.workbook.saving import assign
from projects.models import Dependency, Milestone, Project
from projects.rules.dependencies import Kind
from projects.rules.details import Fault, date_faults, stage_fault
from projects.rules.facts import Stage
from projects.rules.references import reference_fault
from projects.services.permission import must_edit
from projects.services.refusals import (
    DetailsWrong,
    IsArchived,
    OriginalStays,
    ProjectChanged,
    ProjectRefused,
    ReferenceTaken,
)
from projects.services.register import restate

ORIGINALS: Final = ("original_start", "original_finish")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetails:
    """What an administrator says of a project: a field of the model each."""

    title: str
    kind: str
    stage: Stage
    service_area: ServiceArea | None = None
    scrutiny_area: str = ""
    sponsor: str = ""
    manager: str = ""
    manager_person: Person | None = None
    third_party: str = ""
    original_start: date | None = None
    original_finish: date | None = None
    actual_finish: date | None = None
    expected_commission_on: date | None = None
    budget: Decimal | None = None
    forecast_cost: Decimal | None = None
    spent_to_date: Decimal | None = None
    benefit: str = ""
    source: str = ""

    def values(self) -> dict[str, Any]:
        """As the model keeps them."""
        return {name: getattr(self, name) for name in DETAILS} | {"stage": self.stage.value}


@dataclass(frozen=True, slots=True)
class MilestoneDetails:
    """A milestone to add, or with its key one to rename; its original date is given once."""

    title: str
    original_on: date | None = None
    pk: int | None = None


DETAILS: Final = tuple(field.name for field in fields(ProjectDetails))


@transaction.atomic
def add_project(
    *,
    contract: Contract,
    by: Person,
    on: date,
    reference: str,
    details: ProjectDetails,
    milestones: Sequence[MilestoneDetails] = (),
    why: str = "",
) -> Project:
    """Puts a project into the register. Raises :class:`ProjectRefused`."""
    must_edit(by, contract)
    held = _hold(contract)
    if Project.objects.filter(contract=held, reference__iexact=reference).exists():
        raise ReferenceTaken(reference)
    project = Project(contract=held, reference=reference, **details.values())
    _check(project, None, details, milestones, (), on=on, why=why)
    save_with_history(project, by=by, why=why.strip() or "added")
    _write_milestones(project, milestones, {}, by=by)
    restate([project.pk], on=on)
    return project


@transaction.atomic
def change_project(
    *,
    project: Project,
    by: Person,
    on: date,
    version: int,
    details: ProjectDetails,
    milestones: Sequence[MilestoneDetails] = (),
    why: str = "",
) -> bool:
    """Writes what differs from what is on record; whether anything does. Raises :class:`ProjectRefused`."""
    must_edit(by, project.contract)
    row = lock_project(project)
    if row.version != version:
        raise ProjectChanged(row)
    if row.archived_on is not None:
        raise IsArchived(row.reference)
    on_record = {milestone.pk: milestone for milestone in Milestone.objects.filter(project=row)}
    _check(row, Stage(row.stage), details, milestones, tuple(on_record.values()), on=on, why=why)
    differences = assign(row, details.values())
    has_moved = _write_milestones(row, milestones, on_record, by=by)
    if differences or has_moved:
        row.version += 1
        save_with_history(row, by=by, why=why.strip())
        restate([row.pk], on=on)
    return bool(differences) or has_moved


def lock_project(project: Project) -> Project:
    """The project as it is now, its contract's row locked: whatever concerns the portfolio waits its turn."""
    _hold(project.contract)
    row: Project = Project.objects.select_related("contract", "service_area", "manager_person").get(pk=project.pk)
    return row


def _hold(contract: Contract) -> Contract:
    held: Contract = Contract.objects.select_for_update().get(pk=contract.pk)
    return held


def _check(
    project: Project,
    stage_before: Stage | None,
    details: ProjectDetails,
    milestones: Sequence[MilestoneDetails],
    on_record: Sequence[Milestone],
    *,
    on: date,
    why: str,
) -> None:
    """Every fault at once; a project not saved yet has no stage before."""
    hindrance = reference_fault(project.reference) if project.pk is None else ""
    faults = [
        *([Fault("reference", f"{hindrance}: give another reference, such as P014.")] if hindrance else []),
        *date_faults(
            stage=details.stage,
            start=details.original_start,
            finish=details.original_finish,
            actual=details.actual_finish,
            on=on,
        ),
        *_original_faults(project, details),
        *_milestone_faults(milestones, {milestone.pk: milestone for milestone in on_record}),
    ]
    unexplained = stage_fault(before=stage_before, after=details.stage, why=why)
    if unexplained:
        faults.append(unexplained)
    if details.service_area is not None and details.service_area.contract_id != project.contract_id:
        faults.append(Fault("service_area", f"{details.service_area} belongs to another contract."))
    if _still_displaces(project, details):
        words = "It displaces other projects, as only transactional work does: take that dependency away first."
        faults.append(Fault("kind", words))
    if faults:
        raise DetailsWrong(faults)


def _original_faults(project: Project, details: ProjectDetails) -> list[Fault]:
    if project.pk is None:
        return []
    found: list[Fault] = []
    for name in ORIGINALS:
        before = getattr(project, name)
        if before is not None and getattr(details, name) != before:
            found.extend(OriginalStays(name, before).faults)
    return found


def _milestone_faults(milestones: Sequence[MilestoneDetails], on_record: dict[int, Milestone]) -> list[Fault]:
    found: list[Fault] = []
    titles: set[str] = set()
    given = {milestone.pk for milestone in milestones}
    kept = {row.title.casefold() for pk, row in on_record.items() if pk not in given}
    for place, milestone in enumerate(milestones):
        title = milestone.title.strip().casefold()
        if not title:
            found.append(Fault("title", "Enter what the milestone is.", place))
        elif title in titles or title in kept:
            found.append(Fault("title", f"This project already has a milestone “{milestone.title}”.", place))
        titles.add(title)
        if milestone.pk is None:
            continue
        row = on_record.get(milestone.pk)
        if row is None:
            raise ProjectRefused(Fault("title", "This milestone belongs to another project.", place))
        if row.original_on is not None and milestone.original_on != row.original_on:
            found.extend(OriginalStays("original_on", row.original_on, place).faults)
    return found


def _still_displaces(project: Project, details: ProjectDetails) -> bool:
    if project.pk is None or details.kind == Project.Kind.TRANSACTIONAL:
        return False
    return Dependency.objects.filter(holder=project, kind=Kind.DISPLACES.value).exists()


def _write_milestones(
    project: Project, milestones: Sequence[MilestoneDetails], on_record: dict[int, Milestone], *, by: Person
) -> bool:
    """Whether anything was written."""
    changed = []
    titles = {pk: row.title for pk, row in on_record.items()}
    for given in milestones:
        title = given.title.strip()
        if given.pk is None:
            changed.append(Milestone(project=project, title=title, original_on=given.original_on))
            continue
        row = on_record[given.pk]
        if assign(row, {"title": title, "original_on": given.original_on}):
            changed.append(row)
    _clear_the_way(changed, titles)
    for row in changed:
        save_with_history(row, by=by, why="")
    return bool(changed)


def _clear_the_way(changed: Sequence[Milestone], titles: dict[int, str]) -> None:
    """Lets a title go to another milestone: who gives it up bears none of its own meanwhile, which no history keeps."""
    wanted = {row.title for row in changed}
    for row in changed:
        if row.pk is not None and titles[row.pk] in wanted and titles[row.pk] != row.title:
            title, row.title = row.title, f"(to be renamed: {row.pk})"
            row.skip_history_when_saving = True  # type: ignore[attr-defined]
            row.save(update_fields=["title"])
            del row.skip_history_when_saving  # type: ignore[attr-defined]
            row.title = title
