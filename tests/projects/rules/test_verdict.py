"""The first words on a project's page say whether it is all right."""

from datetime import date
from typing import Any

import pytest

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import Stage
from projects.rules.verdict import verdict
from tests.projects.rules.build import project

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN
LATE = {"forecast_finish": date(2018, 5, 25)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "All right: green by its manager and by its dates."),
        ({"declared": None}, "All right: green by its dates."),
        ({"declared": AMBER}, "To be watched: amber by its manager."),
        ({"declared": RED}, "Not all right: red by its manager."),
        (LATE, "Not all right: red by its dates."),
        ({"declared": RED, **LATE}, "Not all right: red by its manager and by its dates."),
        (
            {"declared": None, "forecast_finish": None},
            "Nobody can say whether it is all right: it is not rated, and its dates give no rating.",
        ),
        ({"stage": Stage.PIPELINE}, ""),
        ({"stage": Stage.CANCELLED, **LATE}, ""),
        ({"stage": Stage.COMPLETE, "actual_finish": date(2018, 4, 6)}, "Delivered in time."),
        ({"stage": Stage.COMPLETE, "actual_finish": date(2018, 4, 7)}, "Delivered late."),
        ({"stage": Stage.COMPLETE, "forecast_finish": None}, ""),
    ],
)
def test_it_goes_by_the_worse_of_the_two_ratings(changes: dict[str, Any], words: str) -> None:
    assert verdict(project(**changes), Thresholds(), is_silent=False, overdue=0) == words


@pytest.mark.parametrize(
    ("changes", "is_silent", "overdue", "words"),
    [
        ({}, True, 0, "Green by its manager and by its dates, but nobody has reported lately."),
        ({}, False, 1, "Green by its manager and by its dates, but 1 milestone is overdue."),
        (
            {"declared": RED},
            True,
            2,
            "Not all right: red by its manager, and nobody has reported lately and 2 milestones are overdue.",
        ),
    ],
)
def test_a_green_that_may_be_out_of_date_is_not_called_all_right(
    changes: dict[str, Any], is_silent: bool, overdue: int, words: str
) -> None:
    assert verdict(project(**changes), Thresholds(), is_silent=is_silent, overdue=overdue) == words
