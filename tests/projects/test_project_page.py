"""The page of a project says what the facts and the rules say of it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.models import Project
from tests import builders
from tests.reading import Page, facts_of, links_of, rows_of, text_of

MAY_25 = date(2018, 5, 25)


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
    assert rows_of(open_project(member, late))[1:6] == [
        ["Original start", "2 October 2017", "", "", ""],
        ["Original finish", "30 March 2018", "56", "8.0", "31.3%"],
        ["Agreed finish", "11 May 2018", "14", "2.0", "7.8%"],
        ["Forecast finish", "25 May 2018", "", "", ""],
        ["Actual finish", "Not finished", "", "", ""],
    ]


def test_the_headline_says_whether_it_is_all_right(member: Client, contract: Contract, late: Project) -> None:
    said = text_of(open_project(member, late))
    assert (
        "Not all right: red by its dates. Forecast to finish on 25 May 2018, 56 days later than first planned" in said
    )
    fine = builders.project(contract, "P2")
    builders.update(fine, date(2018, 3, 7), "green", forecast_finish=fine.original_finish)
    assert "All right: green by its manager and by its dates." in text_of(open_project(member, fine))
    builders.milestone(fine, "Pilot", original_on=date(2018, 3, 1))
    assert "Green by its manager and by its dates, but 1 milestone is overdue." in text_of(open_project(member, fine))


def test_money_and_dates_that_nobody_gave_are_said_not_to_be_given(member: Client, contract: Contract) -> None:
    bare = builders.project(contract, original_start=None, original_finish=None)
    response = open_project(member, bare)
    facts = facts_of(response)
    for name in ("Budget", "Forecast cost", "Spent to date", "Expected benefit"):
        assert facts[name] == "Not given"
    assert facts["Variance"] == "Not given: it needs a budget and a forecast cost"
    assert [row[1] for row in rows_of(response)[1:5]] == ["Not given"] * 4


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
    assert rows_of(response)[-3:] == [
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
    assert facts["Forecast cost"] == "£371,000"
    assert facts["Variance"] == "£29,000 over budget (8.5%)"
    assert facts["Spent to date"] == "£318,500.50, 93.1% of budget"


def test_updates_stand_newest_first_with_how_far_each_moved_the_forecast(member: Client, late: Project) -> None:
    said = text_of(open_project(member, late))
    newest = said.index("7 March 2018: Green Forecast finish 25 May 2018, 14 days later than forecast before.")
    oldest = said.index("14 February 2018: Amber Forecast finish 11 May 2018.")
    assert newest < oldest
    assert "Next Move the lines. Why it is late The load test failed. Caused by Supplier" in said[newest:oldest]


def test_an_update_without_a_forecast_leaves_the_one_before_it_standing(member: Client, late: Project) -> None:
    builders.update(late, date(2018, 3, 8), "green")
    builders.update(late, date(2018, 3, 9), "green", forecast_finish=date(2018, 5, 26))
    response = open_project(member, late)
    said = text_of(response)
    assert "9 March 2018: Green Forecast finish 26 May 2018, 1 day later than forecast before." in said
    assert "8 March 2018: Green No forecast was given." in said
    assert rows_of(response)[4][1] == "26 May 2018"


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
    builders.key_list(contract, builders.project(contract, "P009"), late, decided_on=date(2017, 12, 21))
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
    assert [untold[each] for each in asked] == ["Not given", *["Not recorded"] * 4, "None recorded"]


def test_a_project_is_found_by_a_reference_with_a_slash(member: Client, contract: Contract) -> None:
    builders.project(contract, "IT/2017/12", title="New network")
    response = member.get(reverse("projects:register", args=[contract.reference]))
    assert "New network" in text_of(member.get(links_of(response)["IT/2017/12"]))


def test_a_reference_that_the_contract_has_not_is_not_found(
    member: Client, contract: Contract, other_contract: Contract
) -> None:
    builders.project(other_contract, "P777")
    assert member.get(reverse("projects:project", args=[contract.reference, "P777"])).status_code == 404


def test_a_made_up_project_is_called_so(member: Client, contract: Contract) -> None:
    project = builders.project(contract)
    assert "illustrative" not in text_of(open_project(member, project))
    Project.objects.filter(pk=project.pk).update(source="illustrative")
    assert "Some of these figures are illustrative" in text_of(open_project(member, project))


def test_what_is_said_later_is_not_known_yet(member: Client, contract: Contract, today: date) -> None:
    project = builders.project(contract)
    builders.update(project, today + timedelta(days=1), "red")
    response = open_project(member, project)
    assert "Updates (0)" in text_of(response)
    assert facts_of(response)["declared by its manager"] == "Not rated"
