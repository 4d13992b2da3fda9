"""Signing in and everything round it has the look, in the pages we wrote and in those that are allauth's own."""

import re

import pytest
from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms.renderers import get_default_renderer
from django.template.loader import get_template
from django.test import Client

from config.ui.forms import GovukRenderer

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.ui.urls")]


def headings(html: str) -> list[str]:
    return re.findall(r'<h1 class="govuk-heading-l">([^<]+)</h1>', html)


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/accounts/login/", "Sign in"),
        ("/accounts/password/reset/", "Reset your password"),
        ("/accounts/password/reset/done/", "Look in your e-mail"),
        ("/accounts/password/reset/key/1-used-up/", "This link no longer works"),
        ("/accounts/password/reset/key/done/", "Your password is changed"),
        # Not ours: its template is allauth's, in Django's language.
        ("/accounts/inactive/", "Account Inactive"),
    ],
)
def test_the_page_stands_in_the_frame_under_its_heading(client: Client, address: str, heading: str) -> None:
    html = client.get(address).content.decode()
    assert headings(html) == [heading]
    assert f"<title>{heading} - Scrutineer</title>" in html
    assert html.count('<main class="govuk-main-wrapper"') == 1
    assert 'href="/glossary/"' in html


def test_a_refused_sign_in_is_told_at_the_top(client: Client) -> None:
    html = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"}).content.decode()
    assert "<title>Error: Sign in - Scrutineer</title>" in html
    assert html.index('class="govuk-error-summary"') < html.index("<h1")


def test_what_is_missing_at_sign_in_is_linked(client: Client) -> None:
    html = client.post("/accounts/login/", {}).content.decode()
    assert '<a href="#id_login">Enter email</a>' in html
    assert '<a href="#id_password">Enter password</a>' in html


@pytest.mark.parametrize("name", ["login", "logout", "password_change", "password_reset", "password_reset_from_key"])
def test_the_pages_people_use_are_ours(name: str) -> None:
    assert get_template(f"account/{name}.html").backend.name == "jinja2"  # type: ignore[attr-defined]


def test_the_admin_finds_its_own_widgets() -> None:
    renderer = get_default_renderer()
    assert isinstance(renderer, GovukRenderer)
    html = AdminSplitDateTime().render("at", None, renderer=renderer)
    assert "vDateField" in html
    assert "govuk" not in html
