"""The frame of every page: title, ways in and out, and nothing that a strict content security policy would block."""

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string

pytestmark = pytest.mark.urls("tests.config.ui.urls")

PAGE = """{% extends "layout.html" %}{% import "ui/macros.html" as ui %}
{% block title %}Exceptions{% endblock %}{% block content %}{{ ui.heading("Exceptions") }}{% endblock %}"""


@dataclass(frozen=True)
class Person:
    job_title: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.job_title


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text inside scripts and styles."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.cdata_elem in {"script", "style"} and data.strip():
            self.inline.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def page(source: str = PAGE, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


def test_the_title_names_page_and_product() -> None:
    assert "<title>Exceptions - Scrutineer</title>" in page()


def test_the_title_says_first_that_a_form_has_errors() -> None:
    class Ask(forms.Form):
        name = forms.CharField()

    assert "<title>Error: Exceptions - Scrutineer</title>" in page(form=Ask({}))
    assert "<title>Exceptions - Scrutineer</title>" in page(form=Ask())


def test_the_language_is_british_english() -> None:
    assert Elements(page()).all("html") == [{"lang": "en-GB", "class": "govuk-template"}]


def test_the_first_link_skips_to_the_one_main_region() -> None:
    elements = Elements(page())
    assert elements.all("a")[0]["href"] == "#main-content"
    assert [main["id"] for main in elements.all("main")] == ["main-content"]


def test_the_footer_leads_to_accessibility_privacy_and_glossary() -> None:
    hrefs = [link["href"] for link in Elements(page()).all("a")]
    assert hrefs[-3:] == ["/accessibility/", "/privacy/", "/glossary/"]


def test_the_demonstrations_day_is_announced_on_every_page() -> None:
    markup = page(demonstration_day=date(2018, 3, 14))
    assert 'In this demonstration today is <time datetime="2018-03-14">14 March 2018</time>' in markup
    assert "In this demonstration" not in page(demonstration_day=None)


def test_a_signed_in_person_can_sign_out_by_post() -> None:
    markup = page(user=Person("Contract manager"), csrf_token="token")
    assert "Contract manager" in markup
    form = next(form for form in Elements(markup).all("form") if form["action"] == "/accounts/logout/")
    assert form["method"] == "post"
    assert 'name="csrfmiddlewaretoken" value="token"' in markup


def test_nobody_signed_in_sees_no_sign_out() -> None:
    assert "Sign out" not in page(user=AnonymousUser())


def test_the_menu_marks_the_section_one_is_in() -> None:
    menu = [SimpleNamespace(text=name, href=f"/{name}/", is_current=name == "KPIs") for name in ("Exceptions", "KPIs")]
    current = [link for link in Elements(page(navigation=menu)).all("a") if "aria-current" in link]
    assert [link["href"] for link in current] == ["/KPIs/"]


def test_a_message_is_announced_and_escaped() -> None:
    markup = page(messages=[Message(25, "February <2018> is submitted."), Message(20, "Two areas are open.")])
    assert "February &lt;2018&gt; is submitted." in markup
    assert re.findall(r'role="(alert|region)" aria-labelledby="message-\d"', markup) == ["alert", "region"]


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_but_itself(name: str) -> None:
    markup = render_to_string(name)
    assert markup.count("<h1") == 1
    assert "undefined" not in markup.lower()


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            lambda: page(user=Person("Clerk"), csrf_token="t", demonstration_day=date(2018, 3, 14)), id="page"
        ),
        pytest.param(lambda: render_to_string("404.html"), id="404"),
    ],
)
def test_nothing_needs_an_unsafe_content_security_policy(markup) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    elements = Elements(markup())
    assert elements.inline == []
    for tag, attrs in elements.tags:
        assert tag != "style"
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
        assert not str(attrs.get("href", "")).startswith("javascript:")


def test_everything_a_page_loads_comes_from_here() -> None:
    elements = Elements(page())
    loaded = [link["href"] for link in elements.all("link")] + [script["src"] for script in elements.all("script")]
    assert len(loaded) == 3
    assert all(str(address).startswith("/static/") for address in loaded)
