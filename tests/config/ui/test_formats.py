"""Dates and counts read the way look.md asks."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from config.ui import formats

MEETING = date(2018, 3, 29)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.day, "29 March 2018"),
        (formats.day_long, "Thursday 29 March 2018"),
        (formats.day_short, "29 Mar 2018"),
        (formats.month_long, "March 2018"),
        (formats.month_short, "Mar 2018"),
        (formats.iso, "2018-03-29"),
    ],
)
def test_a_date_is_written_out(written: Callable[[date | None], str], expected: str) -> None:
    assert written(MEETING) == expected


@pytest.mark.parametrize("name", ["day", "day_long", "day_short", "month_long", "month_short"])
def test_a_date_that_is_not_there_is_a_dash(name: str) -> None:
    assert formats.FILTERS[name](None) == "—"


def test_every_weekday_has_its_name() -> None:
    week = [formats.day_long(date(2018, 3, day)).split()[0] for day in range(26, 33 - 1)]
    assert week == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    assert formats.day_long(date(2018, 4, 1)) == "Sunday 1 April 2018"


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        (1, ("month",), "1 month"),
        (0, ("month",), "0 months"),
        (15000, ("project",), "15,000 projects"),
        (2, ("reply", "replies"), "2 replies"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, words: tuple[str, ...], expected: str) -> None:
    assert formats.plural(count, *words) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (113, "113th")],
)
def test_an_ordinal_is_a_word_while_it_is_short(number: int, expected: str) -> None:
    assert formats.ordinal(number) == expected


def test_an_instant_is_told_on_the_office_clock() -> None:
    assert formats.moment(datetime(2018, 6, 14, 23, 5, tzinfo=UTC)) == "15 Jun 2018, 00:05"
    assert formats.moment(datetime(2018, 1, 14, 9, 5, tzinfo=UTC)) == "14 Jan 2018, 09:05"
    assert formats.moment(None) == "—"
