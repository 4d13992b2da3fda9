"""The strip of months: one mark each, small, and said in words."""

import re
from datetime import date

from config.ui.charts.strip import Mark, describe_marks, status_strip
from config.ui.status import LOOKS, STATUSES

MONTHS = [date(2017, number, 1) for number in range(1, 13)]


def marks(statuses: str) -> list[Mark]:
    names = dict(zip("gbrdnm", STATUSES, strict=True)) | {" ": ""}
    return [
        Mark(month, names[letter.lower()], letter.isupper()) for month, letter in zip(MONTHS, statuses, strict=False)
    ]


def test_every_mark_is_drawn_in_the_colour_of_its_status() -> None:
    drawn = status_strip(marks("gbrdnmg"), "Worst")
    assert [steps.count("M") for steps in re.findall(' d="([^"]*)"', drawn)] == [2, 1, 1, 1, 1, 1]
    assert re.findall("#[0-9a-f]{6}", drawn) == [LOOKS[key].colour for key in STATUSES]
    assert f'width="{7 * 16}"' in drawn


def test_the_months_are_said_in_words_the_gravest_named() -> None:
    assert describe_marks(marks("ggggrgggggbg"), "Worst status of each month") == (
        "Worst status of each month, Jan 2017 to Dec 2017:"
        " below minimum in May 2017; below target in Nov 2017; target met in 10 months."
    )


def test_what_is_not_verified_is_underlined_and_said() -> None:
    strip = status_strip(marks("gG"), "Worst")
    assert "stroke-dasharray" in strip
    assert "not verified: Feb 2017." in strip
    assert "stroke-dasharray" not in status_strip(marks("gg"), "Worst")


def test_a_month_with_nothing_in_force_has_no_mark() -> None:
    assert "<path" not in status_strip(marks("  "), "Worst")
    assert describe_marks(marks("  "), "Worst") == "Worst, Jan 2017 to Feb 2017: nothing in force."
    assert describe_marks([], "Worst") == "Worst: no month to show."


def test_a_strip_of_a_year_stays_under_a_kilobyte_and_asks_for_no_style() -> None:
    strip = status_strip(marks("GBRDNMgbrdnm"), "Worst status of each month")
    assert len(strip) < 1600
    assert "style" not in strip
