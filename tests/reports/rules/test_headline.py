"""The headline answers "is it all right?" in one or two sentences and never says more than is known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, add_months
from kpis.rules.relief import Relief
from kpis.rules.status import Contractual, KpiHistory
from reports.rules.headline import headline
from tests.kpis.rules.builders import BEGIN, histories, history, m, portfolio, relief

AREAS = {
    "CSC": "Customer Service Centre",
    "IMT": "Information Management Technology",
    "PM": "People Management",
    "ACF": "Adult Care Finance",
    "FA": "Financial Administration",
}
QUARTERLY = frozenset({3, 6, 9, 12})


def kpis(letters: str, count: int, area: str = "CSC", *excuses: Relief, start: int = 1) -> list[KpiHistory]:
    return [history(letters, *excuses, code=f"{area}_KPI_{number:02}") for number in range(start, start + count)]


def said(*groups: list[KpiHistory], first: str = "2017-01", last: str = "2017-03", is_repeat: bool = False) -> str:
    rows = [kpi for group in groups for kpi in group]
    return headline(rows, m(first), m(last), AREAS, is_repeat=is_repeat)


def test_the_paper_of_march_2018_says_that_nothing_failed_and_two_had_relief() -> None:
    mosaic = relief("2016-12", None, "ACF_KPI_03", "ACF_KPI_04")
    rows = portfolio(
        ["ACF_KPI_03 raaraa", "ACF_KPI_04 aaaaaa", "CSC_KPI_04 grgggg", "IMT_KPI_05 grgggg"],
        mosaic,
        begin=m("2017-08"),
    )
    rows += [history("gggggg", mosaic, code=f"FA_KPI_{number:02}", begin=m("2017-08")) for number in range(1, 38)]
    assert headline(rows, m("2017-11"), m("2018-01"), AREAS) == (
        "No KPI failed between November 2017 and January 2018. "
        "39 of 41 met their target in every month; two, both in Adult Care Finance, had mitigation relief."
    )
    assert headline(rows, m("2017-09"), m("2017-10"), AREAS) == (
        "Two KPIs failed between September 2017 and October 2017: "
        "Name of CSC_KPI_04 (CSC_KPI_04) and Name of IMT_KPI_05 (IMT_KPI_05). "
        "Between 37 and 39 of 41 met their target, depending on the month; "
        "two, both in Adult Care Finance, had mitigation relief."
    )


def test_all_well_is_a_positive_sentence() -> None:
    assert said(kpis("ggg", 41)) == (
        "No KPI failed between January 2017 and March 2017. All 41 met their target in every month."
    )


def test_one_month_is_not_called_every_month() -> None:
    assert said(kpis("g", 41), last="2017-01") == "No KPI failed in January 2017. All 41 met their target."
    assert said(kpis("g", 38), kpis("a", 1, "FA"), last="2017-01") == (
        "No KPI failed in January 2017. 38 of 39 met their target; one, in Financial Administration, was below target."
    )


def test_small_contracts_are_counted_in_words_outside_ratios() -> None:
    assert said(kpis("ggg", 5)).endswith(" All five met their target in every month.")
    assert said(kpis("ggg", 2)).endswith(" Both met their target in every month.")
    assert said(kpis("ggg", 1)).endswith(" The one KPI in force met its target in every month.")
    assert said(kpis("ggg", 1), kpis("aaa", 4, "FA")).startswith(
        "No KPI failed between January 2017 and March 2017. 1 of 5 met its target in every month; four, all in "
    )


def test_nothing_in_force_is_said_plainly() -> None:
    ended = [history("ggg", in_force_to=m("2016-12"))]
    assert said(ended) == "No KPI was in force between January 2017 and March 2017."
    assert said([], last="2017-01") == "No KPI was in force in January 2017."


@pytest.mark.parametrize(
    ("failed", "opening"),
    [
        (1, "One KPI failed in January 2017: Name of PM_KPI_01 (PM_KPI_01)."),
        (
            3,
            "Three KPIs failed in January 2017: "
            "Name of PM_KPI_01 (PM_KPI_01), Name of PM_KPI_02 (PM_KPI_02) and Name of PM_KPI_03 (PM_KPI_03).",
        ),
        (4, "Four KPIs failed in January 2017, all in People Management."),
        (12, "12 KPIs failed in January 2017, all in People Management."),
    ],
)
def test_up_to_three_failures_are_named_and_more_counted(failed: int, opening: str) -> None:
    assert said(kpis("g", 20), kpis("r", failed, "PM"), last="2017-01").startswith(opening)


def test_many_failures_are_counted_by_area_the_most_first() -> None:
    rows = kpis("r", 2, "ACF"), kpis("r", 3, "PM"), kpis("r", 2, "FA"), kpis("g", 34)
    assert said(*rows, last="2017-01") == (
        "Seven KPIs failed in January 2017: three in People Management, two in Adult Care Finance and "
        "two in Financial Administration. 34 of 41 met their target."
    )


def test_everything_failing_is_not_softened() -> None:
    assert said(kpis("rrr", 41)) == (
        "41 KPIs failed between January 2017 and March 2017, all in Customer Service Centre. "
        "None of the 41 met its target in every month."
    )


def test_below_target_counts_only_those_that_never_failed() -> None:
    assert said(kpis("ggg", 36), kpis("arg", 1, "PM"), kpis("gga", 3, "IMT")) == (
        "One KPI failed between January 2017 and March 2017: Name of PM_KPI_01 (PM_KPI_01). "
        "Between 37 and 39 of 40 met their target, depending on the month; "
        "three more, all in Information Management Technology, were below target in at least one month."
    )


def test_a_shortfall_of_every_month_says_so() -> None:
    assert said(kpis("ggg", 39), kpis("aaa", 2, "IMT")).endswith(
        " 39 of 41 met their target in every month; "
        "two, both in Information Management Technology, were below target in every month."
    )


def test_two_or_three_areas_are_named_and_more_counted() -> None:
    two = kpis("a", 2, "IMT"), kpis("a", 1, "FA")
    assert "; three, two in Information Management Technology and one in Financial Administration, were below" in said(
        kpis("g", 30), *two, last="2017-01"
    )
    four = kpis("a", 1, "IMT"), kpis("a", 1, "FA"), kpis("a", 1, "PM"), kpis("a", 1, "ACF")
    assert "; four, across four service areas, were below target." in said(kpis("g", 30), *four, last="2017-01")


def test_the_same_count_of_different_kpis_is_not_called_every_month() -> None:
    rows = kpis("ggg", 39), kpis("gag", 1, "IMT"), kpis("agg", 1, "PM"), kpis("gga", 1, "FA")
    assert " 39 of 42 met their target in every month; three, one in " in said(*rows)


def test_kpis_that_come_and_go_are_counted_over_the_months_they_were_in_force() -> None:
    rows = kpis("ggg", 38), [history("ggg", code="FA_KPI_01", due_months=QUARTERLY)], kpis("gag", 1, "PM")
    assert " 39 of 40 met their target in every month they were in force; one, in People " in said(*rows)


def test_relief_is_told_even_where_the_target_was_met() -> None:
    mosaic = relief("2016-12", None, "ACF_KPI_01", "ACF_KPI_02")
    assert said(kpis("ggg", 39), kpis("ggg", 1, "ACF", mosaic)).endswith(
        "All 40 met their target in every month; one, in Adult Care Finance, had mitigation relief but met its target "
        "all the same."
    )
    assert said(kpis("ggg", 39), kpis("ggg", 2, "ACF", mosaic)).endswith(
        "; two, both in Adult Care Finance, had mitigation relief but met their target all the same."
    )
    assert said(kpis("ggg", 39), kpis("ggg", 1, "ACF", mosaic), kpis("rrr", 1, "ACF", mosaic, start=2)).endswith(
        " 40 of 41 met their target in every month; "
        "two, both in Adult Care Finance, had mitigation relief, one of which met its target all the same."
    )


def test_a_blanket_relief_is_not_told_area_by_area() -> None:
    assert said(kpis("rrr", 41, "CSC", relief("2017-01"))) == (
        "No KPI failed between January 2017 and March 2017. "
        "None of the 41 met its target in every month; all 41 had mitigation relief."
    )
    assert said(kpis("r", 1, "CSC", relief("2017-01")), last="2017-01") == (
        "No KPI failed in January 2017. The one KPI in force did not meet its target; it had mitigation relief."
    )


def test_with_figures_missing_the_headline_speaks_only_of_those_reported() -> None:
    assert said(kpis("ggg", 35), kpis("gg-", 6, "PM")) == (
        "On the figures reported so far, no KPI failed between January 2017 and March 2017. "
        "Between 35 and 41 of 41 met their target, depending on the month; "
        "six, all in People Management, are missing in at least one month."
    )
    assert said(kpis("g", 39), kpis("r", 1, "FA"), kpis("-", 1, "PM"), last="2017-01") == (
        "On the figures reported so far, one KPI failed in January 2017: Name of FA_KPI_01 (FA_KPI_01). "
        "39 of 41 met their target; one, in People Management, is missing."
    )


def test_what_was_not_measured_is_not_said_to_be_well() -> None:
    assert said(kpis("g", 39), kpis("n", 2, "CSC", start=40), last="2017-01") == (
        "On the figures there are, no KPI failed in January 2017. "
        "39 of 41 met their target; two, both in Customer Service Centre, were not measured."
    )
    assert said(kpis("g", 39), kpis("r", 1, "FA"), kpis("n", 1, "PM"), last="2017-01").startswith(
        "One KPI failed in January 2017: "
    )


def test_without_any_figure_nothing_is_claimed() -> None:
    assert said(kpis("---", 41)) == (
        "No KPI has a figure for January 2017 to March 2017. All 41 are missing in every month."
    )
    assert said(kpis("-", 38), kpis("n", 3, "PM"), last="2017-01") == (
        "No KPI has a figure for January 2017. 38, all in Customer Service Centre, are missing; "
        "three, all in People Management, were not measured."
    )


@pytest.mark.parametrize(
    ("first", "rest", "last", "ending"),
    [
        ("ggG", "ggG", "2017-03", "; the figures for March 2017 are provisional."),
        ("ggg", "ggG", "2017-03", "; some figures for March 2017 are provisional."),
        ("gGG", "gGG", "2017-03", "; the figures for February 2017 and March 2017 are provisional."),
        ("GGG", "GGG", "2017-03", "; all figures are provisional."),
        ("GGG", "ggg", "2017-03", "; some figures of every month are provisional."),
        ("G", "G", "2017-01", "; all figures are provisional."),
        ("G", "g", "2017-01", "; some figures are provisional."),
        ("ggg", "ggg", "2017-03", " in every month."),
    ],
)
def test_provisional_figures_are_said_to_be_so(first: str, rest: str, last: str, ending: str) -> None:
    assert said(kpis(first, 20), kpis(rest, 21, "FA"), last=last).endswith(ending)


def test_a_repeated_period_says_that_nothing_newer_was_verified() -> None:
    assert said(kpis("g", 41), last="2017-01", is_repeat=True) == (
        "Nothing newer has been verified since the last paper: no KPI failed in January 2017. All 41 met their target."
    )


def test_only_the_review_period_is_told() -> None:
    assert said(kpis("rgr", 41), first="2017-02", last="2017-02") == (
        "No KPI failed in February 2017. All 41 met their target."
    )


@given(st.lists(histories(code="ACF_KPI_03"), max_size=4), st.integers(0, 12), st.integers(0, 4), st.booleans())
def test_whatever_happened_the_headline_is_one_or_two_true_sentences(
    rows: list[KpiHistory], begin: int, length: int, is_repeat: bool
) -> None:
    first: Month = add_months(BEGIN, begin)
    last = add_months(first, length)
    text = headline(rows, first, last, AREAS, is_repeat=is_repeat)
    judged = [one for row in rows for one in row.judgements if first <= one.month <= last]
    has_failed = any(one.contractual is Contractual.BELOW_MINIMUM for one in judged)
    has_figures = any(one.value is not None for one in judged)

    assert re.fullmatch(r"[A-Z][^.]+\.( [A-Z0-9][^.]+\.)?", text)
    assert "  " not in text
    assert " ," not in text
    assert ("no kpi failed" in text.lower()) is (has_figures and not has_failed)
    assert bool(re.search(r"KPIs? failed (?:between|in)", text.replace("o KPI failed", ""))) is has_failed
    assert ("On the figures" in text or "on the figures" in text) <= any(one.value is None for one in judged)
    assert ("mitigation relief" in text) is any(one.relief is not None for one in judged)
    assert ("missing" in text) is any(one.contractual is Contractual.MISSING for one in judged)
