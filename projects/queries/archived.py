"""The projects that have left the register, and the references there are to name one by."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.models import Contract
from projects.models import Project

MOST_SUGGESTED: Final = 500
"""Beyond this many projects a list of suggestions would be larger than the page it helps with."""


@dataclass(frozen=True, slots=True)
class ArchivedProject:
    """One that is no longer counted, with since when and why."""

    reference: str
    title: str
    stage: str
    archived_on: date
    reason: str


def load_archived(contract: Contract, on: date) -> tuple[ArchivedProject, ...]:
    """Those archived last come first."""
    rows = Project.objects.filter(contract=contract).archived(on).order_by("-archived_on", "reference")
    fields = ("reference", "title", "stage", "archived_on", "archived_reason")
    return tuple(ArchivedProject(*row) for row in rows.values_list(*fields))


def load_references(contract: Contract, on: date) -> tuple[tuple[str, str], ...]:
    """Reference and title of each project, to suggest; none where there are too many."""
    rows = Project.objects.filter(contract=contract).in_register(on).order_by("reference")
    found = tuple(rows.values_list("reference", "title")[: MOST_SUGGESTED + 1])
    return found if len(found) <= MOST_SUGGESTED else ()
