"""The page of a KPI in a browser: its two views without JavaScript, its charts unclipped, the restart of limits."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE, Site, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

KPI = f"/contracts/{FULL}/kpis/CSC_KPI_04/"
# Every text of the charts in view lies within its drawing, by the fonts the browser really has.
CLIPPED = """() => [...document.querySelectorAll("figure svg text")]
    .filter((text) => text.getBoundingClientRect().width > 0)
    .filter((text) => {
        const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
        return box.x < 0 || box.y < 0 || box.x + box.width > view.width || box.y + box.height > view.height;
    })
    .map((text) => text.textContent)"""
SHOWN = """() => [...document.querySelectorAll("figure svg text")]
    .filter((text) => text.getBoundingClientRect().width > 0).length"""


@pytest.mark.parametrize("view", ["performance", "signal"])
def test_no_word_of_a_chart_is_clipped(view: str, page: Page, site: Site) -> None:
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        for code in ("CSC_KPI_04", "CSC_KPI_07", "ACF_KPI_02"):
            page.goto(site.address(f"/contracts/{FULL}/kpis/{code}/?view={view}&months=all"))
            assert page.evaluate(SHOWN) > 5
            assert page.evaluate(CLIPPED) == []


def test_a_phone_shows_the_narrow_drawing_alone(page: Page, site: Site) -> None:
    page.goto(site.address(KPI))
    expect(page.locator("#history-wide-title")).to_have_count(1)
    expect(page.locator("figure svg").nth(0)).to_be_visible()
    expect(page.locator("figure svg").nth(1)).to_be_hidden()
    page.set_viewport_size(NARROW)
    expect(page.locator("figure svg").nth(0)).to_be_hidden()
    expect(page.locator("figure svg").nth(1)).to_be_visible()


def test_the_views_are_switched_without_javascript(browser: Browser, site: Site) -> None:
    state = signed_in(browser, site, "board_member@example.org")
    with browser.new_context(storage_state=state, java_script_enabled=False, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(site.address(KPI))
        page.get_by_role("link", name="Signal or noise", exact=True).click()
        expect(page.get_by_role("img", name="signal or noise")).to_be_visible()
        expect(page.get_by_role("link", name="Signal or noise", exact=True)).to_have_attribute("aria-current", "page")
        page.get_by_role("link", name="Performance", exact=True).click()
        expect(page.get_by_role("img", name="signal or noise")).to_have_count(0)


def test_the_contract_manager_looks_before_restarting_limits(browser: Browser, site: Site) -> None:
    state = signed_in(browser, site, "contract_manager@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(site.address(KPI))
        page.get_by_role("link", name="Restart the limits").click()
        page.get_by_label("Month", exact=True).fill("12")
        page.get_by_label("Year", exact=True).fill("2017")
        page.get_by_label("Reason").fill("New telephone lines.")
        page.get_by_label("Who agreed").fill("The Board")
        page.get_by_role("button", name="Show what it would do").click()
        expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        page.get_by_role("button", name="Restart the limits").click()
        expect(page.get_by_role("heading", name="From December 2017")).to_be_visible()
        page.get_by_role("link", name="Withdraw it for December 2017").click()
        assert_in_order(page)
        page.get_by_role("button", name="Withdraw it").click()
        expect(page.get_by_role("alert")).to_be_visible()
