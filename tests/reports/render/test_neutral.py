"""Text that a spreadsheet would run as a formula is kept as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.neutral import neutral


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n@", "＝"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}SUM(A1)") == f"'{start}SUM(A1)"


@pytest.mark.parametrize("text", ["", "plain", "-12", "-12.50", "12%", "a=b", "'=quoted", "—", "£5", "2018-03-29"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@given(st.text())
def test_nothing_is_lost_but_the_sting(text: str) -> None:
    assert neutral(text) in (text, f"'{text}")
    assert neutral(text).lstrip()[:1] not in tuple("=+@")
