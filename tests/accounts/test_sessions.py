"""Sessions end in time, can be looked at and ended from elsewhere; what was typed then is not lost."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.accounts import timeouts
from tests.accounts.conftest import SignIn, whoami
from tests.people import Cast

pytestmark = pytest.mark.django_db


class Clock:
    def __init__(self) -> None:
        self.at = timezone.now()

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timeouts, "timezone", found)
    return found


def is_in(browser: Client) -> bool:
    return browser.get("/messages/").status_code == 200


def test_a_session_that_nobody_uses_ends(cast: Cast, sign_in: SignIn, clock: Clock, settings: object) -> None:
    browser = sign_in(cast.officer)
    assert is_in(browser)
    clock.forward(minutes=59)
    assert is_in(browser)
    clock.forward(minutes=60)
    assert not is_in(browser)
    assert whoami(browser) is None


def test_a_busy_session_ends_too_at_last(cast: Cast, sign_in: SignIn, clock: Clock) -> None:
    browser = sign_in(cast.officer)
    for _ in range(12 * 2 - 1):
        assert is_in(browser)
        clock.forward(minutes=30)
    assert is_in(browser)
    clock.forward(minutes=30)
    assert not is_in(browser)


def test_being_seen_is_written_down_once_a_minute(cast: Cast, sign_in: SignIn, clock: Clock) -> None:
    browser = sign_in(cast.officer)
    assert is_in(browser)
    noted = browser.session["seen_at"]
    clock.forward(seconds=59)
    assert is_in(browser)
    assert browser.session["seen_at"] == noted
    clock.forward(seconds=1)
    assert is_in(browser)
    assert browser.session["seen_at"] > noted


def test_sessions_elsewhere_are_listed_and_can_be_ended(cast: Cast, sign_in: SignIn) -> None:
    here, elsewhere = sign_in(cast.officer), sign_in(cast.officer)
    answer = here.get(reverse("usersessions_list"))
    assert answer.status_code == 200, answer.headers
    page = answer.content.decode()
    assert page.count("<tr") >= 3, "a head and two sessions"
    here.post(reverse("usersessions_list"))
    assert not is_in(elsewhere)
    assert is_in(here)
