"""A month in a sentence."""

from datetime import date

import pytest

from contracts.rules.months import Month
from kpis.rules.counts import StatusCounts
from kpis.rules.sentences import month_in_words

FEBRUARY = Month(date(2018, 2, 1))
STATUSES = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")


def counts(*numbers: int, provisional: int = 0, month: Month | None = FEBRUARY) -> StatusCounts:
    of = dict(zip(STATUSES, numbers, strict=True))
    return StatusCounts(month=month, in_force=sum(numbers), provisional=provisional, **of)


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (counts(41, 0, 0, 0, 0, 0), "February 2018: 41 of 41 KPIs met their target."),
        (
            counts(32, 2, 0, 0, 0, 7, provisional=34),
            "February 2018: 32 of 41 KPIs met their target, 2 were below target, 7 are missing."
            " 34 figures are provisional.",
        ),
        (
            counts(1, 1, 1, 2, 1, 1, provisional=1),
            "February 2018: 1 of 7 KPIs met their target, 1 was below target, 1 was below minimum, 2 were under relief,"
            " 1 was not measured, 1 is missing. 1 figure is provisional.",
        ),
        (counts(0, 1, 0, 0, 0, 0), "February 2018: 0 of 1 KPI met its target, 1 was below target."),
        (counts(0, 0, 0, 0, 0, 0), ""),
        (counts(1, 0, 0, 0, 0, 0, month=None), ""),
    ],
)
def test_a_month_says_how_many_met_their_target_and_what_of_the_rest(month: StatusCounts, said: str) -> None:
    assert month_in_words(month) == said
