"""Many contracts in a sentence."""

import pytest

from kpis.rules.counts import StatusCounts
from reports.rules.overview import overview_headline


def counts(target_met: int = 0, below_target: int = 0, below_minimum: int = 0) -> StatusCounts:
    whole = target_met + below_target + below_minimum
    return StatusCounts(None, whole, target_met, below_target, below_minimum, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ([], "No KPI is in force yet."),
        ([counts()], "No KPI is in force yet."),
        ([counts(3), counts(1)], "No KPI is below target or below minimum. 4 of 4 KPIs met their target."),
        (
            [counts(3, 1), counts(1), counts()],
            "No KPI is below minimum; 1 of 2 contracts has KPIs below target. 4 of 5 KPIs met their target.",
        ),
        ([counts(0, 5), counts(1, 0, 1)], "1 of 2 contracts has KPIs below minimum. 1 of 7 KPIs met their target."),
        (
            [counts(0, 0, 1), counts(1, 0, 1)],
            "2 of 2 contracts have KPIs below minimum. 1 of 3 KPIs met their target.",
        ),
    ],
)
def test_the_gravest_is_said_first(of: list[StatusCounts], said: str) -> None:
    assert overview_headline(of, sum(one.in_force > 0 for one in of)) == said


def test_contracts_without_a_verified_month_are_told() -> None:
    said = overview_headline([counts(1), counts(1)], 1)
    assert said.endswith(" For 1 of 2 contracts no month of the last twelve is verified.")
