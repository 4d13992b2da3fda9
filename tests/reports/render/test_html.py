"""The HTML file stands alone, tells a screen reader everything, and lets no text act as markup."""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from config.ui.status import LOOKS
from reports.render.document import Card
from tests.reports.render.rendered import content, words

PLACES = ("src", "href", "action", "data", "srcset", "poster")
VOID = {"meta", "link", "br", "path", "circle", "use", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a file, in order, with their attributes; and whether every one was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def of(self, *tags: str) -> list[tuple[str, dict[str, str]]]:
        return [(tag, attributes) for tag, attributes in self.elements if tag in tags]


def page(sample: str) -> Page:
    return Page(content(sample, "html").decode())


@pytest.mark.parametrize(
    "sample",
    [
        "small", "many_failures", "hostile", "empty", "without_meeting", "disputed", "board_projects", "no_projects",
        "hostile_projects", "month_of_projects", "hostile_month", "addendum", "quiet_addendum", "hostile_addendum",
    ],
)  # fmt: skip
def test_every_element_is_closed_and_every_id_is_the_only_one(sample: str) -> None:
    shown = page(sample)
    assert shown.open == []
    ids = Counter(attributes["id"] for _, attributes in shown.elements if "id" in attributes)
    assert [name for name, number in ids.items() if number > 1] == []


@pytest.mark.parametrize("sample", ["small", "hostile", "hostile_projects", "hostile_month"])
def test_nothing_is_loaded_from_anywhere_and_nothing_runs(sample: str) -> None:
    shown = page(sample)
    addresses = {attributes[name] for _, attributes in shown.elements for name in PLACES if name in attributes}
    assert {address[:1] for address in addresses} == {"#"}
    assert shown.of("script", "iframe", "object", "form", "img", "link") == []
    assert not [
        name for _, attributes in shown.elements for name in attributes if name.startswith("on") or name == "style"
    ]


def test_the_policy_allows_exactly_the_style_the_file_carries() -> None:
    text = content("small", "html").decode()
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    source = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = [a["content"] for _, a in page("small").of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{source}'"


def test_the_style_repeats_the_colours_of_the_statuses() -> None:
    text = content("small", "html").decode()
    for look in LOOKS.values():
        (block,) = re.findall(rf"(?:\.paper-status--[\w-]+,\s*)*\.paper-status--{look.css}\b[^{{]*{{([^}}]*)}}", text)
        assert f"color: {look.colour};" in block, look.key


def test_headings_go_down_one_level_at_a_time() -> None:
    for sample in ("small", "nothing_failed", "many_failures"):
        levels = [int(tag[1]) for tag, _ in page(sample).of("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_header_cells_both_ways() -> None:
    text = content("many_failures", "html").decode()
    tables = re.findall(r"<table.*?</table>", text, re.DOTALL)
    assert len(tables) == text.count("<table") > 5
    for table in tables:
        assert re.search(r"<caption[^>]*><span>[^<]+</span></caption>", table)
        head, body = table.split("<tbody>")
        assert "<td" not in head
        assert head.count('<th scope="col"') == head.count("<th ")
        rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
        assert len(rows) == body.count("<tr") > 0
        assert all(row.strip().startswith('<th scope="row"') and row.count("<th") == 1 for row in rows)


def test_every_drawing_has_a_name_and_a_description() -> None:
    shown = page("many_failures")
    drawings = [attributes for tag, attributes in shown.of("svg") if attributes.get("role") == "img"]
    ids = {attributes["id"] for tag, attributes in shown.of("title", "desc") if "id" in attributes}
    blocks = [block for section in words("many_failures").sections for block in section.blocks]
    assert len(drawings) == sum(isinstance(block, Card) and block.picture is not None for block in blocks)
    assert all(set(drawing["aria-labelledby"].split()) <= ids for drawing in drawings)
    others = [attributes for tag, attributes in shown.of("svg") if attributes.get("role") != "img"]
    assert all(other["aria-hidden"] == "true" for other in others)


def test_language_and_title_are_set() -> None:
    text = content("nothing_failed", "html").decode()
    assert page("nothing_failed").elements[0] == ("html", {"lang": "en-GB"})
    assert (
        "<title>Corporate Support Services Contract: exception report, "
        "Overview and Scrutiny Management Board, Thursday 29 March 2018</title>"
    ) in text
