"""Finding, filling in and reading the pages of a return."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Person
from contracts.rules.months import parse_month
from kpis.models import Entry, Kpi


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(name: str, area: str = "CSC", month: str = "2018-02") -> str:
    return reverse(f"kpis:{name}", args=["TST", area, parse_month(month)])


def typed(client: Client, kpis: tuple[Kpi, ...], **cells: str) -> dict[str, str]:
    """The form as it stands on the page, with these cells (``value_0``: of the first KPI) typed into it."""
    page = client.get(at("return_form")).content.decode()
    sent = {
        name: unescape(value) for name, value in re.findall(r'<input[^>]*name="(\d[^"]*)"[^>]*value="([^"]*)"', page)
    }
    sent |= {name: unescape(words) for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<', page)}
    for name, words in cells.items():
        cell, _, place = name.rpartition("_")
        sent[f"{kpis[int(place)].pk}-{cell}"] = words
    return sent


def entries() -> dict[str, str]:
    return dict(Entry.objects.values_list("kpi__code", "value"))


def version(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found
    return found[1]


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
