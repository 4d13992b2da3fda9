"""Giving people their roles, and moving the demonstration's day."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from contracts.models import Assignment, BusinessDay, Contract, Person, ServiceArea
from contracts.rules.roles import Role


def set_demonstration_day(*, on: date) -> None:
    """Makes ``on`` the business day of this (demonstration) database."""
    BusinessDay.objects.update_or_create(pk=1, defaults={"today": on})


@transaction.atomic
def grant_role(
    *, person: Person, role: Role, contract: Contract | None = None, service_area: ServiceArea | None = None
) -> None:
    """
    Gives a person a role, and where it needs a place, the contract or the service area it applies to.

    Granting what is already held changes nothing. An administrator may set up everything.
    """
    group, _ = Group.objects.get_or_create(name=role)
    person.groups.add(group)
    if role is Role.ADMINISTRATOR and not person.is_superuser:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
    if contract is None:
        return
    assignment = Assignment(person=person, role=group, contract=contract, service_area=service_area)
    held = Assignment.objects.filter(person=person, role=group, contract=contract, service_area=service_area)
    if not held.exists():
        assignment.full_clean()
        assignment.save()
