"""Every page works without JavaScript; JavaScript only improves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, Site
from tests.browser.pages import FOR_THE_CLERK
from tests.browser.scene import FULL
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A browser that runs no script, signed in as the clerk."""
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site.address("/accounts/login/"))
        page.get_by_label("Email").fill("clerk@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        yield page


def test_every_page_shows_its_heading_and_its_menu(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    for name, shown in FOR_THE_CLERK.items():
        with subtests.test(name):
            page.goto(site.address(shown.path))
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            for item in page.locator(".govuk-service-navigation__link").all():
                expect(item).to_be_visible()


def test_the_register_filters_sorts_and_pages(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/projects/"))
    rows = page.get_by_role("rowheader")
    expect(rows).to_have_count(50)
    page.get_by_role("link", name="Next page").click()
    expect(rows).to_have_count(9)
    page.get_by_role("link", name="Title").click()
    page.get_by_role("link", name="Title").click()
    expect(rows.first).to_have_text("P059")
    page.get_by_label("Stage").select_option("On hold")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_text(["P002"])
    assert "sort=-title" in page.url


def test_the_matrix_filters_and_leads_to_a_kpi(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/kpis/"))
    page.get_by_label("Service area").select_option("Adult Care Finance")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="CSC_KPI_01")).to_have_count(0)
    page.get_by_role("link", name="ACF_KPI_01").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Assessments completed in time")


def test_signing_out_works(page: Page, site: Site) -> None:
    page.goto(site.address("/glossary/"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    page.goto(site.address(f"/contracts/{FULL}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_what_was_typed_when_the_session_had_ended_comes_back_after_signing_in(page: Page, site: Site) -> None:
    page.goto(site.address("/messages/"))
    page.get_by_role("checkbox").first.click()
    ticked = page.get_by_role("checkbox").first.is_checked()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("What you typed is kept: sign in to go on.")).to_be_visible()
    page.get_by_label("Email").fill("clerk@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you typed is kept")
    page.get_by_role("button", name="Send it").click()
    page.goto(site.address("/messages/"))
    assert page.get_by_role("checkbox").first.is_checked() == ticked
