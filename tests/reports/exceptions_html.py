"""What the tests of the exceptions page read of it: its sections and cards as text, its counts as numbers."""

import re
from datetime import date
from html import unescape

from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from reports.build import judge_period
from reports.snapshot import BoardPaper
from tests import builders
from tests.people import make_cast

TODAY = date(2018, 3, 14)
ARTICLE = re.compile(r'<article[^>]* id="([^"]+)"[^>]*>(.*?)</article>', re.DOTALL)


def signed_in(contract: Contract, area: ServiceArea) -> Client:
    client = Client()
    client.force_login(make_cast(contract, area, builders.contract("OTH")).board_member)
    return client


def html_of(client: Client, contract: Contract, first: str = "", last: str = "") -> str:
    asked = {"from": first, "to": last} if first else {}
    page = client.get(reverse("reports:exceptions", args=[contract.reference]), asked)
    assert page.status_code == 200
    return page.content.decode()


def judged(contract: Contract, first: str, last: str) -> BoardPaper:
    return judge_period(contract, parse_month(first), parse_month(last), on=TODAY)


def section(html: str, key: str) -> str:
    """The markup of a section by the id of its heading."""
    found = re.search(rf'<section[^>]*aria-labelledby="{key}">(.*?)</section>', html, re.DOTALL)
    assert found, key
    return found[1]


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", markup, flags=re.DOTALL)).split())


def cards_of(markup: str) -> dict[str, str]:
    return {anchor: plain(card) for anchor, card in ARTICLE.findall(markup)}


def news_of(html: str) -> dict[str, int]:
    items = re.findall(r'<li class="app-news__item">(.*?)</li>', html, re.DOTALL)
    said = (re.fullmatch(r"(\d+) (.*)", plain(item)) for item in items)
    return {match[2].split(" (")[0]: int(match[1]) for match in said if match}


def counted(html: str, key: str) -> int:
    number = re.search(rf'<h2[^>]*id="{key}"[^>]*>[^<]*<span[^>]*>\((\d+)\)', html)
    assert number, key
    return int(number[1])
