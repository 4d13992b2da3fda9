"""
A month from its first figure to a correction, in a real browser, with scripts and without: the officer enters, the
contract manager sends back, verifies and reopens, and what was changed stands on the page of the KPI.

The officer's part is played by keyboard alone and every keystroke is counted: twelve KPIs with two misses explained are
to take less than three minutes, which is what :data:`MOST_KEYS` stands for.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Correction, Entry, Result, Return
from tests import builders
from tests.browser.conftest import Site
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order
from tests.browser.test_return import FORM, OFFICER, TWELVE, bar, desk, explain, figure, paste, row

pytestmark = pytest.mark.browser

MANAGER = "contract_manager@example.org"
MONTH = f"/contracts/{FULL}/returns/2018-02/"
KPI = f"/contracts/{FULL}/kpis/{TWELVE[7]}/"
MOST_KEYS = 270
"""Three minutes at a stroke and a half a second: somebody who looks for the keys. It takes about 230."""
FIGURES = ("92", "93", "94", "91", "92", "93", "94", "85", "79", "92", "93", "99.9")


@pytest.fixture
def area(site: Site) -> ServiceArea:
    """Twelve KPIs with a year behind them, ordinary enough that no figure above but the last is doubted."""
    contract = Contract.objects.get(reference=FULL)
    area = builders.area(contract, "PM", "People Management")
    for code in TWELVE:
        unlike = ["91", "60", "93", "61", "95", "60", "93", "62", "91", "61", "93", "62"]
        alike = ["91", "92", "93", "94", "95", "94", "93", "92", "91", "92", "93", "94"]
        kpi = builders.kpi(area, code, name=f"Payslips right first time, {code}")
        builders.results(kpi, "2017-02", alike if code == TWELVE[11] else unlike)
    builders.returns(area, "2017-02", "2018-01")
    grant_role(person=Person.objects.get(email=OFFICER), role=Role.OFFICER, contract=contract, service_area=area)
    return area


class Keyboard:
    """Presses keys and counts them: each character of a text is one."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.pressed += len(words)

    def tab_to(self, selector: str, most: int = 60, key: str = "Tab") -> None:
        """By Tab alone, however far it is."""
        for _ in range(most):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.press(key)
        raise AssertionError(f"{selector} was not reached by {most} presses of {key}")


@pytest.fixture
def officer(browser: Browser, site: Site, area: ServiceArea) -> Iterator[Page]:
    with desk(browser, site, OFFICER) as page:
        yield page


@pytest.fixture
def manager(browser: Browser, site: Site, area: ServiceArea) -> Iterator[Page]:
    with desk(browser, site, MANAGER) as page:
        yield page


def pk_of(page: Page, code: str) -> str:
    return str(figure(page, code).get_attribute("id")).removesuffix("-value")


def test_an_officer_enters_twelve_kpis_with_two_misses_explained_by_keyboard_alone(officer: Page, site: Site) -> None:
    officer.goto(site.address(FORM))
    keys = Keyboard(officer)
    keys.tab_to("[data-column=value]")
    for value in FIGURES:
        keys.type(value)
        keys.press("Enter")
    expect(bar(officer)).to_contain_text("12 of 12 entered · 2 misses unexplained · draft saved")
    eighth, ninth = pk_of(officer, TWELVE[7]), pk_of(officer, TWELVE[8])
    keys.tab_to(f"[id='{eighth}-cause']", 120, "Shift+Tab")
    for words in ("A machine failed.", "Payslips a day late.", "Payroll: a second machine.", "April 2018"):
        keys.type(words)
        keys.press("Tab")
    keys.tab_to(f"[id='{ninth}-explanation_awaited_on']")
    keys.type("28/3/2018")
    keys.press("Tab")
    expect(bar(officer)).to_contain_text("12 of 12 entered · draft saved")
    keys.tab_to("[name=check]:not([aria-hidden])", 120)
    keys.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Check and submit")
    assert_in_order(officer)
    keys.tab_to("textarea")
    keys.type("A quiet month.")
    keys.tab_to("button[type=submit]:not([name]):not(header *), .govuk-button:not([name])")
    expect(officer.locator("[data-kept]")).to_contain_text("Answers kept")
    keys.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_have_text("What I owe")
    assert Return.objects.get(service_area__code="PM", month="2018-02-01").state == "submitted"
    assert keys.pressed <= MOST_KEYS


