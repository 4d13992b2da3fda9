"""Roles are given and taken by administrators, where they apply, with a reason; what was held stays in the history."""

import pytest

from contracts.models import Assignment, Contract, Message, Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.people import give_role, name_deputy, take_role
from contracts.services.people.guards import HasLeft, LastAdministrator, NotYours
from contracts.services.people.roles import HeldAlready, NoDeputy, NotHeld, WrongPlace
from contracts.services.refusals import NothingTyped
from tests.people import Cast

WHY = "Agreed with the head of service"


def reasons(person: Person) -> list[str]:
    lines = [*person.history.all(), *Assignment.history.filter(person_id=person.pk)]
    return [line.history_change_reason for line in lines if line.history_change_reason]


def test_a_role_is_given_for_an_area_and_its_line_says_who_and_why(
    cast: Cast, contract: Contract, area: ServiceArea
) -> None:
    give_role(
        person=cast.outsider, role=Role.OFFICER, contract=contract, service_area=area, by=cast.administrator, why=WHY
    )
    assert load_ground(cast.outsider).held.submits(contract.reference, area.pk)
    line = Assignment.history.get(person_id=cast.outsider.pk)
    assert (line.history_user, line.history_change_reason) == (cast.administrator, f"given: {WHY}")
    told = Message.objects.get(person=cast.outsider)
    assert told.kind == Message.Kind.ACCOUNT
    assert "You are now Officer" in told.body


def test_a_role_held_everywhere_leaves_a_line_too(cast: Cast) -> None:
    give_role(person=cast.outsider, role=Role.CLERK, by=cast.administrator, why=WHY)
    assert f"Clerk everywhere: given: {WHY}" in reasons(cast.outsider)
    take_role(person=cast.outsider, role=Role.CLERK, by=cast.administrator, why="Only for the summer")
    assert "Clerk everywhere: taken away: Only for the summer" in reasons(cast.outsider)
    assert Role.CLERK not in load_ground(cast.outsider).held.roles


def test_what_an_administrator_gives_themselves_is_on_record(cast: Cast, contract: Contract) -> None:
    give_role(person=cast.administrator, role=Role.CONTRACT_MANAGER, contract=contract, by=cast.administrator, why=WHY)
    line = Assignment.history.get(person_id=cast.administrator.pk)
    assert line.history_user == cast.administrator
    assert not Message.objects.filter(person=cast.administrator).exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPPLIER, Role.BOARD_MEMBER, Role.CONTRACT_MANAGER])
def test_a_role_for_a_contract_is_not_given_everywhere(role: Role, cast: Cast) -> None:
    with pytest.raises(WrongPlace, match="choose which"):
        give_role(person=cast.outsider, role=role, by=cast.administrator, why=WHY)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_a_role_held_everywhere_is_not_given_for_a_contract(role: Role, cast: Cast, contract: Contract) -> None:
    with pytest.raises(WrongPlace, match="choose no contract"):
        give_role(person=cast.outsider, role=role, contract=contract, by=cast.administrator, why=WHY)


