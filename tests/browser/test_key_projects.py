"""The key projects in a real browser: a member nominates, officers propose, the Board's decision is recorded."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from contracts.models import Contract, Person
from contracts.services import set_demonstration_day
from projects.models import KeyList, Project
from tests import builders
from tests.browser.conftest import WIDE, Site, complaints_of, signed_in
from tests.browser.scene import FULL
from tests.browser.test_pages import assert_in_order

pytestmark = pytest.mark.browser

KEY = f"/contracts/{FULL}/projects/key/"
MEETING = date(2018, 3, 29)


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[dict[str, Page]]:
    """A page each for who takes part; a list is in force, and the scene's proposal is not there."""
    contract = Contract.objects.get(reference=FULL)
    proposal = KeyList.objects.get(contract=contract)
    proposal.entries.all().delete()
    proposal.delete()
    first, second = Project.objects.filter(contract=contract).order_by("reference")[:2]
    builders.key_list(contract, first, second, decided_on=date(2017, 12, 21))
    builders.chair(contract, Person.objects.get(email="board_member@example.org"), "Adults and Community Wellbeing")
    with ExitStack() as open_pages:
        yield {
            name: open_pages.enter_context(
                browser.new_context(storage_state=signed_in(browser, site, f"{name}@example.org"), viewport=WIDE)
            ).new_page()
            for name in ("board_member", "officer", "clerk")
        }


def test_a_nomination_becomes_a_key_project_by_the_decision_of_the_board(
    people: dict[str, Page], site: Site, tmp_path: Path
) -> None:
    member, officer, clerk = people.values()
    complaints = [complaints_of(page) for page in people.values()]

    member.goto(site.address(f"/contracts/{FULL}/projects/P003/"))
    member.get_by_role("button", name="Nominate as a key project").click()
    member.get_by_role("button", name="Nominate").click()
    expect(member.get_by_role("alert")).to_contain_text("Enter")
    assert_in_order(member)
    member.get_by_label("Why members should watch").fill("Carers ask about it at every surgery.")
    member.get_by_role("button", name="Nominate").click()
    expect(member.get_by_text("Not answered yet")).to_be_visible()
    assert_in_order(member)

    officer.goto(site.address(KEY))
    officer.get_by_role("button", name="Propose a new list").click()
    assert_in_order(officer)
    officer.get_by_role("button", name="Add P003").click()
    officer.get_by_role("button", name="Take off P002").click()
    officer.get_by_label("Find in the register").fill("P004")
    officer.get_by_label("Find in the register").press("Enter")
    officer.get_by_role("button", name="Make a near miss P004").click()
    officer.get_by_label("Rank of P003").fill("1")
    officer.get_by_role("button", name="Save the proposal").click()
    alert = officer.get_by_role("alert")
    expect(alert).to_contain_text("P003: say in at least 5 words")
    expect(alert).to_contain_text("P002: say why it leaves the list.")
    expect(officer.get_by_label("Rank of P003")).to_have_value("1")
    assert_in_order(officer)
    officer.get_by_label("Why members should watch P003").fill("Carers are paid late while it is not finished.")
    officer.get_by_label("Why P002 leaves the list").fill("Nobody works on it.")
    officer.get_by_label("Why P004 was considered").fill("It has only begun.")
    officer.get_by_role("button", name="Save the proposal").click()
    expect(officer.locator(".app-headline")).to_contain_text("1 would enter and 1 would leave")
    assert_in_order(officer)
    officer.get_by_role("button", name="Put it to a meeting").click()
    officer.get_by_label("Thursday 29 March 2018").check()
    assert_in_order(officer)
    officer.get_by_role("button", name="Put it to this meeting").click()
    expect(officer.locator(".app-headline")).to_contain_text("of 29 March 2018")

    set_demonstration_day(on=MEETING)
    clerk.goto(site.address(KEY))
    clerk.get_by_role("button", name="Record the Board’s decision").click()
    assert_in_order(clerk)
    clerk.get_by_role("link", name="record it with the changes").click()
    assert_in_order(clerk)
    clerk.go_back()
    clerk.get_by_label("What the Board decided").fill("That the list be agreed.")
    clerk.get_by_role("button", name="Record that the Board decided this list").click()
    expect(clerk.locator(".app-headline")).to_have_text(
        "2 key projects, decided by the Board on 29 March 2018; 1 entered and 1 left since 21 December 2017."
    )
    expect(clerk.get_by_text("Nobody works on it.")).to_be_visible()
    expect(clerk.get_by_text("It has only begun.")).to_be_visible()
    assert_in_order(clerk)
    clerk.get_by_role("link", name="21 December 2017").click()
    expect(clerk.locator(".app-headline")).to_contain_text("2 key projects, decided by the Board on 21 December 2017")
    assert_in_order(clerk)

    member.goto(site.address(KEY))
    expect(member.get_by_text("Taken up: on the list that the Board decided on 29 March 2018")).to_be_visible()
    assert complaints == [[], [], []]

    set_demonstration_day(on=date(2018, 4, 11))
    member.goto(written("report", tmp_path))
    expect(member.get_by_role("row").filter(has_text="Entered key list: rank 1.")).to_contain_text("P003")
    gone = "Left key list: no longer on the key list: Nobody works on it."
    expect(member.get_by_role("row").filter(has_text=gone)).to_contain_text("P002")
    member.goto(written("projects", tmp_path))
    entered = member.get_by_role("table", name="Projects that entered the key list")
    expect(entered.get_by_role("row", name="P003")).to_contain_text("Carers are paid late while it is not finished.")
    left = member.get_by_role("table", name="Projects that left the key list")
    expect(left.get_by_role("row", name="P002")).to_contain_text("Nobody works on it.")


def written(kind: str, folder: Path) -> str:
    """Where the paper of the meeting after the decision lies, as a clerk has it written."""
    file = folder / f"{kind}.html"
    call_command("paper", FULL, "--meeting=2018-04-26", f"--kind={kind}", "--format=html", f"--output={file}")
    return file.as_uri()


def test_the_pages_beside_it_are_in_order(page: Page, browser: Browser, site: Site, subtests: pytest.Subtests) -> None:
    administrator = signed_in(browser, site, "administrator@example.org")
    with browser.new_context(storage_state=administrator, viewport=WIDE) as context:
        own = context.new_page()
        for shown, path in ((own, f"/contracts/{FULL}/projects/chairs/"), (page, KEY), (page, f"{KEY}proposal/")):
            with subtests.test(path):
                shown.goto(site.address(path))
                assert_in_order(shown)
