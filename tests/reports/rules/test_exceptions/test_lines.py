"""Exception lines: one per rule tripped, with months, run and state exactly as the paper's format defines them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.relief import Decision, Relief
from reports.rules.exceptions import Rule, find_exceptions
from tests.kpis.rules.builders import BEGIN, history, m, portfolio, relief
from tests.reports.rules.test_exceptions.lines import found

QUARTERLY = frozenset({3, 6, 9, 12})


# January to July 2017; the review period is April to June, so the history ends with a month after it.
@pytest.mark.parametrize(
    ("letters", "lines"),
    [
        ("ggggggr", []),
        ("gggrgg", [("below_minimum", "recovered", ["2017-04"], 1)]),
        ("gggggr", [("below_minimum", "new", ["2017-06"], 1)]),
        ("ggggrr", [("below_minimum", "new", ["2017-05", "2017-06"], 2)]),
        ("ggrrrr", [("below_minimum", "continuing", ["2017-04", "2017-05", "2017-06"], 4)]),
        ("rrrrrr", [("below_minimum", "continuing", ["2017-04", "2017-05", "2017-06"], 6)]),
        ("gggrgr", [("below_minimum", "new", ["2017-04", "2017-06"], 1)]),
        ("ggrrgr", [("below_minimum", "new", ["2017-04", "2017-06"], 1)]),
        ("gggaga", [("below_target", "new", ["2017-04", "2017-06"], 1)]),
        (
            "ggaarr",
            [
                ("below_minimum", "worsening", ["2017-05", "2017-06"], 2),
                ("below_target", "continuing", ["2017-04"], 2),
            ],
        ),
        ("ggarrr", [("below_minimum", "worsening", ["2017-04", "2017-05", "2017-06"], 3)]),
        ("grarrr", [("below_minimum", "worsening", ["2017-04", "2017-05", "2017-06"], 3)]),
        ("ggraaa", [("below_target", "continuing", ["2017-04", "2017-05", "2017-06"], 3)]),
        ("gggarr", [("below_minimum", "new", ["2017-05", "2017-06"], 2), ("below_target", "new", ["2017-04"], 1)]),
        ("gggraa", [("below_minimum", "new", ["2017-04"], 1), ("below_target", "new", ["2017-05", "2017-06"], 2)]),
        ("gggrag", [("below_minimum", "recovered", ["2017-04"], 1), ("below_target", "recovered", ["2017-05"], 1)]),
        ("ggrrgg", [("below_minimum", "recovered", ["2017-04"], 2)]),
        ("gggrgn", [("below_minimum", "new", ["2017-04"], 1), ("not_measured", "new", ["2017-06"], 1)]),
        ("ggrrg-", [("below_minimum", "continuing", ["2017-04"], 2), ("missing", "new", ["2017-06"], 1)]),
        ("gggng-", [("missing", "new", ["2017-06"], 1), ("not_measured", "new", ["2017-04"], 1)]),
        ("g--ggg", []),
        ("gg---g", [("missing", "continuing", ["2017-04", "2017-05"], 3)]),
        ("ggnnnn", [("not_measured", "continuing", ["2017-04", "2017-05", "2017-06"], 4)]),
        ("ggngng", [("not_measured", "new", ["2017-05"], 1)]),
        ("ggn-gg", [("missing", "new", ["2017-04"], 1)]),
        ("ggnggg", []),
    ],
)
def test_a_band_or_gap_line_has_its_months_run_and_state(
    letters: str, lines: list[tuple[str, str, list[str], int]]
) -> None:
    assert found(history(letters), "2017-04", "2017-06") == lines


@pytest.mark.parametrize(
    ("letters", "run"),
    [("ggrggg", 1), ("rrrggg", 3), ("garggg", 2), ("ggaggg", 1), ("aaaggg", 3), ("rrgggg", None), ("ggrngg", None)],
)
def test_recovered_is_for_a_miss_up_to_the_review_period_and_nothing_in_it(letters: str, run: int | None) -> None:
    lines = [line for line in found(history(letters), "2017-04", "2017-06") if line[0] == "recovered"]
    assert lines == ([] if run is None else [("recovered", "recovered", ["2017-03"], run)])


@pytest.mark.parametrize(
    ("letters", "lines"),
    [
        ("gggaaa", []),
        ("ggaggg", []),
        ("aarggg", [("recovered", "recovered", ["2017-03"], 1)]),
        ("ggrgag", [("recovered", "recovered", ["2017-03"], 1)]),
        ("ggrgga", []),
        ("ggaarr", [("below_minimum", "worsening", ["2017-05", "2017-06"], 2)]),
        ("gggarg", [("below_minimum", "recovered", ["2017-05"], 1)]),
    ],
)
def test_where_below_target_does_not_count_it_raises_no_line(
    letters: str, lines: list[tuple[str, str, list[str], int]]
) -> None:
    assert found(history(letters), "2017-04", "2017-06", below_target_counts=False) == lines


@pytest.mark.parametrize(
    ("letters", "excuse", "lines"),
    [
        ("ggrrrr", relief("2017-01"), [("relief", "continuing", ["2017-04", "2017-05", "2017-06"], 6)]),
        ("gggggg", relief("2017-01"), [("relief", "continuing", ["2017-04", "2017-05", "2017-06"], 6)]),
        ("ggn--g", relief("2017-05"), [
            ("missing", "new", ["2017-04", "2017-05"], 2),
            ("relief", "new", ["2017-05", "2017-06"], 2),
        ]),
        ("rrrrrr", relief("2017-04"), [("relief", "new", ["2017-04", "2017-05", "2017-06"], 3)]),
        ("rrrrgg", relief("2017-02", "2017-05"), [("relief", "recovered", ["2017-04", "2017-05"], 4)]),
        ("rrrrgg", relief("2017-04", "2017-05"), [("relief", "recovered", ["2017-04", "2017-05"], 2)]),
        ("rrrrgg", relief("2017-02", "2017-06"), [("relief", "continuing", ["2017-04", "2017-05", "2017-06"], 5)]),
        ("gggrrr", relief("2017-02", "2017-05"), [
            ("below_minimum", "new", ["2017-06"], 1),
            ("relief", "continuing", ["2017-04", "2017-05"], 4),
        ]),
        ("ggrrrr", relief("2017-05", "2017-05"), [
            ("below_minimum", "new", ["2017-04", "2017-06"], 1),
            ("relief", "new", ["2017-05"], 1),
        ]),
        ("rrrggg", relief("2017-01", "2017-03"), []),
        ("rrrrrr", relief("2017-01", decision=Decision.REQUESTED), [
            ("below_minimum", "continuing", ["2017-04", "2017-05", "2017-06"], 6),
        ]),
    ],
)  # fmt: skip
def test_a_relief_line_stands_for_every_month_covered_whatever_was_measured(
    letters: str, excuse: Relief, lines: list[tuple[str, str, list[str], int]]
) -> None:
    assert found(history(letters, excuse), "2017-04", "2017-06") == lines


def test_reliefs_that_follow_each_other_without_a_gap_are_one_continuing_relief() -> None:
    touching = relief("2017-02", "2017-04", "CSC_KPI_01"), relief("2017-05", None, "CSC_KPI_01")
    assert found(history("rrrrrr", *touching), "2017-04", "2017-06")[-1][1:] == (
        "continuing",
        ["2017-04", "2017-05", "2017-06"],
        5,
    )


def test_a_relief_granted_after_a_gap_is_new() -> None:
    apart = relief("2017-02", "2017-04", "CSC_KPI_01"), relief("2017-06", None, "CSC_KPI_01")
    assert found(history("ggrrgr", *apart), "2017-04", "2017-06") == [("relief", "new", ["2017-04", "2017-06"], 1)]


def test_a_run_stops_where_the_kpi_was_not_in_force_yet() -> None:
    kpi = history("rrrrrr", in_force_from=m("2017-03"))
    assert found(kpi, "2017-04", "2017-06") == [("below_minimum", "continuing", ["2017-04", "2017-05", "2017-06"], 4)]
    assert found(kpi, "2017-03", "2017-06")[0][1] == "new"


def test_a_quarterly_kpi_steps_from_due_month_to_due_month() -> None:
    kpi = history("..r..r..r..r..r".replace(".", "g"), due_months=QUARTERLY)
    assert found(kpi, "2017-11", "2018-01") == [("below_minimum", "continuing", ["2017-12"], 4)]
    assert found(kpi, "2018-01", "2018-02") == []


def test_a_quarterly_kpi_recovers_from_one_due_month_to_the_next() -> None:
    kpi = history("ggrggrgggggg", due_months=QUARTERLY)
    assert found(kpi, "2017-07", "2017-10") == [("recovered", "recovered", ["2017-06"], 2)]
    assert found(kpi, "2017-05", "2017-10") == [("below_minimum", "recovered", ["2017-06"], 2)]


def test_a_relief_that_began_before_the_kpi_fell_due_is_not_new() -> None:
    kpi = history("gggggr", relief("2017-02"), due_months=frozenset({6}))
    assert found(kpi, "2017-04", "2017-06") == [("relief", "continuing", ["2017-06"], 1)]


def test_a_kpi_that_ended_inside_the_review_period_has_not_recovered() -> None:
    assert found(history("ggrrg", in_force_to=m("2017-05")), "2017-04", "2017-06") == [
        ("below_minimum", "continuing", ["2017-04"], 2)
    ]
    assert found(history("ggrgg", in_force_to=m("2017-05")), "2017-04", "2017-06") == []


def test_a_kpi_not_in_force_in_the_review_period_has_no_line() -> None:
    assert found(history("rrrrrr", relief("2017-01"), in_force_to=m("2017-03")), "2017-04", "2017-06") == []


def test_two_failures_of_september_are_exceptions_of_their_own_review_period_only() -> None:
    kpis = portfolio(["IMT_KPI_05 ggggrggggg", "CSC_KPI_04 ggggrggggg", "CSC_KPI_05 gggggggggg"], begin=m("2017-05"))
    told = find_exceptions(kpis, m("2017-09"), m("2017-10"), below_target_counts=True)
    assert [(line.history.terms.code, line.rule, line.months) for line in told] == [
        ("CSC_KPI_04", Rule.BELOW_MINIMUM, (m("2017-09"),)),
        ("IMT_KPI_05", Rule.BELOW_MINIMUM, (m("2017-09"),)),
    ]
    assert find_exceptions(kpis, m("2017-11"), m("2018-01"), below_target_counts=True) == ()


def test_lines_stand_by_rule_then_by_what_is_news_then_by_area_and_number() -> None:
    kpis = portfolio([
        "IMT_KPI_02 ggrggg",
        "IMT_KPI_10 gggrrr",
        "IMT_KPI_09 gggrrr",
        "FA_KPI_01 grrrrr",
        "FA_KPI_02 ggarrr",
        "CSC_KPI_03 gggrgg",
        "CSC_KPI_04 gggggn",
        "CSC_KPI_05 ggggg-",
        "CSC_KPI_06 ggggga",
    ])  # fmt: skip
    kpis.append(history("rrrrrr", relief("2017-01"), code="ACF_KPI_03"))
    lines = find_exceptions(kpis, m("2017-04"), m("2017-06"), below_target_counts=True)
    assert [(line.rule.value, line.state.value, line.history.terms.code) for line in lines] == [
        ("below_minimum", "worsening", "FA_KPI_02"),
        ("below_minimum", "new", "IMT_KPI_09"),
        ("below_minimum", "new", "IMT_KPI_10"),
        ("below_minimum", "continuing", "FA_KPI_01"),
        ("below_minimum", "recovered", "CSC_KPI_03"),
        ("below_target", "new", "CSC_KPI_06"),
        ("missing", "new", "CSC_KPI_05"),
        ("not_measured", "new", "CSC_KPI_04"),
        ("relief", "continuing", "ACF_KPI_03"),
        ("recovered", "recovered", "IMT_KPI_02"),
    ]


def test_numbers_of_three_digits_stand_after_those_of_two() -> None:
    kpis = portfolio(["A_KPI_100 r", "A_KPI_99 r", "A_KPI_101 r"])
    lines = find_exceptions(kpis, BEGIN, BEGIN, below_target_counts=True)
    assert [line.history.terms.code for line in lines] == ["A_KPI_99", "A_KPI_100", "A_KPI_101"]


@given(st.lists(st.sampled_from([f"{area}_KPI_{number:02}" for area in "AB" for number in range(1, 12)]), unique=True))
def test_the_order_does_not_depend_on_the_order_of_the_kpis(codes: list[str]) -> None:
    kpis = [history("ggrr", code=code) for code in codes]
    lines = find_exceptions(kpis, m("2017-03"), m("2017-04"), below_target_counts=True)
    assert [line.history.terms.code for line in lines] == sorted(codes)
