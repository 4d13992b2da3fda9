"""Mean, average moving range and limits: published results to four decimals, and what screening does."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from kpis.rules.figures import Polarity, round_half_up
from kpis.rules.signal import Rule, assurance, limits_of, xmr
from tests.kpis.rules.test_signal.points import dated, decimals, figures, restless

ORACLES = json.loads(
    (Path(__file__).parents[3] / "data" / "oracles" / "xmr.json").read_text(encoding="utf-8"), parse_float=Decimal
)


@pytest.mark.parametrize("case", ORACLES["cases"], ids=lambda case: case["name"])
def test_published_results_come_out_to_four_decimals(case: dict[str, Any]) -> None:
    values = [Decimal(value) for value in case["values"]]
    found = limits_of(values, screen=case["screen_moving_ranges"])
    expected = {name: case[name] for name in ("mean", "average_moving_range", "lower_limit", "upper_limit")}
    assert {
        "mean": found.mean,
        "average_moving_range": found.average_moving_range,
        "lower_limit": found.lower,
        "upper_limit": found.upper,
    } == {name: pytest.approx(number, abs=Decimal("0.00005")) for name, number in expected.items()}


@pytest.mark.parametrize(
    "case", [case for case in ORACLES["cases"] if "outside_points" in case], ids=lambda case: case["name"]
)
def test_the_published_outside_points_are_flagged(case: dict[str, Any]) -> None:
    values = [Decimal(value) for value in case["values"]]
    (segment,) = xmr(dated(list(values)), screen=case["screen_moving_ranges"]).segments
    outside = [
        place for place, point in enumerate(segment.points, start=1) if point.flag and point.flag.rule is Rule.OUTSIDE
    ]
    assert outside == case["outside_points"]


@pytest.mark.parametrize("case", ORACLES["assurance"], ids=str)
def test_the_published_assurances_come_out(case: dict[str, Any]) -> None:
    polarity = Polarity.HIGHER if case["higher_is_better"] else Polarity.LOWER
    lower, upper = map(Decimal, case["limits"])
    assert assurance(lower, upper, Decimal(case["target"]), polarity) == case["expect"]


def test_a_moving_range_of_exactly_the_screen_is_left_out() -> None:
    # Ranges 1000 × 1, then r: left out where r reaches 3.267 times the average of all.
    steady = [Decimal(place % 2) for place in range(1001)]
    edge = Decimal("3.267") * 1000 / (1001 - Decimal("3.267"))
    under = edge - Decimal("0.000001")
    assert limits_of([*steady, steady[-1] + edge]).average_moving_range == 1
    assert limits_of([*steady, steady[-1] + under]).average_moving_range > 1


def test_screening_happens_once() -> None:
    values = decimals(*[0, 1] * 15, 8, 100)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    kept = [each for each in ranges if each < 92]
    average = limits_of(values).average_moving_range
    assert round_half_up(average, 20) == round_half_up(sum(kept, Decimal(0)) / len(kept), 20)
    assert max(kept) > Decimal("3.267") * average


def test_figures_that_never_move_have_limits_where_they_are() -> None:
    found = limits_of(decimals(5, 5, 5))
    assert [found.mean, found.average_moving_range, found.lower, found.upper] == decimals(5, 0, 5, 5)


def test_one_figure_has_no_limits() -> None:
    with pytest.raises(ValueError, match="at least two"):
        limits_of(decimals(5))


@pytest.mark.parametrize(("points", "is_trial"), [(2, True), (11, True), (12, False), (13, False)])
def test_limits_are_trial_under_twelve_points(points: int, is_trial: bool) -> None:
    assert limits_of([Decimal(place % 3) for place in range(points)]).is_trial is is_trial


@given(figures)
def test_screening_never_widens(values: list[Decimal]) -> None:
    screened, plain = limits_of(values), limits_of(values, screen=False)
    assert screened.mean == plain.mean
    assert plain.lower <= screened.lower <= screened.mean <= screened.upper <= plain.upper


@given(restless)
def test_the_near_limits_lie_two_thirds_of_the_way(values: list[Decimal]) -> None:
    found = limits_of(values)
    two_thirds = (found.upper - found.mean) * 2 / 3
    assert round_half_up(found.near_upper, 20) == round_half_up(found.mean + two_thirds, 20)
    assert round_half_up(found.near_lower, 20) == round_half_up(found.mean - two_thirds, 20)
