"""The monthly update in a real browser: posted with the keyboard alone, refused, overtaken, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from contracts.models import Person
from projects.models import Project, Update
from tests import builders
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL, TODAY
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

UPDATE = f"/contracts/{FULL}/projects/P001/update/"
MOST_KEYS = 40
"""Keys to post an update in which the finish moves, a milestone is done and something new is said: typing apart."""
SECONDS_A_KEY = 0.28
"""How long somebody who types as most people do takes for a key, in the keystroke-level model of Card and others."""
A_MINUTE = 60


@pytest.fixture
def manager(browser: Browser, site: Site) -> Iterator[Page]:
    state = signed_in(browser, site, "project_manager@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE) as context:
        yield context.new_page()


def press(page: Page, key: str, times: int = 1) -> int:
    for _ in range(times):
        page.keyboard.press(key)
    return times


def write(page: Page, words: str) -> int:
    page.keyboard.type(words)
    return len(words)


def tab_to(page: Page, name: str) -> int:
    """Tabs until the box has the focus; how many keys that took."""
    for pressed in range(1, MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.textContent").strip() == name:
            return pressed
    raise AssertionError(f"{name} is not reached with the keyboard")


def test_a_manager_posts_an_update_with_few_keys_and_no_mouse(manager: Page, site: Site) -> None:
    complaints = complaints_of(manager)
    moved = Project.objects.get(reference="P001", contract__reference=FULL).milestones.get(title="All lines moved")
    manager.goto(site.address(f"/contracts/{FULL}/projects/mine/"))
    assert_in_order(manager)
    manager.set_viewport_size(WIDE)
    manager.get_by_role("link", name="Post an update of P001").focus()
    keys = press(manager, "Enter")
    expect(manager.get_by_role("heading", level=1)).to_contain_text("Update: Contact centre telephone system")
    expect(manager.locator("#rating")).to_contain_text("56 days late")
    assert_in_order(manager)
    manager.set_viewport_size(WIDE)

    manager.reload()
    keys += press(manager, "Tab") + press(manager, "Enter") + tab_to(manager, "confidence")
    keys += press(manager, "ArrowDown") + tab_to(manager, "forecast_finish")
    typed = write(manager, "6 April 2018")
    expect(manager.locator("#rating")).to_contain_text("By its dates it is green: 7 days late")
    keys += tab_to(manager, f"actual-{moved.pk}")
    typed += write(manager, "12/3/2018")
    keys += tab_to(manager, "done")
    typed += write(manager, "Moved the last line.")
    for name, words in (("delay_party", ""), ("cost_effect", "Not known yet"), ("knock_on", "Nothing")):
        keys += tab_to(manager, name)
        typed += write(manager, words)
    keys += tab_to(manager, "is_green_unknown") + press(manager, "Space")
    keys += tab_to(manager, "Post the update") + press(manager, "Enter")
    expect(manager.get_by_role("alert")).to_contain_text(
        "The update of P001 is posted. You say amber; its dates say green. Both are shown."
    )
    assert keys < MOST_KEYS, keys
    assert (keys + typed) * SECONDS_A_KEY < A_MINUTE, (keys, typed)
    assert Update.objects.get(updated_on=TODAY).confidence == "amber"
    moved.refresh_from_db()
    assert str(moved.actual_on) == "2018-03-12"
    assert_in_order(manager)
    assert complaints == []


def test_what_is_wrong_leads_to_its_box_and_nothing_typed_is_lost(manager: Page, site: Site) -> None:
    manager.goto(site.address(UPDATE))
    manager.get_by_label("Forecast finish").fill("1/3/2018")
    manager.get_by_label("Done since the last update").fill("Trained everybody.")
    manager.get_by_label("What it costs").fill("")
    manager.get_by_role("button", name="Post the update").click()
    summary = manager.get_by_role("alert")
    expect(summary).to_contain_text("A new forecast cannot lie in the past")
    expect(manager.get_by_label("Done since the last update")).to_have_value("Trained everybody.")
    assert_in_order(manager)
    summary.get_by_role("link", name="A new forecast cannot lie in the past").click()
    expect(manager.get_by_label("Forecast finish")).to_be_focused()
    assert not Update.objects.filter(updated_on=TODAY).exists()


def test_an_update_that_was_overtaken_shows_both(manager: Page, site: Site) -> None:
    manager.goto(site.address(UPDATE))
    project = Project.objects.get(reference="P001", contract__reference=FULL)
    other = Person.objects.get(email="officer@example.org")
    builders.update(project, TODAY, "red", done="The pilot failed.", posted_by=other)
    manager.get_by_label("Done since the last update").fill("Trained everybody.")
    manager.get_by_role("button", name="Post the update").click()
    expect(manager.get_by_text("Posted while you were writing by Officer")).to_be_visible()
    expect(manager.get_by_text("The pilot failed.")).to_be_visible()
    expect(manager.get_by_label("Done since the last update")).to_have_value("Trained everybody.")
    assert_in_order(manager)


def test_without_scripts_the_dates_speak_once_it_is_sent(browser: Browser, site: Site) -> None:
    state = signed_in(browser, site, "project_manager@example.org")
    with browser.new_context(storage_state=state, viewport=WIDE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.address(UPDATE))
        page.get_by_label("Forecast finish").fill("30/3/2018")
        page.get_by_label("Planned next").fill("")
        page.get_by_role("button", name="Post the update").click()
        expect(page.get_by_text("Say what is planned next.").first).to_be_visible()
        expect(page.locator("#rating")).to_contain_text("it keeps the original finish")
