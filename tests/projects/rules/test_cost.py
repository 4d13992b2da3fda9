"""What a project costs against its budget."""

from decimal import Decimal

import pytest

from projects.rules.cost import Cost, cost
from tests.projects.rules.build import project


def pounds(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("budget", "forecast", "spent", "over", "over_percent", "spent_percent"),
    [
        ("342000", "371000", "318500", "29000", "8.5", "93.1"),
        ("55000", "53900", "53900", "-1100", "-2.0", "98.0"),
        ("1000", "1000", "0", "0", "0.0", "0.0"),
        ("2000", "2001", None, "1", "0.1", None),  # 0.05 % is half of a tenth, and goes up
        ("1000", None, "1100", None, None, "110.0"),
        (None, "1000", "500", None, None, None),
        ("0", "1000", "500", "1000", None, None),
        (None, None, None, None, None, None),
    ],
)
def test_cost_is_held_against_the_budget_where_there_is_one(
    budget: str | None,
    forecast: str | None,
    spent: str | None,
    over: str | None,
    over_percent: str | None,
    spent_percent: str | None,
) -> None:
    given = project(budget=pounds(budget), forecast_cost=pounds(forecast), spent_to_date=pounds(spent))
    assert cost(given) == Cost(pounds(over), pounds(over_percent), pounds(spent_percent))
