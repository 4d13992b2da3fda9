"""Coming in through the council's identity provider: who the groups let in, and as what."""

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from config.accounts.grants import Grant, read_grants
from config.accounts.openid import claims_of, stands_by
from contracts.models import Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests.accounts.conftest import Arrive, whoami
from tests.people import Cast

pytestmark = pytest.mark.django_db


def held(person: Person) -> set[tuple[str, str, str | None]]:
    return {
        (row.role.name, row.contract.reference, row.service_area.code if row.service_area else None)
        for row in person.assignments.all()
    }


def test_the_way_to_the_provider_stands_on_the_sign_in_page(council: str, client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "your council account" in page
    assert reverse("openid_connect_login", args=["council"]) in page


def test_without_a_provider_there_is_no_such_way(client: Client) -> None:
    assert "council account" not in client.get(reverse("account_login")).content.decode()


def test_a_group_lets_somebody_in_and_says_as_what(contract: Contract, area: ServiceArea, arrive: Arrive) -> None:
    browser = arrive("jo", groups=["officers-csc", "something else"], job_title="Officer, contracts")
    person = Person.objects.get(email="jo@council.example")
    assert whoami(browser) == str(person.pk)
    assert person.job_title == "Officer, contracts"
    assert held(person) == {("Officer", "TST", "CSC")}
    assert browser.get(f"/contracts/{contract.reference}/").status_code == 200


def test_who_has_no_such_group_stays_outside(contract: Contract, area: ServiceArea, arrive: Arrive) -> None:
    browser = arrive("jo", groups=["something else"])
    assert browser.last.status_code == 403  # type: ignore[attr-defined]
    assert whoami(browser) is None
    assert not Person.objects.filter(email="jo@council.example").exists()


def test_somebody_known_by_their_address_keeps_their_account(
    contract: Contract, area: ServiceArea, cast: Cast, arrive: Arrive
) -> None:
    person = cast.officer
    browser = arrive("o1", email=person.email.upper(), groups=["managers"])
    assert whoami(browser) == str(person.pk)
    assert ("Contract manager", "TST", None) in held(person)


def test_an_address_that_the_provider_does_not_stand_by_opens_nobodys_account(
    contract: Contract, area: ServiceArea, cast: Cast, arrive: Arrive
) -> None:
    browser = arrive("o1", email=cast.administrator.email, email_verified=False, groups=["clerks"])
    assert browser.last.status_code == 403  # type: ignore[attr-defined]
    assert whoami(browser) is None


@pytest.mark.parametrize("said", ["false", "False", 0, "", None, "no"])
def test_only_a_plain_yes_is_a_yes(said: object) -> None:
    """Some providers write it as text."""
    assert stands_by({"email": "a@example.org", "email_verified": said}) == ""
    assert stands_by({"email": "a@example.org", "email_verified": "true"}) == "a@example.org"
    assert stands_by({"email": "a@example.org"}) == "a@example.org", "Entra leaves it out"


def test_what_the_token_stands_by_does_not_vouch_for_an_address_that_stands_elsewhere() -> None:
    login = SocialLogin(
        account=SocialAccount(
            extra_data={
                "id_token": {"email": "own@example.org", "email_verified": True},
                "userinfo": {"email": "administrator@example.org"},
            }
        )
    )
    assert stands_by(claims_of(login)) == "own@example.org"


def test_roles_go_with_the_groups_and_those_given_by_hand_stay(
    contract: Contract, area: ServiceArea, arrive: Arrive
) -> None:
    arrive("jo", groups=["officers-csc", "managers", "clerks"])
    person = Person.objects.get(email="jo@council.example")
    grant_role(person=person, role=Role.BOARD_MEMBER, contract=contract)
    arrive("jo", groups=["managers"])
    assert held(person) == {("Contract manager", "TST", None), ("Board member", "TST", None)}
    assert set(person.groups.values_list("name", flat=True)) == {"Contract manager", "Board member"}


def test_an_administrator_of_a_group_is_one_no_longer_without_it(
    contract: Contract, area: ServiceArea, cast: Cast, arrive: Arrive
) -> None:
    arrive("al", groups=["admins"])
    assert Person.objects.get(email="al@council.example").is_superuser
    arrive("al", groups=["clerks"])
    assert not Person.objects.get(email="al@council.example").is_superuser


def test_the_last_administrator_stays_one_whatever_the_groups_say(
    contract: Contract, area: ServiceArea, arrive: Arrive
) -> None:
    arrive("al", groups=["admins"])
    browser = arrive("al", groups=["clerks"])
    person = Person.objects.get(email="al@council.example")
    assert whoami(browser) == str(person.pk)
    assert person.is_superuser
    assert person.groups.filter(name=Role.ADMINISTRATOR).exists()


def test_what_a_group_gives_and_takes_says_so_in_the_history(
    contract: Contract, area: ServiceArea, cast: Cast, arrive: Arrive
) -> None:
    arrive("jo", groups=["clerks"])
    arrive("jo", groups=["managers"])
    person = Person.objects.get(email="jo@council.example")
    said = {line.history_change_reason for line in person.history.all()}
    assert said >= {
        "Clerk everywhere: given: the group clerks gives it",
        "Clerk everywhere: taken away: not in the group clerks any more",
    }


def test_a_leaver_is_not_let_in(contract: Contract, area: ServiceArea, arrive: Arrive) -> None:
    arrive("jo", groups=["clerks"])
    Person.objects.filter(email="jo@council.example").update(is_active=False)
    browser = arrive("jo", groups=["clerks"])
    assert whoami(browser) is None


def test_a_group_of_a_contract_that_there_is_not_says_so(contract: Contract, arrive: Arrive) -> None:
    browser = arrive("jo", groups=["officers-csc"])
    assert browser.last.status_code == 403  # type: ignore[attr-defined]
    assert whoami(browser) is None


@pytest.mark.parametrize(
    ("line", "grant"),
    [
        ("g1=Officer@TST/CSC", Grant("g1", Role.OFFICER, "TST", "CSC")),
        ("g1=Board member@TST", Grant("g1", Role.BOARD_MEMBER, "TST")),
        (" g1=Clerk ", Grant("g1", Role.CLERK)),
    ],
)
def test_a_line_of_the_setting_gives_a_role_at_a_place(line: str, grant: Grant) -> None:
    assert read_grants([line, ""]) == (grant,)


@pytest.mark.parametrize("line", ["g1", "=Clerk", "g1=King", "g1=Officer", "g1=Officer@"])
def test_a_line_that_is_not_understood_is_refused_with_what_would_be(line: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write"):
        read_grants([line])
