"""The register and the page of a project say what the facts and the rules say."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.models import Project
from tests import builders
from tests.people import Cast
from tests.reading import Page, facts_of, links_of, rows_of, text_of

MAY_25 = date(2018, 5, 25)


@pytest.fixture
def member(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.board_member)
    return client


@pytest.fixture
def register(contract: Contract) -> str:
    return reverse("projects:register", args=[contract.reference])


@pytest.fixture
def portfolio(contract: Contract, area: ServiceArea, today: date) -> None:
    """Ten projects: each differs from the others in something that can be asked for."""
    made = [
        builders.project(contract, "P01", title="Telephone system", manager="Telephony Manager", service_area=area),
        builders.project(contract, "P02", scrutiny_area="Value for Money"),
        builders.project(contract, "P03", scrutiny_area="Schools"),
        builders.project(contract, "P04", stage="on hold"),
        builders.project(contract, "P05"),
        builders.project(contract, "P06"),
        builders.project(contract, "P07", stage="pipeline"),
        builders.project(contract, "P08", stage="pipeline"),
        builders.project(contract, "P09", stage="complete", actual_finish=date(2018, 3, 1)),
        builders.project(contract, "P10", stage="cancelled"),
    ]
    ratings = {"P01": "green", "P02": "green", "P03": "red", "P04": "amber", "P05": "green", "P09": "red"}
    for project in made:
        if project.reference in ratings:
            finish = MAY_25 if project.reference in ("P01", "P03") else project.original_finish
            day = today - timedelta(days=35 if project.reference == "P05" else 1)
            builders.update(project, day, ratings[project.reference], forecast_finish=finish)
    builders.milestone(made[1], original_on=date(2018, 3, 1))
    builders.key_list(contract, made[2], made[0])


def listed(client: Client, register: str, **asked: str) -> list[str]:
    """The references that the register lists, in its order."""
    rows = rows_of(client.get(register, asked))
    assert not rows or rows[0][0] == "Ref"
    return [row[0] for row in rows[1:]]


@pytest.mark.usefixtures("portfolio")
def test_one_sentence_tells_how_many_need_attention(member: Client, register: str) -> None:
    said = text_of(member.get(register))
    assert "10 projects in the register" in said
    assert (
        "Red or amber among 6 projects in flight or on hold: 2 by their managers, 2 by their dates."
        " 1 is rated better than its dates."
    ) in said


@pytest.mark.usefixtures("portfolio")
def test_the_counts_by_stage_and_by_confidence_add_up_to_the_register(member: Client, register: str) -> None:
    facts = facts_of(member.get(register))
    assert facts["By stage"] == "2 pipeline 5 in flight 1 on hold 1 complete 1 cancelled"
    assert facts["By declared confidence"] == "2 Red 1 Amber 3 Green 4 Not rated"


@pytest.mark.usefixtures("portfolio")
def test_each_number_leads_to_the_projects_it_counts(member: Client, register: str) -> None:
    page = member.get(register).content.decode()
    counted = re.findall(rf'href="({re.escape(register)}\?[^"]+)">([0-9]+)</a>', page)
    assert len(counted) == 14
    for address, number in counted:
        assert len(listed(member, unescape(address))) == int(number), address


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "P01 P02 P03 P04 P05 P06 P07 P08 P09 P10"),
        ({"q": "telephone"}, "P01"),
        ({"q": "  SYSTEM telephony "}, "P01"),
        ({"q": "p10"}, "P10"),
        ({"q": "telephone p10"}, ""),
        ({"stage": "pipeline"}, "P07 P08"),
        ({"stage": "on hold"}, "P04"),
        ({"confidence": "red"}, "P03 P09"),
        ({"confidence": "unrated"}, "P06 P07 P08 P10"),
        ({"attention": "declared"}, "P03 P04"),
        ({"attention": "dates"}, "P01 P03"),
        ({"attention": "rated better"}, "P01"),
        ({"attention": "overdue"}, "P02"),
        ({"attention": "silent"}, "P05 P06"),
        ({"scrutiny_area": "Schools"}, "P03"),
        ({"service_area": "CSC"}, "P01"),
        ({"key": "yes"}, "P01 P03"),
        ({"key": "yes", "confidence": "red"}, "P03"),
        ({"stage": "limbo", "confidence": "blue", "attention": "none", "scrutiny_area": "x", "key": "no"},
         "P01 P02 P03 P04 P05 P06 P07 P08 P09 P10"),
    ],
)  # fmt: skip
def test_the_register_lists_what_is_asked_for(asked: dict[str, str], found: str, member: Client, register: str) -> None:
    assert listed(member, register, **asked) == found.split()


@pytest.mark.usefixtures("portfolio")
def test_a_filter_shows_what_it_asks_and_survives_sorting(member: Client, register: str) -> None:
    response = member.get(register, {"stage": "in flight", "q": "P0", "sort": "-title"})
    page = response.content.decode()
    assert '<option value="in flight" selected>' in page
    assert 'value="P0"' in page
    assert '<input type="hidden" name="sort" value="-title">' in page
    assert "5 projects of 10 match." in text_of(response)
    assert links_of(response)["Days late"] == "?stage=in+flight&q=P0&sort=days_late"


@pytest.mark.usefixtures("portfolio")
def test_a_filter_that_nothing_matches_says_so_and_leads_back(member: Client, register: str) -> None:
    response = member.get(register, {"q": "nothing like it"})
    assert "No project matches these filters." in text_of(response)
    assert links_of(response)["Show all projects"] == register


def test_an_empty_register_says_how_projects_get_there(member: Client, register: str) -> None:
    response = member.get(register)
    assert "No project is in the register yet." in text_of(response)
    assert "An administrator adds projects" in text_of(response)
    assert '<form method="get"' not in response.content.decode()


def test_the_register_is_cut_into_pages_of_fifty(member: Client, register: str, contract: Contract) -> None:
    for number in range(51):
        builders.project(contract, f"P{number:02}")
    assert listed(member, register) == [f"P{number:02}" for number in range(50)]
    assert listed(member, register, page="2") == ["P50"]
    assert listed(member, register, page="99") == ["P50"]
    assert listed(member, register, page="none") == [f"P{number:02}" for number in range(50)]
    assert links_of(member.get(register, {"stage": "in flight"}))["Next"] == "?stage=in+flight&page=2"


def test_references_are_listed_by_their_numbers(member: Client, register: str, contract: Contract) -> None:
    for reference in ("P10", "P2", "p1", "IT/17-3"):
        builders.project(contract, reference)
    assert listed(member, register) == ["IT/17-3", "p1", "P2", "P10"]


def test_what_is_not_known_yet_is_not_shown(member: Client, register: str, contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today + timedelta(days=1), "red")
    assert rows_of(member.get(register))[1][4] == "Not rated"
    assert "Updates (0)" in text_of(open_project(member, project))


def test_the_register_of_another_contract_is_its_own(
    member: Client, register: str, contract: Contract, other_contract: Contract
) -> None:
    builders.project(contract, "P01")
    builders.project(other_contract, "P02")
    assert listed(member, register) == ["P01"]


def test_made_up_projects_are_called_so(member: Client, register: str, contract: Contract) -> None:
    project = builders.project(contract)
    for page in (member.get(register), open_project(member, project)):
        assert "illustrative" not in text_of(page)
    Project.objects.filter(pk=project.pk).update(source="illustrative")
    for page in (member.get(register), open_project(member, project)):
        assert "Some of these figures are illustrative" in text_of(page)


# One project


def open_project(client: Client, project: Project) -> Page:
    response = client.get(reverse("projects:project", args=[project.contract.reference, project.reference]))
    assert response.status_code == 200
    return response


@pytest.fixture
def late(contract: Contract, area: ServiceArea) -> Project:
    """The project of the field's own example: 2 October 2017 to 30 March 2018, forecast 25 May 2018."""
    project = builders.project(
        contract, title="Payroll link", service_area=area, scrutiny_area="Value for Money", benefit="£125,000 a year",
        sponsor="Head of People", manager="Payroll Project Manager", third_party="Payroll vendor",
        budget="342000", forecast_cost="371000", spent_to_date="318500.50",
    )  # fmt: skip
    builders.rebaseline(project, date(2018, 5, 11), date(2018, 1, 31))
    builders.update(project, date(2018, 2, 14), "amber", forecast_finish=date(2018, 5, 11), done="Tested.")
    builders.update(
        project, date(2018, 3, 7), "green", forecast_finish=MAY_25, delay_cause="The load test failed.",
        delay_party="Supplier", next="Move the lines.",
    )  # fmt: skip
    return project


