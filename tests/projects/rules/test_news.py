"""What became of a project between two days, by rows that nobody overwrites."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Confidence, Thresholds
from projects.rules.facts import (
    ForecastFacts,
    MilestoneFacts,
    MilestoneForecastFacts,
    ProjectFacts,
    RebaselineFacts,
    Stage,
)
from projects.rules.news import NewsKind, StageMove, computed_on, declared_on, gravest_rating, news_of
from tests.projects.rules.build import project

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN
JANUARY_31, FEBRUARY_28 = date(2018, 1, 31), date(2018, 2, 28)
MARCH_30, MAY_25 = date(2018, 3, 30), date(2018, 5, 25)
DAYS = st.dates(date(2018, 1, 1), date(2018, 4, 30))


def told(of: ProjectFacts, moved: StageMove | None = None) -> list[tuple[str, str]]:
    return [(each.kind.value, each.said) for each in news_of(of, JANUARY_31, FEBRUARY_28, Thresholds(), moved)]


def late(*, since: date = date(2018, 2, 7)) -> ProjectFacts:
    """Green until the end of January, then amber with a forecast of 25 May."""
    said = (ForecastFacts(MARCH_30, date(2018, 1, 10), GREEN), ForecastFacts(MAY_25, since, AMBER))
    return project(declared=AMBER, forecast_finish=MAY_25, forecasts=said)


def test_a_month_without_anything_has_no_news() -> None:
    assert told(project(forecasts=(ForecastFacts(MARCH_30, date(2018, 1, 10), GREEN),))) == []


def test_an_update_that_moves_the_finish_says_from_when_to_when_and_how_ratings_changed() -> None:
    assert told(late()) == [
        ("rating", "declared amber, green before"),
        ("rating", "by its dates red, green before"),
        ("forecast", "forecast finish moved from 30 Mar 2018 to 25 May 2018, 56 days later"),
        ("update", "an update was posted, the latest on 7 Feb 2018"),
    ]


def test_what_was_said_on_the_first_day_is_old_and_on_the_last_is_new() -> None:
    assert told(late(since=JANUARY_31)) == []
    assert [kind for kind, _ in told(late(since=FEBRUARY_28))] == ["rating", "rating", "forecast", "update"]
    assert told(late(since=date(2018, 3, 1))) == []


def test_a_first_forecast_is_not_called_a_move() -> None:
    found = project(forecasts=(ForecastFacts(MARCH_30, date(2018, 2, 7), GREEN),))
    assert ("forecast", "forecast finish 30 Mar 2018, the first") in told(found)
    (forecast,) = (each for each in news_of(found, JANUARY_31, FEBRUARY_28, Thresholds()) if each.kind == "forecast")
    assert forecast.days is None


def test_an_update_that_gives_no_forecast_leaves_the_one_before_standing() -> None:
    said = (ForecastFacts(MAY_25, date(2018, 1, 10), AMBER), ForecastFacts(None, date(2018, 2, 7), AMBER))
    assert [kind for kind, _ in told(project(forecasts=said))] == ["update"]


def test_a_milestone_that_is_done_is_told_once_and_not_as_moved() -> None:
    said = (MilestoneForecastFacts(MARCH_30, date(2018, 2, 1)),)
    done = MilestoneFacts("Go live", MARCH_30, MARCH_30, MARCH_30, date(2018, 2, 20), said)
    assert told(project(milestones=(done,))) == [("milestone done", "Go live: done 20 Feb 2018")]


def test_a_milestone_forecast_for_another_day_says_how_far_it_moved() -> None:
    said = (MilestoneForecastFacts(MARCH_30, date(2018, 1, 9)), MilestoneForecastFacts(MAY_25, date(2018, 2, 9)))
    moved = MilestoneFacts("Go live", MARCH_30, MARCH_30, MAY_25, None, said)
    assert told(project(milestones=(moved,))) == [
        ("milestone moved", "Go live: forecast moved from 30 Mar 2018 to 25 May 2018, 56 days later")
    ]
    same = replace(moved, forecasts=(MilestoneForecastFacts(MARCH_30, date(2018, 2, 9)),))
    assert told(project(milestones=(same,))) == [], "a first forecast of the agreed day moves nothing"


def test_a_rebaseline_a_finish_and_another_stage_are_told() -> None:
    agreed = RebaselineFacts(MAY_25, date(2018, 2, 14), "Programme Board", "Late parts")
    found = project(stage=Stage.COMPLETE, actual_finish=date(2018, 2, 20), rebaselines=(agreed,))
    moved = StageMove(Stage.IN_FLIGHT, Stage.COMPLETE, date(2018, 2, 21))
    assert [(kind, said) for kind, said in told(found, moved) if kind != "rating"] == [
        ("stage", "complete since 21 Feb 2018, in flight before"),
        ("finished", "finished 20 Feb 2018"),
        ("re-baselined", "finish agreed as 25 May 2018 by Programme Board: Late parts"),
    ]


@pytest.mark.parametrize(("day", "declared", "computed"), [(9, None, None), (10, GREEN, GREEN), (40, AMBER, RED)])
def test_ratings_are_those_known_on_the_day(day: int, declared: Confidence, computed: Confidence) -> None:
    on = date.fromordinal(date(2017, 12, 31).toordinal() + day)
    assert declared_on(late(), on) is declared
    assert computed_on(late(), on, Thresholds()) is computed
    assert gravest_rating(late(), on, Thresholds()) is (computed or declared)


@given(finish=DAYS, agreed_on=DAYS)
def test_a_rebaseline_never_changes_a_rating_on_any_day(finish: date, agreed_on: date) -> None:
    before = late()
    after = before._replace(agreed_finish=finish, rebaselines=(RebaselineFacts(finish, agreed_on),))
    for on in (JANUARY_31, FEBRUARY_28, MAY_25):
        assert gravest_rating(after, on, Thresholds()) is gravest_rating(before, on, Thresholds())
    more = [each for each in told(after) if each not in told(before)]
    assert {kind for kind, _ in more} <= {NewsKind.REBASELINED.value}


@given(cut=DAYS)
def test_two_stretches_tell_what_one_tells_of_updates(cut: date) -> None:
    """Nothing falls between two months, and nothing stands in both."""
    first, last = date(2017, 12, 31), date(2018, 4, 30)

    def dates(after: date, until: date) -> int:
        found = news_of(late(), after, until, Thresholds())
        return sum(each.kind is NewsKind.FORECAST and each.days == 56 for each in found)

    assert dates(first, cut) + dates(cut, last) <= 1
    assert computed_on(late(), last, Thresholds()) is RED
