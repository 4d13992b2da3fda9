"""The pages about people: whom they list, what they say of somebody, and what they do and refuse."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.accounts.grants import read_grants
from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests import builders
from tests.people import Cast, person

WHY = "Agreed with the head of service."


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://scrutineer.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def at(name: str, *of: object) -> str:
    return reverse(name, args=of)


def shown(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return main(response.content.decode())


def main(page: str) -> str:
    """What stands on the page itself, without the frame that names who is signed in."""
    return " ".join(page.partition("<main")[2].partition("</main")[0].split())


def addresses(page: str) -> list[str]:
    """The addresses of a list, in which each may break where its parts end."""
    return re.findall(r"<span>([^<\s]+@[^<\s]+)</span>", page.replace("<wbr>", ""))


def listed(client: Client, **query: str) -> set[str]:
    return set(addresses(shown(client, at("people"), **query)))


def test_the_list_is_of_who_is_here_and_can_be_asked_for_more(administrator: Client, cast: Cast) -> None:
    assert cast.officer.email in listed(administrator)
    assert cast.leaver.email not in listed(administrator)
    assert listed(administrator, state="left") == {cast.leaver.email}
    assert listed(administrator, role="Clerk") == {cast.clerk.email}
    assert listed(administrator, role="Officer", contract="OTH") == {cast.other_officer.email}
    assert listed(administrator, q="another contract") == {cast.other_officer.email}
    assert listed(administrator, contract="OTH") == {
        cast.other_officer.email, cast.clerk.email, cast.administrator.email,
    }  # fmt: skip
    assert "Nobody matches" in shown(administrator, at("people"), q="nobody like it")


def test_a_deputy_is_found_where_they_stand_in(administrator: Client, cast: Cast) -> None:
    Assignment.objects.filter(person=cast.officer).update(deputy=cast.outsider)
    assert cast.outsider.email in listed(administrator, role="Officer", contract="TST")


@pytest.mark.parametrize("column", ["job_title", "email", "last_login", "has_second_factor", "is_active"])
def test_the_list_sorts_both_ways_by_every_column(column: str, administrator: Client, cast: Cast) -> None:
    Authenticator.objects.create(user=cast.officer, type=Authenticator.Type.TOTP, data={})
    cast.officer.last_login = datetime(2018, 3, 1, 9, tzinfo=UTC)
    cast.officer.save(update_fields=["last_login"])
    orders = []
    for sort in (column, f"-{column}"):
        page = shown(administrator, at("people"), sort=sort, state="all")
        orders.append(addresses(page))
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_the_list_costs_the_same_for_one_and_for_forty(administrator: Client, cast: Cast, contract: Contract) -> None:
    costs = []
    shown(administrator, at("people"))  # writes down that the session is in use, as it does once a minute
    for number in (1, 40):
        for place in range(number):
            made = person(f"p{number}.{place}@example.org", f"Officer {number}.{place}")
            grant_role(person=made, role=Role.OFFICER, contract=contract)
        with CaptureQueriesContext(connection) as captured:
            shown(administrator, at("people"))
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 8


def test_a_persons_page_is_about_them_and_not_about_who_looks(
    administrator: Client, cast: Cast, area: ServiceArea
) -> None:
    page = shown(administrator, at("person", cast.officer.pk))
    assert cast.officer.email in page
    assert cast.administrator.email not in page
    assert "Customer Service Centre (CSC) of TST" in page
    assert "no other officer submits its months" not in page.partition("Where they are signed in")[2]


def test_what_lies_with_somebody_is_said_before_and_after_they_leave(
    administrator: Client, cast: Cast, contract: Contract, area: ServiceArea
) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-11", ["95", "94", "93"])
    builders.returns(area, "2018-02", "2018-02", "open")
    builders.question(contract, cast.board_member, owner=cast.contract_manager)
    builders.request(contract, assigned_to=cast.contract_manager)
    builders.project(contract, "P007", manager_person=cast.project_manager)
    manager, officer, runner = cast.contract_manager, cast.officer, cast.project_manager
    said = {
        manager.pk: ("Q001: Why did this figure fall?", "B001: Show the effect", "no other contract manager verifies"),
        officer.pk: ("Customer Service Centre (CSC), February 2018: not submitted yet", "no other officer submits"),
        runner.pk: ("P007: Payroll link P007",),
    }
    for pk, lines in said.items():
        for name in ("person", "person_leaves"):
            assert [line for line in lines if line not in shown(administrator, at(name, pk))] == []
        administrator.post(at("person_leaves", pk), {"reason": WHY})
    after = {pk: shown(administrator, at("person", pk)) for pk in said}
    assert "no other contract manager verifies" in after[manager.pk]
    assert "Q001: Why did this figure fall?" in after[manager.pk]
    assert "no other officer submits" in after[officer.pk]
    assert "P007: Payroll link P007" in after[runner.pk]
    # Somebody else takes it on: it is nobody's no more.
    grant_role(person=cast.outsider, role=Role.CONTRACT_MANAGER, contract=contract)
    assert "no other contract manager verifies" not in shown(administrator, at("person", manager.pk))


def test_somebody_is_added_gets_a_link_and_a_role(administrator: Client, cast: Cast, contract: Contract) -> None:
    form = {"job_title": "New officer", "email": "new@example.org", "reason": WHY}
    answer = administrator.post(at("add_person"), form, follow=True)
    made = Person.objects.get(email="new@example.org")
    assert "A link to set a password went to new@example.org." in answer.content.decode()
    assert mail.outbox[-1].to == ["new@example.org"]
    administrator.post(
        at("give_role", made.pk), {"role": "Officer", "place": str(contract.pk), "reason": WHY}, follow=True
    )
    assert Assignment.objects.get(person=made).contract == contract
    changes = shown(administrator, at("person_changes", made.pk))
    for line in (f"added: {WHY}", f"given: {WHY}", "a link to set a password was sent"):
        assert line in changes, line


def test_what_is_refused_is_said_on_the_form_and_nothing_typed_is_lost(
    administrator: Client, cast: Cast, contract: Contract
) -> None:
    form = {"job_title": "Typed here", "email": cast.officer.email, "reason": WHY}
    answer = administrator.post(at("add_person"), form)
    assert answer.status_code == 422
    assert "is that of the Officer already" in answer.content.decode()
    assert 'value="Typed here"' in answer.content.decode()
    answer = administrator.post(at("give_role", cast.officer.pk), {"role": "Officer", "place": "", "reason": WHY})
    assert answer.status_code == 422
    assert "Officer is held for a contract: choose which." in answer.content.decode()


def test_the_last_administrator_is_told_so_and_stays(administrator: Client, cast: Cast) -> None:
    own = cast.administrator.pk
    assert "The only administrator who can sign in" in shown(administrator, at("person", own))
    for address in (at("person_leaves", own), at("take_role", own, "administrator")):
        answer = administrator.post(address, {"reason": WHY})
        assert answer.status_code == 409
        assert "Nobody else who can sign in is an administrator" in answer.content.decode()
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_active
    assert cast.administrator.is_superuser


def test_who_leaves_by_their_own_hand_is_led_out(administrator: Client, cast: Cast) -> None:
    other = person("colleague@example.org", "Second administrator")
    grant_role(person=other, role=Role.ADMINISTRATOR)
    answer = administrator.post(at("person_leaves", cast.administrator.pk), {"reason": WHY}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")


def test_roles_that_the_councils_sign_in_gives_are_shown_as_such(
    administrator: Client, cast: Cast, contract: Contract, settings: LazySettings
) -> None:
    settings.OIDC_GRANTS = read_grants(["managers=Contract manager@TST", "clerks=Clerk"])
    settings.OIDC_NAME = "the council’s own sign-in"
    manager = cast.contract_manager
    assert "The group managers gives this too" in shown(administrator, at("person", manager.pk))
    SocialAccount.objects.create(user=manager, provider="council", uid="m1", extra_data={})
    assert "From the group managers: given and taken whenever they sign in" in shown(
        administrator, at("person", manager.pk)
    )
    key = Assignment.objects.get(person=manager).pk
    assert "it comes back when they next sign in" in shown(administrator, at("take_role", manager.pk, key))
    answer = administrator.post(at("give_role", manager.pk), {"role": "Clerk", "place": "", "reason": WHY}, follow=True)
    assert "and are not in it, the role goes again" in answer.content.decode()


def test_another_persons_role_is_not_reached_through_somebodys_page(administrator: Client, cast: Cast) -> None:
    key = Assignment.objects.get(person=cast.officer).pk
    for name in ("take_role", "name_deputy"):
        assert administrator.get(at(name, cast.clerk.pk, key)).status_code == 404
        assert administrator.post(at(name, cast.clerk.pk, key), {"reason": WHY}).status_code == 404


@pytest.mark.parametrize("pk", [2**63, 10**30])
def test_a_number_that_no_database_takes_is_nobodys(pk: int, administrator: Client) -> None:
    for name in ("person", "person_changes", "change_person", "person_leaves", "give_role"):
        assert administrator.get(at(name, pk)).status_code == 404


def test_an_account_leads_administrators_to_the_people(administrator: Client, cast: Cast) -> None:
    assert at("people") in shown(administrator, at("account"))
    client = Client()
    client.force_login(cast.officer)
    assert at("people") not in shown(client, at("account"))
    assert at("who_may_do_what") in shown(client, at("account"))
