"""What is never printed is taken out before any format sees it; everything else stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.printable import clean, printable
from tests.reports.render.rendered import paper


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("as it is", "as it is"),
        ("  two  spaces\tand a tab ", "two spaces and a tab"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\n\n\n\ntwo\n", "one\n\ntwo"),
        ("nul\x00 bell\x07 escape\x1b delete\x7f", "nul bell escape delete"),
        ("\u202e83.2\u202c%", "83.2%"),
        ("\ufeffmark \ufffe\uffff", "mark"),
        ("half \ud800 character", "half character"),
        ("عربى stays, so does 🙂", "عربى stays, so does 🙂"),
    ],
)
def test_a_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_control_character_and_no_half_character_is_left(text: str) -> None:
    left = {letter for letter in clean(text) if unicodedata.category(letter) in ("Cc", "Cs")}
    assert left <= {"\n"}


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_name_stays_on_one_line_and_an_explanation_keeps_its_lines() -> None:
    hostile = printable(paper("hostile"))
    names = [kpi.name for area in hostile.areas for kpi in area.kpis]
    assert not any("\n" in name for name in names)
    assert any("\n" in line.cause for line in hostile.exceptions)


def test_a_clean_paper_is_left_alone() -> None:
    assert printable(paper("nothing_failed")) == paper("nothing_failed")
