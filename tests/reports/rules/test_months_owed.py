"""Every month has its operational report, from the first one on, whatever the clock did meanwhile."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, add_months, month_end, month_of, month_range
from reports.rules.months_owed import months_owed
from tests.kpis.rules.builders import m

BEGAN = date(2015, 4, 1)
TODAY = date(2018, 3, 14)


@pytest.mark.parametrize(
    ("latest", "owed"),
    [
        (None, ("2018-02",)),
        ("2018-01", ("2018-02",)),
        ("2018-02", ()),
        ("2017-11", ("2017-12", "2018-01", "2018-02")),
        ("2018-04", ()),
    ],
    ids=["none yet: the last month alone", "the next", "all there", "the clock stood still", "the clock went back"],
)
def test_the_series_goes_on_after_the_last_one_and_begins_with_the_last_month(
    latest: str | None, owed: tuple[str, ...]
) -> None:
    found = months_owed(m(latest) if latest else None, (), BEGAN, None, TODAY)
    assert found == tuple(m(month) for month in owed)


def test_a_month_that_failed_is_owed_anew_beside_the_next() -> None:
    assert months_owed(m("2018-01"), [m("2017-06")], BEGAN, None, TODAY) == (m("2017-06"), m("2018-02"))


@pytest.mark.parametrize(
    ("commences_on", "ends_on", "latest", "owed"),
    [
        (date(2018, 3, 1), None, None, ()),
        (date(2018, 2, 12), None, None, ("2018-02",)),
        (BEGAN, date(2018, 1, 31), None, ()),
        (BEGAN, date(2018, 1, 31), "2017-12", ("2018-01",)),
        (BEGAN, date(2018, 2, 10), "2018-01", ("2018-02",)),
    ],
    ids=["its first month runs", "begun within the month", "over before the first", "over", "ended within the month"],
)
def test_no_month_outside_the_contracts_time_is_owed(
    commences_on: date, ends_on: date | None, latest: str | None, owed: tuple[str, ...]
) -> None:
    found = months_owed(m(latest) if latest else None, (), commences_on, ends_on, TODAY)
    assert found == tuple(m(month) for month in owed)


@given(st.dates(date(2015, 5, 1), date(2030, 1, 1)), st.lists(st.integers(0, 400), max_size=12))
def test_however_the_clock_jumps_each_month_since_the_first_is_owed_once(start: date, jumps: list[int]) -> None:
    written: list[Month] = []
    on = start
    for days in [0, *sorted(jumps)]:
        on = date.fromordinal(start.toordinal() + days)
        owed = months_owed(written[-1] if written else None, (), BEGAN, None, on)
        assert all(month_end(month) < on for month in owed)
        written.extend(owed)
    assert written == list(month_range(add_months(month_of(start), -1), add_months(month_of(on), -1)))
