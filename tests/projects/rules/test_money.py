"""The register in pounds: whatever the projects, stages and years add up to it, and nothing is rounded before."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.facts import ProjectFacts, Stage
from projects.rules.money import FundingFacts, money_headline, money_of, pounds, year_begins, year_name
from tests.projects.rules.build import project

APRIL_2017, APRIL_2018 = date(2017, 4, 1), date(2018, 4, 1)
SUMS = st.none() | st.decimals(0, 10**7, places=2)
DAYS = st.none() | st.dates(date(2016, 1, 1), date(2021, 12, 31))


@st.composite
def portfolios(draw: st.DrawFn) -> list[ProjectFacts]:
    number = draw(st.integers(0, 12))
    return [
        project(
            f"P{place}",
            stage=draw(st.sampled_from(Stage)),
            budget=draw(SUMS),
            forecast_cost=draw(SUMS),
            spent_to_date=draw(SUMS),
            original_finish=None,
            agreed_finish=draw(DAYS),
            forecast_finish=draw(DAYS),
            actual_finish=draw(DAYS),
        )
        for place in range(number)
    ]


def fund(begins_on: date, amount: str, purpose: str = "IT budget") -> FundingFacts:
    return FundingFacts(begins_on, Decimal(amount), purpose)


@given(portfolios())
def test_stages_and_years_add_up_to_the_register(projects: list[ProjectFacts]) -> None:
    found = money_of(projects, [fund(APRIL_2018, "3000000")])
    assert sum(each.projects for each in found.stages) == found.projects == len(projects)
    for name in ("budget", "forecast_cost", "spent_to_date"):
        whole = getattr(found, name)
        parts = [getattr(each, name) for each in found.stages]
        assert sum((each.amount for each in parts), Decimal(0)) == whole.amount
        assert sum(each.without for each in parts) == whole.without
        given_sums = [getattr(each, name) for each in projects if getattr(each, name) is not None]
        assert whole.amount == sum(given_sums, Decimal(0))
    assert sum(each.projects for each in found.years) + found.no_year + found.cancelled == len(projects)
    costs = [*(each.forecast_cost for each in found.years), found.no_year_cost, found.cancelled_cost]
    assert sum((each.amount for each in costs), Decimal(0)) == found.forecast_cost.amount
    assert sum(each.without for each in costs) == found.forecast_cost.without


@given(portfolios())
def test_only_projects_over_their_budget_are_named(projects: list[ProjectFacts]) -> None:
    named = {each.project.reference for each in money_of(projects, ()).overspends}
    for each in projects:
        costs = [cost for cost in (each.forecast_cost, each.spent_to_date) if cost is not None]
        is_over = each.budget is not None and any(cost > each.budget for cost in costs)
        assert (each.reference in named) is (is_over and each.stage is not Stage.CANCELLED)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2018, 3, 31), APRIL_2017),
        (APRIL_2018, APRIL_2018),
        (date(2018, 12, 31), APRIL_2018),
        (date(2019, 1, 1), APRIL_2018),
    ],
)
def test_a_financial_year_begins_on_1_april(day: date, begins: date) -> None:
    assert year_begins(day) == begins


def test_a_financial_year_is_named_as_papers_name_it() -> None:
    assert (year_name(APRIL_2018), year_name(date(1999, 4, 1))) == ("2018-19", "1999-00")


@pytest.mark.parametrize(
    ("amount", "said"),
    [("1234567.50", "£1,234,568"), ("0.49", "£0"), ("0.5", "£1"), ("-12000", "−£12,000"), ("-0.4", "£0")],
)
def test_pounds_are_rounded_half_up_where_they_are_printed(amount: str, said: str) -> None:
    assert pounds(Decimal(amount)) == said


def test_work_counts_in_the_year_in_which_it_finishes_by_the_best_that_is_known() -> None:
    year = {"forecast_cost": Decimal(100), "original_finish": None}
    done = project("P1", actual_finish=date(2018, 3, 31), forecast_finish=APRIL_2018, **year)
    forecast = project("P2", forecast_finish=APRIL_2018, agreed_finish=date(2018, 3, 1), **year)
    agreed = project("P3", forecast_finish=None, agreed_finish=date(2019, 5, 1), **year)
    unknown = project("P4", forecast_finish=None, agreed_finish=None, **year)
    found = money_of([done, forecast, agreed, unknown], [fund(APRIL_2018, "60"), fund(APRIL_2018, "30", "Reserve")])
    assert [(each.name, each.projects, each.funding, each.left) for each in found.years] == [
        ("2017-18", 1, None, None),
        ("2018-19", 1, Decimal(90), Decimal(-10)),
        ("2019-20", 1, None, None),
    ]
    assert (found.no_year, found.no_year_cost.amount) == (1, Decimal(100))


def test_a_project_spent_beyond_its_budget_is_over_it_whatever_is_forecast() -> None:
    spent = project("P1", budget=Decimal(100), forecast_cost=Decimal(90), spent_to_date=Decimal(120))
    dear = project("P2", budget=Decimal(100), forecast_cost=Decimal(150), spent_to_date=None)
    even = project("P3", budget=Decimal(100), forecast_cost=Decimal(100), spent_to_date=Decimal(100))
    found = money_of([spent, dear, even], ())
    assert [(each.project.reference, each.most_over) for each in found.overspends] == [
        ("P2", Decimal(50)),
        ("P1", Decimal(20)),
    ]


@pytest.mark.parametrize(
    ("projects", "funds", "said"),
    [
        ([], [], "No project is in the register, so there is nothing to hold against the funding."),
        (
            [project(forecast_cost=Decimal(400), budget=Decimal(300))],
            [fund(APRIL_2017, "500.5")],
            "£501 is set aside for 2017-18; the 1 project that finishes in it is forecast to cost £400. "
            "1 project is over budget.",
        ),
        (
            [project("A"), project("B", forecast_cost=Decimal(400))],
            [],
            "No funding is on record for 2017-18; the 2 projects that finish in it are forecast to cost £400, with no "
            "figure for 1 of them. No project is over its budget.",
        ),
        (
            [project(forecast_finish=date(2020, 1, 1))],
            [fund(APRIL_2017, "5")],
            "£5 is set aside for 2017-18; no project finishes in it. No project is over its budget.",
        ),
        (
            [project(forecast_finish=date(2020, 1, 1))],
            [],
            "No funding is on record for 2017-18, and no project finishes in it. No project is over its budget.",
        ),
    ],
)
def test_the_headline_holds_this_year_against_its_funding(
    projects: list[ProjectFacts], funds: list[FundingFacts], said: str
) -> None:
    assert money_headline(money_of(projects, funds), date(2018, 3, 14)) == said
