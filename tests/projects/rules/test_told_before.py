"""Which key list the Board knew when it was last told, of lists given by the days of their decisions, latest first."""

from datetime import date

import pytest

from projects.rules.key_list import told_before

OCTOBER, DECEMBER, MARCH = date(2017, 10, 26), date(2017, 12, 21), date(2018, 3, 29)


@pytest.mark.parametrize(
    ("decided", "told_on", "place"),
    [
        ([], DECEMBER, None),
        ([None], DECEMBER, None),
        ([DECEMBER], None, None),
        ([None, DECEMBER], None, 1),
        ([None, DECEMBER], MARCH, 1),
        # Decided since: entries and exits are told once, against the list of the last paper.
        ([MARCH, DECEMBER], DECEMBER, 1),
        ([MARCH, DECEMBER, OCTOBER], OCTOBER, 2),
        # Told already: nothing enters or leaves any more.
        ([MARCH, DECEMBER], MARCH, 0),
        # Decided at the meeting for which the last paper was made before.
        ([None, DECEMBER], date(2017, 12, 13), 1),
        ([DECEMBER], date(2017, 12, 13), None),
    ],
)
def test_it_is_the_one_in_force_on_that_day_else_the_one_before(
    decided: list[date | None], told_on: date | None, place: int | None
) -> None:
    assert told_before(decided, told_on) == place
