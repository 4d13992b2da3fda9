"""
The cast: one person for each role of a contract, and those who have no business with it.

They share one password, hashed once, so that a test with all of them in it is not slow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from simple_history.utils import bulk_create_with_history

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.rules.roles import Role

PASSWORD = "a long one that everybody knows"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who may knock at a contract's pages."""

    officer: Person
    contract_manager: Person
    clerk: Person
    board_member: Person
    project_manager: Person
    supplier: Person
    administrator: Person
    outsider: Person
    """Holds a role, and no contract to use it on."""
    other_officer: Person
    """Holds the role for another contract."""
    leaver: Person
    """Was the officer before; inactive now."""

    def everybody(self) -> Iterator[tuple[str, Person]]:
        """Name and person, in this order."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def person(email: str, job_title: str, **fields: bool) -> Person:
    made = _unsaved(email, job_title, **fields)
    made.save()
    return made


def make_cast(contract: Contract, area: ServiceArea, other: Contract) -> Cast:
    """
    Everybody, for one contract and one service area of it; ``other`` is the contract nobody here should see.

    A thousand tests begin with them, so their rows are written all at once; a test holds them to those that
    ``grant_role`` writes one by one.
    """
    roles = [*Role, Role.OFFICER, Role.OFFICER, Role.OFFICER]
    cast = Cast(*bulk_create_with_history(list(_people()), Person))
    Group.objects.bulk_create([Group(name=role) for role in Role], ignore_conflicts=True)
    groups = {group.name: group for group in Group.objects.all()}
    membership = Person.groups.through
    membership.objects.bulk_create(
        membership(person=who, group=groups[role]) for (_, who), role in zip(cast.everybody(), roles, strict=True)
    )
    for who in (cast.clerk, cast.administrator):
        who.save(update_fields=["job_title"])  # a role held everywhere leaves a line in its holder's history
    places: list[tuple[Person, Role, Contract, ServiceArea | None]] = [
        (cast.officer, Role.OFFICER, contract, area),
        (cast.contract_manager, Role.CONTRACT_MANAGER, contract, None),
        (cast.board_member, Role.BOARD_MEMBER, contract, None),
        (cast.project_manager, Role.PROJECT_MANAGER, contract, None),
        (cast.supplier, Role.SUPPLIER, contract, None),
        (cast.other_officer, Role.OFFICER, other, None),
        (cast.leaver, Role.OFFICER, contract, area),
    ]
    assignments = [
        Assignment(person=who, role=groups[role], contract=where, service_area=part)
        for who, role, where, part in places
    ]
    bulk_create_with_history(assignments, Assignment)
    cast.leaver.is_active = False
    cast.leaver.save(update_fields=["is_active"])
    return cast


def _people() -> Iterator[Person]:
    """In the order in which :class:`Cast` names them, which begins with that of the roles."""
    for role in Role:
        is_administrator = role is Role.ADMINISTRATOR
        email = f"{role.name.lower()}@example.org"
        yield _unsaved(email, role.value, is_staff=is_administrator, is_superuser=is_administrator)
    yield _unsaved("outsider@example.org", "Officer without a contract")
    yield _unsaved("other.officer@example.org", "Officer of another contract")
    yield _unsaved("leaver@example.org", "Officer who left")


def _unsaved(email: str, job_title: str, **fields: bool) -> Person:
    return Person(email=email, job_title=job_title, password=_hashed(), **fields)


@cache
def _hashed() -> str:
    return make_password(PASSWORD)
