"""Relief and levels in a real browser: asked for, decided and changed by hand, on a wide screen and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import EMPTY, FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

RELIEFS = f"/contracts/{FULL}/reliefs/"


@pytest.fixture
def supplier(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(storage_state=signed_in(browser, site, "supplier@example.org"), viewport=WIDE) as context:
        yield context.new_page()


@pytest.fixture
def manager(browser: Browser, site: Site) -> Iterator[Page]:
    state = signed_in(browser, site, "contract_manager@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE) as context:
        yield context.new_page()


def test_relief_is_asked_for_and_granted_with_its_effect_in_view(supplier: Page, manager: Page, site: Site) -> None:
    complaints = complaints_of(supplier), complaints_of(manager)
    supplier.goto(site.address(f"/contracts/{FULL}/kpis/CSC_KPI_01/"))
    supplier.get_by_role("link", name="Ask for relief for CSC_KPI_01").click()
    expect(supplier.get_by_role("checkbox", name="CSC_KPI_01")).to_be_checked()
    supplier.get_by_role("button", name="Ask for relief").click()
    expect(supplier.get_by_role("alert")).to_contain_text("Enter the month and the year")
    assert_in_order(supplier)

    supplier.get_by_role("group", name="First month").get_by_label("Month").fill("March")
    supplier.get_by_role("group", name="First month").get_by_label("Year").fill("2017")
    supplier.get_by_label("Third party").check()
    supplier.get_by_label("What happened").fill("A lorry cut the line.")
    supplier.get_by_role("button", name="Ask for relief").click()
    expect(supplier.get_by_role("heading", level=1)).to_have_text("Relief R010")
    expect(supplier.locator(".app-headline")).to_contain_text("would turn 2 misses into relief granted")
    assert_in_order(supplier)

    manager.goto(site.address(RELIEFS))
    assert_in_order(manager)
    manager.get_by_role("link", name="R010").click()
    manager.get_by_role("button", name="Decide").click()
    manager.get_by_role("button", name="Decide").click()
    expect(manager.get_by_role("alert")).to_contain_text("Choose decision")
    assert_in_order(manager)
    manager.get_by_role("group", name="Last month").get_by_label("Month").fill("3")
    manager.get_by_role("group", name="Last month").get_by_label("Year").fill("2017")
    manager.get_by_role("button", name="Show what these months would do").click()
    expect(manager.get_by_role("status")).to_have_text(
        "This would turn 1 miss into relief granted: CSC_KPI_01 (March 2017)."
    )
    manager.get_by_label("Grant it").check()
    manager.get_by_label("Reason").fill("The line is the council’s.")
    manager.get_by_role("button", name="Decide").click()
    expect(manager.locator(".app-headline")).to_have_text(
        "Granted; 1 month old. It has turned 1 miss into relief granted: CSC_KPI_01 (March 2017)."
    )
    assert_in_order(manager)
    assert complaints == ([], [])


def test_a_verified_month_is_judged_by_new_levels_only_when_that_is_meant(manager: Page, site: Site) -> None:
    complaints = complaints_of(manager)
    manager.goto(site.address(f"/contracts/{FULL}/definitions/"))
    assert_in_order(manager)
    manager.get_by_role("link", name="New levels for CSC_KPI_01").click()
    manager.get_by_role("group", name="In force from").get_by_label("Month").fill("1")
    manager.get_by_label("Target").fill("99.5")
    manager.get_by_label("Minimum").fill("80%")
    manager.get_by_label("Reason").fill("Raised by agreement.")
    manager.get_by_label("Who agreed").fill("Contract Manager")
    manager.get_by_role("button", name="Set the levels").click()
    alert = manager.get_by_role("alert")
    expect(alert).to_contain_text("This judges verified months differently")
    assert_in_order(manager)
    alert.get_by_role("link").click()
    expect(manager.get_by_role("checkbox")).to_be_focused()
    manager.keyboard.press("Space")
    manager.get_by_role("button", name="Set the levels").click()
    expect(manager.get_by_text("CSC_KPI_01 has new levels from January 2018.")).to_be_visible()
    manager.get_by_text("Who changed the KPI and its levels").click()
    expect(manager.get_by_text("CSC_KPI_01 2018-01: target met → below target")).to_be_visible()
    assert_in_order(manager)
    assert complaints == []


def test_every_other_page_is_in_order(manager: Page, site: Site, subtests: pytest.Subtests) -> None:
    for path in (
        f"{RELIEFS}ask/",
        f"{RELIEFS}R001/",
        f"{RELIEFS}R001/end/",
        f"{RELIEFS}R002/",
        f"/contracts/{FULL}/definitions/add/",
        f"/contracts/{FULL}/definitions/CSC_KPI_04/end/",
    ):
        with subtests.test(path):
            manager.goto(site.address(path))
            assert_in_order(manager)


def test_a_contract_without_any_relief_says_so(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{EMPTY}/reliefs/"))
    expect(page.get_by_text("No relief was ever asked for.")).to_be_visible()
    assert_in_order(page)
