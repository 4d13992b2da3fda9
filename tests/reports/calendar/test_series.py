"""A rule in plain words gives the days it says, and every one of them is looked at before it is planned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendars import england
from reports.rules.series import Flag, Ordinal, Series, SeriesNotPossible, propose

THURSDAY = 3
ON = date(2018, 3, 14)
DAYS = st.dates(date(2010, 1, 1), date(2028, 12, 31))


def thursdays(first: date, last: date, *skipped: int, every: int = 1) -> Series:
    return Series(Ordinal.LAST, THURSDAY, first, last, frozenset(skipped), every)


def test_the_last_thursday_of_each_month_but_not_august_is_what_it_says() -> None:
    series = thursdays(date(2018, 4, 1), date(2018, 12, 31), 8)
    assert [day.isoformat() for day in series.days()] == [
        "2018-04-26", "2018-05-31", "2018-06-28", "2018-07-26", "2018-09-27", "2018-10-25", "2018-11-29", "2018-12-27",
    ]  # fmt: skip
    assert series.in_words() == "Last Thursday of each month, not August, from 1 April 2018 to 31 December 2018"


def test_the_ends_belong_to_the_series_and_a_day_beyond_them_does_not() -> None:
    assert thursdays(date(2018, 4, 26), date(2018, 5, 31)).days() == (date(2018, 4, 26), date(2018, 5, 31))
    assert thursdays(date(2018, 4, 27), date(2018, 5, 30)).days() == ()


def test_a_month_left_out_moves_no_other_meeting() -> None:
    every_second = thursdays(date(2018, 4, 1), date(2018, 12, 31), every=2).days()
    without_june = thursdays(date(2018, 4, 1), date(2018, 12, 31), 6, every=2).days()
    assert [day.month for day in every_second] == [4, 6, 8, 10, 12]
    assert [day.month for day in without_june] == [4, 8, 10, 12]


def test_words_name_every_month_left_out_and_how_often() -> None:
    words = thursdays(date(2018, 4, 1), date(2018, 12, 31), 8, 1, 12, every=3).in_words()
    assert words.startswith("Last Thursday of every third month, not January, August or December, from")


@pytest.mark.parametrize(
    ("first", "last", "every", "field"),
    [
        (date(2018, 4, 2), date(2018, 4, 1), 1, "last"),
        (date(2018, 4, 2), date(2200, 4, 1), 1, "last"),
        (date(2018, 4, 2), date(2018, 5, 1), 0, "every"),
    ],
)
def test_a_rule_that_cannot_be_followed_names_what_is_in_the_way(
    first: date, last: date, every: int, field: str
) -> None:
    with pytest.raises(SeriesNotPossible) as refusal:
        thursdays(first, last, every=every)
    assert refusal.value.field == field


@given(
    st.sampled_from(Ordinal),
    st.integers(0, 6),
    DAYS,
    st.integers(0, 1500),
    st.frozensets(st.integers(1, 12), max_size=11),
    st.integers(1, 12),
)
def test_always_that_weekday_never_in_a_month_left_out_never_two_a_month(
    ordinal: Ordinal, weekday: int, first: date, span: int, skipped: frozenset[int], every: int
) -> None:
    last = first + timedelta(days=span)
    days = Series(ordinal, weekday, first, last, skipped, every).days()
    assert all(day.weekday() == weekday and day.month not in skipped and first <= day <= last for day in days)
    assert list(days) == sorted(days)
    months = [(day.year, day.month) for day in days]
    assert len(set(months)) == len(months)
    assert all(((year - first.year) * 12 + month - first.month) % every == 0 for year, month in months)
    for day in days:
        place = (day.day - 1) // 7 + 1
        if ordinal is Ordinal.LAST:
            assert (day + timedelta(days=7)).month != day.month
        else:
            assert place == ordinal


@given(DAYS, st.integers(0, 700))
def test_every_month_between_has_its_meeting(first: date, span: int) -> None:
    last = first + timedelta(days=span)
    whole = {
        (day.year, day.month)
        for day in (first + timedelta(days=number) for number in range(span + 1))
        if day.day == 1 and (day + timedelta(days=31)).replace(day=1) - timedelta(days=1) <= last
    }
    assert whole <= {(day.year, day.month) for day in Series(Ordinal.SECOND, 1, first, last).days()}


def test_each_day_bears_the_gravest_thing_that_speaks_against_it() -> None:
    own = {date(2018, 12, 24): "Christmas Eve"}
    days = (
        date(2018, 3, 1),
        date(2018, 3, 29),
        date(2018, 3, 30),
        date(2018, 4, 28),
        date(2018, 4, 26),
        date(2018, 12, 24),
        date(2029, 1, 25),
    )
    found = propose(days, frozenset({date(2018, 3, 29)}), own, england(own), ON)
    assert [(each.flag, each.is_free, each.is_chosen) for each in found] == [
        (Flag.PAST, True, False),
        (Flag.TAKEN, False, False),
        (Flag.CLOSED, True, False),
        (Flag.CLOSED, True, False),
        (None, True, True),
        (Flag.CLOSED, True, False),
        (Flag.UNKNOWN, True, False),
    ]
    assert [each.words for each in found if each.flag is Flag.CLOSED] == [
        "Bank holiday",
        "Weekend",
        "The council is closed: Christmas Eve",
    ]
