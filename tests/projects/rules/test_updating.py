"""What a monthly update must keep to before it may be posted."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.updating import MilestoneSaid, UpdateSaid, dates_in_words, kept, rated, update_faults
from tests.projects.rules.build import TODAY, project

GREEN, AMBER, RED = Confidence.GREEN, Confidence.AMBER, Confidence.RED
MARCH_30, MAY_25 = date(2018, 3, 30), date(2018, 5, 25)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ANSWERS: dict[str, Any] = {
    "delay_cause": "Upgrade.",
    "delay_party": "Supplier",
    "cost_effect": "Not known yet",
    "knock_on": "None",
}
PILOT = MilestoneFacts("Pilot", original_on=date(2018, 2, 1), forecast_on=date(2018, 3, 1))


def said(**changes: Any) -> UpdateSaid:
    given = {"confidence": GREEN, "forecast_finish": MARCH_30, "done": "Tested.", "next": "Train."}
    return UpdateSaid(**{**given, **changes})


def faults(update: UpdateSaid, of: ProjectFacts | None = None) -> list[str]:
    return [fault.field for fault in update_faults(of or project(), update, Thresholds(), TODAY)]


def of_pilot(forecast_on: date | None, actual_on: date | None = None) -> list[str]:
    with_pilot = project(milestones=(PILOT,))
    return faults(said(milestones=(MilestoneSaid("Pilot", forecast_on, actual_on),)), with_pilot)


def test_a_green_update_that_says_what_was_done_and_comes_next_is_right() -> None:
    assert faults(said()) == []


def test_what_is_not_said_is_asked_for() -> None:
    assert faults(UpdateSaid()) == ["confidence", "forecast_finish", "done", "next"]
    assert faults(said(done=" \n")) == ["done"]


@pytest.mark.parametrize(
    ("confidence", "finish"), [(RED, MARCH_30), (AMBER, MARCH_30), (GREEN, date(2018, 4, 7)), (GREEN, MAY_25)]
)
def test_red_or_amber_by_either_rating_is_asked_what_councillors_ask(confidence: Confidence, finish: date) -> None:
    update = said(confidence=confidence, forecast_finish=finish)
    assert faults(update) == [*ANSWERS, "returns_to_green_on"]
    answered = replace(update, **ANSWERS)
    assert faults(replace(answered, is_green_unknown=True)) == []
    assert faults(replace(answered, returns_to_green_on=TODAY)) == []
    assert faults(replace(answered, returns_to_green_on=YESTERDAY)) == ["returns_to_green_on"]
    assert faults(replace(answered, returns_to_green_on=TODAY, is_green_unknown=True)) == ["returns_to_green_on"]


def test_seven_days_late_is_still_green_and_asked_nothing() -> None:
    assert faults(said(forecast_finish=date(2018, 4, 6))) == []


@pytest.mark.parametrize(
    ("finish", "wrong"),
    [(YESTERDAY, True), (TODAY, False), (date(2017, 10, 1), True), (None, True), (date(2017, 10, 2), True)],
)
def test_a_new_forecast_of_the_finish_lies_ahead(finish: date | None, wrong: bool) -> None:
    assert ("forecast_finish" in faults(said(forecast_finish=finish))) is wrong


def test_a_forecast_that_has_passed_may_stay_and_is_not_made_up_anew() -> None:
    passed = project(forecast_finish=YESTERDAY)
    assert faults(said(forecast_finish=YESTERDAY), passed) == []
    assert of_pilot(PILOT.forecast_on) == []


def test_a_project_that_never_had_dates_need_not_give_any() -> None:
    undated = project(original_start=None, original_finish=None, forecast_finish=None, agreed_finish=None)
    assert faults(said(forecast_finish=None), undated) == []


@pytest.mark.parametrize(
    ("forecast_on", "actual_on", "wrong"),
    [
        (TODAY, None, []),
        (YESTERDAY, None, ["forecast"]),
        (date(2017, 10, 1), None, ["forecast"]),
        (None, None, ["forecast"]),
        (PILOT.forecast_on, TODAY, []),
        (PILOT.forecast_on, TOMORROW, ["actual"]),
        (PILOT.forecast_on, date(2017, 10, 1), ["actual"]),
        (None, YESTERDAY, []),
    ],
)
def test_a_milestone_is_done_in_the_past_or_expected_ahead(
    forecast_on: date | None, actual_on: date | None, wrong: list[str]
) -> None:
    assert of_pilot(forecast_on, actual_on) == wrong


def test_what_is_on_record_as_done_stays_so() -> None:
    done = project(milestones=(replace(PILOT, actual_on=YESTERDAY),))
    assert faults(said(milestones=(MilestoneSaid("Pilot", TOMORROW),)), done) == []
    assert faults(said(milestones=(MilestoneSaid("Pilot", None, TODAY),)), done) == ["actual"]


def test_a_green_project_keeps_no_answers_and_a_red_one_all() -> None:
    told = said(**ANSWERS, returns_to_green_on=MAY_25)
    assert kept(told, RED) == told
    assert kept(told, GREEN) == said()


def test_the_dates_say_how_far_behind() -> None:
    assert dates_in_words(project(), MAY_25, Thresholds()) == (
        "By its dates it is red: 56 days late against the original finish (8.0 weeks, 31.3% of the time first planned)."
    )
    assert dates_in_words(project(), None, Thresholds()) == "By its dates it is green: it keeps the original finish."
    assert "no original finish" in dates_in_words(project(original_finish=None), MAY_25, Thresholds())


@given(
    confidence=st.sampled_from(Confidence),
    finish=st.dates(date(2017, 1, 1), date(2020, 1, 1)) | st.none(),
    agreed=st.dates(date(2017, 1, 1), date(2020, 1, 1)),
)
def test_neither_the_word_of_the_manager_nor_another_agreement_moves_the_rating_by_the_dates(
    confidence: Confidence, finish: date | None, agreed: date
) -> None:
    found = rated(project(), finish, Thresholds())
    assert found == rated(project(agreed_finish=agreed, declared=confidence), finish, Thresholds())
