"""Working days, clear days and the dates before a meeting, on a small calendar made for the purpose."""

from dataclasses import astuple, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.calendar import (
    Offsets,
    WorkingCalendar,
    YearNotKnown,
    clear_days,
    data_due_if_known,
    data_due_on,
    meeting_dates,
    publish_by,
)
from contracts.rules.months import Month

GOOD_FRIDAY = date(2018, 3, 30)
EASTER_MONDAY = date(2018, 4, 2)
CALENDAR = WorkingCalendar(closed=frozenset({GOOD_FRIDAY, EASTER_MONDAY}), first_year=2017, last_year=2019)

THURSDAY = date(2018, 3, 29)
SATURDAY = date(2018, 3, 31)
TUESDAY = date(2018, 4, 3)

# Far enough from the ends of the calendar for any shift below to stay inside it.
DAYS = st.dates(min_value=date(2017, 7, 1), max_value=date(2019, 6, 30))
WORKING_DAYS = DAYS.filter(CALENDAR.is_working_day)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [(THURSDAY, True), (GOOD_FRIDAY, False), (SATURDAY, False), (date(2018, 4, 1), False), (TUESDAY, True)],
)
def test_weekends_and_closed_days_are_no_working_days(day: date, is_working: bool) -> None:
    assert CALENDAR.is_working_day(day) is is_working


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (THURSDAY, 1, TUESDAY),
        (TUESDAY, -1, THURSDAY),
        (THURSDAY, 2, date(2018, 4, 4)),
        (SATURDAY, 1, TUESDAY),
        (SATURDAY, -1, THURSDAY),
        (SATURDAY, 0, SATURDAY),
    ],
)
def test_shifting_steps_over_days_that_are_not_worked(day: date, n: int, found: date) -> None:
    assert CALENDAR.shift(day, n) == found


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (THURSDAY, THURSDAY, 0),
        (THURSDAY, TUESDAY, 1),
        (TUESDAY, THURSDAY, -1),
        (THURSDAY, SATURDAY, 0),
        (SATURDAY, TUESDAY, 1),
        (SATURDAY, THURSDAY, -1),
        (date(2018, 3, 19), date(2018, 3, 21), 2),
    ],
)
def test_working_days_between_leave_out_the_first_day(first: date, last: date, days: int) -> None:
    assert CALENDAR.working_days_between(first, last) == days


@given(DAYS, st.integers(-60, 60))
def test_the_working_days_between_undo_a_shift(day: date, n: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.shift(day, n)) == n


@given(WORKING_DAYS, st.integers(-60, 60))
def test_a_shift_and_its_inverse_come_back_to_a_working_day(day: date, n: int) -> None:
    assert CALENDAR.shift(CALENDAR.shift(day, n), -n) == day


@given(DAYS, st.integers(1, 60))
def test_a_shift_lands_on_a_working_day_in_its_direction(day: date, n: int) -> None:
    later, earlier = CALENDAR.shift(day, n), CALENDAR.shift(day, -n)
    assert earlier < day < later
    assert CALENDAR.is_working_day(later)
    assert CALENDAR.is_working_day(earlier)


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2020, 1, 1)])
def test_a_year_without_holidays_is_refused(day: date) -> None:
    known = date(2018, 1, 2)
    for ask in (
        lambda: CALENDAR.is_working_day(day),
        lambda: CALENDAR.shift(day, 0),
        lambda: CALENDAR.working_days_between(known, day),
        lambda: CALENDAR.working_days_between(day, known),
    ):
        with pytest.raises(YearNotKnown, match=f"{day.year}: the calendar knows 2017 to 2019"):
            ask()


def test_a_shift_that_leaves_the_known_years_is_refused() -> None:
    with pytest.raises(YearNotKnown):
        CALENDAR.shift(date(2017, 1, 2), -1)
    with pytest.raises(YearNotKnown):
        CALENDAR.shift(date(2019, 12, 31), 1)


@given(DAYS, st.integers(0, 15))
def test_clear_days_lie_strictly_between_publication_and_meeting(meeting_on: date, days: int) -> None:
    published_on = publish_by(meeting_on, CALENDAR, days)
    between = [published_on + timedelta(days=n) for n in range(1, (meeting_on - published_on).days)]
    assert clear_days(meeting_on, CALENDAR, days) == tuple(day for day in between if CALENDAR.is_working_day(day))
    assert len(clear_days(meeting_on, CALENDAR, days)) == days
    assert CALENDAR.is_working_day(published_on)


@given(DAYS)
def test_another_closed_day_never_allows_a_later_publication(meeting_on: date) -> None:
    by = publish_by(meeting_on, CALENDAR)
    closed_more = replace(CALENDAR, closed=CALENDAR.closed | {by})
    assert publish_by(meeting_on, closed_more) < by


def test_data_are_due_ten_working_days_after_the_month_ends() -> None:
    assert data_due_on(Month(date(2018, 2, 1)), CALENDAR) == date(2018, 3, 14)


def test_a_month_that_ends_on_a_weekend_counts_from_the_monday_on() -> None:
    assert data_due_on(Month(date(2018, 6, 1)), CALENDAR, working_days=1) == date(2018, 7, 2)


def test_the_dates_of_a_meeting_are_worked_back_from_it() -> None:
    dates = meeting_dates(THURSDAY, Month(date(2018, 1, 1)), CALENDAR, Offsets())
    assert astuple(dates) == (
        date(2018, 2, 14),  # data due
        date(2018, 3, 14),  # draft: five working days before publication
        date(2018, 3, 19),  # sign-off: two
        date(2018, 3, 20),  # with the clerk: one
        date(2018, 3, 21),  # publication
        date(2018, 3, 28),  # addendum cut-off
        THURSDAY,
    )


def test_every_offset_of_a_meeting_can_be_set() -> None:
    offsets = Offsets(data_due=1, draft=4, sign_off=3, with_clerk=2, clear_days=3, addendum_cut_off=0)
    dates = meeting_dates(THURSDAY, Month(date(2018, 2, 1)), CALENDAR, offsets)
    assert astuple(dates) == (
        date(2018, 3, 1),
        date(2018, 3, 19),
        date(2018, 3, 20),
        date(2018, 3, 21),
        date(2018, 3, 23),
        THURSDAY,
        THURSDAY,
    )


@given(DAYS)
def test_the_dates_of_a_meeting_stand_in_the_order_of_the_work(meeting_on: date) -> None:
    dates = meeting_dates(meeting_on, Month(date(2018, 1, 1)), CALENDAR, Offsets())
    chain = astuple(dates)[1:]
    assert list(chain) == sorted(set(chain))


def test_the_due_day_is_nothing_in_a_year_that_the_calendar_does_not_hold() -> None:
    assert data_due_if_known(Month(date(2018, 2, 1)), CALENDAR, 10) == date(2018, 3, 14)
    assert data_due_if_known(Month(date(2019, 12, 1)), CALENDAR, 10) is None
