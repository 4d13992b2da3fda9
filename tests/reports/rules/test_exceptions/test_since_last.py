"""What has changed since the Board last met, and the failures that the table shows but the paper does not judge."""

from datetime import date

import pytest

from kpis.rules.relief import Relief
from reports.rules.exceptions import EarlierFailures, SinceLast, earlier_failures, find_exceptions, since_last
from tests.kpis.rules.builders import history, m, portfolio, relief


def test_since_last_counts_each_kpi_once_by_its_gravest_line() -> None:
    kpis = portfolio([
        "A_KPI_01 ggaarr",
        "A_KPI_02 gggraa",
        "A_KPI_03 ggrrrr",
        "A_KPI_04 ggrggg",
        "A_KPI_05 gggrgg",
        "A_KPI_06 gggggg",
        "A_KPI_07 ggggg-",
    ])  # fmt: skip
    lines = find_exceptions(kpis, m("2017-04"), m("2017-06"), below_target_counts=True)
    assert since_last(lines, m("2017-04"), m("2017-06")) == SinceLast(
        worsening=1, new=2, continuing=1, recovered=2, reliefs_begun=0, reliefs_continuing=0, reliefs_ended=0
    )


@pytest.mark.parametrize(
    ("excuse", "begun", "continuing", "ended"),
    [
        (relief("2017-01"), 0, 1, 0),
        (relief("2017-01", "2017-07"), 0, 1, 0),
        (relief("2017-05"), 1, 0, 0),
        (relief("2017-01", "2017-05"), 0, 0, 1),
        (relief("2017-01", "2017-06"), 0, 0, 1),
        (relief("2017-04", "2017-06"), 1, 0, 1),
        (relief("2017-01", "2017-03"), 0, 0, 0),
    ],
)
def test_since_last_says_which_reliefs_began_and_ended(excuse: Relief, begun: int, continuing: int, ended: int) -> None:
    lines = find_exceptions([history("rrrrrrr", excuse)], m("2017-04"), m("2017-06"), below_target_counts=True)
    counted = since_last(lines, m("2017-04"), m("2017-06"))
    assert (counted.reliefs_begun, counted.reliefs_continuing, counted.reliefs_ended) == (begun, continuing, ended)


def test_a_relief_that_began_and_ended_inside_the_period_counts_as_both_even_when_the_target_was_met() -> None:
    kpi = history("rrrrgg", relief("2017-04", "2017-05"))
    lines = find_exceptions([kpi], m("2017-04"), m("2017-06"), below_target_counts=True)
    counted = since_last(lines, m("2017-04"), m("2017-06"))
    assert (counted.reliefs_begun, counted.reliefs_continuing, counted.reliefs_ended) == (1, 0, 1)


def test_a_relief_followed_by_another_has_not_ended() -> None:
    touching = relief("2017-02", "2017-04", "CSC_KPI_01"), relief("2017-05", None, "CSC_KPI_01")
    lines = find_exceptions([history("rrrrrr", *touching)], m("2017-04"), m("2017-06"), below_target_counts=True)
    counted = since_last(lines, m("2017-04"), m("2017-06"))
    assert (counted.reliefs_begun, counted.reliefs_continuing, counted.reliefs_ended) == (0, 1, 0)


def test_failures_shown_but_not_judged_are_noted_with_the_meeting_that_was_told() -> None:
    kpis = portfolio(["CSC_KPI_04 rrgrggg", "IMT_KPI_05 rggrggr", "FA_KPI_01 ragnggg"], begin=m("2017-06"))
    papers = {m("2017-09"): date(2017, 12, 21), m("2017-06"): date(2017, 10, 26), m("2017-07"): None}
    noted = earlier_failures(kpis, m("2017-07"), m("2017-11"), papers)
    assert noted == (
        EarlierFailures(m("2017-07"), (kpis[0],), None),
        EarlierFailures(m("2017-09"), (kpis[0], kpis[1]), date(2017, 12, 21)),
    )


def test_a_month_that_no_paper_reviewed_was_never_reported() -> None:
    noted = earlier_failures([history("rgg")], m("2017-01"), m("2017-02"), {})
    assert [failures.reported_on for failures in noted] == [None]


def test_a_relieved_miss_before_the_review_period_is_no_failure() -> None:
    assert earlier_failures([history("rgg", relief("2017-01"))], m("2017-01"), m("2017-02"), {}) == ()


def test_a_history_that_begins_with_the_review_period_has_nothing_to_note() -> None:
    assert earlier_failures([history("rrr")], m("2017-01"), m("2017-01"), {}) == ()
