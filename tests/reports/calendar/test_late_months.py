"""Which months come too late for a report, and what can still tell them."""

from datetime import date

import pytest

from contracts.calendars import england
from contracts.rules.calendar import MeetingDates, Offsets, meeting_dates
from contracts.rules.months import Month
from reports.rules.late_months import MonthFact, expected_month, warnings_of

CALENDAR = england()
MARCH_29 = date(2018, 3, 29)
JANUARY, FEBRUARY = Month(date(2018, 1, 1)), Month(date(2018, 2, 1))
DATES = meeting_dates(MARCH_29, JANUARY, CALENDAR, Offsets())


def january(*, is_verified: bool = True) -> MonthFact:
    return MonthFact(JANUARY, date(2018, 2, 14), is_verified, date(2018, 2, 20) if is_verified else None, ("IMT",))


def february(verified_on: date | None = None) -> MonthFact:
    return MonthFact(FEBRUARY, date(2018, 3, 14), verified_on is not None, verified_on)


def test_february_fell_due_on_the_day_of_the_draft_so_january_is_the_last_month_expected() -> None:
    assert expected_month([january(), february()], DATES.draft_on) == JANUARY
    assert expected_month([january(), february(date(2018, 3, 12))], DATES.draft_on) == FEBRUARY
    assert expected_month([], DATES.draft_on) is None


def warned(*facts: MonthFact, on: date, dates: MeetingDates = DATES, is_frozen: bool = False) -> list[tuple[str, bool]]:
    found = warnings_of(facts, JANUARY, dates, on, is_frozen=is_frozen)
    return [(each.words, each.addendum_tells) for each in found]


def test_february_is_warned_of_with_its_day_and_the_addendum_that_tells_it() -> None:
    assert warned(january(), february(), on=date(2018, 3, 14)) == [
        (
            "February 2018 falls due on Wednesday 14 March 2018, on the day the draft is written. It will not be"
            " verified in time for publication by Wednesday 21 March 2018: an addendum will tell it, by Wednesday"
            " 28 March 2018.",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("due_on", "says", "tells"),
    [
        (date(2018, 3, 15), "after the draft is written on Wednesday 14 March 2018", True),
        (date(2018, 3, 22), "after the day of publication, Wednesday 21 March 2018", True),
        (date(2018, 3, 28), "after the day of publication", True),
        (date(2018, 3, 29), "too late even for an addendum: the next report tells it", False),
    ],
)
def test_when_a_month_falls_due_decides_what_can_still_tell_it(due_on: date, says: str, tells: bool) -> None:
    ((words, can_tell),) = warned(MonthFact(FEBRUARY, due_on, False), on=date(2018, 3, 14))
    assert says in words
    assert can_tell is tells


def test_a_month_due_in_time_that_the_months_kept_leave_out_is_said_to_be_left_out_by_them() -> None:
    moved = meeting_dates(date(2018, 4, 5), JANUARY, CALENDAR, Offsets())
    ((words, tells),) = warned(february(), on=date(2018, 3, 14), dates=moved)
    assert words == (
        "February 2018 falls due on Wednesday 14 March 2018, before the draft is written, but the months kept for this"
        " report end with January 2018. Unless they are changed, an addendum will tell it, by Wednesday 4 April 2018."
    )
    assert tells


def test_a_judged_month_is_warned_of_only_once_it_is_overdue() -> None:
    assert warned(january(is_verified=False), on=date(2018, 2, 14)) == []
    ((words, _),) = warned(january(is_verified=False), on=date(2018, 2, 15))
    assert words.startswith("January 2018 fell due on Wednesday 14 February 2018 and is not verified yet (IMT still")
    assert warned(january(), on=date(2018, 2, 15)) == []


def test_a_month_verified_after_the_report_was_frozen_is_told_by_an_addendum() -> None:
    ((words, tells),) = warned(february(date(2018, 3, 22)), on=date(2018, 3, 23), is_frozen=True)
    assert words == (
        "February 2018 was verified on Thursday 22 March 2018, when the months of this report were set."
        " An addendum can tell it."
    )
    assert tells


def test_a_month_that_ends_after_the_meeting_is_none_of_its_business() -> None:
    march = MonthFact(Month(date(2018, 3, 1)), date(2018, 4, 16), False)
    assert warned(march, on=date(2018, 3, 14)) == []
