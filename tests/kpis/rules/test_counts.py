"""Counts are counted and always reconcile."""

from dataclasses import astuple
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months, month_range
from kpis.rules.counts import StatusCounts, count, count_months, share
from kpis.rules.status import KpiHistory
from tests.kpis.rules.builders import BEGIN, histories, history, m, portfolio, relief

EMPTY = (0, 0, 0, 0, 0, 0, 0, 0)


def reconciles(counts: StatusCounts) -> bool:
    statuses = (
        counts.target_met,
        counts.below_target,
        counts.below_minimum,
        counts.relief_granted,
        counts.not_measured,
        counts.missing,
    )
    return sum(statuses) == counts.in_force and 0 <= counts.provisional <= counts.in_force


def test_every_status_is_counted_once_and_provisional_beside_them() -> None:
    kpis = portfolio(["A_KPI_01 g", "A_KPI_02 G", "A_KPI_03 a", "A_KPI_04 R", "A_KPI_05 n", "A_KPI_06 -"])
    kpis += [history("r", relief("2017-01"), code="A_KPI_07"), history("g", relief("2017-01"), code="A_KPI_08")]
    counts = count(judged for kpi in kpis for judged in kpi.judgements)
    assert counts == StatusCounts(
        month=None,
        in_force=8,
        target_met=3,
        below_target=1,
        below_minimum=1,
        relief_granted=1,
        not_measured=1,
        missing=1,
        provisional=2,
    )


def test_counting_a_month_leaves_the_others_out() -> None:
    judged = history("gar").judgements
    assert count(judged, m("2017-02")) == StatusCounts(m("2017-02"), 1, 0, 1, 0, 0, 0, 0, 0)
    assert astuple(count(judged, m("2018-02")))[1:] == (*EMPTY,)


@given(st.lists(histories(), max_size=5))
def test_counts_reconcile_for_every_month_and_in_all(kpis: list[KpiHistory]) -> None:
    last = add_months(BEGIN, 17)
    rows = count_months(kpis, BEGIN, last)
    assert [row.month for row in rows] == list(month_range(BEGIN, last))
    assert all(reconciles(row) for row in rows)
    assert [row.in_force for row in rows] == [
        sum(kpi.terms.is_in_force(month) for kpi in kpis) if month <= add_months(BEGIN, 15) else 0
        for month in month_range(BEGIN, last)
    ]
    total = count(judged for kpi in kpis for judged in kpi.judgements)
    assert reconciles(total)
    assert astuple(total)[1:] == tuple(sum(column) for column in zip(*(astuple(row)[1:] for row in rows), strict=True))


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(39, 41, "95%"), (1, 8, "13%"), (1, 200, "1%"), (1, 201, "0%"), (0, 41, "0%"), (41, 41, "100%"), (0, 0, "—")],
)
def test_a_share_is_a_whole_percent_half_up_and_a_dash_of_nothing(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_share_is_rounded_half_up(part: int, whole: int) -> None:
    exact = Decimal(100 * part) / Decimal(whole)
    assert share(part, whole) == f"{exact.quantize(Decimal(1), ROUND_HALF_UP)}%"
