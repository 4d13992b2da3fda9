"""What a person with only a keyboard can reach, on a telephone too."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, Site
from tests.browser.scene import FULL

pytestmark = pytest.mark.browser


def test_the_first_key_leads_past_the_header(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/kpis/"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Service area")).to_be_focused()


def test_a_cell_of_the_matrix_shows_its_figure(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/kpis/"))
    page.get_by_role("link", name="CSC_KPI_01").focus()
    page.keyboard.press("Tab")
    figure = page.locator(".app-cell > a:focus > span")
    expect(figure).to_be_visible()
    expect(figure).to_have_text("Target met 91.50%")


def test_the_matrix_is_one_stop_and_arrows_move_in_it(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/kpis/"))
    page.get_by_role("link", name="CSC_KPI_01").focus()
    page.keyboard.press("Tab")
    figure = page.locator(".app-cell > a:focus > span")
    for key, shown in (
        ("ArrowRight", "Below target 89.00%"),
        ("ArrowDown", "Target met 7.00%"),
        ("ArrowLeft", "Target met 6.00%"),
        ("ArrowLeft", "Target met 6.00%"),
        ("End", "Target met 5.00%, provisional"),
        ("Home", "Target met 6.00%"),
        ("ArrowUp", "Target met 91.50%"),
        ("ArrowUp", "Target met 91.50%"),
    ):
        page.keyboard.press(key)
        expect(figure).to_have_text(shown)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="CSC_KPI_04")).to_be_focused()


def test_a_cell_that_gets_the_focus_is_not_hidden_behind_the_names(page: Page, site: Site) -> None:
    page.set_viewport_size(NARROW)
    page.goto(site.address(f"/contracts/{FULL}/kpis/"))
    months = page.locator(".app-matrix tbody tr").nth(1).locator(".app-cell > a")
    assert 0 < across(months.last) < NARROW["width"], "the newest months come first into view"
    assert across(months.first) < 0
    months.last.focus()
    page.keyboard.press("Home")
    expect(months.first).to_be_focused()
    assert months.first.evaluate(
        """cell => {
            const { x, y, width, height } = cell.getBoundingClientRect();
            return cell.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }"""
    )


def across(it: Locator) -> float:
    """How far to the right it begins, in pixels of the screen."""
    box = it.bounding_box()
    assert box is not None
    return box["x"]
