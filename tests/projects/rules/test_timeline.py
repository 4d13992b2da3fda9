"""The sentence above the timeline."""

from datetime import date

import pytest

from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.timeline import timeline_headline
from tests.projects.rules.build import TODAY, project

ON_TIME = project("T-1")
LATE = project("T-2", forecast_finish=date(2018, 5, 25))
LATER = project("T-3", forecast_finish=date(2018, 6, 29))
OVERDUE = project("T-4", milestones=(MilestoneFacts("Design", original_on=date(2018, 3, 13)),))


@pytest.mark.parametrize(
    ("projects", "matching", "said"),
    [
        ((), 0, "No project matches."),
        ((ON_TIME,), 1, "T-1 is not late."),
        ((LATE,), 1, "T-2 finishes 56 days later than first planned."),
        ((ON_TIME, ON_TIME), 2, "None of 2 projects finishes later than first planned."),
        ((ON_TIME, LATE), 2, "Of 2 projects, one finishes later than first planned: T-2 by 56 days."),
        (
            (LATE, LATER, OVERDUE),
            1200,
            "Of the 3 projects on this page, 2 finish later than first planned, T-3 by 91 days most of all;"
            " 1 milestone is overdue.",
        ),
    ],
)
def test_it_says_how_many_are_late_and_which_most(projects: tuple[ProjectFacts, ...], matching: int, said: str) -> None:
    assert timeline_headline(projects, matching, TODAY) == said
