"""Variation and assurance; a mirrored history gives the mirrored verdict, a shifted or stretched one the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.figures import Polarity
from kpis.rules.signal import Assurance, Variation, Xmr, assurance, assured, flags_of, limits_of, variation, xmr
from tests.kpis.rules.builders import m
from tests.kpis.rules.test_signal.points import chart, dated, figures, restless

STEADY = (5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6)
MIRROR = {Polarity.HIGHER: Polarity.LOWER, Polarity.LOWER: Polarity.HIGHER}
polarities = st.sampled_from(Polarity)


def verdict(found: Xmr, polarity: Polarity = Polarity.HIGHER) -> Variation | None:
    signal = variation(found, polarity)
    return signal.variation if signal else None


def test_ordinary_ups_and_downs_are_common_cause() -> None:
    signal = variation(chart(*STEADY), Polarity.HIGHER)
    assert signal is not None
    assert (signal.variation, signal.points) == (Variation.COMMON_CAUSE, ())


@pytest.mark.parametrize(
    ("last", "polarity", "expected"),
    [
        (20, Polarity.HIGHER, Variation.IMPROVEMENT),
        (20, Polarity.LOWER, Variation.DETERIORATION),
        (-20, Polarity.HIGHER, Variation.DETERIORATION),
        (-20, Polarity.LOWER, Variation.IMPROVEMENT),
    ],
)
def test_what_is_better_is_for_the_polarity_to_say(last: int, polarity: Polarity, expected: Variation) -> None:
    assert verdict(chart(*STEADY, last), polarity) is expected


def test_the_signal_is_the_latest_figure_with_those_before_it_that_pull_the_same_way() -> None:
    signal = variation(chart(*STEADY, -20, 5, 20, 21), Polarity.HIGHER)
    assert signal is not None
    assert [point.month for point in signal.points] == [m("2018-03"), m("2018-04")]


def test_a_special_cause_that_is_over_is_history() -> None:
    assert verdict(chart(*STEADY, 20, 5)) is Variation.COMMON_CAUSE


def test_the_verdict_is_that_of_the_latest_segment() -> None:
    values = dated([Decimal(value) for value in (*STEADY, 20, 21, 20, 21)])
    assert verdict(xmr(values)) is Variation.IMPROVEMENT
    assert verdict(xmr(values, [m("2018-01")])) is Variation.COMMON_CAUSE


def test_without_limits_there_is_no_verdict() -> None:
    for found in (chart(), chart(5)):
        assert variation(found, Polarity.HIGHER) is None
        assert assured(found, Decimal(5), Polarity.HIGHER) is None
    assert assured(chart(*STEADY), None, Polarity.HIGHER) is None


@pytest.mark.parametrize(
    ("level", "polarity", "expected"),
    [
        ("4.9", Polarity.HIGHER, Assurance.MEETS),
        ("5", Polarity.HIGHER, Assurance.MEETS),
        ("5.1", Polarity.HIGHER, Assurance.HIT_AND_MISS),
        ("7", Polarity.HIGHER, Assurance.HIT_AND_MISS),
        ("7.1", Polarity.HIGHER, Assurance.MISSES),
        ("7.1", Polarity.LOWER, Assurance.MEETS),
        ("7", Polarity.LOWER, Assurance.MEETS),
        ("6.9", Polarity.LOWER, Assurance.HIT_AND_MISS),
        ("5", Polarity.LOWER, Assurance.HIT_AND_MISS),
        ("4.9", Polarity.LOWER, Assurance.MISSES),
    ],
)
def test_a_limit_equal_to_the_level_meets_it(level: str, polarity: Polarity, expected: Assurance) -> None:
    assert assurance(Decimal(5), Decimal(7), Decimal(level), polarity) is expected


@given(restless, polarities, st.decimals(-5, 15, places=1))
def test_a_mirrored_history_gives_the_mirrored_verdict(
    values: list[Decimal], polarity: Polarity, level: Decimal
) -> None:
    found, mirrored = xmr(dated(list(values))), xmr(dated([-value for value in values]))
    assert verdict(mirrored, MIRROR[polarity]) is verdict(found, polarity)
    assert assured(mirrored, -level, MIRROR[polarity]) is assured(found, level, polarity)
    assert [flag and flag.rule for flag in mirrored.flags.values()] == [flag.rule for flag in found.flags.values()]


@given(restless)
def test_the_other_polarity_turns_better_into_worse(values: list[Decimal]) -> None:
    found = xmr(dated(list(values)))
    turned = {Variation.IMPROVEMENT: Variation.DETERIORATION, Variation.DETERIORATION: Variation.IMPROVEMENT}
    one = verdict(found, Polarity.HIGHER)
    assert one is not None
    assert verdict(found, Polarity.LOWER) is turned.get(one, one)


@given(
    st.one_of(restless, figures),
    st.decimals(-10000, 10000, places=2),
    st.sampled_from([Decimal(1), Decimal("0.01"), Decimal(3), Decimal("12.5"), Decimal(1000)]),
)
def test_shifting_and_stretching_changes_no_flag(values: list[Decimal], shift: Decimal, factor: Decimal) -> None:
    moved = [value * factor + shift for value in values]
    assert flags_of(moved, limits_of(moved)) == flags_of(values, limits_of(values))


@given(restless, polarities)
def test_a_level_that_every_limit_meets_is_met_by_every_figure_within_them(
    values: list[Decimal], polarity: Polarity
) -> None:
    limits = limits_of(values)
    level = Decimal(4)
    within = [value for value in values if limits.lower <= value <= limits.upper]
    is_met = [value >= level if polarity is Polarity.HIGHER else value <= level for value in within]
    promised = assurance(limits.lower, limits.upper, level, polarity)
    assert promised is not Assurance.MEETS or all(is_met)
    assert promised is not Assurance.MISSES or not any(is_met)
