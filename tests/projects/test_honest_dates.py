"""Honest dates, on the page and in the register: the rating follows the original finish, whatever is agreed later."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Contract
from projects.models import Project, RegisterRow
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.facts import RebaselineFacts
from projects.rules.rebaselining import rebaseline_effect
from projects.services.rebaselining import rebaseline
from tests import builders
from tests.people import Cast
from tests.projects.test_project_page import MAY_25, open_project
from tests.reading import facts_of, rows_of


@pytest.mark.parametrize(
    ("forecast", "days", "rating"),
    [
        (date(2018, 4, 6), "7", "Green"),
        (date(2018, 4, 7), "8", "Amber"),
        (date(2018, 4, 30), "31", "Amber"),
        (date(2018, 5, 1), "32", "Red"),
        (MAY_25, "56", "Red"),
    ],
)
def test_the_rating_by_its_dates_follows_the_original_finish_on_the_edges(
    forecast: date, days: str, rating: str, member: Client, contract: Contract
) -> None:
    project = builders.project(contract)
    builders.update(project, date(2018, 3, 7), "", forecast_finish=forecast)
    builders.rebaseline(project, forecast, date(2018, 3, 8))
    response = open_project(member, project)
    assert (rows_of(response)[2][2], facts_of(response)["by its dates"]) == (days, rating)
    assert rows_of(response)[3][2] == "0"


@pytest.mark.parametrize(
    ("original", "forecast", "rating"),
    [
        (date(2018, 1, 31), date(2018, 2, 28), "Amber"),  # February has no 31st
        (date(2018, 1, 31), date(2018, 3, 1), "Red"),
        (date(2018, 2, 28), date(2018, 3, 28), "Amber"),  # the same day, not the last of the month
        (date(2018, 2, 28), date(2018, 3, 29), "Red"),
        (date(2017, 12, 15), date(2018, 1, 15), "Amber"),
        (date(2017, 12, 15), date(2018, 1, 16), "Red"),
    ],
)
def test_a_calendar_month_ends_on_the_same_day_or_the_last_of_a_shorter_month(
    original: date, forecast: date, rating: str, member: Client, contract: Contract
) -> None:
    project = builders.project(contract, original_finish=original)
    builders.update(project, date(2018, 3, 7), "", forecast_finish=forecast)
    assert facts_of(open_project(member, project))["by its dates"] == rating
    row = RegisterRow.objects.get(project=project)
    assert (row.computed, row.days_late) == (rating.lower(), (forecast - original).days)


# The days that pass until each agreement, and how far it moves the finish agreed before.
AGREEMENTS = st.lists(st.tuples(st.integers(0, 9), st.integers(-60, 400).filter(bool)), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forecast=st.dates(date(2018, 3, 14), date(2018, 7, 31)), agreements=AGREEMENTS)
def test_no_rebaseline_changes_what_page_and_register_say_against_the_original_finish(
    member: Client, contract: Contract, cast: Cast, today: date, forecast: date, agreements: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        project = builders.project(contract)
        builders.update(project, date(2018, 1, 3), "green", forecast_finish=forecast)
        said = against_original(member, project)
        on, finish = date(2018, 1, 10), date(2018, 3, 30)
        for number, (days, further) in enumerate(agreements, start=1):
            on, finish = on + timedelta(days=days), finish + timedelta(days=further)
            agree_finish(project, cast, today, RebaselineFacts(finish, on, "The Board", "The load test failed."))
            assert against_original(member, project) == said
            page = open_project(member, project)
            assert rows_of(page)[3][2] == str((forecast - finish).days)
            assert RegisterRow.objects.get(project=project).rebaselined == number == project.rebaselines.count()
        transaction.set_rollback(True)


def against_original(member: Client, project: Project) -> tuple[object, ...]:
    """What the page and the register say of the original finish, the lateness against it and the rating by it."""
    page, row = open_project(member, project), RegisterRow.objects.get(project=project)
    register = (row.original_finish, row.days_late, row.percent_late, row.computed)
    return rows_of(page)[2], facts_of(page)["by its dates"], *register


def agree_finish(project: Project, cast: Cast, today: date, told: RebaselineFacts) -> None:
    facts = load_portfolio(project.contract, today, project.reference).projects[0]
    shown = rebaseline_effect(facts, told, {}, thresholds_of(project.contract)).name
    rebaseline(project=project, by=cast.contract_manager, on=today, agreed=told, milestones={}, shown=shown)
