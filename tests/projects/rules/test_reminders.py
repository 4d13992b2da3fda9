"""When somebody is reminded of a project's update."""

from datetime import date, timedelta

import pytest

from projects.rules.reminders import Occasion, Reminder, due_days, reminder

LAST = date(2018, 1, 10)
DUE, SILENT = Occasion.DUE, Occasion.SILENT


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, None),
        (27, None),
        (28, Reminder(DUE)),
        (34, Reminder(DUE)),
        (35, Reminder(SILENT, 0)),
        (41, Reminder(SILENT, 0)),
        (42, Reminder(SILENT, 0, is_escalated=True)),
        (48, Reminder(SILENT, 0, is_escalated=True)),
        (49, Reminder(SILENT, 14, is_escalated=True)),
        (63, Reminder(SILENT, 28, is_escalated=True)),
    ],
)
def test_it_is_due_a_week_before_it_is_silent_and_then_every_fortnight(days: int, expected: Reminder | None) -> None:
    assert reminder(LAST, LAST + timedelta(days=days), 35) == expected


def test_what_nobody_dates_is_silent() -> None:
    assert reminder(None, LAST, 35) == Reminder(SILENT)


def test_a_project_that_has_not_begun_owes_nothing() -> None:
    assert reminder(LAST, LAST - timedelta(days=1), 35) is None


@pytest.mark.parametrize(("silent_days", "expected"), [(35, 28), (14, 7), (10, 5), (1, 0)])
def test_it_falls_due_before_the_project_turns_silent(silent_days: int, expected: int) -> None:
    assert due_days(silent_days) == expected < silent_days
