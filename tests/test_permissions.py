"""
Who may open what: every address of the project meets everybody of the cast.

What they get stands in :mod:`tests.addresses`; an address that is in none of its tables fails a test.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.addresses import ACTIONS, ANONYMOUS, FREE, NOBODY, PAGES, SIGN_IN, Address, Stage, Statuses
from tests.people import Cast

ADMIN = "admin:"
FORMS = ("account_", "mfa_", "openid_connect_", "socialaccount_", "usersessions_")
"""allauth's addresses take forms; ours only show."""


def everybody(cast: Cast) -> Iterator[tuple[str, Client]]:
    yield ANONYMOUS, Client()
    for name, person in cast.everybody():
        client = Client()
        client.force_login(person)
        yield name, client


def status(response: HttpResponseBase) -> int:
    if response.streaming:
        b"".join(response)  # a file that is not read to its end stays open
    return response.status_code


def our_pages(only_show: bool = False) -> Iterator[tuple[Address, Statuses]]:
    for name, rows in PAGES.items():
        if not name.startswith(FORMS) and not (only_show and name in ACTIONS):
            yield from rows


def addresses(patterns: list[URLPattern | URLResolver], within: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the project by its full name; one without a name goes by what it matches."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from addresses(pattern.url_patterns, namespace)
        else:
            yield f"{within}{pattern.name or pattern.pattern}", pattern


ALL_ADDRESSES = dict(addresses(get_resolver().url_patterns))


def test_every_address_is_listed() -> None:
    assert {name for name in ALL_ADDRESSES if not name.startswith(ADMIN)} == PAGES.keys() | ACTIONS.keys()


def test_everybody_gets_of_every_page_what_the_table_says(stage: Stage, cast: Cast) -> None:
    clients = dict(everybody(cast))
    for name, rows in PAGES.items():
        for address, expected in rows:
            found = {who: status(client.get(address(stage))) for who, client in clients.items()}
            assert found == expected, name


@pytest.mark.walk
def test_who_is_not_signed_in_is_led_back_after_signing_in(stage: Stage) -> None:
    for address, expected in our_pages():
        if expected is not FREE:
            asked = address(stage)
            assert Client().get(asked).headers["Location"] == f"{reverse('account_login')}?next={quote(asked)}"


@pytest.mark.walk
def test_our_pages_only_show(stage: Stage, cast: Cast) -> None:
    clients = dict(everybody(cast))
    for address, expected in our_pages(only_show=True):
        found = {who: client.post(address(stage)).status_code for who, client in clients.items()}
        assert found == {who: SIGN_IN if who in NOBODY and expected is not FREE else 405 for who in clients}


def test_everybody_gets_of_every_action_what_the_table_says(stage: Stage, cast: Cast) -> None:
    clients = dict(everybody(cast))
    for name, rows in ACTIONS.items():
        for address, expected in rows:
            found = {who: client.post(address(stage)).status_code for who, client in clients.items()}
            assert found == expected, name
            if name not in PAGES:
                shown = {who: client.get(address(stage)).status_code for who, client in clients.items()}
                assert shown == dict.fromkeys(clients, 405) | NOBODY, name


def test_nobody_signs_up_by_themselves(db: None) -> None:
    form = {"email": "somebody@example.org", "password1": "long enough for it", "password2": "long enough for it"}
    response = Client().post(reverse("account_signup"), form)
    assert "somebody@example.org" not in response.content.decode()
    assert Client().login(username="somebody@example.org", password="long enough for it") is False


@pytest.mark.walk
def test_only_administrators_pass_the_door_of_the_admin(stage: Stage, cast: Cast) -> None:
    in_admin = [admin_address(name, pattern) for name, pattern in ALL_ADDRESSES.items() if name.startswith(ADMIN)]
    assert len(in_admin) > 50
    for who, client in everybody(cast):
        if who == "administrator":
            assert client.get(reverse("admin:index")).status_code == 200
            continue
        for knock in (client.get, client.post):
            found = {address: answer(knock(address, follow=True)) for address in in_admin}
            assert set(found.values()) == {"door" if who in NOBODY else 403}, (who, found)


def answer(response: Any) -> int | str:
    """The status in the end, or that it led to the sign-in page."""
    end: int = response.status_code
    return "door" if response.request["PATH_INFO"] == reverse("account_login") else end


def admin_address(name: str, pattern: URLPattern) -> str:
    """An address of the admin, of the first thing wherever it asks for one."""
    route = pattern.pattern
    if pattern.name is None or not isinstance(route, RoutePattern | RegexPattern):
        return f"{reverse('admin:index')}no/such/page/"
    named = set(route.converters) | set(route.regex.groupindex)
    if named:
        return reverse(name, kwargs={key: "kpis" if key == "app_label" else "1" for key in named})
    return reverse(name, args=["1"] * route.regex.groups)
