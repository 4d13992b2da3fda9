"""
Who may open what: every address of the project meets everybody of the cast.

Anonymous: to the sign-in page. Not yours to see: 404. Not yours to do: 403. The tables below state it for each address;
an address that is in none of them fails a test.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from contracts.models import Contract, ServiceArea
from reports.models import Paper
from tests import builders
from tests.people import Cast

Statuses = dict[str, int]

ANONYMOUS = "anonymous"
STRANGERS = ("outsider", "other_officer")
WATCHERS = ("contract_manager", "clerk", "board_member", "project_manager", "supplier", "officer", "administrator")
DRAFTERS = ("officer", "contract_manager", "clerk", "administrator")

SIGN_IN = 302
# A leaver cannot sign in, and a session that was open ends: for the site that is nobody.
NOBODY: Statuses = {ANONYMOUS: SIGN_IN, "leaver": SIGN_IN}
FREE: Statuses = dict.fromkeys((ANONYMOUS, "leaver", *WATCHERS, *STRANGERS), 200)
SIGNED_IN: Statuses = FREE | NOBODY
OF_THE_CONTRACT: Statuses = SIGNED_IN | dict.fromkeys(STRANGERS, 404)
OF_ITS_DRAFTS: Statuses = OF_THE_CONTRACT | {name: 404 for name in WATCHERS if name not in DRAFTERS}
# Whoever has exactly one contract is led to it; clerk and administrator see both, the outsider none.
LED_TO_THE_CONTRACT: Statuses = SIGNED_IN | {
    name: 302 for name in (*WATCHERS, "other_officer") if name not in ("clerk", "administrator")
}
# Pages for who is not signed in send who is on to the start page, and the other way round.
ONLY_ANONYMOUS: Statuses = dict.fromkeys(FREE, 302) | {ANONYMOUS: 200, "leaver": 200}
# They have nothing to do here: one has a password already, one was sent no code.
ELSEWHERE: Statuses = dict.fromkeys(FREE, 302)


@dataclass(frozen=True, slots=True)
class Stage:
    """What the addresses lead to."""

    contract: Contract
    draft: Paper
    published: Paper


Address = Callable[[Stage], str]


def at(name: str, *of: Callable[[Stage], object]) -> Address:
    return lambda stage: reverse(name, args=[each(stage) for each in of])


def reference(stage: Stage) -> str:
    return stage.contract.reference


# What an address answers to GET, by name. An address that answers differently for different things has several rows.
PAGES: Mapping[str, tuple[tuple[Address, Statuses], ...]] = {
    "home": ((at("home"), LED_TO_THE_CONTRACT),),
    "accessibility": ((at("accessibility"), FREE),),
    "privacy": ((at("privacy"), FREE),),
    "glossary": ((at("glossary"), FREE),),
    "kpis:matrix": ((at("kpis:matrix", reference), OF_THE_CONTRACT),),
    "kpis:kpi": ((at("kpis:kpi", reference, lambda _: "CSC_KPI_01"), OF_THE_CONTRACT),),
    "projects:register": ((at("projects:register", reference), OF_THE_CONTRACT),),
    "projects:project": ((at("projects:project", reference, lambda _: "P001"), OF_THE_CONTRACT),),
    "reports:exceptions": ((at("reports:exceptions", reference), OF_THE_CONTRACT),),
    "reports:meetings": ((at("reports:meetings", reference), OF_THE_CONTRACT),),
    "reports:meeting": ((at("reports:meeting", reference, lambda stage: stage.draft.meeting_id), OF_THE_CONTRACT),),
    "reports:progress": ((at("reports:progress", reference, lambda stage: stage.draft.meeting_id), OF_ITS_DRAFTS),),
    "reports:paper": (
        (at("reports:paper", reference, lambda stage: stage.published.pk), OF_THE_CONTRACT),
        (at("reports:paper", reference, lambda stage: stage.draft.pk), OF_ITS_DRAFTS),
    ),
    "reports:file": (
        (at("reports:file", reference, lambda stage: stage.published.pk, lambda _: "report-r1.csv"), OF_THE_CONTRACT),
        (at("reports:file", reference, lambda stage: stage.draft.pk, lambda _: "report-r1.csv"), OF_ITS_DRAFTS),
    ),
    # allauth's pages
    "account_login": ((at("account_login"), ONLY_ANONYMOUS),),
    "account_logout": ((at("account_logout"), SIGNED_IN),),
    "account_inactive": ((at("account_inactive"), FREE),),
    "account_signup": ((at("account_signup"), ONLY_ANONYMOUS),),
    "account_reauthenticate": ((at("account_reauthenticate"), SIGNED_IN),),
    "account_email": ((at("account_email"), SIGNED_IN),),
    "account_email_verification_sent": ((at("account_email_verification_sent"), FREE),),
    "account_change_password": ((at("account_change_password"), SIGNED_IN),),
    "account_set_password": ((at("account_set_password"), ELSEWHERE),),
    "account_reset_password": ((at("account_reset_password"), FREE),),
    "account_reset_password_done": ((at("account_reset_password_done"), FREE),),
    "account_reset_password_from_key": (
        (at("account_reset_password_from_key", lambda _: "1", lambda _: "no-such-key"), FREE),
    ),
    "account_reset_password_from_key_done": ((at("account_reset_password_from_key_done"), FREE),),
    "account_confirm_email": ((at("account_confirm_email", lambda _: "no-such-key"), FREE),),
    "account_confirm_login_code": ((at("account_confirm_login_code"), ELSEWHERE),),
}
ADMIN = "admin:"
FORMS = "account_"
"""allauth's addresses take forms; ours only show."""


