"""Signing in with a code by e-mail, for members of the Board alone."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from contracts.models import Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests.accounts.conftest import whoami
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
