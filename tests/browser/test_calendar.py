"""The clerk plans a series, looking at its days first, and moves a meeting that somebody else has moved meanwhile."""

import pytest
from playwright.sync_api import Browser, Page, expect

from reports.models import Meeting
from tests.browser.conftest import NARROW, Site, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser


def fill_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(value)


def test_a_series_is_looked_at_before_it_is_planned_without_javascript(browser: Browser, site: Site) -> None:
    clerk = signed_in(browser, site, "clerk@example.org")
    with browser.new_context(storage_state=clerk, java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site.address(f"/contracts/{FULL}/meetings/boards/{{scene.board}}/"))
        page.get_by_role("button", name="Add a series").click()
        fill_day(page, "From", "1", "5", "2018")
        fill_day(page, "To", "31", "12", "2018")
        page.get_by_label("August").check()
        page.get_by_role("button", name="Show the days").click()
        expect(page.get_by_label("Thursday 31 May 2018")).to_have_count(0)
        page.get_by_label("Thursday 28 June 2018").uncheck()
        page.get_by_role("button", name="Plan the ticked days").click()
        expect(page.get_by_text("5 meetings are planned.")).to_be_visible()
    planned = Meeting.objects.filter(meeting_on__gt="2018-06-01").values_list("meeting_on", flat=True)
    assert [f"{day:%m-%d}" for day in planned.order_by("meeting_on")] == [
        "07-26", "09-27", "10-25", "11-29", "12-27",
    ]  # fmt: skip


def test_the_days_of_a_series_and_a_stale_page_are_in_order(page: Page, site: Site) -> None:
    page.goto(site.address(f"/contracts/{FULL}/meetings/boards/{{scene.board}}/series/"))
    fill_day(page, "From", "1", "3", "2018")
    fill_day(page, "To", "31", "12", "2018")
    page.get_by_role("button", name="Show the days").click()
    expect(page.get_by_text("The Board already has a meeting on this day").first).to_be_visible()
    assert_in_order(page)
    page.goto(site.address(f"/contracts/{FULL}/meetings/{{scene.meeting}}/change/"))
    fill_day(page, "Day of the meeting", "5", "4", "2018")
    page.get_by_label("Why it is moved").fill("The Chair is ill.")
    Meeting.objects.filter(pk=site.scene.meeting).update(version=2, place="County Hall")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="What stands there now")).to_be_visible()
    expect(page.get_by_label("Why it is moved")).to_have_value("The Chair is ill.")
    assert_in_order(page)
