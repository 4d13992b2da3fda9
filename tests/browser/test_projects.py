"""An administrator adds and edits a project by keyboard; the contract manager agrees another finish after a preview."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

PROJECTS = f"/contracts/{FULL}/projects/"
ADMINISTRATOR, MANAGER = "administrator@example.org", "contract_manager@example.org"


@contextmanager
def desk(browser: Browser, site: Site, who: str, *, scripts: bool = True) -> Iterator[Page]:
    remembered = signed_in(browser, site, who)
    with browser.new_context(storage_state=remembered, viewport=WIDE, java_script_enabled=scripts) as context:
        yield context.new_page()


def type_date(page: Page, name: str, *parts: str) -> None:
    """From box to box by the tabulator, as one does who knows the date by heart."""
    page.get_by_role("group", name=name, exact=True).get_by_label("Day").focus()
    for place, part in enumerate(parts):
        if place:
            page.keyboard.press("Tab")
        page.keyboard.type(part)


def test_an_administrator_adds_and_edits_a_project_by_keyboard(browser: Browser, site: Site) -> None:
    with desk(browser, site, ADMINISTRATOR) as page:
        complaints = complaints_of(page)
        page.goto(site.address(PROJECTS))
        page.get_by_role("link", name="Add a project").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Add a project")
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        page.get_by_label("Title").focus()
        page.keyboard.type("New ledger")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Enter reference")
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        page.get_by_role("alert").get_by_role("link", name="Enter reference").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("Reference")).to_be_focused()
        page.keyboard.type("P900")
        page.get_by_label("In flight").focus()
        page.keyboard.press("Space")
        type_date(page, "Original start", "2", "10", "2017")
        type_date(page, "Original finish", "30", "3", "2018")
        page.get_by_role("group", name="New milestone 1").get_by_label("Milestone").focus()
        page.keyboard.type("Design agreed")
        page.get_by_role("button", name="Add a row for another milestone").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("group", name="New milestone 4")).to_be_visible()
        page.get_by_label("Budget").focus()
        page.keyboard.type("£12,500")
        page.keyboard.press("Enter")
        expect(page.get_by_text("P900 is in the register.")).to_be_visible()
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        page.get_by_role("button", name="Edit").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("The original date never changes").first).to_be_visible()
        page.get_by_label("On hold").focus()
        page.keyboard.press("Space")
        page.get_by_label("Sponsor").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Say why it is put on hold.")
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        page.get_by_label("Why this is changed").focus()
        page.keyboard.type("The money went.")
        page.get_by_role("button", name="Save").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("P900 is saved.")).to_be_visible()
        page.locator("summary", has_text="Who changed what, when and why").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Stage: in flight → on hold")).to_be_visible()
        assert_in_order(page)
        assert complaints == []


def test_two_administrators_at_one_project_lose_nothing(browser: Browser, site: Site) -> None:
    with desk(browser, site, ADMINISTRATOR) as mine, desk(browser, site, ADMINISTRATOR, scripts=False) as theirs:
        for page in (mine, theirs):
            page.goto(site.address(f"{PROJECTS}P001/edit/"))
        theirs.get_by_label("Third parties").fill("Another vendor")
        theirs.get_by_role("button", name="Save").click()
        mine.get_by_label("Sponsor").fill("Head of Law")
        mine.get_by_role("button", name="Save").click()
        expect(mine.get_by_role("alert")).to_contain_text("was changed by somebody else")
        expect(mine.get_by_role("row", name="Third parties")).to_contain_text("Another vendor")
        assert_in_order(mine)
        mine.get_by_role("button", name="Save").click()
        expect(mine.get_by_role("main")).to_contain_text("Head of Law")
        expect(mine.get_by_role("main")).to_contain_text("Another vendor")


def test_another_finish_is_agreed_after_its_effect_was_seen(browser: Browser, site: Site) -> None:
    with desk(browser, site, MANAGER) as page:
        page.goto(site.address(f"{PROJECTS}P001/"))
        page.get_by_role("button", name="Re-baseline").click()
        assert_in_order(page)
        page.get_by_role("button", name="Show what this does").click()
        expect(page.get_by_role("alert")).to_contain_text("Enter who agreed")
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        type_date(page, "New agreed finish", "25", "5", "2018")
        type_date(page, "Agreed on", "1", "3", "2018")
        page.get_by_label("Who agreed").fill("Contract Manager")
        page.get_by_label("Why another finish was agreed").fill("The load test failed.")
        page.get_by_role("button", name="Show what this does").click()
        expect(page.get_by_role("status")).to_contain_text("The rating by its dates stays red.")
        expect(page.get_by_role("status")).to_contain_text("This is re-baseline number 2.")
        assert_in_order(page)
        page.get_by_role("button", name="Record the re-baseline").click()
        expect(page.get_by_text("Re-baselined twice")).to_be_visible()


def test_every_other_page_is_in_order(browser: Browser, site: Site, subtests: pytest.Subtests) -> None:
    with desk(browser, site, ADMINISTRATOR) as page:
        for name in ("dependencies", "archive", "take-back"):
            with subtests.test(name):
                page.goto(site.address(f"{PROJECTS}P001/{name}/"))
                assert_in_order(page)
        with subtests.test("joined"):
            page.goto(site.address(f"{PROJECTS}P001/dependencies/"))
            page.get_by_label("P001 holds up the other project").check()
            page.get_by_label("Reference of the other project").fill("P002")
            page.get_by_role("button", name="Join them").click()
            expect(page.get_by_role("button", name="Take away")).to_be_visible()
            assert_in_order(page)
        with subtests.test("archived"):
            page.goto(site.address(f"{PROJECTS}P050/archive/"))
            page.get_by_role("button", name="Archive the project").click()
            expect(page.get_by_role("alert")).to_contain_text("Enter reason")
            assert_in_order(page)
            page.get_by_label("Reason").fill("Entered twice.")
            page.get_by_role("button", name="Archive the project").click()
            expect(page.get_by_text("not counted in the register since: Entered twice.")).to_be_visible()
            assert_in_order(page)
            page.goto(site.address(f"{PROJECTS}archived/"))
            expect(page.get_by_role("link", name="P050")).to_be_visible()
            assert_in_order(page)
