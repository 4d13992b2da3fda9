"""What the form of a project offers and shows: people and scrutiny areas to choose from, and who saved it last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.models import Contract, Person
from contracts.queries import read_holders
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.roles import Role
from projects.models import Milestone, Project
from projects.services.portfolio import DETAILS


@dataclass(frozen=True, slots=True)
class EditChoices:
    """Who can be chosen to post updates, and the scrutiny areas in use."""

    people: tuple[Person, ...]
    scrutiny_areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastSaved:
    """Who saved a project last; nobody may be on record."""

    by: str
    at: datetime


def load_choices_of(contract: Contract) -> EditChoices:
    """One query."""
    return read_now(_read_choices_of(contract))


def _read_choices_of(contract: Contract) -> Reading[EditChoices]:
    used = Project.objects.filter(contract=contract).exclude(scrutiny_area="").order_by("scrutiny_area")
    holders, (areas,) = yield from beside(
        read_holders(contract), ask(used.values_list("scrutiny_area", flat=True).distinct())
    )
    return EditChoices(people=holders.of(Role.PROJECT_MANAGER), scrutiny_areas=tuple(areas))


def load_choices_and_milestones(project: Project) -> tuple[EditChoices, Sequence[Milestone]]:
    """What the form of a project offers, and its milestones in the order in which they were planned. One query."""
    planned = Milestone.objects.filter(project=project).order_by("original_on", "pk")
    choices, (milestones,) = read_now(beside(_read_choices_of(project.contract), ask(planned)))
    return choices, milestones


def values_of(project: Project, milestones: Iterable[Milestone]) -> dict[str, Any]:
    """What stands in each field of the form, by the field's name."""
    values = {name: getattr(project, name) for name in DETAILS}
    for milestone in milestones:
        values[f"milestone_{milestone.pk}_title"] = milestone.title
        values[f"milestone_{milestone.pk}_original_on"] = milestone.original_on
    return values


def values_in_version(project: Project, version: int) -> dict[str, Any]:
    """What stood in each field in a version, without the milestones; nothing where no history holds it."""
    rows = project.history.filter(version=version).select_related("service_area", "manager_person")
    row = rows.order_by("-history_date", "-history_id").first()
    return {name: getattr(row, name) for name in DETAILS} if row else {}


def load_last_saved(project: Project) -> LastSaved | None:
    row = project.history.select_related("history_user").order_by("-history_date", "-history_id").first()
    return LastSaved(str(row.history_user) if row.history_user else "somebody", row.history_date) if row else None
