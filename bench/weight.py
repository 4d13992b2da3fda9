"""What a browser fetches for a page the first time, and how soon it is ready, beside the Django admin's list."""

import gzip
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings

from bench import people, visits
from bench.goals import Part
from bench.serving import served
from bench.shape import AREAS, LAST_MONTH, Shape

NAMED: Final = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')
WITHIN: Final = re.compile(r"""(?:url\(|\bfrom\s*|\bimport\s*)["']?([^"')\s]+)["']?""")
BUT_ON_DEMAND: Final = ("woff", "woff2")
ADMIN: Final = "/admin/projects/project/"
VISITS: Final = 9


def measure(shape: Shape, rounds: int) -> Part:
    clerk = people.clerk()
    pages = {
        "exceptions page": f"/contracts/{shape.usual}/",
        "status matrix": f"/contracts/{shape.usual}/kpis/",
        "all-contracts page": "/",
        "register": f"/contracts/{shape.usual}/projects/",
        "page of a KPI": f"/contracts/{shape.usual}/kpis/KPI_03/",
        "timeline": f"/contracts/{shape.usual}/projects/timeline/",
    }
    officer, form = people.officer(shape), f"/contracts/{shape.wide}/returns/{AREAS[0]}/{LAST_MONTH:%Y-%m}/"
    found = {name: _weighed(visits.opened(clerk, address).content) for name, address in pages.items()}
    found["return form of 45 KPIs"] = _weighed(visits.opened(officer, form).content)
    figures = {
        "page weight, requests": float(max(len(each) for each in found.values())),
        "page weight, compressed, cold": max(sum(each.values()) for each in found.values()) / 1000,
    }
    details: dict[str, Any] = {"bytes compressed": found}
    browser = which("chromium") or which("chromium-browser")
    if browser:
        ready = _ready(browser, shape, list(pages.values()), min(rounds, VISITS))
        figures["ready in Chromium ÷ Django admin's list"] = ready[f"/contracts/{shape.usual}/"] / ready[ADMIN]
        details["milliseconds until ready"] = ready
    return Part(figures, {}, details)


def _weighed(page: bytes) -> dict[str, int]:
    """Bytes by address, compressed as a web server would: the page, and the files it and they name."""
    weights = {"the page": len(gzip.compress(page, 6))}
    waiting = NAMED.findall(page.decode())
    while waiting:
        address = waiting.pop()
        if address in weights:
            continue
        content = _file(address).read_bytes()
        weights[address] = min(len(content), len(gzip.compress(content, 6)))
        waiting += _named_in(address, content)
    return weights


def _named_in(address: str, content: bytes) -> Iterator[str]:
    if address.endswith((".css", ".js", ".mjs")):
        for other in WITHIN.findall(content.decode()):
            reached = urljoin(address, other)
            if reached.startswith("/static/") and not reached.endswith(BUT_ON_DEMAND) and _file(reached).is_file():
                yield reached


def _file(address: str) -> Path:
    return Path(str(settings.STATIC_ROOT)) / address.removeprefix("/static/")


def _ready(browser: str, shape: Shape, pages: list[str], rounds: int) -> dict[str, float]:
    """Milliseconds from asking until everything is loaded, by turns, each time with nothing kept."""
    from playwright.sync_api import sync_playwright

    headers = {"X-Forwarded-Proto": "https", "Cookie": people.administrator().cookies}
    times: dict[str, list[float]] = {address: [] for address in (*pages, ADMIN)}
    with served() as port, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for _ in range(rounds):
            for address in times:
                context = opened.new_context(extra_http_headers=headers)
                page = context.new_page()
                page.goto(f"http://localhost:{port}{address}", wait_until="load")
                times[address].append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                context.close()
        opened.close()
    return {address: round(statistics.median(took), 1) for address, took in times.items()}
