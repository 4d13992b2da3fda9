"""People at the door, and a provider of identities that runs as a process of its own."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from config.accounts.grants import read_grants
from config.processes.child import running
from config.processes.ports import LOOPBACK, free_port
from contracts.models import Person

PASSWORD = "long enough for it"
READY_WITHIN_SECONDS = 30.0

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Through the door with a password, set here."""

    def come(person: Person, client: Client | None = None) -> Client:
        if not person.check_password(PASSWORD):
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        browser = client or Client()
        browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        return browser

    return come


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an OpenID Connect provider."""
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    address = f"http://{LOOPBACK}:{port}"

    def answers() -> bool:
        try:
            return requests.get(f"{address}/.well-known/openid-configuration", timeout=1).ok
        except requests.ConnectionError:
            return False

    command: list[str | Path] = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with running("The identity provider", command, log=folder / "log", folder=folder) as child:
        child.wait_until(answers, READY_WITHIN_SECONDS)
        yield address


@pytest.fixture
def council(provider: str, settings: LazySettings) -> str:
    """The installation trusts the provider, and its groups hold roles."""
    app = {
        "provider_id": "council",
        "name": "your council account",
        "client_id": "scrutineer",
        "secret": "between the two",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.OIDC_GRANTS = read_grants(
        ["officers-csc=Officer@TST/CSC", "managers=Contract manager@TST", "clerks=Clerk", "admins=Administrator"]
    )
    return provider


Arrive = Callable[..., Client]


@pytest.fixture
def arrive(council: str) -> Arrive:
    """Comes in through the provider as somebody of whom it says this."""

    def come(subject: str = "u1", client: Client | None = None, **claims: str | bool | list[str]) -> Client:
        body = {"email": f"{subject}@council.example", "email_verified": True, "name": "Performance officer", **claims}
        requests.put(f"{council}/users/{subject}", json=body, timeout=5).raise_for_status()
        browser = client or Client()
        to_provider = browser.post(reverse("openid_connect_login", args=["council"]))
        assert to_provider.status_code == 302, to_provider.content
        back = requests.post(to_provider.headers["Location"], data={"sub": subject}, allow_redirects=False, timeout=5)
        address = back.headers["Location"].removeprefix("http://testserver")
        browser.last = browser.get(address)  # type: ignore[attr-defined]
        return browser

    return come


def whoami(browser: Client) -> str | None:
    """The primary key of who is signed in."""
    return browser.session.get("_auth_user_id")
