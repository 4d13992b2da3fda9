"""What follows from a project's own dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import ForecastFacts, MilestoneFacts, RebaselineFacts, Stage
from tests.projects.rules.build import TODAY, project

MARCH_30 = date(2018, 3, 30)
MAY_11 = date(2018, 5, 11)
MAY_25 = date(2018, 5, 25)

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2022, 12, 31))


def test_slippage_stands_against_the_original_and_the_agreed_finish() -> None:
    late = project(forecast_finish=MAY_25, agreed_finish=MAY_11)
    assert late.slippage_original is not None
    assert late.slippage_agreed is not None
    assert (late.slippage_original.days, late.slippage_agreed.days) == (56, 14)
    assert late.computed(Thresholds()) is Confidence.RED


def test_the_original_finish_is_the_agreed_one_until_there_is_another() -> None:
    late = project(forecast_finish=MAY_25, agreed_finish=None)
    assert late.slippage_agreed == late.slippage_original


def test_completed_late_stays_late() -> None:
    done = project(stage=Stage.COMPLETE, actual_finish=MAY_25, forecast_finish=MARCH_30)
    assert done.slippage_original is not None
    assert done.slippage_original.days == 56
    assert done.computed(Thresholds()) is Confidence.RED


@pytest.mark.parametrize("unknown", [{"forecast_finish": None}, {"original_finish": None, "agreed_finish": None}])
def test_without_a_date_on_either_side_there_is_neither_slippage_nor_rating(unknown: dict[str, None]) -> None:
    undated = project(**unknown)
    assert undated.slippage_original is None
    assert undated.slippage_agreed is None
    assert undated.computed(Thresholds()) is None


def test_an_agreed_finish_is_no_forecast() -> None:
    assert project(forecast_finish=None, agreed_finish=MAY_25).slippage_original is None


@given(original=DAYS, forecast=DAYS | st.none(), agreed=DAYS | st.none(), agreed_again=DAYS)
def test_rebaselining_changes_neither_the_slippage_against_original_nor_the_computed_rating(
    original: date, forecast: date | None, agreed: date | None, agreed_again: date
) -> None:
    before = project(original_finish=original, forecast_finish=forecast, agreed_finish=agreed)
    after = project(
        original_finish=original,
        forecast_finish=forecast,
        agreed_finish=agreed_again,
        rebaselines=(RebaselineFacts(agreed_again, TODAY, "Programme board", "More time"),),
    )
    assert after.slippage_original == before.slippage_original
    assert after.computed(Thresholds()) is before.computed(Thresholds())


@pytest.mark.parametrize(
    ("milestone", "is_overdue"),
    [
        (MilestoneFacts("Design", original_on=date(2018, 3, 13)), True),
        (MilestoneFacts("Design", original_on=date(2018, 3, 14)), False),  # due today
        (MilestoneFacts("Design", original_on=date(2018, 3, 13), actual_on=date(2018, 3, 14)), False),
        (MilestoneFacts("Design", original_on=date(2018, 3, 1), agreed_on=date(2018, 3, 20)), False),
        (MilestoneFacts("Design", original_on=date(2018, 3, 20), agreed_on=date(2018, 3, 1)), True),
        (MilestoneFacts("Design", agreed_on=date(2018, 3, 1), forecast_on=date(2018, 3, 20)), False),
        (MilestoneFacts("Design", agreed_on=date(2018, 3, 20), forecast_on=date(2018, 3, 1)), True),
        (MilestoneFacts("Design"), False),
    ],
)
def test_a_milestone_is_overdue_when_its_latest_date_has_passed_unfinished(
    milestone: MilestoneFacts, is_overdue: bool
) -> None:
    assert milestone.is_overdue(TODAY) is is_overdue


@pytest.mark.parametrize(
    ("milestone", "days"),
    [
        (MilestoneFacts("Design", original_on=MARCH_30, forecast_on=MAY_25), 56),
        (MilestoneFacts("Design", original_on=MARCH_30, forecast_on=MAY_25, actual_on=MAY_11), 42),
        (MilestoneFacts("Design", original_on=MAY_25, agreed_on=MARCH_30, actual_on=MAY_11), -14),
        (MilestoneFacts("Design", original_on=MARCH_30, agreed_on=MAY_25), None),
        (MilestoneFacts("Design", forecast_on=MAY_25), None),
    ],
)
def test_a_milestone_is_late_against_its_original_date(milestone: MilestoneFacts, days: int | None) -> None:
    assert milestone.days_late == days


@pytest.mark.parametrize(
    ("stage", "is_active"),
    [
        (Stage.PIPELINE, False),
        (Stage.IN_FLIGHT, True),
        (Stage.ON_HOLD, True),
        (Stage.COMPLETE, False),
        (Stage.CANCELLED, False),
    ],
)
def test_projects_in_flight_or_on_hold_are_active(stage: Stage, is_active: bool) -> None:
    assert project(stage=stage).is_active is is_active


@pytest.mark.parametrize(
    ("on", "forecast"),
    [
        (date(2017, 11, 30), None),
        (date(2017, 12, 1), MARCH_30),
        (date(2018, 1, 31), MARCH_30),
        (date(2018, 2, 1), MAY_11),
        (date(2018, 2, 28), MAY_11),  # the update of 15 February gave no forecast
        (date(2018, 3, 1), MAY_25),
    ],
)
def test_the_forecast_in_force_is_that_of_the_latest_update_that_gave_one(on: date, forecast: date | None) -> None:
    updated = project(
        forecasts=(
            ForecastFacts(MAY_25, date(2018, 3, 1)),
            ForecastFacts(MARCH_30, date(2017, 12, 1)),
            ForecastFacts(None, date(2018, 2, 15)),
            ForecastFacts(MAY_11, date(2018, 2, 1)),
        )
    )
    assert updated.forecast_in_force(on) == forecast


def test_a_forecast_without_a_day_gives_way_to_any_with_one() -> None:
    updated = project(forecasts=(ForecastFacts(MAY_25, None), ForecastFacts(MAY_11, date(2018, 2, 1))))
    assert updated.forecast_in_force(date(2018, 1, 31)) == MAY_25
    assert updated.forecast_in_force(date(2018, 2, 1)) == MAY_11