def test_answers_typed_while_the_line_is_down_are_there_again(officer: Page, site: Site) -> None:
    officer.goto(site.address(FORM))
    figure(officer, TWELVE[0]).focus()
    paste(officer, "\n".join(FIGURES) + "\r\n")
    expect(bar(officer)).to_contain_text("12 of 12 entered · 2 misses unexplained · draft saved")
    explain(officer, TWELVE[7])
    row(officer, TWELVE[8]).get_by_label("Or explanation awaited").fill("28/3/2018")
    officer.get_by_role("button", name="Check and submit").click()
    officer.get_by_role("heading", level=1, name="Check and submit").wait_for()
    officer.wait_for_load_state()
    officer.route("**/check/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    officer.get_by_role("textbox").fill("A quiet month.")
    expect(officer.locator("[data-kept]")).to_contain_text("they stay in this browser")
    officer.goto(site.address(f"/contracts/{FULL}/returns/"))
    officer.unroute_all()
    officer.goto(site.address(f"{FORM}check/"))
    expect(officer.locator("[data-kept]")).to_contain_text("Answers kept")
    expect(officer.get_by_role("textbox")).to_have_value("A quiet month.")
    assert_in_order(officer)
    figure_is_wrong(officer, site)
    expect(officer.get_by_role("textbox")).to_have_value("A quiet month.")
    officer.get_by_role("textbox").fill("A very quiet month.")
    expect(officer.locator("[data-kept]")).to_contain_text("Answers kept")
    assert_in_order(officer)
    entry = Entry.objects.get(kpi__code=TWELVE[11])
    assert list(entry.answers.values()) == ["A very quiet month."]


def figure_is_wrong(page: Page, site: Site) -> None:
    """The checks, with an error beside the warning that was answered."""
    page.goto(site.address(FORM))
    figure(page, TWELVE[0]).fill("ninety")
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_role("main")).to_contain_text("1 error has to be mended")


def test_a_month_is_played_to_its_correction(officer: Page, manager: Page, site: Site) -> None:
    officer.goto(site.address(FORM))
    figure(officer, TWELVE[0]).focus()
    paste(officer, "\n".join(FIGURES) + "\r\n")
    expect(bar(officer)).to_contain_text("12 of 12 entered · 2 misses unexplained")
    explain(officer, TWELVE[7])
    row(officer, TWELVE[8]).get_by_label("Or explanation awaited").fill("28/3/2018")
    officer.keyboard.press("Tab")
    expect(bar(officer)).to_contain_text("12 of 12 entered · draft saved")
    play_the_rest(officer, manager, site, has_scripts=True)


def test_the_same_month_without_a_script(browser: Browser, site: Site, area: ServiceArea) -> None:
    with (
        desk(browser, site, OFFICER, scripts=False) as officer,
        desk(browser, site, MANAGER, scripts=False) as manager,
    ):
        officer.goto(site.address(FORM))
        for code, value in zip(TWELVE, FIGURES, strict=True):
            figure(officer, code).fill(value)
        officer.get_by_role("button", name="Save", exact=True).click()
        explain(officer, TWELVE[7])
        row(officer, TWELVE[8]).get_by_label("Or explanation awaited").fill("28/3/2018")
        play_the_rest(officer, manager, site, has_scripts=False)


def play_the_rest(officer: Page, manager: Page, site: Site, *, has_scripts: bool) -> None:
    """From a draft that is complete to the correction: what follows is the same with scripts and without."""
    submit(officer)
    manager.goto(site.address(MONTH))
    expect(manager.get_by_text("A quiet month.")).to_be_visible()
    decide(manager, "Send PM back", f"{TWELVE[7]} lacks its source.")
    expect(manager.get_by_text(f"Sent back: {TWELVE[7]} lacks its source.")).to_be_visible()
    officer.goto(site.address(FORM))
    expect(officer.get_by_text(f"The contract manager returned this month: {TWELVE[7]} lacks")).to_be_visible()
    if has_scripts:
        assert_in_order(officer)
    figure(officer, TWELVE[7]).fill("86")
    submit(officer, asks=False)
    verify(manager, site)
    decide(manager, "Reopen PM", "A figure was counted twice.")
    officer.goto(site.address(FORM))
    expect(officer.get_by_text("A figure that changes now becomes a correction.")).to_be_visible()
    figure(officer, TWELVE[7]).fill("87")
    submit(officer, asks=False)
    verify(manager, site)
    officer.goto(site.address(FORM))
    expect(officer.get_by_role("main")).to_contain_text("the month is closed")
    expect(officer.get_by_role("main")).to_contain_text("Sample re-performed, 3 results")
    if has_scripts:
        assert_in_order(officer)
    officer.goto(site.address(KPI))
    corrections = officer.get_by_role("main")
    for said in ("Corrections of verified figures", "86.00%", "87.00%", "A figure was counted twice.", "Officer"):
        expect(corrections).to_contain_text(said)
    made = Correction.objects.get(reason="A figure was counted twice.")
    assert (made.value_before, made.value_after) == (86, 87)
    assert Result.objects.filter(kpi__code__in=TWELVE, month="2018-02-01").count() == 12


def submit(page: Page, *, asks: bool = True) -> None:
    page.get_by_role("button", name="Check and submit").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check and submit")
    if asks:
        page.get_by_role("textbox").fill("A quiet month.")
    else:
        expect(page.get_by_role("textbox")).to_have_value("A quiet month.")
    page.get_by_role("button", name="Submit the return").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What I owe")


def decide(page: Page, button: str, words: str) -> None:
    page.get_by_text(button).first.click()
    page.locator("textarea:visible").fill(words)
    page.get_by_role("button", name=button).click()


def verify(page: Page, site: Site) -> None:
    page.goto(site.address(MONTH))
    page.get_by_text("Verify PM").first.click()
    page.get_by_label("Sample re-performed").locator("visible=true").last.check()
    page.get_by_label("Results re-performed").locator("visible=true").fill("3")
    page.get_by_role("button", name="Verify PM").click()
    expect(page.get_by_text("sample re-performed (3)").first).to_be_visible()
