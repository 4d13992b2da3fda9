"""The month as a spreadsheet in a real browser: downloaded, filled in, uploaded, looked at, saved; scripts or not."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from contracts.models import Contract
from kpis.models import Entry, Return
from tests import builders, sheets
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

FORM = f"/contracts/{FULL}/returns/CSC/2018-02/"
OFFICER = "officer@example.org"


@pytest.fixture
def opened(site: Site) -> None:
    """February is open again, with an exception to explain."""
    area = Contract.objects.get(reference=FULL).service_areas.get(code="CSC")
    Return.objects.filter(service_area=area, month="2018-02-01").delete()
    builders.kpi(area, "CSC_KPI_08", name="Letters answered in ten working days")


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Filled-in spreadsheet").set_input_files(path)
    page.get_by_role("button", name="Show what would change").click()


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("scripts", [True, False])
def test_a_month_goes_out_as_a_spreadsheet_and_comes_back(
    browser: Browser, site: Site, tmp_path: Path, scripts: bool
) -> None:
    remembered = signed_in(browser, site, OFFICER)
    with browser.new_context(storage_state=remembered, viewport=WIDE, java_script_enabled=scripts) as context:
        page = context.new_page()
        complaints = complaints_of(page)
        page.goto(site.address(FORM))
        with page.expect_download() as download:
            page.get_by_role("link", name="Download as a spreadsheet").click()
        assert download.value.suggested_filename == "FULL-CSC-2018-02.xlsx"
        blank = Path(download.value.path()).read_bytes()
        complaints.clear()  # to the browser a download is a page that did not come

        page.get_by_role("link", name="Upload a spreadsheet").click()
        _look(page, scripts)
        page.get_by_role("button", name="Show what would change").click()
        expect(page.get_by_role("link", name="Choose the spreadsheet that you filled in.")).to_be_visible()
        _look(page, scripts)
        choose(page, sheets.saved(tmp_path / "bad.xlsx", sheets.filled(blank, {("CSC_KPI_08", "value"): "9O"})))
        expect(page.get_by_role("alert")).to_contain_text("row 4, value: “9O” is not a number")
        _look(page, scripts)

        cells = {
            ("CSC_KPI_08", "value"): sheets.number("71.5"),
            ("CSC_KPI_08", "cause"): "The scanner failed. " * 30,
            ("CSC_KPI_01", "comment"): "W" * 200,
        }
        choose(page, sheets.saved(tmp_path / "good.xlsx", sheets.filled(blank, cells)))
        expect(page.get_by_role("heading", level=1)).to_have_text("What the spreadsheet would change")
        expect(page.get_by_role("row", name="Figure")).to_contain_text("71.5")
        _look(page, scripts)
        assert not Entry.objects.exists()

        page.get_by_role("button", name="Save into the form").click()
        expect(page.get_by_text("2 rows of the spreadsheet saved into the form.")).to_be_visible()
        letters = page.get_by_role("group", name="CSC_KPI_08")
        expect(letters.get_by_role("textbox", name="Figure")).to_have_value("71.5")
        expect(letters.get_by_label("Cause")).to_have_value("The scanner failed. " * 29 + "The scanner failed.")
        assert complaints == []


def _look(page: Page, scripts: bool) -> None:
    """At the page on a wide and on a narrow screen; without scripts nobody can ask it."""
    if scripts:
        assert_in_order(page)
        page.set_viewport_size(WIDE)
