"""The database counts portfolios as the register judges them."""

from datetime import date

import pytest

from contracts.models import Contract
from contracts.rows import read
from projects.queries.glance import glances_of, wanted_glances
from projects.queries.portfolio import load_portfolio
from projects.rules.confidence import Confidence
from projects.rules.overview import PortfolioGlance
from projects.services.register import restate_contract
from tests import builders

ON = date(2018, 3, 14)


@pytest.fixture
def portfolio(contract: Contract) -> Contract:
    """Updates and re-baselines before, on and after the day, without a day and without a date, in no order."""
    days = (None, date(2018, 1, 5), ON, date(2018, 4, 1))
    forecasts = (None, date(2018, 3, 30), date(2018, 5, 25))
    for number in range(24):
        stage = ("in flight", "on hold", "complete", "pipeline")[number % 4 if number > 15 else number % 2]
        project = builders.project(contract, f"P{number:02}", stage=stage)
        if number % 5 == 4:
            project.original_finish = None
            project.save()
        if number % 7 == 6:
            project.actual_finish = date(2018, 4, 20)
            project.save()
        for place, day in enumerate(days if number % 2 else reversed(days)):
            if (number + place) % 3:
                rating = ("red", "amber", "green", "")[(number * place + number) % 4]
                builders.update(project, day, rating, forecast_finish=forecasts[(number + place) % 3])
            if (number + place) % 4 == 1:
                builders.rebaseline(project, date(2018, 3 + place, 11), day)
    return contract


@pytest.mark.parametrize("restated_on", [None, date(2018, 1, 1), ON])
def test_the_counts_are_those_of_the_projects_judged_one_by_one(
    portfolio: Contract, other_contract: Contract, restated_on: date | None
) -> None:
    """Whether the register has rows of them yet, of every day or only of those from some day on."""
    builders.project(other_contract, stage="pipeline")
    if restated_on is not None:
        restate_contract(portfolio, on=restated_on)
    for on in (date(2017, 12, 1), ON, date(2018, 6, 1)):
        active = [project for project in load_portfolio(portfolio, on).projects if project.is_active]
        (rows,) = read(wanted_glances([portfolio.pk, other_contract.pk], on)).tables
        late = [project.slippage_agreed for project in active]
        assert glances_of(rows) == {
            portfolio.pk: PortfolioGlance(
                active=len(active),
                red=sum(project.declared is Confidence.RED for project in active),
                late=sum(each is not None and each.days > 0 for each in late),
            )
        }


def test_no_contract_has_no_portfolio(db: None) -> None:
    assert glances_of(read(wanted_glances([], ON)).tables[0]) == {}
