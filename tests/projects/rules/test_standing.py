"""Why projects stand out, and how many of them do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.attention import needs_attention
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage
from projects.rules.standing import Signal, signals_of, standing
from tests.projects.rules.build import TODAY, project, rules_by_project

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN
THRESHOLDS = Thresholds()
APRIL_20 = date(2018, 4, 20)
MAY_25 = date(2018, 5, 25)
FINISHES = st.none() | st.dates(min_value=date(2018, 3, 1), max_value=date(2018, 7, 31))
PROJECTS = st.builds(
    project,
    stage=st.sampled_from(Stage),
    declared=st.none() | st.sampled_from(Confidence),
    forecast_finish=FINISHES,
    agreed_finish=FINISHES,
)


def signals(it: ProjectFacts) -> set[str]:
    lines = needs_attention((it,), TODAY, None, None, THRESHOLDS)
    return {signal.value for signal in signals_of(it, rules_by_project(lines).get(it.reference, set()), THRESHOLDS)}


@pytest.mark.parametrize(
    ("changes", "carried"),
    [
        ({}, set()),
        ({"declared": RED}, {"declared"}),
        ({"declared": AMBER}, {"declared"}),
        ({"declared": None}, set()),
        ({"forecast_finish": APRIL_20}, {"dates", "rated better", "slipped"}),
        ({"forecast_finish": MAY_25, "declared": AMBER}, {"declared", "dates", "rated better", "slipped"}),
        ({"forecast_finish": MAY_25, "declared": RED}, {"declared", "dates", "slipped"}),
        ({"forecast_finish": MAY_25, "declared": None}, {"dates", "slipped"}),
        ({"milestones": (MilestoneFacts("Design", original_on=date(2018, 3, 13)),)}, {"overdue"}),
        ({"updated_on": date(2018, 2, 7)}, {"silent"}),
        ({"updated_on": date(2018, 2, 8)}, set()),
        ({"updated_on": None}, {"silent"}),
    ],
)
def test_a_project_stands_out_for_each_reason_it_gives(changes: dict[str, object], carried: set[str]) -> None:
    assert signals(project(**changes)) == carried


@pytest.mark.parametrize("stage", [Stage.PIPELINE, Stage.COMPLETE, Stage.CANCELLED])
def test_nothing_stands_out_where_nothing_goes_on(stage: Stage) -> None:
    assert signals(project(stage=stage, declared=RED, forecast_finish=MAY_25, updated_on=None)) == set()


@given(st.lists(PROJECTS, max_size=30))
def test_the_counts_are_those_of_the_projects(projects: list[ProjectFacts]) -> None:
    carried = [signals_of(each, (), THRESHOLDS) for each in projects]
    found = standing(projects, carried)
    assert found.active == sum(each.stage in (Stage.IN_FLIGHT, Stage.ON_HOLD) for each in projects)
    assert sum(found.counts.by_stage.values()) == sum(found.counts.by_confidence.values()) == len(projects)
    assert all(found.signals[signal] == sum(signal in each for each in carried) for signal in Signal)


@given(PROJECTS)
def test_agreeing_another_finish_makes_nothing_stand_out_less(it: ProjectFacts) -> None:
    again = it._replace(agreed_finish=it.forecast_finish)
    assert signals_of(again, (), THRESHOLDS) == signals_of(it, (), THRESHOLDS)
