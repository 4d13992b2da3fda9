"""Wrong passwords are counted, whichever process they come to."""

import os
import subprocess
import sys

import pytest
from django.conf import LazySettings, settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Person
from contracts.services.people.doors import counted_as, unlock
from tests.accounts.conftest import PASSWORD, whoami
from tests.people import Cast

ATTEMPTS = 5
FROM_EVERYWHERE = 30
WRONG = "wrong"
ELSEWHERE = """
import sys, django
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS = ["testserver"]
from django.db import connection
connection.close()
connection.settings_dict["NAME"] = sys.argv[1]
from django.test import Client
for _ in range(int(sys.argv[3])):
    Client().post("/accounts/login/", {"login": sys.argv[2], "password": "wrong"})
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_whoever_guesses_in_two_processes_is_locked_out_in_both(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", ELSEWHERE, name, cast.officer.email, str(ATTEMPTS)]
    ended = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    client = Client()
    answer = client.post(reverse("account_login"), {"login": cast.officer.email, "password": PASSWORD})
    assert whoami(client) is None
    assert "Too many failed login attempts" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["another name or port of the site", "another spelling of the address"])
def test_wrong_passwords_count_together_however_they_come(way: str, cast: Cast, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    plain, hosts = cast.officer.email, [f"site{number}.example.org:8{number}" for number in range(ATTEMPTS)]
    spellings = [plain, plain.upper(), plain.title(), f" {plain}", plain.replace("o", "O")]
    for host, spelling in zip(hosts, spellings, strict=True):
        is_by_host = way.startswith("another name")
        named = {"HTTP_HOST": host if is_by_host else hosts[0]}
        form = {"login": plain if is_by_host else spelling, "password": "wrong"}
        Client(headers={"host": named["HTTP_HOST"]}).post(reverse("account_login"), form)
    client = Client()
    client.post(reverse("account_login"), {"login": plain, "password": PASSWORD})
    assert whoami(client) is None


@pytest.mark.parametrize("spelling", ["chie\u017f.of.\u017ftaff@example.org", "\uff43hief.of.staff@example.org"])
def test_a_spelling_that_a_database_may_take_for_the_same_counts_as_the_same(spelling: str) -> None:
    """PostgreSQL finds people without regard to capitals, and LONG S has the capital of S."""
    plain = "chief.of.staff@example.org".replace("chief", "chies" if "chie\u017f" in spelling else "chief")
    assert counted_as(spelling) == counted_as(plain)


@pytest.mark.django_db
def test_a_link_to_set_a_password_leads_to_the_site_whatever_name_it_was_asked_for_under(
    cast: Cast, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS, settings.SITE_URL = [".example.org"], "https://scrutineer.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    elsewhere = Client(headers={"host": "elsewhere.example.org:8443"})
    elsewhere.post(reverse("account_reset_password"), {"email": cast.officer.email})
    sent = str(mail.outbox[-1].body)
    assert "https://scrutineer.example.org/accounts/password/reset/key/" in sent
    assert "://elsewhere" not in sent


def guess(person: Person, place: str, times: int, password: str = WRONG) -> Client:
    """Somebody's password tried from an IP address; the browser of the last try."""
    client = Client(REMOTE_ADDR=place)
    for _ in range(times):
        client.post(reverse("account_login"), {"login": person.email, "password": password})
    return client


@pytest.mark.django_db
def test_whoever_guesses_locks_out_nobody_who_comes_from_elsewhere(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    guess(cast.officer, "192.0.2.1", 2 * ATTEMPTS)
    assert whoami(guess(cast.officer, "192.0.2.1", 1, PASSWORD)) is None
    assert whoami(guess(cast.officer, "192.0.2.2", 1, PASSWORD)) == str(cast.officer.pk)


@pytest.mark.django_db
def test_guessing_from_many_places_is_ended_too_and_can_be_forgotten(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    for number in range(FROM_EVERYWHERE // ATTEMPTS):
        guess(cast.officer, f"192.0.2.{number}", ATTEMPTS)
    assert whoami(guess(cast.officer, "198.51.100.1", 1, PASSWORD)) is None
    assert unlock(person=cast.officer, by=cast.administrator, now=timezone.now())
    for place in ("192.0.2.1", "198.51.100.1"):
        assert whoami(guess(cast.officer, place, 1, PASSWORD)) == str(cast.officer.pk)


@pytest.mark.django_db
def test_a_right_password_counts_for_nothing_wrong(cast: Cast) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    for _ in range(2 * ATTEMPTS):
        assert whoami(guess(cast.officer, "192.0.2.1", 1, PASSWORD)) == str(cast.officer.pk)


@pytest.mark.django_db
def test_a_few_wrong_passwords_lock_nobody_out(cast: Cast, client: Client) -> None:
    cast.officer.set_password(PASSWORD)
    cast.officer.save(update_fields=["password"])
    for _ in range(ATTEMPTS - 1):
        client.post(reverse("account_login"), {"login": cast.officer.email, "password": "wrong"})
    client.post(reverse("account_login"), {"login": cast.officer.email, "password": PASSWORD})
    assert whoami(client) == str(cast.officer.pk)
