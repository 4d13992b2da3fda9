"""
A month's return in a real browser: a service area of twelve KPIs entered by keyboard, with scripts and without.

Two misses are explained, a column is pasted, two people type at once, the line goes down: nothing typed is lost.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Entry, Result, Return
from tests import builders
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

FORM = f"/contracts/{FULL}/returns/PM/2018-02/"
OFFICER, SUPPLIER = "officer@example.org", "supplier@example.org"
TWELVE = [f"PM_KPI_{number:02}" for number in range(1, 13)]
NOTHING_WAITS = "() => Object.keys(localStorage).every((key) => !key.startsWith('return'))"
"""What is typed stands in the browser until it is saved."""


@pytest.fixture
def area(site: Site) -> ServiceArea:
    """People Management with twelve KPIs and a year behind them; the officer's as well as the other area."""
    contract = Contract.objects.get(reference=FULL)
    area = builders.area(contract, "PM", "People Management")
    for number, code in enumerate(TWELVE):
        kpi = builders.kpi(area, code, name=f"Payslips right first time, kind {number + 1}")
        builders.results(kpi, "2017-02", ["91", "92", "93", "94", "95", "94", "93", "92", "91", "92", "93", "94"])
    builders.returns(area, "2017-02", "2018-01")
    officer = Person.objects.get(email=OFFICER)
    grant_role(person=officer, role=Role.OFFICER, contract=contract, service_area=area)
    return area


@contextmanager
def desk(browser: Browser, site: Site, who: str, *, scripts: bool = True) -> Iterator[Page]:
    remembered = signed_in(browser, site, who)
    with browser.new_context(storage_state=remembered, viewport=WIDE, java_script_enabled=scripts) as context:
        yield context.new_page()


def row(page: Page, code: str) -> Locator:
    return page.get_by_role("group", name=code)


def figure(page: Page, code: str) -> Locator:
    return row(page, code).get_by_label("Figure")


def bar(page: Page) -> Locator:
    return page.locator(".app-bar__text")


def figures() -> dict[str, str]:
    return dict(Entry.objects.exclude(value="").values_list("kpi__code", "value"))


@pytest.mark.usefixtures("area")
def test_a_service_area_of_twelve_is_entered_by_keyboard_and_submitted(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER) as page:
        complaints = complaints_of(page)
        page.goto(site.address(FORM))
        assert_in_order(page)
        page.set_viewport_size(WIDE)
        figure(page, TWELVE[0]).focus()
        for value in ("92", "93", "94"):
            page.keyboard.type(value)
            page.keyboard.press("Enter")
        expect(figure(page, TWELVE[3])).to_be_focused()
        paste(page, "\n".join(["91", "92", "93", "94", "85", "79", "92", "93", "94"]) + "\r\n")
        expect(figure(page, TWELVE[11])).to_have_value("94")
        expect(bar(page)).to_contain_text("12 of 12 entered · 2 misses unexplained · draft saved")
        expect(row(page, TWELVE[7])).to_contain_text("Below target")
        expect(row(page, TWELVE[8])).to_contain_text("Below minimum")
        expect(row(page, TWELVE[0]).get_by_label("Cause")).to_be_hidden()
        explain(page, TWELVE[7])
        row(page, TWELVE[8]).get_by_label("Or explanation awaited").fill("28/3/2018")
        page.get_by_role("button", name="Check and submit").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Check and submit")
        expect(page.get_by_role("main")).to_contain_text("PM_KPI_09")
        assert_in_order(page)
        answer_warnings(page)
        page.get_by_role("button", name="Submit the return").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("What I owe")
        page.goto(site.address(FORM))
        expect(page.get_by_role("main")).to_contain_text("by Officer")
        assert_in_order(page)
        assert complaints == []
    assert Return.objects.get(service_area__code="PM", month="2018-02-01").state == "submitted"
    assert Result.objects.filter(kpi__code__in=TWELVE, month="2018-02-01").count() == 12


