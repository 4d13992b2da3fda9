"""The paper that is handed out as an HTML file, opened from a disk: in order at every width, under its own policy."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import complaints_of
from tests.reports.render.rendered import content

pytestmark = pytest.mark.browser

BRAND = "rgb(29, 58, 87)"


@pytest.mark.parametrize("sample", ["many_failures", "hostile", "empty"])
def test_the_file_is_shown_in_its_style_without_a_complaint_and_without_sideways_scrolling(
    sample: str, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(content(sample, "html"))
    with browser.new_context() as context:
        page = context.new_page()
        complaints = complaints_of(page)
        page.goto(file.as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == BRAND
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert complaints == []


@pytest.mark.parametrize("sample", ["nothing_failed", "many_failures", "empty"])
def test_the_file_breaks_no_rule_of_accessibility(sample: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(content(sample, "html"))
    with browser.new_context(bypass_csp=True) as context:  # the file's own policy would keep the checker out
        page = context.new_page()
        page.goto(file.as_uri())
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]] == []
