"""Rates over several months are pooled from their parts, or there is none."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months
from kpis.rules.figures import Unit, round_half_up
from kpis.rules.pooling import pool, pooled_spans
from kpis.rules.status import Judgement, Reading, judge_history
from tests.kpis.rules.builders import m, terms
from tests.kpis.rules.test_signal.points import decimals

Rate = tuple[int, int]


def judged(first: str, *rates: Rate | str | None, **changes: Any) -> tuple[Judgement, ...]:
    """A rate, a printed figure, or nothing, a month."""
    begin = m(first)
    readings = {}
    for place, rate in enumerate(rates):
        if isinstance(rate, str):
            readings[add_months(begin, place)] = Reading(value=Decimal(rate))
        elif rate is not None:
            readings[add_months(begin, place)] = Reading(numerator=Decimal(rate[0]), denominator=Decimal(rate[1]))
    return judge_history(terms(**changes), readings, (), begin, add_months(begin, len(rates) - 1)).judgements


def test_nine_hundred_of_a_thousand_and_forty_five_of_a_hundred_are_85_91_percent() -> None:
    pooled = pool([(Decimal(900), Decimal(1000)), (Decimal(45), Decimal(100))], Unit.PERCENT)
    assert pooled is not None
    assert [round_half_up(pooled.value, 2), pooled.numerator, pooled.denominator] == decimals("85.91", 945, 1100)


def test_days_are_pooled_without_a_hundred() -> None:
    pooled = pool([(Decimal(30), Decimal(10)), (Decimal(5), Decimal(1))], Unit.DAYS)
    assert pooled is not None
    assert round_half_up(pooled.value, 2) == Decimal("3.18")


@pytest.mark.parametrize(
    "rates",
    [
        [(Decimal(9), Decimal(10)), (None, None)],
        [(Decimal(9), None)],
        [(None, Decimal(10))],
        [],
        [(Decimal(0), Decimal(0))],
    ],
)
def test_where_a_part_is_missing_nothing_is_averaged(rates: list[tuple[Decimal | None, Decimal | None]]) -> None:
    assert pool(rates, Unit.PERCENT) is None


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=12))
def test_a_pooled_rate_lies_between_the_lowest_and_the_highest(rates: list[Rate]) -> None:
    pooled = pool([(Decimal(part), Decimal(whole)) for part, whole in rates], Unit.DAYS)
    assert pooled is not None
    each = [round_half_up(Decimal(part) / whole, 12) for part, whole in rates]
    assert min(each) <= round_half_up(pooled.value, 12) <= max(each)


def test_the_spans_end_with_the_latest_figure() -> None:
    spans = pooled_spans(judged("2017-02", *[(9, 10)] * 13, None), Unit.PERCENT)
    assert [(span.name, span.first, span.last) for span in spans] == [
        ("Last three months", m("2017-12"), m("2018-02")),
        ("Last twelve months", m("2017-03"), m("2018-02")),
        ("Financial year to date", m("2017-04"), m("2018-02")),
    ]
    assert {span.pooled and span.pooled.value for span in spans} == {Decimal(90)}


def test_a_financial_year_begins_in_april() -> None:
    spans = pooled_spans(judged("2016-03", *[(9, 10)] * 14), Unit.PERCENT)
    assert "Financial year to date" not in [span.name for span in spans]  # April alone would be one month
    spans = pooled_spans(judged("2016-03", *[(9, 10)] * 15), Unit.PERCENT)
    assert [span.first for span in spans if span.name == "Financial year to date"] == [m("2017-04")]


def test_a_span_that_reaches_before_the_record_is_left_out() -> None:
    spans = pooled_spans(judged("2017-10", *[(9, 10)] * 5), Unit.PERCENT)
    assert [span.name for span in spans] == ["Last three months"]


def test_a_printed_figure_names_its_month_and_no_rate_is_made_up() -> None:
    (last,) = pooled_spans(judged("2017-12", (9, 10), "90", (9, 10)), Unit.PERCENT)
    assert (last.pooled, last.without) == (None, (m("2018-01"),))


def test_a_kpi_without_rates_has_no_spans() -> None:
    assert pooled_spans(judged("2017-10", "90", "91", "92", "93"), Unit.PERCENT) == ()
    assert pooled_spans(judged("2017-10", None, None, None, None), Unit.PERCENT) == ()


def test_a_span_with_one_month_due_is_left_out() -> None:
    quarterly = judged("2017-01", *[(9, 10)] * 15, due_months=frozenset({3, 6, 9, 12}))
    names = [span.name for span in pooled_spans(quarterly, Unit.PERCENT)]
    assert "Last three months" not in names
    assert "Financial year to date" in names
