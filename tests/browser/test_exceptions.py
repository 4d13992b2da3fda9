"""The exceptions page in a browser: a keyboard alone leads from the headline to a figure and what was said of it."""

from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from kpis.models import Evidence
from tests.browser.conftest import NARROW, WIDE, Site, signed_in
from tests.browser.scene import FULL

pytestmark = pytest.mark.browser

DECEMBER = f"/contracts/{FULL}/?from=2017-12&to=2017-12"
SEPTEMBER = f"/contracts/{FULL}/?from=2017-09&to=2017-09"


def test_the_keys_lead_from_the_headline_to_a_figure_and_its_commentary(page: Page, site: Site) -> None:
    page.goto(site.address(DECEMBER))
    expect(page.locator(".app-headline")).to_contain_text("One KPI failed in December 2017")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "1 new")
    page.keyboard.press("Enter")
    card = page.locator("#CSC_KPI_07")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("5.5 days in Dec 2017")
    page.keyboard.press("Tab")
    expect(card.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("CSC_KPI_07")
    main = page.get_by_role("main")
    expect(main).to_contain_text("5.5 days")
    expect(main).to_contain_text("The scanner failed.")


def test_the_keys_lead_the_contract_manager_from_the_headline_to_the_evidence(browser: Browser, site: Site) -> None:
    """Headline, count, card, KPI, month, file: one link each, and the file comes as it was added."""
    state = signed_in(browser, site, "contract_manager@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(site.address(SEPTEMBER))
        expect(page.locator(".app-headline")).to_contain_text("failed in September 2017")
        tab_to(page, "1 worsening")
        page.keyboard.press("Enter")
        expect(page.locator("#CSC_KPI_04")).to_be_in_viewport()
        tab_to(page, "Abandoned calls")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Abandoned calls")
        expect(page.get_by_role("row", name="Sep 2017")).to_contain_text("13.00%")
        tab_to(page, "September 2017", is_whole=True)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Returns for September 2017")
        tab_to(page, "Telephone log of September.txt")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == "Telephone log of September.txt"
        handed_in = Evidence.objects.get(name="Telephone log of September.txt")
        content = Path(download.value.path()).read_bytes()
        assert content == (settings.EVIDENCE_ROOT / handed_in.path).read_bytes()
        assert sha256(content).hexdigest() == handed_in.sha256


def test_other_months_are_chosen_with_the_keys(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/"))
    page.get_by_text("Choose other months").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    page.get_by_label("From", exact=True).select_option("2017-10")
    page.get_by_label("To", exact=True).select_option("2017-11")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("October 2017 to November 2017")


def test_projects_stand_below_each_other_on_a_telephone(page: Page, site: Site) -> None:
    page.set_viewport_size(NARROW)
    page.goto(site.address(DECEMBER))
    table = page.locator("table.app-projects")
    box = table.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= NARROW["width"]


def tab_to(page: Page, words: str, most: int = 60, *, is_whole: bool = False) -> None:
    """Tab on until the link that begins with these words, or has no others, gets the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText").strip()
        if said == words or (said.startswith(words) and not is_whole):
            return
    pytest.fail(f"no link {words!r} within {most} keys")
