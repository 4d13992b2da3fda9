"""
The demonstration's people at work on its projects: who posts updates, who chairs what, what was nominated.

These are people's affairs, which no workbook holds; so they are set up once, together with its import.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.models import Contract, Person
from contracts.queries import instant_on
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.history import save_with_history
from projects.models import KeyList, Nomination, Project
from projects.services.nominations import set_chairs

MANAGER: Final = "Digital Services Project Manager"
"""The job title of the demonstration's project manager, as the workbook names it."""

CHAIRED: Final = "Children and Young People"

Outcome = Nomination.Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """A nomination of the member who chairs the area, and what became of it; blank as long as nobody answered."""

    project: str
    on: date
    reason: str
    outcome: Outcome = Outcome.OPEN
    answered_on: date | None = None
    answer: str = ""


WISHES: Final = (
    Wish(
        "P015",
        date(2017, 9, 12),
        "Schools complained last year that the census took their office staff a week.",
        Outcome.DECLINED,
        date(2017, 10, 5),
        "It finished on 3 October 2017, before the Board could have followed it.",
    ),
    Wish(
        "P023",
        date(2017, 11, 20),
        "Parents of children with special needs cannot learn where their child's plan stands.",
        Outcome.TAKEN_UP,
        date(2017, 12, 21),
    ),
    Wish(
        "P079",
        date(2018, 1, 16),
        "Foster carers and children's homes should get the same equipment as everybody else.",
    ),
    Wish(
        "P089",
        date(2018, 3, 6),
        "The page was slow on the morning of the secondary offers, and primary offers go to more families.",
    ),
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does what: keeps the register, posts updates, sits on the Board, proposes, records what it decides."""

    administrator: Person
    manager: Person
    member: Person
    officer: Person
    clerk: Person


def set_people_to_work(contract: Contract, hands: Hands) -> None:
    """Gives every project manager their projects and the member a chair, and tells what the member has nominated."""
    projects = Project.objects.filter(contract=contract)
    managers = {MANAGER: hands.manager}
    for project in projects.exclude(manager="").order_by("reference"):
        if project.manager not in managers:
            managers[project.manager] = _colleague(project.manager, contract)
        project.manager_person = managers[project.manager]
        project.version += 1
        save_with_history(project, by=hands.administrator, why="who posts its updates")
    if CHAIRED in projects.values_list("scrutiny_area", flat=True):
        set_chairs(contract=contract, by=hands.administrator, chairs={CHAIRED: hands.member})
    by_reference = {project.reference: project for project in projects}
    for wish in WISHES:
        if wish.project in by_reference:
            _nominate(by_reference[wish.project], wish, hands)


def _colleague(job_title: str, contract: Contract) -> Person:
    """Another project manager, who cannot sign in: without them everybody's projects would be the manager's."""
    mailbox = ".".join(job_title.lower().split())
    person = Person.objects.create_user(f"{mailbox}@example.org", job_title=job_title)
    grant_role(person=person, role=Role.PROJECT_MANAGER, contract=contract)
    return person


def _nominate(project: Project, wish: Wish, hands: Hands) -> None:
    """As it was then: an answer may lie before the list that is in force now."""
    made = Nomination(
        project=project,
        by=hands.member,
        scrutiny_area=project.scrutiny_area,
        reason=wish.reason,
        nominated_at=instant_on(wish.on),
        outcome=wish.outcome,
        answer=wish.answer,
        answered_on=wish.answered_on,
    )
    if wish.outcome == Outcome.TAKEN_UP:
        made.taken_up_in = KeyList.objects.get(contract=project.contract_id, decided_on=wish.answered_on)
    if wish.outcome:
        made.answered_by = hands.clerk if wish.outcome == Outcome.TAKEN_UP else hands.officer
    save_with_history(made, by=hands.member, why="nominated")
