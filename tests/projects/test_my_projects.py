"""A project manager's list: which projects wait for an update, those that are silent first, and how one gets there."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from contracts.rules.roles import Role
from contracts.services import grant_role
from projects.models import Project
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of

MAY_25 = date(2018, 5, 25)


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.project_manager)
    return client


def test_my_projects_wait_for_me_the_most_silent_first(manager: Client, contract: Contract, cast: Cast) -> None:
    for reference, day in (("P001", date(2018, 3, 1)), ("P002", date(2018, 2, 12)), ("P003", date(2018, 1, 1))):
        project = builders.project(contract, reference)
        builders.update(project, day, "green", forecast_finish=date(2018, 3, 30))
    never = builders.project(contract, "P004", stage="on hold")
    builders.milestone(never, original_on=date(2018, 3, 1))
    late = Project.objects.get(reference="P001")
    builders.update(late, date(2018, 3, 2), "red", forecast_finish=MAY_25, delay_cause="Illness.")
    builders.project(contract, "P005", stage="complete")
    builders.project(contract, "P006", manager_person=cast.officer)
    page = manager.get(reverse("projects:mine", args=["TST"]))
    assert [row[0].split()[0] for row in rows_of(page)[1:]] == ["P003", "P004", "P002", "P001"]
    said = text_of(page)
    assert "3 updates are due for 4 projects under way; 2 are silent." in said
    assert "Due: silent in 5 days" in said
    assert "Silent in 23 days" in said
    assert "1 overdue" in said
    assert "4 unanswered" in said


@pytest.mark.parametrize("page", ["register", "archived", "money", "key", "timeline", "plan"])
def test_the_menu_shows_that_one_is_among_the_projects(page: str, member: Client) -> None:
    shown = member.get(reverse(f"projects:{page}", args=["TST"])).content.decode()
    current = re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current="[^"]*"', shown)
    assert current[:1] == [reverse("projects:register", args=["TST"])]


def test_the_menu_leads_managers_to_their_projects_and_nobody_else(manager: Client, member: Client) -> None:
    here = reverse("projects:mine", args=["TST"])
    assert here in manager.get(reverse("projects:register", args=["TST"])).content.decode()
    assert here not in member.get(reverse("projects:register", args=["TST"])).content.decode()
    assert "No project under way waits for your updates." in text_of(manager.get(here))


def test_my_projects_cost_no_more_queries_however_many(manager: Client, contract: Contract) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(reverse("projects:mine", args=["TST"])).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        project = builders.project(contract, f"P{number}")
        builders.update(project, date(2018, 3, 1))
        builders.milestone(project, forecast_on=date(2018, 3, 20))

    add(0)
    one = queries()
    for number in range(1, 40):
        add(number)
    assert queries() == one


def test_a_project_manager_begins_with_their_projects_and_who_has_other_work_with_the_contract(
    manager: Client, member: Client, cast: Cast, other_contract: Contract
) -> None:
    assert manager.get(reverse("home")).headers["Location"] == reverse("projects:mine", args=["TST"])
    assert member.get(reverse("home")).headers["Location"] == reverse("reports:exceptions", args=["TST"])
    grant_role(person=cast.project_manager, role=Role.OFFICER, contract=other_contract)
    both = manager.get(reverse("home"))
    assert reverse("projects:mine", args=["TST"]) in both.content.decode()
    assert reverse("projects:mine", args=["OTH"]) not in both.content.decode()
