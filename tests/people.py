"""
The cast: one person for each role of a contract, and those who have no business with it.

They share one password, hashed once, so that a test with all of them in it is not slow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from django.contrib.auth.hashers import make_password

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role

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
    return Person.objects.create(email=email, job_title=job_title, password=_hashed(), **fields)


def make_cast(contract: Contract, area: ServiceArea, other: Contract) -> Cast:
    """Everybody, for one contract and one service area of it; ``other`` is the contract nobody here should see."""
    cast = Cast(
        officer=_holding(Role.OFFICER, contract, area),
        contract_manager=_holding(Role.CONTRACT_MANAGER, contract),
        clerk=_holding(Role.CLERK),
        board_member=_holding(Role.BOARD_MEMBER, contract),
        project_manager=_holding(Role.PROJECT_MANAGER, contract),
        supplier=_holding(Role.SUPPLIER, contract),
        administrator=_administrator(),
        outsider=person("outsider@example.org", "Officer without a contract"),
        other_officer=person("other.officer@example.org", "Officer of another contract"),
        leaver=person("leaver@example.org", "Officer who left"),
    )
    grant_role(person=cast.outsider, role=Role.OFFICER)
    grant_role(person=cast.other_officer, role=Role.OFFICER, contract=other)
    grant_role(person=cast.leaver, role=Role.OFFICER, contract=contract, service_area=area)
    cast.leaver.is_active = False
    cast.leaver.save(update_fields=["is_active"])
    return cast


def _holding(role: Role, contract: Contract | None = None, area: ServiceArea | None = None) -> Person:
    made = person(f"{role.name.lower()}@example.org", role.value)
    grant_role(person=made, role=role, contract=contract, service_area=area)
    return made


def _administrator() -> Person:
    made = person("administrator@example.org", "Administrator", is_staff=True, is_superuser=True)
    grant_role(person=made, role=Role.ADMINISTRATOR)
    return made


@cache
def _hashed() -> str:
    return make_password(PASSWORD)
