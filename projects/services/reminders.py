"""
Reminders of the monthly update: to a project's manager when it falls due and when the project has turned silent.

Asked for as often as one likes: each step is written once for each person, and an update posted begins anew. A project
silent for a week is the contract manager's to know. When a message goes out is the affair of
:mod:`contracts.services.messages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from contracts.models import Assignment, Contract, Message, Person
from contracts.queries import Holders, load_holders
from contracts.rules.months import day_long
from contracts.rules.roles import Role
from contracts.services.messages import tell
from projects.models import Project
from projects.queries.updating import updated_days
from projects.rules.reminders import Occasion, Reminder, reminder
from projects.rules.sentences import silence

KINDS = {Occasion.DUE: Message.Kind.UPDATE_DUE, Occasion.SILENT: Message.Kind.PROJECT_SILENT}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom a contract's reminders reach: everybody by role, and who stands in for which project manager."""

    holders: Holders
    deputies: Mapping[int, tuple[Person, ...]]

    def managers_of(self, project: Project) -> tuple[Person, ...]:
        """Who posts its updates; where it names nobody, or somebody who left, every project manager of the contract."""
        named = project.manager_person
        everybody = self.holders.of(Role.PROJECT_MANAGER)
        if named is None or named not in everybody:
            return everybody
        return (named, *self.deputies.get(named.pk, ()))


def write_reminders(*, on: date) -> int:
    """Writes what is to be said on a business day and was not said before; how many messages that makes."""
    return sum(_remind(contract, on) for contract in Contract.objects.order_by("pk"))


@transaction.atomic
def _remind(contract: Contract, on: date) -> int:
    desk = _desk(contract)
    if not desk.holders.holdings:
        return 0
    said = updated_days(contract, on)
    owing = Project.objects.filter(contract=contract).under_way().in_register(on)
    written = 0
    for project in owing.select_related("manager_person").order_by("pk"):
        updated_on = said.get(project.pk)
        due = reminder(updated_on or project.original_start, on, contract.silent_days)
        if due is not None:
            written += _tell(contract, project, updated_on, due, on, desk)
    return written


def _tell(contract: Contract, project: Project, updated_on: date | None, due: Reminder, on: date, desk: Desk) -> int:
    since = updated_on.isoformat() if updated_on else "never"
    body = _body(contract, project, updated_on, due, on)
    managers = desk.managers_of(project)
    written = tell(
        managers,
        contract=contract,
        kind=KINDS[due.occasion],
        key=f"{due.occasion} {due.step} {project.pk} {since}",
        subject=f"{'Update due' if due.occasion is Occasion.DUE else 'Silent'}: {project.reference} {project.title}",
        body=body,
    )
    if due.is_escalated:
        reminded = "Its project manager has been reminded." if managers else "Nobody is assigned to post its updates."
        written += tell(
            desk.holders.of(Role.CONTRACT_MANAGER),
            contract=contract,
            kind=Message.Kind.PROJECT_SILENT,
            key=f"silent escalated {project.pk} {since}",
            subject=f"Silent: {project.reference} {project.title}",
            body=f"{body}\n{reminded}\n",
        )
    return written


def _desk(contract: Contract) -> Desk:
    deputies: dict[int, tuple[Person, ...]] = {}
    standing_in = Assignment.objects.filter(contract=contract, role__name=Role.PROJECT_MANAGER, deputy__is_active=True)
    for assignment in standing_in.select_related("deputy"):
        if assignment.deputy is not None:
            deputies[assignment.person_id] = (*deputies.get(assignment.person_id, ()), assignment.deputy)
    return Desk(load_holders(contract), deputies)


def _body(contract: Contract, project: Project, updated_on: date | None, due: Reminder, on: date) -> str:
    named = f"{project.reference} {project.title}"
    latest = f"The latest update is of {day_long(updated_on)}." if updated_on else "No update has been posted yet."
    if due.occasion is Occasion.SILENT:
        said = f"{named} is silent. {silence(updated_on, on)}\nA silent project is an exception in the Board's paper."
    else:
        said = f"The monthly update of {named} is due. {latest}\nIt takes a minute: last month's is copied forward."
    address = reverse("projects:update", args=[contract.reference, project.reference])
    link = f"\n{settings.SITE_URL}{address}\n" if settings.SITE_URL else ""
    return f"{contract.title}\n\n{said}\n{link}"
