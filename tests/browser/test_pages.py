"""No page breaks a rule of accessibility, scrolls sideways on a phone, or makes the browser complain."""

from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import NARROW, WIDE, Site, complaints_of, signed_in
from tests.browser.pages import (
    FOR_A_MEMBER,
    FOR_ANYBODY,
    FOR_THE_ADMINISTRATOR,
    FOR_THE_BOARD_MEMBER,
    FOR_THE_CLERK,
    FOR_THE_CONTRACT_MANAGER,
    FOR_THE_OFFICER,
    FOR_THE_SUPPLIER,
    Shown,
)
from tests.browser.scene import FULL
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

# Shapes that refer to a drawing the page has not: they would be blank.
BLANK = """() => [...document.querySelectorAll("use")]
    .map((use) => use.getAttribute("href")).filter((drawing) => !document.querySelector(drawing))"""
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def test_every_page_is_in_order(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    complaints = complaints_of(page)
    for name, shown in FOR_THE_CLERK.items():
        with subtests.test(name):
            look_at(page, site, shown)
            assert complaints == []
        complaints.clear()


def test_every_page_for_the_administrator_is_in_order(browser: Browser, site: Site, subtests: pytest.Subtests) -> None:
    administrator = signed_in(browser, site, "administrator@example.org")
    with browser.new_context(storage_state=administrator, viewport=WIDE) as context:
        page = context.new_page()
        for name, shown in FOR_THE_ADMINISTRATOR.items():
            with subtests.test(name):
                look_at(page, site, shown)


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("supplier", FOR_THE_SUPPLIER),
        ("contract_manager", FOR_THE_CONTRACT_MANAGER),
        ("officer", FOR_THE_OFFICER),
        ("board_member", {**FOR_THE_BOARD_MEMBER, **FOR_A_MEMBER}),
    ],
    ids=["supplier", "contract manager", "officer", "member"],
)
def test_every_page_of_other_roles_is_in_order(
    who: str, pages: Mapping[str, Shown], browser: Browser, site: Site, subtests: pytest.Subtests
) -> None:
    state = signed_in(browser, site, f"{who}@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE) as context:
        page = context.new_page()
        complaints = complaints_of(page)
        for name, shown in pages.items():
            with subtests.test(name):
                look_at(page, site, shown)
                assert complaints == []
            complaints.clear()


def test_a_refused_answer_is_in_order(browser: Browser, site: Site) -> None:
    manager = signed_in(browser, site, "contract_manager@example.org")
    with browser.new_context(storage_state=manager, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(site.address(f"/contracts/{FULL}/questions/Q002/"))
        page.get_by_role("button", name="Answer").click()
        page.get_by_role("alert").wait_for()
        assert_in_order(page)


def test_every_page_for_anybody_is_in_order(browser: Browser, site: Site, subtests: pytest.Subtests) -> None:
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        complaints = complaints_of(page)
        for name, shown in FOR_ANYBODY.items():
            with subtests.test(name):
                look_at(page, site, shown)
                assert complaints == []
            complaints.clear()
        with subtests.test("a refused sign-in"):
            page.goto(site.address("/accounts/login/"))
            page.get_by_label("Password").fill("not this one")
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("alert").wait_for()
            assert_in_order(page)


def test_what_is_kept_of_an_ended_session_is_in_order(browser: Browser, site: Site) -> None:
    state = signed_in(browser, site, "supplier@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.address(f"/contracts/{FULL}/returns/ACF/2018-02/"))
        page.get_by_label("Figure").first.fill("W" * 60)
        context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_label("Email").fill("supplier@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        remembered = context.storage_state()
    with browser.new_context(storage_state=remembered, viewport=WIDE) as context:
        look_at(context.new_page(), site, Shown("/kept/"))


def test_the_progress_of_a_paper_is_in_order_as_it_comes_and_when_it_is_renewed(page: Page, site: Site) -> None:
    complaints = complaints_of(page)
    with page.expect_response("**/progress/") as renewed:
        look_at(page, site, Shown(f"/contracts/{FULL}/meetings/{{scene.written_meeting}}/"))
    assert renewed.value.status == 200
    assert page.get_by_role("progressbar", name="Writing the paper").is_visible()
    assert_in_order(page)
    assert complaints == []


def test_the_start_page_of_who_has_no_contract_is_in_order(browser: Browser, site: Site) -> None:
    outsider = signed_in(browser, site, "outsider@example.org")
    with browser.new_context(storage_state=outsider, viewport=WIDE) as context:
        look_at(context.new_page(), site, Shown("/"))


def look_at(page: Page, site: Site, shown: Shown) -> None:
    response = page.goto(site.address(shown.path))
    assert response is not None
    assert response.status == shown.status
    assert_in_order(page)


def assert_in_order(page: Page) -> None:
    assert page.evaluate(BLANK) == []
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        assert_accessible(page, viewport)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= viewport["width"], f"{width} px wide on a screen of {viewport['width']} px"


def assert_accessible(page: Page, viewport: ViewportSize) -> None:
    results = AXE.run(page, options=RULES)
    assert results.violations_count == 0, f"at {viewport['width']} px\n{results.generate_report()}"


def test_what_is_looked_for_would_be_found(page: Page, site: Site) -> None:
    complaints = complaints_of(page)
    page.goto(site.address("/glossary/"))
    page.evaluate(
        """() => {
            const wide = document.createElement("img");
            wide.width = 2000;
            document.querySelector("main").append(wide);
            const inline = document.createElement("script");
            inline.textContent = "document.title = 'not under this policy'";
            document.body.append(inline);
            document.querySelector("main").insertAdjacentHTML("beforeend", '<svg><use href="#no-such"/></svg>');
        }"""
    )
    assert page.evaluate(BLANK) == ["#no-such"]
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page, WIDE)
    assert page.evaluate("document.scrollingElement.scrollWidth") > WIDE["width"]
    assert "Content Security Policy" in " ".join(complaints)
