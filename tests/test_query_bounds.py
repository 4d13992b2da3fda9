"""
Every page, for everybody who may open it, costs eight queries at most: session, person and ground are among them.

Pages that grow with what they list are held to the same number at one and at forty in :mod:`tests.test_query_counts`.
"""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.accounts import timeouts
from contracts.rules.roles import Role
from tests.addresses import PAGES, Stage
from tests.people import PASSWORD, Cast
from tests.test_permissions import everybody, status

MOST_QUERIES = 8
READS_ON = {"audit_file": 10}
"""A file as long as the audit: it is written down that it was taken, and then read some pages at a time."""
OF_THE_TEST = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SELECT JSON(")
"""A test runs within a transaction, where BEGIN and COMMIT become these; and SQLite is asked once what it can do."""
SIGNS_OUT = "account_logout"


@pytest.fixture(autouse=True)
def sessions_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a session is in use is written down once a minute, which no page costs."""
    monkeypatch.setattr(timeouts, "NOTED_EVERY", timedelta(days=1))


def asked(client: Client, address: str) -> list[str]:
    """The statements of a page, as they were sent."""
    with CaptureQueriesContext(connection) as captured:
        status(client.get(address))
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(OF_THE_TEST)]


def most_of(name: str) -> int:
    return READS_ON.get(name, MOST_QUERIES)


@pytest.mark.parametrize("needs_second_factor", [False, True])
def test_every_page_costs_everybody_eight_queries_at_most(
    needs_second_factor: bool, stage: Stage, cast: Cast, settings: LazySettings
) -> None:
    if needs_second_factor:
        settings.SECOND_FACTOR_ROLES = tuple(role.value for role in Role)
        for _, person in cast.everybody():
            TOTP.activate(person, generate_totp_secret())
    over: dict[str, int] = {}
    for _, client in everybody(cast):
        client.get("/")  # begins the session's time
        for name, rows in PAGES.items():
            if name == SIGNS_OUT:
                continue
            spent = max(len(asked(client, address(stage))) for address, _ in rows)
            if spent > most_of(name):
                over[name] = max(spent, over.get(name, 0))
    assert over == {}


def test_the_page_of_somebody_who_is_locked_out_costs_no_more(cast: Cast) -> None:
    for place in range(1, 4):
        for _ in range(6):
            given = {"login": cast.officer.email, "password": f"not {PASSWORD}"}
            Client(REMOTE_ADDR=f"192.0.2.{place}").post("/accounts/login/", given)
    client = Client()
    client.force_login(cast.administrator)
    client.get("/")
    address = reverse("person", args=[cast.officer.pk])
    assert "Too many wrong passwords were tried" in client.get(address).content.decode()
    assert len(asked(client, address)) <= MOST_QUERIES
