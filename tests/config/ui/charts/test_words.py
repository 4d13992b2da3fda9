"""The words that stand for a drawing."""

from config.ui.charts import describe
from tests.config.ui.charts.histories import history


def test_a_history_is_told_in_two_sentences() -> None:
    points = history(
        ["6.1", "17.53", None, "2.79"], statuses={1: "below_minimum", 2: "not_measured"}, provisional=frozenset({3})
    )
    assert describe(points) == (
        "December 2016 to March 2017: latest 2.79% (March 2017, provisional), lowest 2.79% (March 2017, provisional), "
        "highest 17.53% (January 2017). Target met in 2 months, below minimum in 1 month, not measured in 1 month."
    )


def test_one_month_has_no_lowest_and_highest() -> None:
    assert describe(history(["6.1"])) == "December 2016: latest 6.1% (December 2016). Target met in 1 month."


def test_a_history_without_figures_says_so() -> None:
    assert describe(history([None, None])) == "December 2016 to January 2017: no figures. Missing in 2 months."
    assert describe([]) == "No months to show."