@pytest.mark.usefixtures("area")
def test_the_same_month_without_scripts(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER, scripts=False) as page:
        page.goto(site.address(FORM))
        for code, value in zip(
            TWELVE, ["92", "93", "94", "91", "92", "93", "94", "85", "ninety", "92", "93", "94"], strict=True
        ):
            figure(page, code).fill(value)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(figure(page, TWELVE[8])).to_have_value("ninety")
        figure(page, TWELVE[8]).fill("92")
        page.get_by_role("button", name="Check and submit").click()
        page.get_by_role("link", name="PM_KPI_08, cause").click()
        explain(page, TWELVE[7])
        page.get_by_role("button", name="Check and submit").click()
        answer_warnings(page)
        page.get_by_role("button", name="Submit the return").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What I owe")
    assert Result.objects.get(kpi__code=TWELVE[7], month="2018-02-01").cause == "A machine failed."


@pytest.mark.usefixtures("area")
def test_two_people_at_one_return_lose_nothing(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER) as mine, desk(browser, site, SUPPLIER) as theirs:
        mine.goto(site.address(FORM))
        theirs.goto(site.address(FORM))
        type_in(theirs, TWELVE[0], "91.5")
        type_in(theirs, TWELVE[1], "92.5")
        theirs.wait_for_function(NOTHING_WAITS)
        type_in(mine, TWELVE[0], "93.5")
        type_in(mine, TWELVE[2], "94.5")
        expect(row(mine, TWELVE[0])).to_contain_text("Supplier changed this row")
        expect(row(mine, TWELVE[0]).get_by_role("row", name="Figure 93.5 91.5")).to_be_visible()
        expect(figure(mine, TWELVE[0])).to_have_value("93.5")
        assert_in_order(mine)
        assert figures() == {TWELVE[0]: "91.5", TWELVE[1]: "92.5", TWELVE[2]: "94.5"}
        row(mine, TWELVE[0]).get_by_label("Keep mine").click()
        expect(row(mine, TWELVE[0]).get_by_label("Keep mine")).to_have_count(0)
        assert figures()[TWELVE[0]] == "93.5"
        type_in(theirs, TWELVE[0], "90.5")
        row(theirs, TWELVE[0]).get_by_label("Take theirs").click()
        expect(figure(theirs, TWELVE[0])).to_have_value("93.5")
        assert figures() == {TWELVE[0]: "93.5", TWELVE[1]: "92.5", TWELVE[2]: "94.5"}


@pytest.mark.usefixtures("area")
def test_words_of_two_people_stand_side_by_side_to_the_last_character(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER) as mine, desk(browser, site, SUPPLIER) as theirs:
        mine.goto(site.address(FORM))
        theirs.goto(site.address(FORM))
        for page, words in ((theirs, "Their cause. " * 40), (mine, "My cause. " * 40)):
            type_in(page, TWELVE[0], "79")
            row(page, TWELVE[0]).get_by_label("Cause").fill(words + "<b>&amp;</b>\nThe end")
            page.keyboard.press("Tab")
            if page is theirs:
                page.wait_for_function(NOTHING_WAITS)
        both = row(mine, TWELVE[0]).get_by_role("row", name="Cause")
        expect(both).to_contain_text("Their cause. " * 40 + "<b>&amp;</b> The end")
        expect(both).to_contain_text("My cause. " * 40 + "<b>&amp;</b> The end")
        # Who types on before choosing, and is away for a while, finds it again.
        row(mine, TWELVE[0]).get_by_label("Effect on council services").fill("Payslips were late.")
        mine.on("dialog", lambda dialog: dialog.accept())
        mine.goto(site.address("/glossary/"))
        mine.goto(site.address(FORM))
        expect(row(mine, TWELVE[0]).get_by_label("Cause")).to_have_value("Their cause. " * 40 + "<b>&amp;</b>\nThe end")
        mine.get_by_role("button", name="Put it back").click()
        mine.wait_for_function(NOTHING_WAITS)
    entry = Entry.objects.get(kpi__code=TWELVE[0])
    assert (entry.cause, entry.effect) == ("My cause. " * 40 + "<b>&amp;</b>\nThe end", "Payslips were late.")
    assert entry.value == "79"


