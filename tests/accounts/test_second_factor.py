"""Who needs a second factor gets nothing until it is set up, and then does not come in without it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from contracts.models import Person
from tests.accounts.conftest import PASSWORD, SignIn, whoami
from tests.people import Cast

pytestmark = pytest.mark.django_db


def set_up(person: Person) -> str:
    """The secret of an authenticator app."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def shown_by_app(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_role_that_needs_one_is_led_to_setting_it_up(cast: Cast, sign_in: SignIn, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = ("Contract manager", "Administrator")
    browser = sign_in(cast.contract_manager)
    answer = browser.get("/messages/")
    assert answer.headers["Location"] == f"{reverse('mfa_activate_totp')}?next=/messages/"
    assert browser.post("/messages/kinds/").status_code == 403
    assert browser.get(reverse("mfa_activate_totp"), follow=True).status_code == 200
    assert sign_in(cast.officer).get("/messages/").status_code == 200
    assert sign_in(cast.administrator).get("/messages/").status_code == 302


def test_whoever_came_in_elsewhere_without_one_is_out_as_soon_as_it_is_set_up(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Else a session that began with the password alone would go on, and could take the factor away again."""
    thief, owner, other = sign_in(cast.contract_manager), sign_in(cast.contract_manager), sign_in(cast.officer)
    owner.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    owner.get(reverse("mfa_activate_totp"))
    code = shown_by_app(owner.session["mfa.totp.secret"])
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=cast.contract_manager).exists()
    assert owner.get("/messages/").status_code == 200
    assert thief.get("/messages/").status_code == 302
    thief.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=cast.contract_manager).exists()
    assert other.get("/messages/").status_code == 200


def test_without_the_setting_nobody_needs_one(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.administrator).get("/messages/").status_code == 200


def test_who_has_one_comes_in_with_it_alone(cast: Cast, sign_in: SignIn, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = ("Contract manager",)
    secret = set_up(cast.contract_manager)
    browser = sign_in(cast.contract_manager)
    assert whoami(browser) is None, "the password alone opens nothing"
    browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert whoami(browser) is None
    browser.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    assert whoami(browser) == str(cast.contract_manager.pk)
    assert browser.get("/messages/").status_code == 200


def test_who_takes_theirs_away_is_asked_for_another_at_once(
    cast: Cast, sign_in: SignIn, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = ("Contract manager",)
    secret = set_up(cast.contract_manager)
    browser = sign_in(cast.contract_manager)
    browser.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    assert browser.get("/messages/").status_code == 200
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.contract_manager, type="totp").exists()
    assert browser.get("/messages/").headers["Location"].startswith(reverse("mfa_activate_totp"))


def test_a_code_of_the_app_opens_once(cast: Cast, sign_in: SignIn) -> None:
    shown = shown_by_app(set_up(cast.contract_manager))
    first = sign_in(cast.contract_manager)
    first.post(reverse("mfa_authenticate"), {"code": shown})
    assert whoami(first) == str(cast.contract_manager.pk)
    again = sign_in(cast.contract_manager)
    again.post(reverse("mfa_authenticate"), {"code": shown})
    assert whoami(again) is None


def test_a_recovery_code_opens_once(cast: Cast, sign_in: SignIn) -> None:
    set_up(cast.contract_manager)
    codes = Authenticator.objects.get(user=cast.contract_manager, type="recovery_codes").wrap().get_unused_codes()
    browser = sign_in(cast.contract_manager)
    browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert whoami(browser) == str(cast.contract_manager.pk)
    again = sign_in(cast.contract_manager)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert whoami(again) is None


def test_the_page_to_set_it_up_has_what_the_app_reads(cast: Cast, sign_in: SignIn) -> None:
    browser: Client = sign_in(cast.officer)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp")).text
    picture = re.search(r'class="app-qr"[^>]*><svg[^>]*>(.*?)</svg>', page, re.DOTALL)
    assert picture is not None, "a picture in an address is not let in by the content security policy"
    assert "<path" in picture[1]
    assert "style=" not in picture[0]
    assert browser.session["mfa.totp.secret"] in page


def test_confirming_a_password_says_why_in_plain_words_and_leads_back(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.contract_manager).get(reverse("mfa_activate_totp"), follow=True).text
    assert "Confirm your password" in page
    assert "reauthenticate to" not in page
    assert f'href="{reverse("account")}" class="govuk-back-link"' in page
    assert f'name="next" value="{reverse("mfa_activate_totp")}"' in page


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_reauthenticate"])
def test_every_page_about_it_speaks_of_it_as_the_account_does(name: str, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.officer)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse(name), follow=True).text
    assert "Two-Factor" not in page
    assert "govuk-back-link" in page


def test_who_has_one_sees_how_many_recovery_codes_are_left_and_makes_new_ones(cast: Cast, sign_in: SignIn) -> None:
    secret = set_up(cast.officer)
    browser = sign_in(cast.officer)
    signing_in = browser.get(reverse("mfa_authenticate")).text
    assert "or one of your recovery codes" in signing_in
    browser.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    asked_again = browser.get(reverse("mfa_reauthenticate")).text
    assert "Confirm that it is you</h1>" in asked_again
    assert f'action="{reverse("mfa_reauthenticate")}"' in asked_again
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "10 of 10 left" in browser.get(reverse("mfa_index")).text
    codes = Authenticator.objects.get(user=cast.officer, type="recovery_codes").wrap().get_unused_codes()
    shown = browser.get(reverse("mfa_view_recovery_codes")).text
    assert all(code in shown for code in codes)
    assert "open nothing any more" in browser.get(reverse("mfa_generate_recovery_codes")).text
    browser.post(reverse("mfa_generate_recovery_codes"))
    assert codes[0] not in browser.get(reverse("mfa_view_recovery_codes")).text
    assert "Whoever knows your password" in browser.get(reverse("mfa_deactivate_totp")).text
    browser.post(reverse("mfa_deactivate_totp"))
    assert "You have none yet" in browser.get(reverse("mfa_index")).text
