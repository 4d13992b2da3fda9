"""
Whatever stands behind the question mark, or in a part of an address, a page answers it, and never by failing itself.

What a page reads of its query string is not listed here: the page is watched while it reads.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import product
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests import builders, hostile
from tests.addresses import PAGES, Stage
from tests.people import Cast
from tests.test_permissions import ALL_ADDRESSES, FORMS, status

SEED = 20_180_329
ROUNDS = 4
"""How many query strings each page is asked with, of every name it reads."""
PLACES = (
    "0", "-1", "1e9", "9" * 40, "1.5", "", " ", "id", "-id", "--", "name,-name", "2018-02", "2018-13", "1" * 5_000,
    "\x00", "a\x00b", "%00", "..", "١", "NaN", "null", "true", "[]", "{}", "🦭" * 300, "\u202e", "'", '"',
    "' OR 1=1 --",
)  # fmt: skip
"""What pages, sort orders and choices are asked for by nobody who means well."""
FREE_OF_LOGIN = {"account_logout"}
"""Asking for this page is an end of the walk."""
NOT_OURS = 500
LONG_AGO = date(2016, 4, 1)


class Watched(QueryDict):
    """Remembers which names were asked for."""

    asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(str(name))
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(str(name))
        return super().get(name, default)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.asked.add(str(name))
        return super().getlist(name, default)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> type[Watched]:
    def read(request: WSGIRequest) -> Watched:
        return Watched(request.META.get("QUERY_STRING", ""), encoding=request.encoding)

    reading = cached_property(read)
    reading.__set_name__(WSGIRequest, "GET")
    monkeypatch.setattr(WSGIRequest, "GET", reading)
    return Watched


def cells(rng: Random) -> str:
    make = rng.choice((hostile.number, hostile.month, hostile.day, hostile.words, None))
    return rng.choice(PLACES) if make is None else make(rng).typed


def for_a_query(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def query(rng: Random, names: list[str]) -> str:
    """Every name once or twice, in any order, each with something that it is not made for."""
    pairs = [(name, for_a_query(cells(rng))[:3_000]) for name in names for _ in range(rng.choice((1, 1, 2)))]
    rng.shuffle(pairs)
    return urlencode(pairs) + rng.choice(("", "&", "&=", "&%ff=%fe", "&a[]=1"))


def clients(cast: Cast) -> Iterator[Client]:
    for _, person in cast.everybody():
        client = Client()
        client.force_login(person)
        yield client


def test_no_query_string_makes_a_page_fail(stage: Stage, cast: Cast, watched: type[Watched]) -> None:
    rng, everybody, questions = Random(SEED), list(clients(cast)), 0
    for name, rows in PAGES.items():
        if name in FREE_OF_LOGIN:
            continue
        for make, _ in rows:
            address = make(stage)
            watched.asked = set()
            reader = next((each for each in everybody if status(each.get(address)) == 200), None)
            names = sorted(watched.asked - {""})
            if reader is None or not names:
                continue
            for _ in range(ROUNDS):
                asked = f"{address}?{query(rng, names)}"
                assert status(reader.get(asked)) < NOT_OURS, asked
                questions += 1
    assert questions > 100


def test_no_page_number_makes_a_page_fail_beside_what_it_is_a_page_of(stage: Stage, cast: Cast) -> None:
    """Some names are read only where another asks for something that is there."""
    builders.milestone(builders.project(stage.contract, "P-OVERDUE"), "Tender", original_on=LONG_AGO)
    member = Client()
    member.force_login(cast.board_member)
    plan = reverse("projects:plan", args=[stage.contract.reference])
    for part, number in product(("overdue", "never", "over\0due"), PLACES):
        assert status(member.get(plan, {"part": part, "page": number})) == 200, (part, number)


def test_no_part_of_an_address_makes_a_page_fail(stage: Stage, cast: Cast) -> None:
    rng, manager = Random(SEED), Client()
    manager.force_login(cast.contract_manager)
    tried = 0
    for name, pattern in sorted(ALL_ADDRESSES.items()):
        if name.startswith(("admin:", *FORMS)):
            continue
        wanted = list(pattern.pattern.converters)
        given = {"contract": stage.contract.reference}
        for _ in range(ROUNDS if wanted else 0):
            known = given if rng.random() < 0.8 else {}
            address = _address(name, {each: known.get(each) or for_a_query(cells(rng))[:200] or "x" for each in wanted})
            if address:
                assert status(manager.get(address)) < NOT_OURS, address
                tried += 1
    assert tried > 100


def _address(name: str, parts: dict[str, str]) -> str:
    """As somebody would type it: what fits no converter is put in by hand."""
    route = str(ALL_ADDRESSES[name].pattern)
    full = reverse("home") + _prefix(name) + route
    for part in parts:
        for converter in ("slug", "int", "str", "month", "printable", "printable_path", "path", "uuid"):
            full = full.replace(f"<{converter}:{part}>", quote(parts[part], safe=""))
        full = full.replace(f"<{part}>", quote(parts[part], safe=""))
    return full


def _prefix(name: str) -> str:
    within = {"reports": "contracts/<slug:contract>/", "kpis": "contracts/<slug:contract>/"}
    within["projects"] = "contracts/<slug:contract>/projects/"
    return within.get(name.partition(":")[0], "") if ":" in name else ""
