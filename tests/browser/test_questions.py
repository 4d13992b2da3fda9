"""A member's minute with a keyboard: find a KPI, ask about it, and read the answer where it was asked."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, Site, signed_in
from tests.browser.scene import FULL

pytestmark = pytest.mark.browser


def test_a_member_searches_and_asks_with_the_keyboard_alone(browser: Browser, site: Site) -> None:
    member = signed_in(browser, site, "board_member@example.org")
    with browser.new_context(storage_state=member, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site.address("/glossary/"))
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(page.get_by_role("searchbox", name="Search everything")).to_be_focused()
        page.keyboard.type("csc kpi 4")
        page.keyboard.press("Enter")
        hit = page.get_by_role("link", name="CSC_KPI_04")
        expect(hit).to_have_count(1)
        hit.focus()
        page.keyboard.press("Enter")
        ask = page.get_by_role("link", name="Ask a question")
        ask.focus()
        page.keyboard.press("Enter")
        page.get_by_label("What do you want to know?").focus()
        page.keyboard.type("Since when?")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Question Q004")
        page.goto(site.address(f"/contracts/{FULL}/kpis/CSC_KPI_04/"))
        expect(page.get_by_text("Since when?")).to_be_visible()


def test_asking_and_answering_work_without_javascript(browser: Browser, site: Site) -> None:
    officer = signed_in(browser, site, "officer@example.org")
    with browser.new_context(storage_state=officer, java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site.address(f"/contracts/{FULL}/questions/Q002/"))
        page.get_by_role("textbox", name="Answer").fill("More advisers answered.")
        page.get_by_role("button", name="Answer").click()
        expect(page.get_by_text("Q002 is answered.")).to_be_visible()
        expect(page.get_by_text("More advisers answered.").first).to_be_visible()
