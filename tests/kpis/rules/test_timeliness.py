"""Whether a month came in on time."""

from datetime import date

import pytest

from kpis.rules.timeliness import in_words, timeliness

DUE = date(2018, 3, 14)


@pytest.mark.parametrize(
    ("submitted_on", "due_on", "is_handed_in", "on", "said"),
    [
        (date(2018, 3, 14), DUE, True, date(2018, 4, 1), "on time"),
        (date(2018, 3, 14), DUE, False, date(2018, 4, 1), "on time"),
        (date(2018, 3, 15), DUE, True, date(2018, 4, 1), "late"),
        (None, DUE, False, date(2018, 3, 14), "not due yet"),
        (None, DUE, False, date(2018, 3, 15), "missing"),
        (None, DUE, True, date(2018, 4, 1), "imported"),
        (None, None, False, date(2018, 4, 1), "not due yet"),
        (date(2018, 3, 15), None, False, date(2018, 4, 1), "on time"),
    ],
)
def test_a_month_is_on_time_to_the_end_of_the_due_day(
    submitted_on: date | None, due_on: date | None, is_handed_in: bool, on: date, said: str
) -> None:
    assert timeliness(submitted_on, due_on, is_handed_in=is_handed_in, on=on).value == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"on time": 3, "late": 1, "missing": 2}, "Of 6 returns 3 came in on time and 1 late; 2 are missing."),
        ({"missing": 1}, "Of 1 return 0 came in on time and 0 late; 1 is missing."),
        ({"imported": 59, "not due yet": 1}, "59 returns came with the import. 1 return is not due yet."),
        (
            {"on time": 1, "imported": 5, "not due yet": 2},
            "Of 1 return 1 came in on time and 0 late; 0 are missing. 5 returns came with the import."
            " 2 returns are not due yet.",
        ),
        ({}, ""),
    ],
)
def test_the_sentence_accounts_for_every_return(counts: dict[str, int], said: str) -> None:
    assert in_words(counts) == said
