"""The pages about key projects: what they say, a form that rearranges without saving, what is refused in words."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.readings import read_now
from projects.checks import breaches
from projects.models import KeyList, Nomination, Project
from projects.services.key_lists import record_decision
from reports.build.projects import read_project_section
from tests import builders
from tests.people import Cast
from tests.reading import text_of

WHY = "It touches every school of the county."


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def projects(contract: Contract, cast: Cast) -> list[Project]:
    return [builders.project(contract, f"P{number}", scrutiny_area="Adults") for number in range(1, 5)]


@pytest.fixture
def decided(contract: Contract, projects: list[Project]) -> KeyList:
    return builders.key_list(contract, *projects[:2], decided_on=date(2018, 1, 25), rationale=WHY)


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)


def typed(*entries: Project, version: int = 0, why: str = WHY, **others: Any) -> dict[str, Any]:
    """What the page sends: the list in this order with its ranks and rationales."""
    ranks = {f"rank_{each.pk}": str(rank) for rank, each in enumerate(entries, start=1)}
    said = {f"rationale_{each.pk}": why for each in entries}
    return {"version": str(version), "entry": [str(each.pk) for each in entries], **ranks, **said, **others}


def order(page: str) -> list[str]:
    """The references in the order of the form."""
    return [part.partition("</label>")[0].split()[-1] for part in page.split("Rank of ")[1:]]


def propose(client: Client, data: dict[str, Any]) -> str:
    return client.post(reverse("projects:propose_key", args=["TST"]), data, follow=True).content.decode()


@pytest.mark.usefixtures("decided")
def test_the_form_begins_with_the_list_in_force(officer: Client) -> None:
    page = officer.get(reverse("projects:propose_key", args=["TST"])).content.decode()
    assert order(page) == ["P1", "P2"]
    assert not KeyList.objects.filter(decided_on=None).exists()


@pytest.mark.parametrize(
    ("act", "of", "expected"),
    [
        ("down", 0, "P2 P1 P3"),
        ("up", 2, "P1 P3 P2"),
        ("up", 0, "P1 P2 P3"),
        ("down", 2, "P1 P2 P3"),
        ("off", 1, "P1 P3"),
        ("near_miss", 0, "P2 P3"),
        ("add", 3, "P1 P2 P3 P4"),
    ],
)
def test_a_button_rearranges_the_page_and_saves_nothing(
    officer: Client, projects: list[Project], act: str, of: int, expected: str
) -> None:
    page = propose(officer, typed(*projects[:3]) | {act: str(projects[of].pk)})
    assert order(page) == expected.split()
    assert page.count(WHY) == len(set(expected.split()) - {"P4"}), "what was typed stays"
    assert "There is a problem" not in page
    assert not KeyList.objects.exists()


def test_ranks_typed_are_applied_whatever_is_pressed(officer: Client, projects: list[Project]) -> None:
    ranks = {f"rank_{projects[0].pk}": "3"}
    assert order(propose(officer, typed(*projects[:3], order="yes") | ranks)) == ["P2", "P3", "P1"]
    propose(officer, typed(*projects[:3]) | ranks)
    assert list(KeyList.objects.get().entries.values_list("project__reference", flat=True)) == ["P2", "P3", "P1"]


@pytest.mark.parametrize("rank", ["", "x", "-1", "9" * 30, "٢"])
def test_a_rank_that_is_no_number_leaves_the_project_where_it_is(
    officer: Client, projects: list[Project], rank: str
) -> None:
    page = propose(officer, typed(*projects[:2], order="yes") | {f"rank_{projects[1].pk}": rank})
    assert order(page) == ["P1", "P2"]


@pytest.mark.usefixtures("decided")
def test_who_is_taken_off_the_list_in_force_is_asked_about(officer: Client, projects: list[Project]) -> None:
    page = propose(officer, typed(projects[0], off=str(projects[1].pk)))
    assert "Why P2 leaves the list" in page
    page = propose(officer, typed(projects[0]))
    assert "P2: say why it leaves the list." in page
    page = propose(officer, typed(projects[0]) | {f"left_{projects[1].pk}": "It is complete."})
    assert "0 would enter and 1 would leave" in page
    assert "It is complete." in page


def test_a_search_finds_projects_of_the_register_that_are_not_on_the_page(
    officer: Client, contract: Contract, projects: list[Project]
) -> None:
    builders.project(contract, "P9", archived_on=date(2018, 2, 1), archived_reason="Entered twice.")
    page = propose(officer, typed(projects[0], find="yes", words="payroll p"))
    assert "3 projects not on this page have these words." in page
    assert f'name="add" value="{projects[1].pk}"' in page
    assert "/P9/" not in page


def test_a_stale_page_shows_both_and_can_be_saved_again(officer: Client, projects: list[Project]) -> None:
    propose(officer, typed(projects[0], why="The first who saved said this."))
    page = propose(officer, typed(*projects[:2]))
    assert "changed by somebody else" in page
    assert "Rank 1: The first who saved said this." in page
    assert f"Rank 1: {WHY}" in page
    assert 'name="version" value="1"' in page
    propose(officer, typed(*projects[:2], version=1))
    assert KeyList.objects.get().entries.count() == 2


@pytest.mark.usefixtures("decided")
def test_the_list_of_a_past_day_is_shown_and_a_coming_day_refused(officer: Client) -> None:
    here = reverse("projects:key", args=["TST"])

    def on(day: str, month: str, year: str) -> Any:
        return officer.get(here, {"on_day": day, "on_month": month, "on_year": year})

    assert "2 key projects, decided by the Board on 25 January 2018" in on("25", "1", "2018").content.decode()
    assert "No list was decided by 24 January 2018." in on("24", "1", "2018").content.decode()
    ahead = on("15", "3", "2018")
    assert ahead.status_code == 400
    assert "That day has not come" in ahead.content.decode()
    assert on("31", "2", "2018").status_code == 400


def test_a_member_sees_at_once_why_a_project_is_not_theirs_to_nominate(
    contract: Contract, projects: list[Project], cast: Cast
) -> None:
    builders.chair(contract, cast.board_member, "Children")
    member = signed_in(cast.board_member)
    here = reverse("projects:nominate", args=["TST", "P1"])
    words = "P1 belongs to the scrutiny area Adults: only the member who chairs it nominates its projects. You chair"
    assert words in member.get(here).content.decode()
    assert words in member.post(here, {"reason": WHY}).content.decode()
    assert not Nomination.objects.exists()


def test_a_member_follows_a_nomination_to_its_answer(
    contract: Contract, projects: list[Project], cast: Cast, officer: Client
) -> None:
    builders.chair(contract, cast.board_member, "adults")
    member = signed_in(cast.board_member)
    assert "Nominate as a key project" in member.get(reverse("projects:project", args=["TST", "P1"])).content.decode()
    page = member.post(reverse("projects:nominate", args=["TST", "P1"]), {"reason": WHY}, follow=True)
    assert "Not answered yet" in page.content.decode()
    pk = Nomination.objects.get().pk
    officer.post(reverse("projects:decline_nomination", args=["TST", pk]), {"reason": "It ends in April."})
    after = member.get(reverse("projects:key", args=["TST"])).content.decode()
    assert "Declined on 14 March 2018 by Officer: It ends in April." in after


def test_chairs_are_chosen_among_the_members(contract: Contract, projects: list[Project], cast: Cast) -> None:
    administrator = signed_in(cast.administrator)
    here = reverse("projects:scrutiny_chairs", args=["TST"])
    administrator.post(here, {"area_0": str(cast.board_member.pk)})
    assert contract.scrutiny_chairs.get().person == cast.board_member
    assert administrator.post(here, {"area_0": str(cast.officer.pk)}).status_code == 200
    assert contract.scrutiny_chairs.get().person == cast.board_member


@pytest.mark.usefixtures("decided")
def test_a_proposal_goes_to_a_meeting_and_comes_back(
    contract: Contract, projects: list[Project], officer: Client, cast: Cast
) -> None:
    board = builders.board(contract)
    builders.meeting(board, date(2018, 3, 1), "held")
    meeting = builders.meeting(board, date(2018, 3, 29))
    propose(officer, typed(*projects[:3]))
    here = reverse("reports:put_key_list", args=["TST"])
    assert "Thursday 1 March 2018" not in officer.get(here).content.decode()
    page = officer.post(here, {"meeting": str(meeting.pk), "version": "1"}, follow=True).content.decode()
    assert "put to Scrutiny Board of 29 March 2018: 1 would enter and 0 would leave." in page
    back = officer.post(reverse("projects:take_back_key", args=["TST"]), {"version": "2"}, follow=True)
    assert "not put to a meeting yet" in back.content.decode()
    gone = officer.post(reverse("projects:discard_key", args=["TST"]), {"version": "3"}, follow=True)
    assert "The list in force stays as it is." in gone.content.decode()


def test_the_check_names_a_project_that_is_on_a_list_and_a_near_miss_of_it(
    contract: Contract, projects: list[Project], decided: KeyList
) -> None:
    assert list(breaches(contract)) == []
    builders.key_near_miss(decided, projects[0])
    assert list(breaches(contract)) == ["TST: P1 is on a key list and a near miss of it"]


def test_the_paper_says_why_a_project_left_and_which_were_near_misses(
    contract: Contract, projects: list[Project], decided: KeyList
) -> None:
    proposal = builders.key_list(contract, projects[0])
    builders.key_exit(proposal, projects[1], "It is complete.")
    builders.key_near_miss(proposal, projects[2], "It has only begun.")
    section = read_now(read_project_section(contract, date(2018, 3, 14), None))
    left = [line.detail for line in section.exceptions if line.rule == "left key list"]
    assert left == ["no longer on the key list: It is complete."]
    assert [(each.reference, each.reason) for each in section.near_misses] == [("P3", "It has only begun.")]


def test_the_list_in_force_stands_on_every_page_until_the_board_decides_and_the_paper_holds_the_proposal(
    officer: Client, contract: Contract, projects: list[Project], decided: KeyList, today: date
) -> None:
    builders.key_list(contract, projects[2], projects[0], put_to_board_on=date(2018, 3, 29), board="The Board")
    register = officer.get(reverse("projects:register", args=["TST"]), {"key": "yes"}).content.decode()
    assert [each.reference for each in projects if f"/projects/{each.reference}/" in register] == ["P1", "P2"]
    stands = [
        text_of(officer.get(reverse("projects:project", args=["TST", each.reference])))
        for each in (projects[0], projects[1], projects[2], projects[3])
    ]
    assert "Key project, rank 1; proposed for rank 2" in stands[0]
    assert "Key project, rank 2; proposed to leave the list" in stands[1]
    assert "Proposed as a key project, rank 1" in stands[2]
    assert "ey project, rank" not in stands[3]
    assert [each.reference for each in read_now(read_project_section(contract, today, None)).key] == ["P3", "P1"]


def test_who_leaves_the_list_by_a_decision_leaves_the_register_of_key_projects(
    cast: Cast, contract: Contract, projects: list[Project], decided: KeyList, today: date
) -> None:
    row = builders.key_list(contract, projects[2], put_to_board_on=today, board="The Board")
    record_decision(
        contract=contract, by=cast.clerk, on=today, version=row.version, decided_on=today, decision="Agreed."
    )
    assert list(contract.register_rows.filter(key_rank__isnull=False).values_list("reference", flat=True)) == ["P3"]
    assert list(breaches(contract)) == []
