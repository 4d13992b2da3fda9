"""Who opens the pages."""

from typing import Any

from bench.shape import AREAS, Shape
from bench.visits import Visitor
from contracts.models import Contract, Person
from contracts.rules.roles import Role
from contracts.services import grant_role


def clerk() -> Visitor:
    """Sees every contract and looks after none."""
    return Visitor(_person("clerk", Role.CLERK))


def administrator() -> Visitor:
    return Visitor(_person("administrator", Role.ADMINISTRATOR))


def board_member(shape: Shape) -> Visitor:
    return Visitor(_person("board.member", Role.BOARD_MEMBER, contract=Contract.objects.get(reference=shape.usual)))


def officer(shape: Shape) -> Visitor:
    """Of the service area that enters 45 KPIs."""
    contract = Contract.objects.get(reference=shape.wide)
    area = contract.service_areas.get(code=AREAS[0])
    return Visitor(_person("officer", Role.OFFICER, contract=contract, service_area=area))


def _person(name: str, role: Role, **place: Any) -> Person:
    email = f"{name}@bench.example.org"
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = Person.objects.create_user(email, None, job_title=role.value)
        grant_role(person=found, role=role, **place)
        found.refresh_from_db()
    return found