def test_a_manager_is_one_of_a_whole_contract(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    with pytest.raises(WrongPlace, match="whole contract"):
        give_role(
            person=cast.outsider, role=Role.CONTRACT_MANAGER, contract=contract, service_area=area,
            by=cast.administrator, why=WHY,
        )  # fmt: skip


def test_an_area_of_another_contract_is_refused(cast: Cast, other_contract: Contract, area: ServiceArea) -> None:
    with pytest.raises(WrongPlace, match="another contract"):
        give_role(
            person=cast.outsider, role=Role.OFFICER, contract=other_contract, service_area=area,
            by=cast.administrator, why=WHY,
        )  # fmt: skip


def test_what_is_held_is_not_given_twice(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    with pytest.raises(HeldAlready):
        give_role(
            person=cast.officer, role=Role.OFFICER, contract=contract, service_area=area, by=cast.administrator, why=WHY
        )
    assert Assignment.objects.filter(person=cast.officer).count() == 1


def test_without_a_reason_nothing_is_given_or_taken(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    with pytest.raises(NothingTyped):
        give_role(person=cast.outsider, role=Role.CLERK, by=cast.administrator, why="  ")
    with pytest.raises(NothingTyped):
        take_role(
            person=cast.officer, role=Role.OFFICER, contract=contract, service_area=area, by=cast.administrator, why=""
        )


def test_nobody_but_an_administrator_gives_or_takes_a_role(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    assignment = Assignment.objects.get(person=cast.officer)
    for who, person in cast.everybody():
        if who == "administrator":
            continue
        with pytest.raises(NotYours):
            give_role(person=cast.outsider, role=Role.CLERK, by=person, why=WHY)
        with pytest.raises(NotYours):
            take_role(person=cast.officer, role=Role.OFFICER, contract=contract, service_area=area, by=person, why=WHY)
        with pytest.raises(NotYours):
            name_deputy(assignment=assignment, deputy=cast.outsider, by=person, why=WHY)


def test_with_its_last_place_a_role_goes_and_with_another_it_stays(
    cast: Cast, contract: Contract, area: ServiceArea, other_contract: Contract
) -> None:
    grant_role(person=cast.officer, role=Role.OFFICER, contract=other_contract)
    for where, left in (((contract, area), {Role.OFFICER}), ((other_contract, None), frozenset())):
        take_role(
            person=cast.officer, role=Role.OFFICER, contract=where[0], service_area=where[1],
            by=cast.administrator, why=WHY,
        )  # fmt: skip
        assert load_ground(cast.officer).held.roles == left
    assert Assignment.history.filter(person_id=cast.officer.pk, history_type="-").count() == 2


def test_a_role_at_a_place_where_it_is_not_held_is_not_taken(cast: Cast, other_contract: Contract) -> None:
    with pytest.raises(NotHeld):
        take_role(person=cast.officer, role=Role.OFFICER, contract=other_contract, by=cast.administrator, why=WHY)
    assert load_ground(cast.officer).held.roles == {Role.OFFICER}


def test_a_role_without_a_place_can_be_taken(cast: Cast) -> None:
    take_role(person=cast.outsider, role=Role.OFFICER, by=cast.administrator, why=WHY)
    assert not cast.outsider.groups.exists()


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    with pytest.raises(LastAdministrator):
        take_role(person=cast.administrator, role=Role.ADMINISTRATOR, by=cast.administrator, why=WHY)
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_superuser
    assert cast.administrator.groups.filter(name=Role.ADMINISTRATOR).exists()


def test_a_superuser_without_the_group_is_the_last_as_well(cast: Cast) -> None:
    cast.administrator.groups.clear()
    with pytest.raises(LastAdministrator):
        take_role(person=cast.administrator, role=Role.ADMINISTRATOR, by=cast.administrator, why=WHY)


def test_an_administrator_who_cannot_sign_in_yet_is_no_other(cast: Cast, colleague: Person) -> None:
    colleague.set_unusable_password()
    colleague.save(update_fields=["password"])
    with pytest.raises(LastAdministrator):
        take_role(person=cast.administrator, role=Role.ADMINISTRATOR, by=colleague, why=WHY)


def test_one_of_two_administrators_may_lose_the_role_with_all_that_comes_with_it(cast: Cast, colleague: Person) -> None:
    take_role(person=cast.administrator, role=Role.ADMINISTRATOR, by=colleague, why=WHY)
    cast.administrator.refresh_from_db()
    assert not cast.administrator.is_superuser
    assert not cast.administrator.is_staff
    assert not load_ground(cast.administrator).held.looks_after_people


def test_a_deputy_acts_until_another_is_named(cast: Cast, contract: Contract, area: ServiceArea) -> None:
    assignment = Assignment.objects.get(person=cast.officer)
    name_deputy(assignment=assignment, deputy=cast.outsider, by=cast.administrator, why=WHY)
    assert load_ground(cast.outsider).held.submits(contract.reference, area.pk)
    name_deputy(assignment=assignment, deputy=None, by=cast.administrator, why="Back from holiday")
    assert not load_ground(cast.outsider).held.submits(contract.reference, area.pk)
    assert [line.history_change_reason for line in Assignment.history.filter(person_id=cast.officer.pk).order_by("pk")][
        1:
    ] == [f"deputy named: {WHY}", "deputy taken away: Back from holiday"]


def test_nobody_who_left_and_not_the_holder_stands_in(cast: Cast) -> None:
    assignment = Assignment.objects.get(person=cast.officer)
    for deputy in (cast.officer, cast.leaver):
        with pytest.raises(NoDeputy):
            name_deputy(assignment=assignment, deputy=deputy, by=cast.administrator, why=WHY)


def test_who_has_left_is_given_nothing(cast: Cast) -> None:
    with pytest.raises(HasLeft):
        give_role(person=cast.leaver, role=Role.CLERK, by=cast.administrator, why=WHY)
