"""The KPIs of an area stand in the order in which they are asked about."""

from kpis.rules.area import month_to_show, stands
from kpis.rules.counts import count_months
from tests.kpis.rules.builders import history, m, portfolio, relief


def test_the_gravest_and_of_those_the_longest_come_first() -> None:
    rows = ["A_KPI_1 ggg", "A_KPI_2 ggr", "A_KPI_3 arr", "A_KPI_4 gga", "A_KPI_5 gg-", "A_KPI_6 ggn", "A_KPI_10 ggg"]
    found = stands(portfolio(rows), m("2017-03"))
    assert [each.history.terms.code[6:] for each in found] == ["3", "2", "4", "5", "6", "1", "10"]
    assert [each.run_length for each in found][:4] == [2, 1, 1, 1]


def test_relief_stands_behind_what_nobody_excused() -> None:
    eased = relief("2017-03", None, "A_KPI_1")
    found = stands(portfolio(["A_KPI_1 ggr", "A_KPI_2 gga"], eased), m("2017-03"))
    assert [each.latest.contractual.value for each in found] == ["below_target", "relief_granted"]


def test_a_kpi_stands_where_it_was_last_due() -> None:
    (found,) = stands([history("ggr---", due_months=frozenset({3}))], m("2017-05"))
    assert (found.latest.month, found.latest.contractual.value, found.is_monthly) == (
        m("2017-03"),
        "below_minimum",
        False,
    )


def test_what_has_ended_comes_last_and_what_has_not_begun_not_at_all() -> None:
    ended = history("grr", code="A_KPI_1", in_force_to=m("2017-02"))
    coming = history("gggg", code="A_KPI_2", in_force_from=m("2017-04"))
    found = stands([ended, coming, history("ggg", code="A_KPI_3")], m("2017-03"))
    assert [(each.history.terms.code, each.has_ended) for each in found] == [("A_KPI_3", False), ("A_KPI_1", True)]


def test_the_month_to_show_is_the_latest_of_which_something_was_said() -> None:
    def shown(*rows: str) -> object:
        return month_to_show(count_months(portfolio(rows), m("2017-01"), m("2017-03")))

    assert shown("A_KPI_1 gg-", "A_KPI_2 g--") == m("2017-02")
    assert shown("A_KPI_1 ---") == m("2017-03")
    assert month_to_show([]) is None