def test_a_project_shows_its_dates_apart_and_how_late_it_is(member: Client, late: Project) -> None:
    response = open_project(member, late)
    facts = facts_of(response)
    assert facts["Original start"] == "2 October 2017"
    assert facts["Original finish"] == "30 March 2018"
    assert facts["Agreed finish"] == "11 May 2018"
    assert facts["Forecast finish"] == "25 May 2018"
    assert facts["Actual finish"] == "Not finished"
    assert rows_of(response)[1:3] == [["Original finish", "56", "8.0", "31.3%"], ["Agreed finish", "14", "2.0", "7.8%"]]


def test_a_project_says_when_its_manager_and_its_dates_disagree(member: Client, late: Project) -> None:
    response = open_project(member, late)
    assert "Its manager says green; its dates say red: 56 days after the original finish." in text_of(response)
    facts = facts_of(response)
    assert (facts["declared by its manager"], facts["by its dates"]) == ("Green", "Red")


def test_every_rebaseline_says_how_far_when_by_whom_and_why(member: Client, late: Project) -> None:
    builders.rebaseline(late, date(2018, 5, 4), None, agreed_by="", reason="")
    said = text_of(open_project(member, late))
    assert "Re-baselined twice" in said
    assert (
        "Finish agreed as 11 May 2018, 7 days later. On 31 January 2018, by Programme Board."
        " The supplier's upgrade came late."
    ) in said
    assert (
        "Finish agreed as 4 May 2018, 35 days later. Day not recorded, by whom not recorded. Reason not recorded."
    ) in said


