"""Slippage in days, weeks and percent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.slippage import Slippage, slippage

START = date(2017, 10, 2)
FINISH = date(2018, 3, 30)

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2028, 12, 31))


def test_eight_weeks_late_on_a_half_year_is_a_third_more() -> None:
    assert slippage(date(2018, 5, 25), FINISH, START, FINISH) == Slippage(56, Decimal("8.0"), Decimal("31.3"))


def test_the_percent_is_of_the_original_span_whatever_the_baseline() -> None:
    against_agreed = slippage(date(2018, 5, 25), date(2018, 5, 11), START, FINISH)
    assert against_agreed == Slippage(14, Decimal("2.0"), Decimal("7.8"))


def test_an_early_finish_is_slippage_below_zero() -> None:
    assert slippage(date(2018, 3, 20), FINISH, START, FINISH) == Slippage(-10, Decimal("-1.4"), Decimal("-5.6"))


def test_a_finish_on_the_day_is_no_slippage() -> None:
    assert slippage(FINISH, FINISH, START, FINISH) == Slippage(0, Decimal("0.0"), Decimal("0.0"))


@pytest.mark.parametrize(
    ("days_late", "span", "percent"),
    [(1, 80, "1.3"), (3, 80, "3.8"), (5, 80, "6.3"), (-1, 80, "-1.3"), (1, 3, "33.3"), (2, 3, "66.7")],
)
def test_the_percent_is_rounded_half_up_to_one_decimal(days_late: int, span: int, percent: str) -> None:
    original_finish = START + timedelta(days=span)
    found = slippage(original_finish + timedelta(days=days_late), original_finish, START, original_finish)
    assert found.percent == Decimal(percent)


@pytest.mark.parametrize(("days_late", "weeks"), [(1, "0.1"), (2, "0.3"), (3, "0.4"), (7, "1.0"), (25, "3.6")])
def test_weeks_have_one_decimal(days_late: int, weeks: str) -> None:
    found = slippage(FINISH + timedelta(days=days_late), FINISH, START, FINISH)
    assert str(found.weeks) == weeks


@pytest.mark.parametrize(
    ("original_start", "original_finish"),
    [(None, FINISH), (START, None), (None, None), (FINISH, FINISH), (FINISH, START)],
)
def test_without_an_original_span_there_is_no_percent(
    original_start: date | None, original_finish: date | None
) -> None:
    found = slippage(date(2018, 5, 25), FINISH, original_start, original_finish)
    assert (found.days, found.percent) == (56, None)


@given(DAYS, DAYS)
def test_early_mirrors_late(one: date, other: date) -> None:
    late, early = slippage(one, other, START, FINISH), slippage(other, one, START, FINISH)
    assert late.percent is not None
    assert (early.days, early.weeks, early.percent) == (-late.days, -late.weeks, -late.percent)
