"""Which months an addendum tells, and in which words it says why: on the edges, without a database."""

from datetime import date

import pytest

from contracts.rules.months import Month, month_range, parse_month
from reports.rules.addenda import (
    NewMonth,
    asked_late_in_words,
    lateness_in_words,
    months_to_tell,
    told_in_words,
    why_written,
)
from reports.rules.exceptions import EarlierFailures

JANUARY, FEBRUARY, MARCH, APRIL = month_range(parse_month("2018-01"), parse_month("2018-04"))
OWING = month_range(parse_month("2017-08"), APRIL)
FROZEN_ON = date(2018, 3, 20)
IN_TIME = NewMonth(FEBRUARY, date(2018, 3, 14), True, date(2018, 3, 22), True)


@pytest.mark.parametrize(
    ("tellable", "meeting_on", "told"),
    [
        ([], date(2018, 3, 29), []),
        ([JANUARY], date(2018, 3, 29), []),
        ([FEBRUARY], date(2018, 3, 29), [FEBRUARY]),
        ([FEBRUARY, MARCH], date(2018, 4, 26), [FEBRUARY, MARCH]),
        ([MARCH], date(2018, 4, 26), []),
        ([FEBRUARY, APRIL], date(2018, 5, 31), [FEBRUARY]),
        ([FEBRUARY, MARCH], date(2018, 3, 31), [FEBRUARY]),
        ([FEBRUARY, MARCH], date(2018, 4, 1), [FEBRUARY, MARCH]),
    ],
    ids=[
        "nothing is known",
        "what is told is not new",
        "the next month",
        "several together",
        "a month that waits holds back the next",
        "as far as there is no gap",
        "a month that ends on the day of the meeting has not ended before it",
        "a month that ended the day before",
    ],
)
def test_the_months_told_follow_each_other_and_end_before_the_meeting(
    tellable: list[Month], meeting_on: date, told: list[Month]
) -> None:
    assert list(months_to_tell(JANUARY, OWING, tellable, meeting_on)) == told


def test_a_month_for_which_nothing_is_owed_holds_nothing_back() -> None:
    assert months_to_tell(JANUARY, [JANUARY, APRIL], [APRIL], date(2018, 5, 31)) == (APRIL,)


def test_it_says_what_was_verified_when_and_after_what() -> None:
    assert why_written([IN_TIME], FROZEN_ON) == (
        "February 2018 was verified on 22 March 2018, after the exception report had gone to the clerk on 20 March "
        "2018."
    )


def test_several_months_stand_in_one_sentence_with_their_days() -> None:
    march = NewMonth(MARCH, date(2018, 4, 17), True, date(2018, 4, 18), True)
    assert why_written([IN_TIME, march], FROZEN_ON) == (
        "February 2018 and March 2018 were verified on 22 March 2018 and 18 April 2018, after the exception report had "
        "gone to the clerk on 20 March 2018."
    )


def test_what_was_verified_before_the_report_went_out_is_not_said_to_have_come_after_it() -> None:
    early = NewMonth(FEBRUARY, None, True, date(2018, 3, 16))
    assert why_written([early], FROZEN_ON) == (
        "February 2018 was verified on 16 March 2018, when the months of the exception report had been settled already."
    )
    assert "on" not in why_written([NewMonth(FEBRUARY, None, True)], FROZEN_ON).split("verified")[1].split(",")[0]


def test_a_provisional_month_says_so_and_why_it_does_not_wait() -> None:
    month = NewMonth(FEBRUARY, None, False, declared_on=date(2018, 3, 22), reason="The Chair asked for it. ")
    assert why_written([month], FROZEN_ON) == (
        "February 2018 is not verified yet, and its figures are provisional. It was declared publishable as such on "
        "22 March 2018, because it does not wait: The Chair asked for it."
    )


def test_the_reason_for_lateness_follows_from_the_dates() -> None:
    assert lateness_in_words([IN_TIME]) == (
        "February 2018’s figures fell due on 14 March 2018 and were verified on 22 March 2018, after the report had "
        "gone to the clerk."
    )
    assert lateness_in_words([NewMonth(FEBRUARY, None, False)]) == (
        "February 2018’s figures were not verified when this was written."
    )


@pytest.mark.parametrize("reason", ["A member asked", " A member asked. "])
def test_one_that_was_asked_for_late_prints_the_reason(reason: str) -> None:
    assert asked_late_in_words(date(2018, 3, 29), date(2018, 3, 28), reason) == (
        "It was asked for on 29 March 2018, after the cut-off day for addenda, 28 March 2018: A member asked."
    )


@pytest.mark.parametrize(
    ("month", "corrected", "words"),
    [
        ("2017-10", False, "October 2017: no below minimum, reported on 29 March 2018"),
        ("2017-11", False, "November 2017: no below minimum, told in the report"),
        ("2018-01", True, "January 2018: no below minimum, told in the report; figures corrected since"),
        ("2018-02", False, "February 2018: no below minimum, told in an addendum before this one"),
    ],
)
def test_what_was_told_before_says_where(month: str, corrected: bool, words: str) -> None:
    failures = EarlierFailures(parse_month(month), (), date(2018, 3, 29))
    assert told_in_words(failures, parse_month("2017-11"), JANUARY, is_corrected=corrected) == words
