"""Each rule at its edges, and which one names a point that several match."""

from decimal import Decimal

import pytest

from kpis.rules.signal import Direction, Flag, Rule, flags_of
from tests.kpis.rules.test_signal.points import decimals, limits

NAMES = {Rule.OUTSIDE: "o", Rule.TREND: "t", Rule.TWO_OF_THREE: "c", Rule.ONE_SIDE: "s"}
WIDE = limits(reach="1000")


def drawn(flags: tuple[Flag | None, ...]) -> str:
    """A letter a point, a capital where it is pulled up, a dot where it is ordinary."""
    letters = ((NAMES[flag.rule], flag.direction) if flag else (".", None) for flag in flags)
    return "".join(letter.upper() if direction is Direction.UP else letter for letter, direction in letters)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("3", "-3"), ".."),
        (("3.000001", "-3.000001"), "Oo"),
        (("0", "4"), ".O"),
    ],
)
def test_outside_is_strictly_beyond_a_limit(values: tuple[str, ...], expected: str) -> None:
    assert drawn(flags_of(decimals(*values), limits())) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((-3, -2, -1, 0, 1, 2, 3), "TTTTTTT", id="seven rising"),
        pytest.param((3, 2, 1, 0, -1, -2, -3), "ttttttt", id="seven falling"),
        pytest.param((-3, -2, -1, 0, 1, 2), "......", id="six are too few"),
        pytest.param((-3, -2, -1, 0, 0, 1, 2, 3), "........", id="a tie breaks it"),
        pytest.param((-4, -3, -2, -1, 0, 1, 2, 3), "TTTTTTTT", id="eight rising"),
        pytest.param((5, -3, -2, -1, 0, 1, 2, 3, 0), ".TTTTTTT.", id="only the seven"),
        pytest.param((-3, -2, -1, 0, 1, 2, 3, 2, 1, 0, -1, -2, -3), "TTTTTTttttttt", id="the turn is the later's"),
    ],
)
def test_seven_strictly_rising_or_falling_are_a_trend(values: tuple[int, ...], expected: str) -> None:
    assert drawn(flags_of(decimals(*values), WIDE)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(("2.5", "2.5", "1"), "CC.", id="the close ones are flagged"),
        pytest.param(("2.5", "1", "2.5"), "C.C", id="one between"),
        pytest.param(("-2.5", "-1", "-2.5"), "c.c", id="below"),
        pytest.param(("2.5", "2.5", "2.5"), "CCC", id="three of three"),
        pytest.param(("2.5", "1", "1", "2.5"), "....", id="two of four"),
        pytest.param(("2", "2", "1"), "...", id="exactly two thirds of the way is not close"),
        pytest.param(("3", "3", "1"), "CC.", id="on the limit is close"),
        pytest.param(("2.5", "-2.5", "1"), "...", id="not on the same side"),
        pytest.param(("2.5", "-1", "2.5"), "...", id="the third is on the other side"),
        pytest.param(("2.5", "0", "2.5"), "...", id="the third is on the mean"),
        pytest.param(("2.5", "3.5", "1"), ".O.", id="one outside is flagged as outside alone"),
        pytest.param(("2.5", "2.5"), "..", id="two alone"),
    ],
)
def test_two_of_three_close_to_a_limit(values: tuple[str, ...], expected: str) -> None:
    assert drawn(flags_of(decimals(*values), limits())) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((1, 2, 1, 2, 1, 2, 1), "SSSSSSS", id="seven above"),
        pytest.param((-1, -2, -1, -2, -1, -2, -1), "sssssss", id="seven below"),
        pytest.param((1, 2, 1, 2, 1, 2), "......", id="six are too few"),
        pytest.param((1, 2, 1, 0, 2, 1, 2, 1), "........", id="on the mean breaks it"),
        pytest.param((1, 2, 1, -1, 2, 1, 2, 1), "........", id="the other side breaks it"),
        pytest.param((-1, 1, 2, 1, 2, 1, 2, 1, 2, -1), ".SSSSSSSS.", id="only the run"),
    ],
)
def test_seven_on_one_side_of_the_mean(values: tuple[int, ...], expected: str) -> None:
    assert drawn(flags_of(decimals(*values), WIDE)) == expected


def test_the_first_rule_that_matches_names_the_point() -> None:
    # Rising, above the mean, close to a limit and beyond it: outside goes before trend, trend before the others.
    values = decimals("0.5", "1", "1.5", "2.2", "2.5", "2.9", "3.5")
    assert drawn(flags_of(values, limits())) == "TTTTTTO"
    # Close goes before one side.
    assert drawn(flags_of(decimals(1, 2, 1, "2.5", "2.4", 1, 2), limits())) == "SSSCCSS"


def test_a_trend_has_the_direction_in_which_it_goes_wherever_the_mean_lies() -> None:
    falling = flags_of(decimals(9, 8, 7, 6, 5, 4, 3), limits(mean="1", reach="1000"))
    assert {flag.direction for flag in falling if flag} == {Direction.DOWN}


def test_no_rule_matches_nothing() -> None:
    assert flags_of([], WIDE) == ()
    assert flags_of([Decimal(0)], WIDE) == (None,)
