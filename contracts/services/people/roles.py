"""Giving a role, taking it away, and naming who stands in."""

from django.contrib.auth.models import Group
from django.db import transaction

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.queries.people import may_come_by_code
from contracts.rules.roles import BY_AREA, EVERYWHERE, Role
from contracts.services.history import delete_with_history, save_with_history
from contracts.services.people.guards import (
    HasLeft,
    PeopleRefused,
    hold,
    must_look_after,
    must_not_be_the_last,
    note,
    said,
    sign,
)
from contracts.services.people.news import tell_account_changed
from contracts.services.people.sessions import close_sessions


class WrongPlace(PeopleRefused):
    """A role is held everywhere, for a contract, or for an area of it: not just anywhere."""

    field = "place"


class HeldAlready(PeopleRefused):
    field = "role"


class NotHeld(PeopleRefused):
    """The role is not theirs: it may have been taken away a moment ago."""


class NoDeputy(PeopleRefused):
    field = "deputy"


def place_in_words(contract: Contract | None, service_area: ServiceArea | None) -> str:
    if contract is None:
        return "everywhere"
    return f"for {service_area} of {contract.reference}" if service_area else f"for {contract.reference}"


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: Role,
    by: Person,
    why: str,
    contract: Contract | None = None,
    service_area: ServiceArea | None = None,
) -> None:
    """Gives somebody a role where it applies, for a reason. Raises PeopleRefused with what is in the way."""
    must_look_after(by)
    reason, held = said(why), hold(person, by=by)
    if not held.is_active:
        raise HasLeft(held)
    _must_fit(role, contract, service_area)
    came_by_code = may_come_by_code(held)
    where = place_in_words(contract, service_area)
    if not grant_role(person=held, role=role, contract=contract, service_area=service_area, by=by, why=reason):
        raise HeldAlready(f"{held} is {role} {where} already.")
    _close_what_a_code_opened(held, came_by_code=came_by_code)
    tell_account_changed(held, f"You are now {role} {where}.", by=by)


def _must_fit(role: Role, contract: Contract | None, service_area: ServiceArea | None) -> None:
    if role in EVERYWHERE and contract is not None:
        raise WrongPlace(f"{role} is held everywhere: choose no contract.")
    if role not in EVERYWHERE and contract is None:
        raise WrongPlace(f"{role} is held for a contract: choose which.")
    if service_area is not None and role not in BY_AREA:
        raise WrongPlace(f"{role} is held for a whole contract, not for one service area of it.")
    if service_area is not None and service_area.contract_id != (contract and contract.pk):
        raise WrongPlace("That service area belongs to another contract.")


def _close_what_a_code_opened(person: Person, *, came_by_code: bool) -> None:
    """Who enters, decides or publishes signs in with a password: a session begun with a code alone ends."""
    if came_by_code and not may_come_by_code(person):
        close_sessions(person)


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    contract: Contract | None = None,
    service_area: ServiceArea | None = None,
    by: Person | None = None,
    why: str = "",
) -> bool:
    """
    Gives a person a role, and where it needs a place, the contract or the service area it applies to.

    Granting what is already held changes nothing; whether it did. An administrator may set up everything. Asks nobody's
    leave: for :func:`give_role`, the council's own sign-in, and for setting up by command.
    """
    group, _ = Group.objects.get_or_create(name=role)
    is_new = not person.groups.filter(pk=group.pk).exists()
    person.groups.add(group)
    becomes_superuser = role is Role.ADMINISTRATOR and not person.is_superuser
    if becomes_superuser or (is_new and role in EVERYWHERE):
        person.is_staff = person.is_staff or becomes_superuser
        person.is_superuser = person.is_superuser or becomes_superuser
        sign(person, _because(f"{role} everywhere: given", why), by=by)
        person.save(update_fields=["is_staff", "is_superuser"])
    if contract is None:
        return is_new or becomes_superuser
    where = {"person": person, "role": group, "contract": contract, "service_area": service_area}
    if Assignment.objects.filter(**where).exists():
        return is_new
    assignment = Assignment(**where)
    if by is not None:
        save_with_history(assignment, by=by, why=_because("given", why))
    else:
        sign(assignment, why, by=None)
        assignment.full_clean()
        assignment.save()
    return True


