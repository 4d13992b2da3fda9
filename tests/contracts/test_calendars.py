"""England's calendar: the published clear days, the holidays that moved, the years nobody knows."""

import csv
from datetime import date
from pathlib import Path

import pytest
from holidays import country_holidays

from contracts.calendars import UnitedKingdom, england
from contracts.rules.calendar import YearNotKnown, clear_days, publish_by

ORACLE = Path(__file__).parents[1] / "data" / "oracles" / "clear_days.csv"
ROWS = list(csv.DictReader(ORACLE.read_text(encoding="utf-8").splitlines()))


def test_the_oracle_has_rows() -> None:
    assert len(ROWS) >= 9


def test_england_read_by_itself_has_the_holidays_that_the_whole_library_gives() -> None:
    years = range(2000, 2040)
    assert dict(UnitedKingdom(subdiv="ENG", years=years)) == dict(country_holidays("GB", subdiv="ENG", years=years))


@pytest.mark.parametrize("row", ROWS, ids=[row["meeting_on"] for row in ROWS])
def test_a_meeting_is_published_with_the_clear_days_of_the_oracle(row: dict[str, str]) -> None:
    meeting_on = date.fromisoformat(row["meeting_on"])
    counted = tuple(date.fromisoformat(day) for day in row["clear_days_counted"].split())
    assert clear_days(meeting_on, england()) == counted
    assert publish_by(meeting_on, england()) == date.fromisoformat(row["publish_by"])


@pytest.mark.parametrize(
    ("holiday", "why"),
    [
        (date(2011, 4, 29), "a royal wedding"),
        (date(2012, 6, 5), "a jubilee"),
        (date(2020, 5, 8), "May Day, moved to the Friday"),
        (date(2021, 12, 28), "a substitute for Boxing Day"),
        (date(2022, 6, 3), "a jubilee"),
        (date(2022, 9, 19), "a state funeral"),
        (date(2023, 5, 8), "a coronation"),
    ],
)
def test_a_holiday_of_one_year_is_closed(holiday: date, why: str) -> None:
    assert not england().is_working_day(holiday), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 5, 4), "May Day had moved away from it"),
        (date(2012, 5, 28), "the spring holiday had moved away from it"),
        (date(2022, 5, 30), "the spring holiday had moved away from it"),
        (date(2018, 1, 2), "a holiday in Scotland"),
        (date(2018, 8, 6), "a holiday in Scotland"),
        (date(2018, 7, 12), "a holiday in Northern Ireland"),
        (date(2018, 12, 24), "some councils close on it, England does not"),
    ],
)
def test_a_day_that_is_no_holiday_in_england_is_worked(day: date, why: str) -> None:
    assert england().is_working_day(day), why


def test_a_day_the_council_closes_pushes_publication_back() -> None:
    christmas_eve = date(2018, 12, 24)
    meeting_on = date(2019, 1, 3)
    assert publish_by(meeting_on, england()) == date(2018, 12, 21)
    assert publish_by(meeting_on, england(closed=[christmas_eve])) == date(2018, 12, 20)
    assert england().is_working_day(christmas_eve)


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2029, 1, 1)])
def test_the_years_end_where_nobody_knows_the_holidays(day: date) -> None:
    with pytest.raises(YearNotKnown):
        england().is_working_day(day)
    assert england(first_year=2009, last_year=2029).is_working_day(date(2009, 12, 31))


def test_the_same_calendar_is_made_once() -> None:
    assert england(closed=[date(2018, 12, 24)]) is england(closed={date(2018, 12, 24)})
