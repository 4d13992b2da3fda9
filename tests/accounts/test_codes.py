"""Signing in with a code by e-mail, for members of the Board alone."""

import re

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests.accounts.conftest import PASSWORD, whoami
from tests.accounts.test_second_factor import set_up, shown_by_app
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def ask(browser: Client, person: Person) -> str:
    """Asks for a code and reads it in the e-mail; nothing where none came."""
    answer = browser.post(reverse("account_request_login_code"), {"email": person.email})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    if not mail.outbox:
        return ""
    (code,) = re.findall(r"^([A-Z0-9]+-?[A-Z0-9]+)$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(code)


def test_a_member_comes_in_with_the_code(cast: Cast, client: Client) -> None:
    code = ask(client, cast.board_member)
    assert mail.outbox[-1].to == [cast.board_member.email]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert whoami(client) == str(cast.board_member.pk)


@pytest.mark.parametrize("who", ["officer", "contract_manager", "clerk", "administrator", "supplier"])
def test_to_everybody_else_no_code_is_sent_and_the_page_does_not_tell(who: str, cast: Cast, client: Client) -> None:
    assert ask(client, getattr(cast, who)) == ""
    assert not mail.outbox


def test_a_member_who_holds_another_role_too_needs_the_password(cast: Cast, client: Client) -> None:
    grant_role(person=cast.board_member, role=Role.CLERK)
    assert ask(client, cast.board_member) == ""


def test_a_wrong_code_does_not_open_and_three_of_them_end_it(cast: Cast, client: Client) -> None:
    code = ask(client, cast.board_member)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert whoami(client) is None


@pytest.fixture
def by_code(cast: Cast, client: Client) -> Client:
    """The browser of a member who has no password and came in with a code."""
    cast.board_member.set_unusable_password()
    cast.board_member.save(update_fields=["password"])
    client.post(reverse("account_confirm_login_code"), {"code": ask(client, cast.board_member)})
    return client


@pytest.mark.parametrize("address", ["account_set_password", "mfa_activate_totp"])
def test_with_a_code_alone_nobody_gives_themselves_another_way_in(address: str, by_code: Client, cast: Cast) -> None:
    form = {"password1": PASSWORD, "password2": PASSWORD, "code": "000000"}
    for answer in (by_code.get(reverse(address)), by_code.post(reverse(address), form)):
        assert answer.status_code == 403
        assert "code sent by e-mail" in answer.content.decode()
    cast.board_member.refresh_from_db()
    assert not cast.board_member.has_usable_password()


def test_what_is_shown_after_a_code_does_not_make_more_of_it(by_code: Client, cast: Cast) -> None:
    """A second factor that was set up with nothing but a code proves no more than the code."""
    secret = set_up(cast.board_member)
    by_code.post(reverse("mfa_reauthenticate"), {"code": shown_by_app(secret)})
    shown = [each["method"] for each in by_code.session[AUTHENTICATION_METHODS_SESSION_KEY]]
    assert shown == ["code", "mfa"]
    assert by_code.get("/account/").wsgi_request.held.came_by_code is True  # type: ignore[attr-defined]


def test_whoever_has_a_password_and_shows_it_may_set_up_a_second_factor(cast: Cast, client: Client) -> None:
    cast.board_member.set_password(PASSWORD)
    cast.board_member.save(update_fields=["password"])
    client.post(reverse("account_confirm_login_code"), {"code": ask(client, cast.board_member)})
    assert client.get(reverse("mfa_activate_totp")).status_code == 403
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
