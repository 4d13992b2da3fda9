"""A password that was set by a link sent by e-mail: as good as a code sent there, and no better."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Person
from contracts.services.people.doors import send_link
from tests.accounts.conftest import PASSWORD, SignIn, whoami
from tests.accounts.conftest import sign_in as sign_in  # a fixture
from tests.accounts.test_second_factor import set_up, shown_by_app
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def ask(person: Person) -> None:
    """As anybody can who reads the mail of somebody."""
    Client().post(reverse("account_reset_password"), {"email": person.email})


def follow(person: Person) -> None:
    """Sets a password by the link in the last e-mail."""
    (path,) = re.findall(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    browser = Client()
    form = browser.get(path).headers["Location"]
    assert browser.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def is_like_a_code(browser: Client) -> bool:
    assert whoami(browser) is not None
    return bool(browser.get("/account/").wsgi_request.held.came_by_code)  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["board_member", "contract_manager"])
def test_a_link_that_somebody_asked_for_themselves_opens_no_more_than_a_code(
    who: str, cast: Cast, sign_in: SignIn
) -> None:
    person = getattr(cast, who)
    assert not is_like_a_code(sign_in(person))
    ask(person)
    follow(person)
    browser = sign_in(person)
    assert "asked for yourself" in browser.get("/account/").content.decode()
    assert is_like_a_code(browser)


def test_what_is_changed_or_shown_again_makes_no_more_of_it(cast: Cast, sign_in: SignIn) -> None:
    ask(cast.board_member)
    follow(cast.board_member)
    browser = sign_in(cast.board_member)
    new = {"oldpassword": PASSWORD, "password1": "quite another, long", "password2": "quite another, long"}
    browser.post(reverse("account_change_password"), new)
    assert Person.objects.get(pk=cast.board_member.pk).check_password("quite another, long")
    browser = Client()
    browser.post(reverse("account_login"), {"login": cast.board_member.email, "password": "quite another, long"})
    browser.post(reverse("account_reauthenticate"), {"password": "quite another, long"})
    assert is_like_a_code(browser)
    answer = browser.get(reverse("mfa_activate_totp"))
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()


def test_a_code_and_a_link_together_set_up_no_second_factor(cast: Cast) -> None:
    ask(cast.board_member)
    follow(cast.board_member)
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": cast.board_member.email})
    (code,) = re.findall(r"^([A-Z0-9]+-?[A-Z0-9]+)$", str(mail.outbox[-1].body), re.MULTILINE)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get(reverse("mfa_activate_totp")).status_code == 403


def test_an_administrator_who_sends_the_link_vouches_for_it_once(cast: Cast, sign_in: SignIn) -> None:
    ask(cast.board_member)
    follow(cast.board_member)
    send_link(person=cast.board_member, by=cast.administrator, now=timezone.now())
    follow(cast.board_member)
    assert not is_like_a_code(sign_in(cast.board_member))
    ask(cast.board_member)
    follow(cast.board_member)
    assert is_like_a_code(sign_in(cast.board_member))


def test_nobody_vouches_for_themselves(cast: Cast, sign_in: SignIn) -> None:
    ask(cast.administrator)
    follow(cast.administrator)
    send_link(person=cast.administrator, by=cast.administrator, now=timezone.now())
    follow(cast.administrator)
    assert is_like_a_code(sign_in(cast.administrator))


def test_a_second_factor_vouches_for_it(cast: Cast, sign_in: SignIn) -> None:
    secret = set_up(cast.board_member)
    ask(cast.board_member)
    follow(cast.board_member)
    browser = sign_in(cast.board_member)
    browser.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    assert not is_like_a_code(browser)
