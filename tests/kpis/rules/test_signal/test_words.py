"""What the verdicts say, and which limits are worth drawing."""

from decimal import Decimal

import pytest

from kpis.rules.figures import Polarity, Unit, plain
from kpis.rules.signal import Direction, Flag, Rule, Xmr, limits_of, variation, xmr
from kpis.rules.signal.words import (
    flag_in_words,
    limit_decimals,
    range_in_words,
    reach_of,
    trial_in_words,
    verdict_in_words,
)
from kpis.rules.status import Level
from tests.kpis.rules.builders import BEGIN, m
from tests.kpis.rules.test_signal.points import chart, dated, decimals, limits

EVEN = (80, 90) * 6  # limits about 60.8 and 109.2, half of the figures at 90


def said(
    found: Xmr, target: str | None = "85", minimum: str = "0", polarity: Polarity = Polarity.HIGHER
) -> tuple[str, ...]:
    level = Level(BEGIN, Decimal(target), Decimal(minimum)) if target else None
    return verdict_in_words(found, variation(found, polarity), level, polarity, 2)


def test_normal_variation_round_the_target_is_hit_and_miss() -> None:
    assert said(chart(*EVEN)) == (
        "Normal variation: expect it to miss target about as often as it meets it.",
        "Ordinary ups and downs do not take it below its minimum.",
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("75", "expect it to meet target in most months and to miss it in some, without anything having changed."),
        ("95", "expect it to miss target in most months and to meet it in some, without anything having changed."),
    ],
)
def test_how_often_is_said_as_the_figures_have_it(target: str, expected: str) -> None:
    assert said(chart(*EVEN), target)[0] == f"Normal variation: {expected}"


def test_a_target_out_of_reach_is_said_to_be_so() -> None:
    first, expected, minimum = said(chart(*EVEN), "120", "119")
    assert first == "Normal variation: nothing shows that anything has changed."
    assert expected.startswith("Expect it to go on missing its target")
    assert minimum == "Expect it to stay below its minimum: even its best ordinary months are."


def test_a_safe_target_is_said_to_be_safe() -> None:
    assert "Expect it to go on meeting its target: even its worst ordinary months do." in said(chart(*EVEN), "50")
    assert said(chart(*EVEN), "85", "70")[-1] == "Ordinary ups and downs alone can take it below its minimum."


def test_an_improvement_names_its_months_and_the_rule() -> None:
    assert said(chart(*EVEN, 150, 151)) == (
        "Improvement: something has changed for the better.",
        "The latest 2 figures, January 2018 to February 2018, are above the upper limit,"
        " which ordinary ups and downs would not explain.",
        "By the limits so far it is hit and miss against its target and consistently meets its minimum.",
        "The limits still rest on the months before the change as well; once it has lasted they can be restarted.",
    )


def test_a_deterioration_of_one_month_is_said_in_the_singular() -> None:
    first, signal, *_ = said(chart(*EVEN, 150), polarity=Polarity.LOWER)
    assert first == "Deterioration: something has changed for the worse."
    assert signal.startswith("The latest figure, January 2018, is above the upper limit")


def test_a_signal_that_fills_its_segment_rests_on_no_earlier_months() -> None:
    rising = xmr(dated(decimals(1, 2, 4, 6, 9, 12, 15)))
    assert not any("months before the change" in sentence for sentence in said(rising))


def test_without_a_level_nothing_is_expected_of_it() -> None:
    assert said(chart(*EVEN), None) == ("Normal variation: nothing shows that anything has changed.",)


@pytest.mark.parametrize(("found", "words"), [(chart(), "no figure yet"), (chart(1), "One figure alone")])
def test_too_few_figures_say_nothing(found: Xmr, words: str) -> None:
    (only,) = said(found)
    assert words in only


def test_trial_limits_say_how_many_figures_stand_behind_them() -> None:
    assert "7 figures stand behind them" in trial_in_words(limits_of(decimals(1, 2, 3, 4, 5, 6, 8)))
    assert trial_in_words(limits()) == ""


def test_a_limit_where_no_percentage_can_be_is_told_and_not_drawn() -> None:
    values = decimals(99, 97, 100, 98, 99, 96)
    found = limits_of(values)
    reach = reach_of(found, values, Unit.PERCENT)
    assert (reach.lower, reach.upper) == (found.lower, None)
    words = range_in_words(found, reach, Unit.PERCENT, 1)
    assert words.startswith("Ordinary ups and downs: between 92.3% and 100.0%, round a mean of 98.2%.")
    assert words.endswith("The upper limit, 104.0%, lies above 100%, where no figure can be: not drawn.")


def test_a_limit_below_nought_is_told_and_not_drawn() -> None:
    values = decimals(0, 2, 0, 3, 1)
    found = limits_of(values)
    assert reach_of(found, values, Unit.COUNT).lower is None
    words = range_in_words(found, reach_of(found, values, Unit.COUNT), Unit.COUNT, 1)
    assert words.startswith("Ordinary ups and downs: between 0.0 and ")
    assert "The lower limit, -4.8, lies below nought, where no figure can be: not drawn." in words


@pytest.mark.parametrize(
    ("values", "unit", "expected"),
    [
        ((120, 90, 110, 95), Unit.PERCENT, ("46.12", "161.38")),
        ((-3, 2, -1, 0), Unit.COUNT, ("-8.48", "7.48")),
        ((99, 80, 99), Unit.DAYS, ("42.13", "143.21")),
    ],
)
def test_what_a_figure_has_passed_is_no_bound(values: tuple[int, ...], unit: Unit, expected: tuple[str, str]) -> None:
    given = decimals(*values)
    reach = reach_of(limits_of(given), given, unit)
    assert [None if limit is None else plain(limit, 2) for limit in (reach.lower, reach.upper)] == [*expected]


@pytest.mark.parametrize(
    ("rule", "direction", "polarity", "words"),
    [
        (Rule.OUTSIDE, Direction.UP, Polarity.HIGHER, "above the upper limit: better"),
        (Rule.TREND, Direction.DOWN, Polarity.HIGHER, "seven in a row falling: worse"),
        (Rule.TWO_OF_THREE, Direction.DOWN, Polarity.LOWER, "two of three close to the lower limit: better"),
        (Rule.ONE_SIDE, Direction.UP, Polarity.LOWER, "seven in a row above the mean: worse"),
    ],
)
def test_a_flag_says_its_rule_and_whether_that_is_better(
    rule: Rule, direction: Direction, polarity: Polarity, words: str
) -> None:
    assert flag_in_words(Flag(rule, direction), polarity) == words


def test_limits_are_shown_with_two_decimals_at_least() -> None:
    assert [limit_decimals(decimals) for decimals in (0, 1, 2, 3)] == [2, 2, 2, 3]


def test_the_months_named_are_those_of_the_latest_segment() -> None:
    found = xmr(dated(decimals(*EVEN, 150, 151, 150, 151, 400)), [m("2018-01")])
    assert any("The latest figure, May 2018, is" in sentence for sentence in said(found))
