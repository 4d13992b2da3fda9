"""When to remind, across weekends and bank holidays, and how often."""

from datetime import date

import pytest

from contracts.calendars import england
from contracts.rules.calendar import YearNotKnown
from kpis.rules.reminders import Occasion, Reminder, is_escalated, overdue_step, reminder

CALENDAR = england()
SOON, ON_THE_DAY = Reminder(Occasion.DUE_SOON), Reminder(Occasion.DUE_TODAY)


def overdue(step: int) -> Reminder:
    return Reminder(Occasion.OVERDUE, step)


# Due on Wednesday 14 March 2018; on Tuesday 3 April 2018, after Good Friday 30 March and Easter Monday 2 April.
@pytest.mark.parametrize(
    ("due_on", "on", "expected"),
    [
        ((2018, 3, 14), (2018, 3, 9), None),
        ((2018, 3, 14), (2018, 3, 11), None),
        ((2018, 3, 14), (2018, 3, 12), SOON),
        ((2018, 3, 14), (2018, 3, 13), SOON),
        ((2018, 3, 14), (2018, 3, 14), ON_THE_DAY),
        ((2018, 3, 14), (2018, 3, 15), overdue(1)),
        ((2018, 3, 14), (2018, 3, 21), overdue(1)),
        ((2018, 3, 14), (2018, 3, 22), overdue(6)),
        ((2018, 3, 14), (2018, 3, 28), overdue(6)),
        ((2018, 3, 14), (2018, 3, 29), overdue(11)),
        # Two working days before the Tuesday after Easter is the Wednesday before it.
        ((2018, 4, 3), (2018, 3, 27), None),
        ((2018, 4, 3), (2018, 3, 28), SOON),
        ((2018, 4, 3), (2018, 3, 31), SOON),
        # Due on Maundy Thursday: four days on, nobody has worked.
        ((2018, 3, 29), (2018, 3, 30), None),
        ((2018, 3, 29), (2018, 4, 2), None),
        ((2018, 3, 29), (2018, 4, 3), overdue(1)),
        ((2018, 3, 29), (2018, 4, 9), overdue(1)),
        ((2018, 3, 29), (2018, 4, 10), overdue(6)),
        # A holiday that was proclaimed once: the funeral on Monday 19 September 2022.
        ((2022, 9, 16), (2022, 9, 19), None),
        ((2022, 9, 16), (2022, 9, 20), overdue(1)),
    ],
)
def test_the_reminder_of_a_day(
    due_on: tuple[int, int, int], on: tuple[int, int, int], expected: Reminder | None
) -> None:
    assert reminder(date(*due_on), date(*on), CALENDAR) == expected


@pytest.mark.parametrize(
    ("days_before", "on", "expected"),
    [(0, 13, None), (0, 14, ON_THE_DAY), (1, 12, None), (1, 13, SOON), (5, 7, SOON), (5, 6, None)],
)
def test_how_early_is_a_setting(days_before: int, on: int, expected: Reminder | None) -> None:
    assert reminder(date(2018, 3, 14), date(2018, 3, on), CALENDAR, days_before) == expected


@pytest.mark.parametrize(("on", "expected"), [(15, 0), (16, 0), (18, 0), (19, 0), (20, 1), (21, 1)])
def test_nothing_is_overdue_before_a_working_day_has_passed(on: int, expected: int) -> None:
    assert overdue_step(date(2018, 3, 19), date(2018, 3, on), CALENDAR) == expected


# Maundy Thursday 29 March 2018 and the working days after it: 3, 4 and 5 April.
@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2018, 3, 28), False), (date(2018, 4, 1), False), (date(2018, 4, 4), False), (date(2018, 4, 5), True)],
)
def test_the_manager_hears_of_it_three_working_days_late(on: date, expected: bool) -> None:
    assert is_escalated(date(2018, 3, 29), on, CALENDAR) is expected


def test_a_year_without_holidays_is_refused() -> None:
    with pytest.raises(YearNotKnown):
        reminder(date(2028, 12, 29), date(2029, 1, 2), CALENDAR)
