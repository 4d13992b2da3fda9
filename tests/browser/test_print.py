"""What a page is on paper: nothing to press, to type into or to travel by, and every figure of the screen."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.scene import FULL

pytestmark = pytest.mark.browser

# What only a screen can use, of which something can be seen.
FOR_SCREENS = """() => [...document.querySelectorAll("nav, form, button, input, select, textarea, .govuk-skip-link")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 1)
    .map((each) => each.outerHTML.slice(0, 90))"""
PRINTED = {
    "exceptions": (f"/contracts/{FULL}/?from=2017-12&to=2017-12", ("One KPI failed in December 2017", "5.5 days")),
    "matrix": (f"/contracts/{FULL}/kpis/", ("CSC_KPI_04", "13.00%", "Below minimum")),
    "KPI": (f"/contracts/{FULL}/kpis/CSC_KPI_04/", ("13.00%", "12.00%", "Sep 2017")),
    "project": (f"/contracts/{FULL}/projects/P001/", ("£342,000", "£371,000.50", "25 May 2018")),
    "forward plan": (f"/contracts/{FULL}/projects/plan/", ("Forward plan",)),
    "timeline": (f"/contracts/{FULL}/projects/timeline/", ("P001", "Contact centre telephone system")),
}  # fmt: skip
FIGURES = re.compile(r"£?\d[\d,.]*(?:%| days?\b)")


@pytest.mark.parametrize("name", PRINTED)
def test_on_paper_the_figures_stand_and_nothing_that_only_a_screen_can_use(name: str, page: Page, site: Site) -> None:
    path, words = PRINTED[name]
    page.goto(site.address(path))
    assert page.evaluate(FOR_SCREENS), "there is something to leave out"
    on_screen = page.inner_text("main")
    page.emulate_media(media="print")
    assert page.evaluate(FOR_SCREENS) == []
    printed = page.inner_text("body")
    assert [said for said in words if said not in printed] == []
    assert set(FIGURES.findall(on_screen)) <= set(FIGURES.findall(printed))
    assert "Sign out" not in printed
