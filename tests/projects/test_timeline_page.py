"""The timeline: the key projects first, the register's filters, drawings by scrutiny area with the dates in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from projects.drawings import MOST_STEPS
from projects.models import Milestone, Project
from projects.queries.timeline import MOST_ON_A_PAGE
from projects.services.register import restate_contract
from tests import builders
from tests.reading import sections_of, text_of

MAY_25 = date(2018, 5, 25)


@pytest.fixture
def timeline(contract: Contract) -> str:
    return reverse("projects:timeline", args=[contract.reference])


@pytest.fixture
def portfolio(contract: Contract) -> None:
    late = builders.project(contract, "P01", title="Telephone system", scrutiny_area="Schools")
    other = builders.project(contract, "P02", title="Payroll", scrutiny_area="Adults", stage="on hold")
    builders.project(contract, "P03", title="Tree survey", scrutiny_area="Adults")
    builders.project(contract, "P04", title="No dates", stage="pipeline", original_start=None, original_finish=None)
    builders.update(late, date(2018, 3, 1), "amber", forecast_finish=MAY_25)
    builders.milestone(late, "Design agreed", original_on=date(2018, 3, 1))
    builders.key_list(contract, late, other)


def drawn(client: Client, timeline: str, **asked: str) -> list[str]:
    """The references in the drawings, in their order."""
    page = client.get(timeline, asked).content.decode()
    wide = re.findall(r'<div class="app-chart__wide">(.*?)</div>', page, re.DOTALL)
    return re.findall(r">([PX]\d+)</text>", "".join(wide))


@pytest.mark.usefixtures("portfolio")
def test_the_key_projects_stand_there_unless_something_is_asked(member: Client, timeline: str) -> None:
    assert drawn(member, timeline) == ["P02", "P01"]
    assert drawn(member, timeline, show="all") == ["P02", "P03", "P01"]
    assert drawn(member, timeline, stage="in flight") == ["P03", "P01"]
    assert drawn(member, timeline, scrutiny_area="Adults") == ["P02", "P03"]
    assert drawn(member, timeline, q="telephone") == ["P01"]


@pytest.mark.usefixtures("portfolio")
def test_without_a_key_list_it_shows_what_is_in_flight(member: Client, timeline: str, contract: Contract) -> None:
    contract.key_lists.all().delete()
    restate_contract(contract)
    assert drawn(member, timeline) == ["P03", "P01"]


@pytest.mark.usefixtures("portfolio")
def test_areas_are_headings_and_what_has_no_date_is_told_in_words(member: Client, timeline: str) -> None:
    response = member.get(timeline, {"show": "all"})
    assert sections_of(response) == [
        "Adults (2)",
        "Schools (1)",
        "No scrutiny area (1)",
    ]
    assert "No date is recorded for P04 No dates (pipeline)." in text_of(response)


@pytest.mark.usefixtures("portfolio")
def test_the_table_tells_what_the_drawing_shows(member: Client, timeline: str) -> None:
    said = text_of(member.get(timeline, {"q": "P01"}))
    assert "P01 finishes 56 days later than first planned; 1 milestone is overdue." in said
    row = "P01 Telephone system In flight Red 2 Oct 2017 to 30 Mar 2018 30 Mar 2018 25 May 2018 56"
    assert f"{row} Design agreed, 1 Mar 2018 (overdue)" in said


@pytest.mark.usefixtures("portfolio")
def test_every_drawing_has_its_own_name_and_ids(member: Client, timeline: str) -> None:
    page = member.get(timeline, {"show": "all"}).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    titles = re.findall(r"<title id=[^>]+>([^<]+)</title>", page)
    assert titles.count("Timeline of Adults") == 2  # once wide, once narrow


@pytest.mark.usefixtures("portfolio")
def test_nothing_that_matches_is_said(member: Client, timeline: str) -> None:
    assert "No project matches these filters." in text_of(member.get(timeline, {"q": "nothing like it"}))


def test_a_contract_without_projects_has_a_timeline_that_says_so(member: Client, timeline: str) -> None:
    assert "No project is in the register yet." in text_of(member.get(timeline))


def test_of_many_milestones_the_nearest_are_drawn_and_told(member: Client, timeline: str, contract: Contract) -> None:
    project = builders.project(contract, "P01")
    Milestone.objects.bulk_create(
        Milestone(project=project, title=f"Step {number:02}", original_on=date(2018, 3, 14) + timedelta(days=number))
        for number in range(1, 31)
    )
    said = text_of(member.get(timeline, {"show": "all"}))
    assert said.count("Step ") == MOST_STEPS
    assert "Step 01" in said
    assert f"and {30 - MOST_STEPS} more" in said


@dataclass(frozen=True, slots=True)
class Cost:
    queries: int
    length: int


@pytest.fixture
def cost_of(member: Client) -> Callable[..., Cost]:
    def cost(address: str, **asked: str) -> Cost:
        member.get(address, asked)
        with CaptureQueriesContext(connection) as captured:
            response = member.get(address, asked)
        assert response.status_code == 200
        return Cost(len(captured), len(response.content))

    return cost


def fill(contract: Contract, number: int) -> None:
    """So many projects more, each with four milestones."""
    begun = Project.objects.count()
    made = Project.objects.bulk_create(
        Project(
            contract=contract,
            reference=f"X{place:05}",
            title=f"Registration appointments and certificates {place}",
            stage="in flight",
            scrutiny_area=f"Area {place % 7}",
            original_start=date(2017, 1, 1) + timedelta(days=place % 300),
            original_finish=date(2018, 1, 1) + timedelta(days=place % 500),
        )
        for place in range(begun, begun + number)
    )
    Milestone.objects.bulk_create(
        Milestone(project=each, title=f"Step {step} of it", original_on=date(2018, 1, 1) + timedelta(days=99 * step))
        for each in made
        for step in range(4)
    )
    restate_contract(contract)


def test_two_thousand_projects_cost_no_more_queries_than_one_or_forty(
    contract: Contract, cost_of: Callable[..., Cost]
) -> None:
    costs: dict[str, list[Cost]] = {"timeline": [], "plan": []}
    for more in (1, 39, 1960):
        fill(contract, more)
        for page, own in costs.items():
            own.append(cost_of(reverse(f"projects:{page}", args=[contract.reference]), show="all"))
    for page, (one, forty, thousands) in costs.items():
        assert one.queries == forty.queries == thousands.queries <= 20, page
        assert one.length < forty.length < 350_000, page
        assert one.length < thousands.length < 350_000, page


def test_a_page_is_bounded_and_the_rest_stands_on_further_pages(
    contract: Contract, timeline: str, cost_of: Callable[..., Cost], member: Client
) -> None:
    fill(contract, MOST_ON_A_PAGE + 50)
    assert cost_of(timeline, show="all").length < 200_000
    first, second = (drawn(member, timeline, show="all", page=page) for page in ("1", "2"))
    assert (len(first), len(second)) == (MOST_ON_A_PAGE, 50)
    assert not set(first) & set(second)
    assert drawn(member, timeline, show="all", page="no such") == first