@transaction.atomic
def take_role(
    *,
    person: Person,
    role: Role,
    by: Person,
    why: str,
    contract: Contract | None = None,
    service_area: ServiceArea | None = None,
) -> None:
    """Takes a role away, for a reason. Raises NotHeld, or LastAdministrator."""
    must_look_after(by)
    reason, held = said(why), hold(person, by=by)
    where = place_in_words(contract, service_area)
    if not withdraw_role(person=held, role=role, contract=contract, service_area=service_area, by=by, why=reason):
        raise NotHeld(f"{held} is not {role} {where}, or no longer.")
    tell_account_changed(held, f"You are no longer {role} {where}.", by=by)


@transaction.atomic
def withdraw_role(
    *,
    person: Person,
    role: Role,
    contract: Contract | None = None,
    service_area: ServiceArea | None = None,
    by: Person | None = None,
    why: str = "",
) -> bool:
    """
    Ends a role, at one place or as such; whether it was held. The last administrator stays: LastAdministrator.

    With its last place a role goes altogether. Asks nobody's leave, as :func:`grant_role` does.
    """
    held = Assignment.objects.filter(person=person, role__name=role)
    row = held.filter(contract=contract, service_area=service_area).first() if contract else None
    if row is not None:
        if by is not None:
            delete_with_history(row, by=by, why=_because("taken away", why))
        else:
            sign(row, why, by=None)
            row.delete()
    groups = person.groups.filter(name=role)
    is_administrator = role is Role.ADMINISTRATOR and person.is_administrator
    if (contract and row is None and groups.exists()) or held.exists() or not (groups.exists() or is_administrator):
        return row is not None
    if is_administrator:
        must_not_be_the_last(hold(person))
        person.is_staff = person.is_superuser = False
    person.groups.remove(*groups)
    if contract is None:
        sign(person, _because(f"{role} everywhere: taken away", why), by=by)
        person.save(update_fields=["is_staff", "is_superuser"])
    return True


@transaction.atomic
def name_deputy(*, assignment: Assignment, deputy: Person | None, by: Person, why: str) -> None:
    """Says who does the same work in somebody's place, or that nobody does any more."""
    must_look_after(by)
    reason = said(why)
    hold(assignment.person, by=by)
    row = Assignment.objects.select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if row is None:
        raise NotHeld("That role was taken away meanwhile.")
    if deputy is not None and deputy.pk == row.person_id:
        raise NoDeputy("Nobody stands in for themselves: choose somebody else.")
    if deputy is not None and not deputy.is_active:
        raise NoDeputy(f"{deputy} has left: choose somebody else.")
    if row.deputy_id == (deputy and deputy.pk):
        raise NoDeputy(f"{deputy} stands in already." if deputy else "Nobody stands in already.")
    before, came_by_code = row.deputy, deputy is not None and may_come_by_code(deputy)
    row.deputy = deputy
    save_with_history(row, by=by, why=_because("deputy named" if deputy else "deputy taken away", reason))
    role = f"{row.role.name} {place_in_words(row.contract, row.service_area)}, for the {row.person}"
    if before is not None:
        note(before, _because(f"no longer stands in as {role}", reason), by=by)
        tell_account_changed(before, f"You no longer stand in as {role}.", by=by)
    if deputy is not None:
        note(deputy, _because(f"stands in as {role}", reason), by=by)
        _close_what_a_code_opened(deputy, came_by_code=came_by_code)
        tell_account_changed(deputy, f"You stand in as {role}.", by=by)


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what
