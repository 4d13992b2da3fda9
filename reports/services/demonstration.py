"""
The demonstration: its contract, the day it stands still at, and one person for every role.

Doing it again adds what is missing and changes nothing else, so that what people have done in the demonstration stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction

from contracts.models import Contract, Person, ServiceArea
from contracts.queries import demonstration_day, today
from contracts.rules.months import Month
from contracts.rules.roles import EVERYWHERE, Role
from contracts.services import grant_role, set_demonstration_day
from reports.models import Meeting, PaperRun
from reports.models.paper import Kind
from reports.queries.due import DuePaper, due_papers
from reports.services.demonstration_people import MANAGER, Hands, set_people_to_work
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
    Part(Role.PROJECT_MANAGER, "project.manager", MANAGER),
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
class PaperToSee:
    """A paper that is due, or begun already, under its name: for the meeting of a day, or for a month."""

    name: str
    kind: str
    meeting_on: date | None = None
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Demonstration:
    """
    What there is to see: the contract's reference, the day of the meeting whose report is due, the ways in; and beside
    the report that meeting's projects paper, and the operational report of the last month.
    """

    contract: str
    meeting_on: date
    sign_ins: tuple[SignIn, ...]
    others: tuple[PaperToSee, ...] = ()


@transaction.atomic
def prepare_demonstration(*, on: date) -> Demonstration:
    """The demonstration, made where it is missing; ``on`` is its first today. Raises :class:`DemonstrationRefused`."""
    if not settings.IS_LOCAL:
        raise NotInLocalMode("The demonstration is for local mode: unset SECRET_KEY.")
    if demonstration_day() is None:
        set_demonstration_day(on=on)
    known = Contract.objects.filter(reference=REFERENCE).first()
    contract = known or _import()
    sign_ins = tuple(_sign_in(part, contract) for part in CAST)
    if known is None:
        set_people_to_work(contract, _hands())
    due = [paper for paper in due_papers(today()) if paper.contract_id == contract.pk and not paper.hindrance]
    meeting = _meeting_to_see(contract, due)
    return Demonstration(REFERENCE, meeting.meeting_on, sign_ins, _others(contract, meeting, due))


def _hands() -> Hands:
    people = {part.role: Person.objects.get(email=_email(part)) for part in CAST}
    return Hands(
        administrator=people[Role.ADMINISTRATOR],
        manager=people[Role.PROJECT_MANAGER],
        member=people[Role.BOARD_MEMBER],
        officer=people[Role.OFFICER],
        clerk=people[Role.CLERK],
    )


def _import() -> Contract:
    outcome = import_workbook(settings.DEMONSTRATION_DIR)
    if outcome.is_refused:
        raise DemonstrationRefused("\n".join(str(problem) for problem in outcome.problems))
    imported: Contract = Contract.objects.get(reference=REFERENCE)
    return imported


def _sign_in(part: Part, contract: Contract) -> SignIn:
    email = _email(part)
    person = Person.objects.filter(email=email).first()
    if person is None:
        is_admin = part.role is Role.ADMINISTRATOR
        person = Person.objects.create_user(
            email, PASSWORD, job_title=part.job_title, is_staff=is_admin, is_superuser=is_admin
        )
    _cast(person, part, contract)
    return SignIn(part.role.value, email, PASSWORD)


def _email(part: Part) -> str:
    return f"{part.mailbox}@example.org"


def _cast(person: Person, part: Part, contract: Contract) -> None:
    if part.role in EVERYWHERE:
        grant_role(person=person, role=part.role)
        return
    if not part.areas:
        grant_role(person=person, role=part.role, contract=contract)
        return
    for area in ServiceArea.objects.filter(contract=contract, code__in=part.areas):
        grant_role(person=person, role=part.role, contract=contract, service_area=area)


def _meeting_to_see(contract: Contract, due: Sequence[DuePaper]) -> Meeting:
    """The last meeting whose report is due, otherwise the last one with a report, otherwise the first still to come."""
    reported = [paper.meeting_id for paper in due if paper.kind == Kind.REPORT]
    started = PaperRun.objects.filter(contract=contract, kind=Kind.REPORT).values("meeting")
    meetings = Meeting.objects.filter(board__contracts=contract).order_by("meeting_on")
    found: Meeting = (
        meetings.filter(pk__in=reported).last()
        or meetings.filter(pk__in=started).last()
        or meetings.planned().filter(meeting_on__gte=today()).first()
        or meetings.latest("meeting_on")
    )
    return found


def _others(contract: Contract, meeting: Meeting, due: Sequence[DuePaper]) -> tuple[PaperToSee, ...]:
    """The projects paper of the meeting, and the last operational report; those that are neither due nor begun not."""
    begun = PaperRun.objects.filter(contract=contract)
    others = []
    is_due = any(paper.kind == Kind.PROJECTS and paper.meeting_id == meeting.pk for paper in due)
    if is_due or begun.filter(kind=Kind.PROJECTS, meeting=meeting).exists():
        others.append(PaperToSee("Projects paper", Kind.PROJECTS, meeting_on=meeting.meeting_on))
    written = begun.filter(kind=Kind.OPERATIONAL).values_list("month", flat=True)
    if months := [*written, *(paper.month for paper in due if paper.kind == Kind.OPERATIONAL)]:
        others.append(PaperToSee("Operational report", Kind.OPERATIONAL, month=max(months)))
    return tuple(others)
