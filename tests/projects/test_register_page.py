"""The register lists what is asked of it, and says first how the portfolio stands."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from tests import builders
from tests.reading import facts_of, links_of, rows_of, text_of

MAY_25 = date(2018, 5, 25)


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
    assert len(counted) == 16
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
        ({"q": "p 010"}, "P10"),
        ({"q": "P-1"}, "P01"),
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


def test_the_register_of_another_contract_is_its_own(
    member: Client, register: str, contract: Contract, other_contract: Contract
) -> None:
    builders.project(contract, "P01")
    builders.project(other_contract, "P02")
    assert listed(member, register) == ["P01"]


def test_what_is_not_known_yet_is_not_shown(member: Client, register: str, contract: Contract, today: date) -> None:
    builders.update(builders.project(contract), today + timedelta(days=1), "red")
    assert rows_of(member.get(register))[1][4] == "Not rated"


def test_made_up_projects_are_called_so(member: Client, register: str, contract: Contract) -> None:
    builders.project(contract, "P01")
    assert "illustrative" not in text_of(member.get(register))
    builders.project(contract, "P02", source="illustrative")
    assert "Some of these figures are illustrative" in text_of(member.get(register))