def test_a_red_project_answers_councillors_or_says_that_it_does_not(member: Client, late: Project) -> None:
    response = open_project(member, late)
    assert "3 questions of 6 are not answered." in text_of(response)
    facts = facts_of(response)
    assert facts["How far behind"] == "56 days behind its original finish (8.0 weeks, 31.3% of the time first planned)"
    assert facts["Why"] == "The load test failed."
    assert facts["Who caused it"] == "Supplier"
    assert facts["What it costs"] == facts["What it holds up"] == facts["When it returns to green"] == "Not answered"


def test_a_green_project_is_asked_nothing(member: Client, contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today, "green", forecast_finish=project.original_finish)
    said = text_of(open_project(member, project))
    assert "What councillors ask" not in said
    assert "Not answered" not in said


def test_milestones_that_are_overdue_are_marked(member: Client, late: Project) -> None:
    builders.milestone(late, "Pilot", original_on=date(2017, 12, 1), actual_on=date(2018, 2, 12))
    builders.milestone(late, "Move", original_on=date(2018, 3, 1), agreed_on=date(2018, 3, 9))
    builders.milestone(late, "Close", original_on=date(2018, 3, 20), forecast_on=date(2018, 3, 20))
    response = open_project(member, late)
    assert rows_of(response)[4:] == [
        ["Pilot", "Done", "1 Dec 2017", "—", "—", "12 Feb 2018", "73 days late"],
        ["Move", "Overdue by 5 days", "1 Mar 2018", "9 Mar 2018", "—", "—", "—"],
        ["Close", "To come", "20 Mar 2018", "—", "20 Mar 2018", "—", "on time"],
    ]
    assert "1 milestone is overdue." in text_of(response)


def test_what_was_left_undone_by_a_cancelled_project_is_not_overdue(member: Client, contract: Contract) -> None:
    project = builders.project(contract, stage="cancelled")
    builders.milestone(project, original_on=date(2018, 3, 1))
    assert "verdue" not in text_of(open_project(member, project))


def test_money_is_held_against_the_budget(member: Client, late: Project) -> None:
    facts = facts_of(open_project(member, late))
    assert facts["Budget"] == "£342,000"
    assert facts["Forecast cost"] == "£371,000, £29,000 over budget (8.5%)"
    assert facts["Spent to date"] == "£318,500.50, 93.1% of budget"


def test_updates_stand_newest_first_with_how_far_each_moved_the_forecast(member: Client, late: Project) -> None:
    said = text_of(open_project(member, late))
    newest = said.index("7 March 2018: Green Forecast finish 25 May 2018, 14 days later than forecast before.")
    oldest = said.index("14 February 2018: Amber Forecast finish 11 May 2018.")
    assert newest < oldest
    assert "Next Move the lines. Why it is late The load test failed. Caused by Supplier" in said[newest:oldest]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (34, ""),
        (35, "No update for 35 days: the latest is of 7 February 2018."),
        (None, "No update has been posted yet."),
    ],
)
def test_a_silent_project_says_so(days: int | None, said: str, member: Client, contract: Contract, today: date) -> None:
    project = builders.project(contract)
    if days is not None:
        builders.update(project, today - timedelta(days=days))
    page = text_of(open_project(member, project))
    assert said in page
    assert ("No update " in page) is bool(said)


def test_a_key_project_says_why_members_should_watch_it(member: Client, contract: Contract, late: Project) -> None:
    assert "Why members should watch it" not in facts_of(open_project(member, late))
    builders.key_list(contract, builders.project(contract, "P009"), late)
    response = open_project(member, late)
    assert "Key project, rank 2" in text_of(response)
    assert facts_of(response)["Why members should watch it"] == "Payroll link touches every school."


def test_people_and_purpose_are_named_or_said_to_be_unrecorded(
    member: Client, contract: Contract, late: Project
) -> None:
    told, untold = (
        facts_of(open_project(member, late)),
        facts_of(open_project(member, builders.project(contract, "P2"))),
    )
    asked = ("Expected benefit", "Service area", "Scrutiny area", "Sponsor", "Project manager", "Third parties")
    assert [told[each] for each in asked] == [
        "£125,000 a year", "Customer Service Centre", "Value for Money", "Head of People", "Payroll Project Manager",
        "Payroll vendor",
    ]  # fmt: skip
    assert [untold[each] for each in asked] == ["Not recorded"] * 5 + ["None recorded"]


def test_a_project_is_found_by_a_reference_with_a_slash(member: Client, contract: Contract) -> None:
    builders.project(contract, "IT/2017/12", title="New network")
    response = member.get(reverse("projects:register", args=[contract.reference]))
    assert "New network" in text_of(member.get(links_of(response)["IT/2017/12"]))


def test_a_reference_that_the_contract_has_not_is_not_found(
    member: Client, contract: Contract, other_contract: Contract
) -> None:
    builders.project(other_contract, "P777")
    assert member.get(reverse("projects:project", args=[contract.reference, "P777"])).status_code == 404
