"""The scale of a chart: round ticks that enclose the figures, no finer than the KPI's decimals."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.ui.charts.values import extent, runs, ticks
from tests.config.ui.charts.histories import history


@pytest.mark.parametrize(
    ("low", "high", "decimals", "expected"),
    [
        ("2.79", "17.53", 2, ["0", "5", "10", "15", "20"]),
        ("80", "98.6", 2, ["80", "85", "90", "95", "100"]),
        ("0", "3", 0, ["0", "1", "2", "3"]),
        ("1", "2", 0, ["1", "2"]),
        ("0.02", "0.11", 2, ["0.02", "0.04", "0.06", "0.08", "0.10", "0.12"]),
        ("-3", "4", 0, ["-4", "-2", "0", "2", "4"]),
        ("0", "1200000", 2, ["0", "500000", "1000000", "1500000"]),
    ],
)
def test_ticks_are_round(low: str, high: str, decimals: int, expected: list[str]) -> None:
    assert ticks(Decimal(low), Decimal(high), decimals, 6) == [Decimal(tick) for tick in expected]


@given(st.decimals(-(10**9), 10**9, places=3), st.decimals(Decimal("0.001"), 10**9, places=3), st.integers(3, 8))
def test_ticks_enclose_the_figures_in_equal_steps(low: Decimal, span: Decimal, about: int) -> None:
    found = ticks(low, low + span, 3, about)
    assert found[0] <= low
    assert found[-1] >= low + span
    assert len({right - left for left, right in pairwise(found)}) == 1
    assert len(found) <= about + 2


def test_the_extent_takes_in_the_levels() -> None:
    assert extent(history(["8", "9"], target="7", minimum="12")) == (Decimal(7), Decimal(12))
    assert extent(history(["8"], target=None, minimum=None)) == (Decimal(7), Decimal(9))
    assert extent(history(["0"], target=None, minimum=None)) == (Decimal(0), Decimal(1))
    assert extent(history([None], target=None, minimum=None)) == (Decimal(0), Decimal(1))


def test_runs_break_where_there_is_no_figure() -> None:
    found = runs(history([None, "1", "2", None, None, "3"]))
    assert [[value for _, value in run] for run in found] == [[Decimal(1), Decimal(2)], [Decimal(3)]]
