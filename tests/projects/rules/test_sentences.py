"""What is said of the register, and of one project, in sentences."""

from datetime import date

import pytest

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ProjectFacts, Stage
from projects.rules.sentences import disagreement, lateness, movement, project_headline, register_headline, silence
from projects.rules.standing import Signal, Standing, signals_of, standing
from tests.projects.rules.build import TODAY, project

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN
THRESHOLDS = Thresholds()
MARCH_30 = date(2018, 3, 30)
APRIL_5 = date(2018, 4, 5)
APRIL_20 = date(2018, 4, 20)
MAY_25 = date(2018, 5, 25)


def stands(*projects: ProjectFacts) -> Standing:
    return standing(projects, [signals_of(each, (), THRESHOLDS) for each in projects])


def test_the_register_tells_what_managers_say_from_what_dates_say() -> None:
    found = stands(
        project("T-001", declared=RED),
        project("T-002", declared=GREEN, forecast_finish=MAY_25),
        project("T-003", declared=AMBER, forecast_finish=APRIL_20),
        project("T-004"),
        project("T-005", declared=AMBER, forecast_finish=MAY_25),
        project("T-006", stage=Stage.COMPLETE, declared=RED, actual_finish=MAY_25),
    )
    assert register_headline(found) == (
        "Red or amber among 5 projects in flight or on hold: 3 by their managers, 3 by their dates."
        " 2 are rated better than their dates."
    )


@pytest.mark.parametrize(
    ("projects", "said"),
    [
        ((), "No project is in flight or on hold."),
        ((project(stage=Stage.PIPELINE),), "No project is in flight or on hold."),
        (
            (project(), project("T-002")),
            "Nothing is red or amber among 2 projects in flight or on hold, by their managers or by their dates.",
        ),
        (
            (project(declared=AMBER),),
            "Red or amber among 1 project in flight or on hold: 1 by their managers, 0 by their dates.",
        ),
        (
            (project(forecast_finish=MAY_25),),
            "Red or amber among 1 project in flight or on hold: 0 by their managers, 1 by their dates."
            " 1 is rated better than its dates.",
        ),
    ],
)
def test_the_register_is_summed_up_whatever_it_holds(projects: tuple[ProjectFacts, ...], said: str) -> None:
    assert register_headline(stands(*projects)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Forecast to finish on 30 March 2018, as first planned."),
        (
            {"forecast_finish": MAY_25},
            "Forecast to finish on 25 May 2018, 56 days later than first planned.",
        ),
        (
            {"forecast_finish": MAY_25, "agreed_finish": date(2018, 5, 11)},
            "Forecast to finish on 25 May 2018, 56 days later than first planned and 14 days later than agreed.",
        ),
        (
            {"forecast_finish": MAY_25, "agreed_finish": MAY_25},
            "Forecast to finish on 25 May 2018, 56 days later than first planned and as agreed.",
        ),
        (
            {"forecast_finish": date(2018, 3, 29)},
            "Forecast to finish on 29 March 2018, 1 day earlier than first planned.",
        ),
        (
            {"stage": Stage.ON_HOLD, "forecast_finish": MAY_25},
            "On hold. Forecast to finish on 25 May 2018, 56 days later than first planned.",
        ),
        (
            {"forecast_finish": date(2018, 3, 13), "original_finish": date(2018, 3, 1), "agreed_finish": None},
            "It was forecast to finish on 13 March 2018, 12 days later than first planned; that day has passed and it"
            " is not finished.",
        ),
        ({"forecast_finish": TODAY}, "Forecast to finish on 14 March 2018, 16 days earlier than first planned."),
        (
            {"forecast_finish": None, "agreed_finish": APRIL_20},
            "Nobody has forecast its finish; it was to finish on 20 April 2018.",
        ),
        (
            {"forecast_finish": None, "agreed_finish": None, "original_finish": None},
            "No finish was planned or forecast.",
        ),
        (
            {"forecast_finish": MAY_25, "agreed_finish": None, "original_finish": None},
            "Forecast to finish on 25 May 2018.",
        ),
        (
            {"stage": Stage.COMPLETE, "actual_finish": date(2018, 4, 3)},
            "Finished on 3 April 2018, 4 days later than first planned.",
        ),
        ({"stage": Stage.COMPLETE}, "Complete; the day it finished was not recorded."),
        ({"actual_finish": MARCH_30}, "Finished on 30 March 2018, as first planned."),
        (
            {"stage": Stage.PIPELINE, "expected_commission_on": date(2018, 9, 3)},
            "In the pipeline; expected to be commissioned on 3 September 2018.",
        ),
        ({"stage": Stage.PIPELINE}, "In the pipeline; no date is expected for commissioning it yet."),
        ({"stage": Stage.CANCELLED}, "Cancelled."),
    ],
)
def test_a_project_says_when_it_finishes_and_against_what(changes: dict[str, object], said: str) -> None:
    assert project_headline(project(**changes), TODAY) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"forecast_finish": MAY_25},
            "Its manager says green; its dates say red: 56 days after the original finish.",
        ),
        (
            {"declared": AMBER, "forecast_finish": date(2018, 3, 29)},
            "Its manager says amber; its dates say green: 1 day before the original finish.",
        ),
        ({"declared": RED}, "Its manager says red; its dates say green: it keeps the original finish."),
        (
            {"declared": None, "forecast_finish": APRIL_20},
            "Its manager has not rated it; its dates say amber: 21 days after the original finish.",
        ),
        ({"declared": None, "stage": Stage.COMPLETE, "actual_finish": APRIL_20}, ""),
        ({"forecast_finish": APRIL_5}, ""),
        ({"declared": RED, "forecast_finish": None}, ""),
    ],
)
def test_declared_and_computed_ratings_are_held_against_each_other(changes: dict[str, object], said: str) -> None:
    assert disagreement(project(**changes), THRESHOLDS) == said


def test_agreeing_a_later_finish_leaves_the_disagreement() -> None:
    late = project(forecast_finish=MAY_25, agreed_finish=MAY_25)
    assert disagreement(late, THRESHOLDS) == disagreement(project(forecast_finish=MAY_25), THRESHOLDS) != ""


@pytest.mark.parametrize(
    ("days", "said"), [(56, "56 days late"), (1, "1 day late"), (0, "on time"), (-3, "3 days early")]
)
def test_lateness_in_words(days: int, said: str) -> None:
    assert lateness(days) == said


@pytest.mark.parametrize(
    ("days", "said"), [(14, "14 days later"), (1, "1 day later"), (0, "unchanged"), (-2, "2 days earlier")]
)
def test_movement_in_words(days: int, said: str) -> None:
    assert movement(days) == said


def test_silence_says_since_when() -> None:
    assert silence(date(2018, 2, 1), TODAY) == "No update for 41 days: the latest is of 1 February 2018."
    assert silence(None, TODAY) == "No update has been posted yet."


def test_every_signal_is_counted_even_where_nothing_carries_it() -> None:
    assert stands(project()).signals == dict.fromkeys(Signal, 0)
