"""What every answer tells the browser to refuse, as the settings of production have it."""

import base64
import hashlib
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse

from contracts.models import Person
from tests.addresses import PAGES, Stage
from tests.observatory import findings, score, scripts
from tests.people import Cast

OF_PRODUCTION = ("SECURE_", "SESSION_COOKIE_", "CSRF_", "PERSON_COOKIE_", "CONTENT_SECURITY_", "X_FRAME_")
GOOD = 140
OF_SCRIPTS = 5
"""What an answer cannot have that loads no script."""
PASSWORD = "long enough for it"

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The settings as they are once a secret key makes an installation one of production."""
    for name, value in (("SECRET_KEY", "x" * 50), ("ALLOWED_HOSTS", "testserver"), ("VAR_DIR", str(tmp_path))):
        monkeypatch.setenv(name, value)
    read = runpy.run_path(str(django_settings.BASE_DIR / "config" / "settings.py"))
    kept: dict[str, Any] = {name: value for name, value in read.items() if name.startswith(OF_PRODUCTION)}
    assert kept["SECURE_HSTS_SECONDS"]
    with override_settings(**kept):
        yield


def signed_in(person: Person) -> Client:
    """Through the door, so that the cookies are those that the browser would hold."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    client = Client()
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, secure=True)
    assert answer.status_code == 302
    return client


@pytest.mark.walk
def test_every_answer_reaches_the_mark(production: None, stage: Stage, cast: Cast) -> None:
    client, poor = signed_in(cast.contract_manager), {}
    for name, rows in PAGES.items():
        if name in ("account_logout",):
            continue
        for address, _ in rows:
            answer = client.get(address(stage), secure=True)
            if answer.streaming:
                b"".join(answer)
            is_page = bool(scripts(answer))
            reached = score(answer, client.cookies)
            if reached < (GOOD if is_page else GOOD - OF_SCRIPTS):
                poor[name] = (reached, list(findings(answer, client.cookies)))
    assert not poor


@pytest.mark.walk
def test_who_is_not_signed_in_gets_the_same(production: None, stage: Stage, client: Client) -> None:
    client.get(reverse("account_login"), secure=True)
    for rows in PAGES.values():
        answer = client.get(rows[0][0](stage), secure=True)
        if answer.streaming:
            b"".join(answer)
        assert score(answer, client.cookies) >= GOOD - OF_SCRIPTS


def test_the_admins_pages_reach_it_too(production: None, cast: Cast) -> None:
    client = signed_in(cast.administrator)
    for name in ("index", "contracts_contract_changelist", "contracts_contract_add", "reports_meeting_changelist"):
        answer = client.get(reverse(f"admin:{name}"), secure=True)
        assert scripts(answer)
        assert score(answer, client.cookies) >= GOOD, list(findings(answer, client.cookies))


def test_a_script_names_the_hash_of_the_file_that_is_served(client: Client) -> None:
    (script,) = scripts(client.get(reverse("account_login")))
    file = finders.find("scrutineer/page.js")
    assert file
    digest = base64.b64encode(hashlib.sha384(Path(file).read_bytes()).digest()).decode()
    assert script["integrity"] == f"sha384-{digest}"


def test_nothing_personal_is_kept_on_the_way(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    assert client.get("/", follow=True).headers["Cache-Control"] == "no-store, private"
    assert client.get("/no/such/page/").headers["Cache-Control"] == "no-store, private"