@pytest.mark.usefixtures("area")
def test_what_is_typed_while_a_save_is_on_its_way_is_saved_after_it(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER) as page:
        page.goto(site.address(FORM))
        held: list[Route] = []
        page.route("**/save/", lambda route: held.append(route))
        with page.expect_request("**/save/"):
            type_in(page, TWELVE[0], "79")
        row(page, TWELVE[0]).get_by_label("Comment").evaluate("(field) => field.closest('details').open = true")
        row(page, TWELVE[0]).get_by_label("Comment").press_sequentially("Typed meanwhile")
        held[0].continue_()
        page.unroute_all()
        expect(row(page, TWELVE[0])).to_contain_text("Below minimum")
        row(page, TWELVE[0]).get_by_label("Comment").press_sequentially(", and after.")
        page.keyboard.press("Tab")
        page.wait_for_function(NOTHING_WAITS)
    entry = Entry.objects.get(kpi__code=TWELVE[0])
    assert (entry.value, entry.comment) == ("79", "Typed meanwhile, and after.")


@pytest.mark.usefixtures("area")
def test_a_dead_line_and_an_expired_sign_in_keep_what_was_typed_and_offer_it_again(
    browser: Browser, site: Site
) -> None:
    with desk(browser, site, OFFICER) as page:
        page.goto(site.address(FORM))
        page.context.set_offline(True)
        type_in(page, TWELVE[0], "93.5")
        expect(bar(page)).to_contain_text("The line is down.")
        page.context.set_offline(False)
        expect(bar(page)).to_contain_text("1 of 12 entered · draft saved")
        signed_in_still = page.context.storage_state()["cookies"]
        page.context.clear_cookies(name="sessionid")
        type_in(page, TWELVE[1], "94.5")
        expect(bar(page)).to_contain_text("You are not signed in any more.")
        page.on("dialog", lambda dialog: dialog.accept())
        page.context.add_cookies(
            [{"name": each["name"], "value": each["value"], "url": site.url} for each in signed_in_still]
        )
        page.goto(site.address("/glossary/"))
        page.goto(site.address(FORM))
        expect(figure(page, TWELVE[1])).to_have_value("")
        expect(page.get_by_text("Typed here earlier and not saved: PM_KPI_02.")).to_be_visible()
        assert_in_order(page)
        page.get_by_role("button", name="Put it back").click()
        expect(bar(page)).to_contain_text("2 of 12 entered · draft saved")
    assert figures() == {TWELVE[0]: "93.5", TWELVE[1]: "94.5"}


@pytest.mark.usefixtures("area")
def test_the_form_is_in_order_with_everything_wrong(browser: Browser, site: Site) -> None:
    with desk(browser, site, OFFICER) as page:
        page.goto(site.address(FORM))
        for code, words in zip(TWELVE, ["ninety", "-1", "931", "1e9", "<b>92</b>", "85"], strict=False):
            figure(page, code).fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(bar(page)).to_contain_text("6 of 12 entered · 1 miss unexplained · 5 figures to mend")
        assert_in_order(page)
        page.goto(site.address(f"{FORM}check/"))
        assert_in_order(page)
        page.get_by_role("link", name="PM_KPI_02, figure").click()
        expect(figure(page, TWELVE[1])).to_have_attribute("aria-describedby", re.compile("-value-error$"))
        assert_in_order(page)
        page.goto(site.address(f"/contracts/{FULL}/returns/"))
        assert_in_order(page)


def type_in(page: Page, code: str, words: str) -> None:
    figure(page, code).fill(words)
    page.keyboard.press("Tab")


def paste(page: Page, text: str) -> None:
    """As a spreadsheet leaves it on the clipboard."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def explain(page: Page, code: str) -> None:
    row(page, code).get_by_label("Cause").fill("A machine failed.")
    row(page, code).get_by_label("Effect on council services").fill("Payslips went out a day late.")
    row(page, code).get_by_label("Remedy and who owns it").fill("Payroll Manager: a second machine.")
    row(page, code).get_by_label("Expected month of recovery").fill("April 2018")


def answer_warnings(page: Page) -> None:
    for box in page.get_by_role("textbox").all():
        box.fill("It is as the source says.")
