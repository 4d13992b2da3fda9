"""Direction of travel by polarity, flat under half a displayed step, and against which months."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.figures import Polarity
from kpis.rules.travel import Travel, travel, travels
from tests.kpis.rules.builders import history, m, values

MIRROR = {Polarity.HIGHER: Polarity.LOWER, Polarity.LOWER: Polarity.HIGHER}


@pytest.mark.parametrize(
    ("now", "then", "polarity", "decimals", "expected"),
    [
        ("95", "90", Polarity.HIGHER, 2, Travel.BETTER),
        ("90", "95", Polarity.HIGHER, 2, Travel.WORSE),
        ("95", "90", Polarity.LOWER, 2, Travel.WORSE),
        ("2.79", "17.53", Polarity.LOWER, 2, Travel.BETTER),
        ("90.004999", "90", Polarity.HIGHER, 2, Travel.FLAT),
        ("90", "90.004999", Polarity.HIGHER, 2, Travel.FLAT),
        ("90.005", "90", Polarity.HIGHER, 2, Travel.BETTER),
        ("12.4", "12", Polarity.HIGHER, 0, Travel.FLAT),
        ("12.5", "12", Polarity.HIGHER, 0, Travel.BETTER),
        ("11.5", "12", Polarity.LOWER, 0, Travel.BETTER),
        ("3", "3", Polarity.LOWER, 0, Travel.FLAT),
        (None, "3", Polarity.LOWER, 0, Travel.NO_COMPARISON),
        ("3", None, Polarity.LOWER, 0, Travel.NO_COMPARISON),
    ],
)
def test_direction_respects_polarity(
    now: str | None, then: str | None, polarity: Polarity, decimals: int, expected: Travel
) -> None:
    figures = [None if each is None else Decimal(each) for each in (now, then)]
    assert travel(figures[0], figures[1], polarity, decimals) is expected


@given(values, values, st.sampled_from(Polarity), st.integers(0, 6))
def test_mirrored_figures_travel_the_same_way(now: Decimal, then: Decimal, polarity: Polarity, decimals: int) -> None:
    assert travel(-now, -then, MIRROR[polarity], decimals) is travel(now, then, polarity, decimals)


@given(values, values, st.integers(0, 6))
def test_the_way_back_is_the_other_way(now: Decimal, then: Decimal, decimals: int) -> None:
    opposite = {Travel.BETTER: Travel.WORSE, Travel.WORSE: Travel.BETTER}
    there = travel(now, then, Polarity.HIGHER, decimals)
    assert travel(then, now, Polarity.HIGHER, decimals) is opposite.get(there, there)


def test_a_month_is_held_against_the_one_before_and_the_year_before() -> None:
    # January 2017 met, February missed its target, then met until February 2018, which missed.
    found = travels(history("ga" + "g" * 11 + "a").judgements, Polarity.HIGHER, 2)
    assert found[0].last_month is Travel.NO_COMPARISON
    assert (found[1].last_month, found[2].last_month) == (Travel.WORSE, Travel.BETTER)
    assert (found[12].last_year, found[13].last_year) == (Travel.FLAT, Travel.FLAT)
    assert found[11].last_year is Travel.NO_COMPARISON


def test_a_month_without_a_figure_is_not_stepped_over() -> None:
    found = travels(history("gng-g").judgements, Polarity.HIGHER, 2)
    assert {each.last_month for each in found} == {Travel.NO_COMPARISON}


def test_a_quarterly_kpi_is_held_against_the_month_due_before() -> None:
    due = frozenset({3, 6, 9, 12})
    quarters = history("..g..r..g".replace(".", "-"), due_months=due).judgements
    assert [each.month for each in quarters] == [m("2017-03"), m("2017-06"), m("2017-09")]
    assert [each.last_month for each in travels(quarters, Polarity.HIGHER, 2)] == [
        Travel.NO_COMPARISON, Travel.WORSE, Travel.BETTER,
    ]  # fmt: skip