@pytest.fixture
def stage(contract: Contract, area: ServiceArea, today: date, settings: LazySettings, tmp_path: Path) -> Stage:
    settings.PAPERS_DIR = tmp_path
    builders.results(builders.kpi(area), "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    builders.project(contract)
    board = builders.board(contract)
    held = builders.paper(contract, builders.meeting(board, date(2018, 3, 1), "held"), today, "published")
    return Stage(contract, builders.paper(contract, builders.meeting(board, date(2018, 3, 29)), today), held)


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


def our_pages() -> Iterator[tuple[Address, Statuses]]:
    yield from (row for name, rows in PAGES.items() if not name.startswith(FORMS) for row in rows)


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
    assert {name for name in ALL_ADDRESSES if not name.startswith(ADMIN)} == set(PAGES)


def test_everybody_gets_of_every_page_what_the_table_says(stage: Stage, cast: Cast) -> None:
    clients = dict(everybody(cast))
    for name, rows in PAGES.items():
        for address, expected in rows:
            found = {who: status(client.get(address(stage))) for who, client in clients.items()}
            assert found == expected, name


def test_who_is_not_signed_in_is_led_back_after_signing_in(stage: Stage) -> None:
    for address, expected in our_pages():
        if expected is not FREE:
            asked = address(stage)
            assert Client().get(asked).headers["Location"] == f"{reverse('account_login')}?next={asked}"


def test_our_pages_only_show(stage: Stage, cast: Cast) -> None:
    clients = dict(everybody(cast))
    for address, expected in our_pages():
        found = {who: client.post(address(stage)).status_code for who, client in clients.items()}
        assert found == {who: SIGN_IN if who in NOBODY and expected is not FREE else 405 for who in clients}


def test_nobody_signs_up_by_themselves(db: None) -> None:
    form = {"email": "somebody@example.org", "password1": "long enough for it", "password2": "long enough for it"}
    response = Client().post(reverse("account_signup"), form)
    assert "somebody@example.org" not in response.content.decode()
    assert Client().login(username="somebody@example.org", password="long enough for it") is False


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
