"""
The demonstration: its contract, the day it stands still at, and one person for every role.

Doing it again adds what is missing and changes nothing else, so that what people have done in the demonstration stays.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.queries import demonstration_day, today
from contracts.rules.roles import EVERYWHERE, Role
from contracts.services import grant_role, set_demonstration_day
from reports.models import Meeting, PaperRun
from reports.queries.due import due_papers
from reports.workbook import import_workbook

REFERENCE: Final = "CSS"
PASSWORD: Final = "open-to-scrutiny"  # noqa: S105  # printed for everyone; such people exist in local mode only


class NotInLocalMode(Exception):
    """People whose password everybody knows have no place in a real installation."""


class DemonstrationRefused(Exception):
    """The demonstration's workbook has mistakes; the text lists them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One role in the cast. Without areas it is held for the whole contract, or everywhere if it is such a role."""

    role: Role
    mailbox: str
    job_title: str
    areas: tuple[str, ...] = ()


CAST: Final = (
    Part(Role.OFFICER, "officer", "Performance officer, Customer Services and People Management", ("CSC", "PM")),
    Part(Role.CONTRACT_MANAGER, "contract.manager", "Contract manager, Corporate Support Services"),
    Part(Role.CLERK, "clerk", "Democratic services officer"),
    Part(Role.BOARD_MEMBER, "board.member", "Member of the Board"),
    Part(Role.PROJECT_MANAGER, "project.manager", "Transformation project manager"),
    Part(Role.SUPPLIER, "supplier", "Supplier's service performance lead"),
    Part(Role.ADMINISTRATOR, "administrator", "System administrator"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to come in as somebody who holds a role."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What there is to see: the contract's reference, the day of the meeting whose paper is due, the ways in."""

    contract: str
    meeting_on: date
    sign_ins: tuple[SignIn, ...]


@transaction.atomic
def prepare_demonstration(*, on: date) -> Demonstration:
    """The demonstration, made where it is missing; ``on`` is its first today. Raises :class:`DemonstrationRefused`."""
    if not settings.IS_LOCAL:
        raise NotInLocalMode("The demonstration is for local mode: unset SECRET_KEY.")
    if demonstration_day() is None:
        set_demonstration_day(on=on)
    contract = Contract.objects.filter(reference=REFERENCE).first() or _import()
    return Demonstration(REFERENCE, _meeting_to_see(contract), tuple(_sign_in(part, contract) for part in CAST))


def _import() -> Contract:
    outcome = import_workbook(settings.DEMONSTRATION_DIR)
    if outcome.is_refused:
        raise DemonstrationRefused("\n".join(str(problem) for problem in outcome.problems))
    imported: Contract = Contract.objects.get(reference=REFERENCE)
    return imported


def _sign_in(part: Part, contract: Contract) -> SignIn:
    email = f"{part.mailbox}@example.org"
    person = Person.objects.filter(email=email).first()
    if person is None:
        is_admin = part.role is Role.ADMINISTRATOR
        person = Person.objects.create_user(
            email, PASSWORD, job_title=part.job_title, is_staff=is_admin, is_superuser=is_admin
        )
    _cast(person, part, contract)
    return SignIn(part.role.value, email, PASSWORD)


def _cast(person: Person, part: Part, contract: Contract) -> None:
    if part.role in EVERYWHERE:
        grant_role(person=person, role=part.role)
        return
    if not part.areas:
        grant_role(person=person, role=part.role, contract=contract)
        return
    for area in ServiceArea.objects.filter(contract=contract, code__in=part.areas):
        grant_role(person=person, role=part.role, contract=contract, service_area=area)


def _meeting_to_see(contract: Contract) -> date:
    """The last meeting whose report is due, otherwise the last one with a report, otherwise the first still to come."""
    day = today()
    due = [paper.meeting_id for paper in due_papers(day) if paper.contract_id == contract.pk and not paper.hindrance]
    started = PaperRun.objects.filter(contract=contract).values("meeting")
    meetings = Meeting.objects.filter(board__contracts=contract).order_by("meeting_on")
    meeting = (
        meetings.filter(pk__in=due).last()
        or meetings.filter(pk__in=started).last()
        or meetings.planned().filter(meeting_on__gte=day).first()
        or meetings.latest("meeting_on")
    )
    found: date = meeting.meeting_on
    return found
