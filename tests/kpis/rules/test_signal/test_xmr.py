"""The chart: months without a figure are passed over, limits restart, the rules stay within a segment."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months
from kpis.rules.signal import Direction, Flag, Rule, limits_of, xmr
from tests.kpis.rules.builders import BEGIN, m
from tests.kpis.rules.test_signal.points import chart, dated, decimals, restless


def test_months_without_a_figure_are_passed_over() -> None:
    (segment,) = chart(1, None, 3, None, None, 2).segments
    assert [point.month for point in segment.points] == [m("2017-01"), m("2017-03"), m("2017-06")]
    assert segment.limits == limits_of(decimals(1, 3, 2))


def test_no_figure_is_no_segment() -> None:
    assert chart(None, None).latest is None
    assert xmr([]).segments == ()


def test_one_figure_has_no_limits_and_no_flag() -> None:
    (segment,) = chart(7).segments
    assert segment.limits is None
    assert segment.points[0].flag is None


def test_limits_restart_with_the_month_of_a_rebase() -> None:
    values = decimals(10, 12, 11, 30, 32, 31)
    before, after = xmr(dated(list(values)), [m("2017-04")]).segments
    assert (before.first, before.last, after.first, after.last) == (
        m("2017-01"), m("2017-03"), m("2017-04"), m("2017-06"),
    )  # fmt: skip
    assert before.limits == limits_of(values[:3])
    assert after.limits == limits_of(values[3:])


def test_a_rebase_in_a_month_without_a_figure_holds_for_the_next_one() -> None:
    figures = dated([Decimal(1), Decimal(2), None, Decimal(9), Decimal(8)])
    assert [segment.first for segment in xmr(figures, [m("2017-03")]).segments] == [m("2017-01"), m("2017-04")]


def test_rebases_with_nothing_on_one_side_cut_nothing() -> None:
    figures = dated(list(decimals(1, 2, 3)))
    whole = xmr(figures)
    assert xmr(figures, [m("2017-01")]).segments == whole.segments
    assert xmr(figures, [m("2019-01"), m("2016-05")]).segments == whole.segments


def test_a_run_does_not_reach_over_a_rebase() -> None:
    rising = dated([Decimal(place) for place in range(8)])
    assert Flag(Rule.TREND, Direction.UP) in xmr(rising).flags.values()
    assert xmr(rising, [m("2017-05")]).flags == {}


@given(restless, st.sets(st.integers(-3, 45), max_size=4))
def test_every_figure_is_in_exactly_one_segment(values: list[Decimal], places: set[int]) -> None:
    figures = dated(list(values))
    cut = xmr(figures, [add_months(BEGIN, place) for place in places])
    assert [(point.month, point.value) for segment in cut.segments for point in segment.points] == figures
    assert all(segment.points for segment in cut.segments)
    starts = {segment.first for segment in cut.segments[1:]}
    assert starts <= {add_months(BEGIN, place) for place in places}
