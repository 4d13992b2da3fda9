"""A contract manager closes a month from one page, in a real browser, wide and narrow."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from contracts.models import Contract, Person
from kpis.models import Result, Return, WarningAnswer
from tests import builders
from tests.browser.conftest import WIDE, Site, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

MONTH = f"/contracts/{FULL}/returns/2018-02/"


@pytest.fixture
def manager(browser: Browser, site: Site) -> Page:
    """The contract manager, before a month with one area to look at and one that is clean."""
    contract = Contract.objects.get(reference=FULL)
    officer = Person.objects.get(email="officer@example.org")
    abandoned = Result.objects.get(kpi__code="CSC_KPI_04", month=date(2018, 2, 1))
    WarningAnswer.objects.create(
        result=abandoned, warning="same", said="The same figure as in December.", answer="Counted twice, it is so."
    )
    other = builders.area(contract, "PM", "People Management")
    builders.result(builders.kpi(other, "PM_KPI_01", name="Payroll paid on time"), "2018-02", "99", entered_by=officer)
    builders.returns(
        other,
        "2018-02",
        "2018-02",
        "submitted",
        submitted_at=datetime(2018, 3, 12, 9, tzinfo=UTC),
        submitted_by=officer,
    )
    context = browser.new_context(storage_state=signed_in(browser, site, "contract_manager@example.org"), viewport=WIDE)
    return context.new_page()


def test_a_month_is_decided_from_one_page_and_is_in_order_in_every_state(manager: Page, site: Site) -> None:
    page = manager
    page.goto(site.address(MONTH))
    assert_in_order(page)
    page.get_by_text("Send CSC back").first.click()
    page.get_by_role("button", name="Send CSC back").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why it goes back.")
    assert_in_order(page)
    page.get_by_role("link", name="Say why it goes back.").click()
    page.keyboard.type("CSC_KPI_04 lacks its source.")
    page.get_by_role("button", name="Send CSC back").click()
    expect(page.get_by_text("Sent back: CSC_KPI_04 lacks its source.")).to_be_visible()
    page.locator("#clean-how_0").check()
    page.get_by_role("button", name="Verify all clean ones").click()
    expect(
        page.get_by_text("Closed: verified by Contract manager on Wednesday 14 March 2018, source seen.")
    ).to_be_visible()
    assert_in_order(page)
    page.get_by_text("Reopen PM").first.click()
    page.get_by_label("Why is it reopened?").fill("A payment was counted twice.")
    page.get_by_role("button", name="Reopen PM").click()
    expect(page.get_by_text("A payment was counted twice.")).to_be_visible()
    assert_in_order(page)
    assert set(Return.objects.filter(month=date(2018, 2, 1)).values_list("state", flat=True)) == {"returned", "open"}
    page.goto(site.address(f"/contracts/{FULL}/returns/completeness/"))
    assert_in_order(page)
    page.goto(site.address(f"/contracts/{FULL}/kpis/PM_KPI_01/"))
    page.get_by_role("link", name="Every change of this KPI").click()
    assert_in_order(page)
    page.context.close()
