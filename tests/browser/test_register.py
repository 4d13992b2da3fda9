"""An administrator fills the register from a workbook and changes ten projects at once, and sees both beforehand."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from projects.models import Project
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import EMPTY

pytestmark = pytest.mark.browser


def no_barrier(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_an_administrator_imports_150_projects_and_changes_ten_of_them(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "projects.csv"
    rows = [f"P{number:03},Project number {number},in flight,2017-10-02,2018-03-30" for number in range(1, 151)]
    file.write_text("\n".join(["reference,title,stage,original_start,original_finish", *rows]), encoding="utf-8")
    signed = signed_in(browser, site, "administrator@example.org")
    with browser.new_context(storage_state=signed, viewport=WIDE) as context:
        page = context.new_page()
        heard = complaints_of(page)
        page.goto(site.address(f"/contracts/{EMPTY}/projects/"))
        page.get_by_role("link", name="Import a workbook").click()
        page.get_by_label("Workbook").set_input_files(file)
        page.get_by_role("button", name="See what it would do").click()
        expect(page.get_by_role("row", name="projects 150 0 0")).to_be_visible()
        no_barrier(page)
        assert not Project.objects.filter(contract__reference=EMPTY).exists()
        page.get_by_role("button", name="Import it").click()
        expect(page.get_by_text("Imported: projects 150 created.")).to_be_visible()

        page.get_by_role("link", name="Projects", exact=True).first.click()
        expect(page.get_by_text("150 projects in the register")).to_be_visible()
        page.get_by_role("link", name="Change several projects").click()
        for number in range(1, 11):
            page.get_by_role("checkbox", name=f"Choose P{number:03}").check()
        page.get_by_role("button", name="Change the ticked projects").click()
        page.get_by_label("Stage").select_option("on hold")
        page.get_by_label("Sponsor").fill("Head of Property")
        page.get_by_label("Why").fill("Paused until the budget is agreed.")
        page.get_by_role("button", name="See what would change").click()
        expect(page.get_by_text("10 projects would change.")).to_be_visible()
        no_barrier(page)
        page.get_by_role("button", name="Change 10 projects").click()
        expect(page.get_by_text("10 projects changed.")).to_be_visible()
        expect(page.get_by_role("link", name="10", exact=True)).to_be_visible()
        assert heard == []
    changed = Project.objects.filter(contract__reference=EMPTY, stage="on hold", sponsor="Head of Property")
    assert sorted(changed.values_list("reference", flat=True)) == [f"P{number:03}" for number in range(1, 11)]
