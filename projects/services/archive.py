"""Archiving a project: it leaves the register and its counts, stays reachable, and can be taken back."""

from datetime import date

from django.db import transaction

from contracts.models import Person
from contracts.services.history import save_with_history
from projects.models import KeyEntry, KeyList, Project
from projects.services.permission import must_edit
from projects.services.portfolio import lock_project
from projects.services.refusals import IsArchived, KeyProject, NotArchived, ProjectChanged, nothing_said
from projects.services.register import restate


@transaction.atomic
def archive_project(*, project: Project, by: Person, on: date, reason: str, version: int) -> Project:
    """Takes a project out of the register from this day on. Raises :class:`ProjectRefused`."""
    must_edit(by, project.contract)
    row = lock_project(project)
    if row.archived_on is not None:
        raise IsArchived(row.reference)
    if row.version != version:
        raise ProjectChanged(row)
    if not reason.strip():
        raise nothing_said("reason", "why it leaves the register: everybody who sees the contract reads it")
    if is_key(row):
        raise KeyProject(row.reference)
    row.archived_on, row.archived_reason = on, reason.strip()
    return _saved(row, by=by, on=on, why=f"archived: {reason.strip()}")


@transaction.atomic
def take_back(*, project: Project, by: Person, on: date, reason: str, version: int) -> Project:
    """Puts an archived project back into the register. Raises :class:`ProjectRefused`."""
    must_edit(by, project.contract)
    row = lock_project(project)
    if row.archived_on is None:
        raise NotArchived(row.reference)
    if row.version != version:
        raise ProjectChanged(row)
    if not reason.strip():
        raise nothing_said("reason", "why it comes back")
    row.archived_on, row.archived_reason = None, ""
    return _saved(row, by=by, on=on, why=f"taken back: {reason.strip()}")


def is_key(project: Project) -> bool:
    """Whether it stands on the list the Board decided last, or on what is proposed to it now."""
    lists = KeyList.objects.filter(contract=project.contract_id)
    latest = lists.exclude(decided_on=None).order_by("-decided_on").values_list("pk", flat=True)[:1]
    entries = KeyEntry.objects.filter(project=project)
    return entries.filter(key_list__decided_on=None).exists() or entries.filter(key_list__in=list(latest)).exists()


def _saved(row: Project, *, by: Person, on: date, why: str) -> Project:
    row.version += 1
    save_with_history(row, by=by, why=why)
    restate([row.pk], on=on)
    return row
