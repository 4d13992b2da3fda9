"""Months: their arithmetic, their number in a contract, how they are read and written."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import (
    ALL_MONTHS,
    Month,
    MonthNotUnderstood,
    add_months,
    contract_month,
    day_long,
    day_short,
    last_ended,
    last_owed,
    mask_of,
    month_end,
    month_key,
    month_long,
    month_of,
    month_range,
    month_short,
    months_between,
    months_of,
    parse_month,
    span_long,
)

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
MONTHS = DAYS.map(month_of)


def month(key: str) -> Month:
    return Month(date.fromisoformat(f"{key}-01"))


def test_the_month_of_an_instant_is_a_plain_date() -> None:
    found = month_of(datetime(2018, 3, 29, 23, 59))  # noqa: DTZ001 - spreadsheets hold naive instants
    assert found == date(2018, 3, 1)
    assert type(found) is date


@pytest.mark.parametrize(
    ("first", "n", "last"),
    [
        ("2017-11", 0, "2017-11"),
        ("2017-11", 1, "2017-12"),
        ("2017-12", 1, "2018-01"),
        ("2018-01", -1, "2017-12"),
        ("2017-11", 14, "2019-01"),
        ("2018-12", -24, "2016-12"),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(first: str, n: int, last: str) -> None:
    assert add_months(month(first), n) == month(last)
    assert months_between(month(first), month(last)) == n


@given(MONTHS, st.integers(-600, 600))
def test_adding_months_and_taking_them_away_comes_back(start: Month, n: int) -> None:
    assert add_months(add_months(start, n), -n) == start
    assert months_between(start, add_months(start, n)) == n
    assert add_months(start, n).day == 1


def test_a_range_holds_both_of_its_ends() -> None:
    assert month_range(month("2017-11"), month("2018-01")) == (month("2017-11"), month("2017-12"), month("2018-01"))
    assert month_range(month("2018-03"), month("2018-03")) == (month("2018-03"),)


def test_a_range_that_ends_before_it_begins_is_empty() -> None:
    assert month_range(month("2018-03"), month("2018-02")) == ()


@pytest.mark.parametrize(("key", "day"), [("2018-01", 31), ("2018-02", 28), ("2020-02", 29), ("2018-04", 30)])
def test_a_month_ends_on_its_last_day(key: str, day: int) -> None:
    assert month_end(month(key)) == month(key).replace(day=day)


@given(MONTHS)
def test_the_day_after_a_months_end_begins_the_next_month(start: Month) -> None:
    assert month_end(start) + timedelta(days=1) == add_months(start, 1)


@pytest.mark.parametrize(
    ("key", "number"),
    [("2015-04", 1), ("2015-03", 0), ("2017-11", 32), ("2018-01", 34), ("2021-08", 77), ("2021-12", 81)],
)
def test_the_month_of_commencement_is_contract_month_1(key: str, number: int) -> None:
    assert contract_month(month(key), commences_on=date(2015, 4, 1)) == number


def test_a_contract_that_commences_in_mid_month_counts_that_month() -> None:
    assert contract_month(month("2015-04"), commences_on=date(2015, 4, 30)) == 1


@pytest.mark.parametrize(
    "written",
    [
        "2018-03",
        "2018-3",
        "2018-03-29",
        "Mar-18",
        "mar-18",
        "March-18",
        "Mar-2018",
        "March 2018",
        "MARCH  2018 ",
        "Mar 2018",
        "\u00a0March\u00a02018",
        date(2018, 3, 29),
        datetime(2018, 3, 31, 12, 30),  # noqa: DTZ001 - spreadsheets hold naive instants
    ],
)
def test_a_month_is_understood_as_sheets_and_people_write_it(written: str | date) -> None:
    understood = parse_month(written)
    assert understood == date(2018, 3, 1)
    assert type(understood) is date


def test_september_is_understood_in_either_short_form() -> None:
    assert parse_month("Sep-17") == parse_month("Sept 2017") == month("2017-09")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2018",
        "2018-13",
        "2018-00",
        "2018-02-30",
        "0000-03",
        "18-03",
        "03/2018",
        "03/18",
        "March 18",
        "29 March 2018",
        "Marc 2018",
        "Smarch 2018",
        "March",
        "2018-03 provisional",
        "２０１８-03",
        "2018-٠٣",
    ],
)
def test_anything_else_is_no_month_and_the_refusal_says_what_would_be_right(written: str) -> None:
    with pytest.raises(MonthNotUnderstood, match="write it as 2018-03"):
        parse_month(written)


def test_the_refusal_of_a_long_text_stays_short() -> None:
    with pytest.raises(MonthNotUnderstood) as refusal:
        parse_month("x" * 100_000)
    assert len(str(refusal.value)) < 150


@given(MONTHS)
def test_every_written_form_of_a_month_reads_back(start: Month) -> None:
    assert parse_month(month_key(start)) == start
    assert parse_month(month_short(start)) == start
    assert parse_month(month_long(start)) == start


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_month_or_not_understood(written: str) -> None:
    try:
        understood = parse_month(written)
    except MonthNotUnderstood:
        return
    assert understood.day == 1


def test_months_and_days_are_written_as_files_tables_and_sentences_want_them() -> None:
    march = month("2018-03")
    assert (month_key(march), month_short(march), month_long(march)) == ("2018-03", "Mar 2018", "March 2018")
    assert month_short(month("2017-09")) == "Sep 2017"
    assert day_long(date(2018, 3, 29)) == "Thursday 29 March 2018"
    assert day_short(date(2018, 3, 29)) == "29 Mar 2018"
    assert day_long(date(2017, 10, 1)) == "Sunday 1 October 2017"


def test_a_span_names_both_months_and_a_single_month_alone() -> None:
    assert span_long(month("2017-11"), month("2018-01")) == "November 2017 to January 2018"
    assert span_long(month("2018-03"), month("2018-03")) == "March 2018"


def test_bit_zero_of_a_mask_is_january() -> None:
    assert mask_of(frozenset({1})) == 1
    assert mask_of(frozenset({3, 6, 9, 12})) == 0b1001_0010_0100
    assert mask_of(ALL_MONTHS) == 4095


@given(st.frozensets(st.integers(1, 12)))
def test_a_mask_gives_back_its_months(months: frozenset[int]) -> None:
    assert months_of(mask_of(months)) == months


@pytest.mark.parametrize("months", [frozenset({0}), frozenset({13}), frozenset({3, -1})])
def test_a_month_outside_the_year_has_no_mask(months: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="from 1 to 12"):
        mask_of(months)


@pytest.mark.parametrize("mask", [-1, 4096])
def test_a_number_beyond_twelve_bits_is_no_mask(mask: int) -> None:
    with pytest.raises(ValueError, match="no mask"):
        months_of(mask)


@pytest.mark.parametrize(
    ("ends_on", "last"),
    [(None, "2018-02"), (date(2018, 3, 31), "2018-02"), (date(2018, 2, 1), "2018-02"), (date(2017, 12, 31), "2017-12")],
)
def test_the_last_month_owed_has_ended_and_lies_within_the_contract(ends_on: date | None, last: str) -> None:
    assert last_owed(ends_on, date(2018, 3, 14)) == month(last)


@pytest.mark.parametrize(
    ("on", "last"),
    [(date(2018, 3, 1), "2018-02"), (date(2018, 3, 31), "2018-02"), (date(2018, 1, 1), "2017-12")],
)
def test_a_month_has_ended_from_the_first_day_of_the_next(on: date, last: str) -> None:
    assert last_ended(on) == month(last)
