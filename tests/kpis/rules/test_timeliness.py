"""Whether a month came in on time."""

from datetime import date

import pytest

from kpis.rules.timeliness import timeliness

DUE = date(2018, 3, 14)


@pytest.mark.parametrize(
    ("submitted_on", "due_on", "is_imported", "on", "said"),
    [
        (date(2018, 3, 14), DUE, False, date(2018, 4, 1), "on time"),
        (date(2018, 3, 15), DUE, False, date(2018, 4, 1), "late"),
        (None, DUE, False, date(2018, 3, 14), "not due yet"),
        (None, DUE, False, date(2018, 3, 15), "missing"),
        (None, DUE, True, date(2018, 4, 1), "imported"),
        (None, None, False, date(2018, 4, 1), "not due yet"),
        (date(2018, 3, 15), None, False, date(2018, 4, 1), "on time"),
    ],
)
def test_a_month_is_on_time_to_the_end_of_the_due_day(
    submitted_on: date | None, due_on: date | None, is_imported: bool, on: date, said: str
) -> None:
    assert timeliness(submitted_on, due_on, is_imported=is_imported, on=on).value == said
