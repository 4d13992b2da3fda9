"""Confidence: the rating that dates give, and the worse of two."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.confidence import Confidence, Thresholds, computed_confidence, worse

RED, AMBER, GREEN = Confidence.RED, Confidence.AMBER, Confidence.GREEN

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2028, 12, 31))
RATINGS = st.none() | st.sampled_from(Confidence)


def rate(original_finish: date, finish: date, thresholds: Thresholds | None = None) -> Confidence | None:
    days = (finish - original_finish).days
    return computed_confidence(days, original_finish, finish, thresholds or Thresholds())


@pytest.mark.parametrize(
    ("original_finish", "finish", "rating"),
    [
        (date(2018, 3, 30), date(2018, 3, 1), GREEN),  # early
        (date(2018, 3, 30), date(2018, 3, 30), GREEN),
        (date(2018, 3, 30), date(2018, 4, 6), GREEN),  # seven days
        (date(2018, 3, 30), date(2018, 4, 7), AMBER),  # eight
        (date(2018, 3, 30), date(2018, 4, 30), AMBER),  # one calendar month
        (date(2018, 3, 30), date(2018, 5, 1), RED),  # a day more
        (date(2018, 3, 30), date(2018, 5, 25), RED),
        (date(2018, 1, 31), date(2018, 2, 28), AMBER),  # February has no 31st
        (date(2018, 1, 31), date(2018, 3, 1), RED),
        (date(2020, 1, 31), date(2020, 2, 29), AMBER),
        (date(2018, 3, 31), date(2018, 4, 30), AMBER),
        (date(2018, 3, 31), date(2018, 5, 1), RED),
        (date(2018, 2, 28), date(2018, 3, 28), AMBER),  # the same day, not the last of the month
        (date(2018, 2, 28), date(2018, 3, 29), RED),
        (date(2017, 12, 15), date(2018, 1, 15), AMBER),  # over the turn of the year
        (date(2017, 12, 15), date(2018, 1, 16), RED),
    ],
)
def test_the_dates_rate_green_to_seven_days_and_amber_to_one_calendar_month(
    original_finish: date, finish: date, rating: Confidence
) -> None:
    assert rate(original_finish, finish) is rating


@pytest.mark.parametrize(
    ("finish", "rating"),
    [
        (date(2018, 3, 30), GREEN),
        (date(2018, 3, 31), AMBER),
        (date(2018, 5, 30), AMBER),
        (date(2018, 5, 31), RED),
    ],
)
def test_both_thresholds_can_be_set(finish: date, rating: Confidence) -> None:
    assert rate(date(2018, 3, 30), finish, Thresholds(green_days=0, amber_months=2)) is rating


@pytest.mark.parametrize(
    ("days", "original_finish", "finish"),
    [(None, None, None), (None, date(2018, 3, 30), None), (None, None, date(2018, 5, 25))],
)
def test_without_slippage_there_is_no_rating(
    days: int | None, original_finish: date | None, finish: date | None
) -> None:
    assert computed_confidence(days, original_finish, finish, Thresholds()) is None


@given(DAYS, DAYS, DAYS)
def test_a_later_finish_never_rates_better(original_finish: date, one: date, other: date) -> None:
    sooner, later = rate(original_finish, min(one, other)), rate(original_finish, max(one, other))
    assert sooner is not None
    assert worse(sooner, later) is later


@pytest.mark.parametrize(
    ("declared", "computed", "rating"),
    [
        (GREEN, RED, RED),
        (RED, GREEN, RED),
        (AMBER, RED, RED),
        (GREEN, AMBER, AMBER),
        (GREEN, GREEN, GREEN),
        (None, AMBER, AMBER),
        (RED, None, RED),
        (None, None, None),
    ],
)
def test_the_worse_rating_is_the_graver_one(
    declared: Confidence | None, computed: Confidence | None, rating: Confidence | None
) -> None:
    assert worse(declared, computed) is rating


@given(RATINGS, RATINGS)
def test_it_does_not_matter_which_of_two_ratings_comes_first(one: Confidence | None, other: Confidence | None) -> None:
    assert worse(one, other) is worse(other, one)


def test_red_is_the_gravest() -> None:
    assert sorted(Confidence, key=lambda rating: rating.gravity) == [GREEN, AMBER, RED]
