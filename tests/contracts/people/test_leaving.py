"""Whoever leaves is out at once and holds nothing; nobody is deleted; the last administrator does not leave."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.people import come_back, leave
from contracts.services.people.guards import HasLeft, LastAdministrator, NotYours
from contracts.services.people.leaving import StillHere, held_before
from contracts.services.refusals import NothingTyped
from tests.people import PASSWORD, Cast

WHY = "Left the council"


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert browser.get("/messages/").status_code == 200
    return browser


def test_a_leaver_is_out_with_the_next_page_and_the_session_is_gone(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    assert leave(person=cast.officer, by=cast.administrator, why=WHY) == 1
    assert not UserSession.objects.filter(user=cast.officer).exists()
    assert not Session.objects.exists()
    assert browser.get("/messages/").status_code == 302
    assert not Client().login(username=cast.officer.email, password=PASSWORD)


def test_nothing_of_theirs_is_in_force_and_everything_is_on_record(
    cast: Cast, contract: Contract, area: ServiceArea
) -> None:
    grant_role(person=cast.officer, role=Role.CLERK)
    stood_in = Assignment.objects.get(person=cast.contract_manager)
    stood_in.deputy = cast.officer
    stood_in.save()
    leave(person=cast.officer, by=cast.administrator, why=WHY)
    left = Person.objects.get(pk=cast.officer.pk)
    assert load_ground(left).held == Held()
    assert not left.is_active
    assert not left.groups.exists()
    assert not Assignment.objects.filter(person=left).exists()
    stood_in.refresh_from_db()
    assert stood_in.deputy is None
    gone = Assignment.history.get(person_id=left.pk, history_type="-")
    assert (gone.history_user, gone.history_change_reason) == (cast.administrator, f"left: {WHY}")
    assert left.history.latest().history_change_reason == f"left: {WHY} (held everywhere: Clerk)"
    assert set(held_before(left)) == {"Clerk, everywhere", "Officer, Customer Service Centre of TST"}


def test_who_stood_in_for_a_leaver_no_longer_does(cast: Cast, contract: Contract) -> None:
    assignment = Assignment.objects.get(person=cast.officer)
    assignment.deputy = cast.outsider
    assignment.save()
    assert load_ground(cast.outsider).held.sees(contract.reference)
    leave(person=cast.officer, by=cast.administrator, why=WHY)
    assert not load_ground(cast.outsider).held.sees(contract.reference)


def test_the_last_administrator_does_not_leave(cast: Cast) -> None:
    with pytest.raises(LastAdministrator):
        leave(person=cast.administrator, by=cast.administrator, why=WHY)
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active
    assert cast.administrator.is_superuser


def test_of_two_one_leaves(cast: Cast, colleague: Person) -> None:
    leave(person=cast.administrator, by=cast.administrator, why=WHY)
    with pytest.raises(LastAdministrator):
        leave(person=colleague, by=colleague, why=WHY)


def test_nobody_leaves_twice_nor_without_a_reason(cast: Cast) -> None:
    with pytest.raises(HasLeft):
        leave(person=cast.leaver, by=cast.administrator, why=WHY)
    with pytest.raises(NothingTyped):
        leave(person=cast.officer, by=cast.administrator, why=" ")


def test_nobody_but_an_administrator_makes_somebody_leave_or_come_back(cast: Cast) -> None:
    for who, person in cast.everybody():
        if who == "administrator":
            continue
        with pytest.raises(NotYours):
            leave(person=cast.outsider, by=person, why=WHY)
        with pytest.raises(NotYours):
            come_back(person=cast.leaver, by=person, why=WHY)


def test_who_comes_back_holds_nothing_and_needs_a_new_password(cast: Cast, contract: Contract) -> None:
    leave(person=cast.officer, by=cast.administrator, why=WHY)
    come_back(person=cast.officer, by=cast.administrator, why="On a new contract")
    back = Person.objects.get(pk=cast.officer.pk)
    assert back.is_active
    assert not back.has_usable_password()
    assert load_ground(back).held == Held()
    assert back.history.latest().history_change_reason == "came back: On a new contract"


def test_what_was_left_behind_in_another_way_is_not_in_force_again(cast: Cast) -> None:
    assert Assignment.objects.filter(person=cast.leaver).exists()
    come_back(person=cast.leaver, by=cast.administrator, why="On a new contract")
    assert load_ground(Person.objects.get(pk=cast.leaver.pk)).held == Held()


def test_who_is_here_does_not_come_back(cast: Cast) -> None:
    with pytest.raises(StillHere):
        come_back(person=cast.officer, by=cast.administrator, why=WHY)
