"""
Evidence in a real browser: added on the way from the entry form with scripts and without, refused, removed, taken home.

What is typed into the form when somebody leaves it for the evidence is there when they come back.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpis.models import Entry, Evidence
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order
from tests.contracts.uploads.samples import pdf

pytestmark = pytest.mark.browser

FORM = f"/contracts/{FULL}/returns/ACF/2018-02/"
CODE = "ACF_KPI_01"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_evidence_is_added_on_the_way_and_nothing_typed_is_lost(
    scripts: bool, browser: Browser, site: Site, tmp_path: Path
) -> None:
    remembered = signed_in(browser, site, "supplier@example.org")
    with browser.new_context(storage_state=remembered, viewport=WIDE, java_script_enabled=scripts) as context:
        page = context.new_page()
        complaints = complaints_of(page)
        page.goto(site.address(FORM))
        row = page.get_by_role("group", name=CODE)
        row.get_by_label("Figure").fill("62.5")
        row.get_by_role("button", name="Add or remove evidence").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Evidence: {CODE}, February 2018")
        assert Entry.objects.get(kpi__code=CODE).value == "62.5"
        choose(page, tmp_path, {"Call log.pdf": pdf(), "page.pdf": b"<html><script>"})
        expect(page.locator(".govuk-error-summary")).to_contain_text("its content is a web page")
        expect(page.get_by_role("link", name="Call log.pdf", exact=True)).to_be_visible()
        if scripts:
            assert_in_order(page)
        page.get_by_role("link", name="Back to the figures").click()
        expect(row.get_by_label("Figure")).to_have_value("62.5")
        with page.expect_download() as download:
            row.get_by_role("link", name="Call log.pdf").click()
        assert download.value.suggested_filename == "Call log.pdf"
        assert Path(download.value.path()).read_bytes() == pdf()
        row.get_by_role("button", name="Add or remove evidence").click()
        page.get_by_role("link", name="Remove Call log.pdf").click()
        page.get_by_role("button", name="Delete the file").click()
        expect(page.get_by_role("link", name="Assessments.txt", exact=True)).to_be_visible()
        assert not Evidence.objects.filter(name="Call log.pdf").exists()
        assert [each for each in complaints if "ERR_ABORTED" not in each] == []


def test_a_removal_without_a_reason_says_so(browser: Browser, site: Site) -> None:
    remembered = signed_in(browser, site, "supplier@example.org")
    with browser.new_context(storage_state=remembered, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(site.address(f"/contracts/{FULL}/evidence/relief/R9/"))
        page.get_by_role("link", name="Remove Letter of the vendor.txt").click()
        page.get_by_role("button", name="Mark as removed").click()
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        assert_in_order(page)
        page.get_by_label("Why is it removed?").fill("It is of another outage.")
        page.get_by_role("button", name="Mark as removed").click()
        expect(page.locator("main")).to_contain_text("It is of another outage.")
        assert_in_order(page)


def choose(page: Page, folder: Path, files: dict[str, bytes]) -> None:
    paths = [folder / name for name in files]
    for path in paths:
        path.write_bytes(files[path.name])
    page.get_by_label("Add files").set_input_files(paths)
    page.get_by_role("button", name="Add", exact=True).click()
