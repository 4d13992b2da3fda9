"""What is read of a search, in any spelling, and how what was found is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month
from contracts.rules.search import LONGEST, MOST_WORDS, Found, Hit, Weight, in_order, marked, read_search, snippet

THAT_DAY = date(2018, 3, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "29 March 2018",
        "2018-03-29",
        "Thursday 29 March 2018",
        "thurs 29th mar 2018",
        "29th of March 2018",
        "29/3/2018",
        "29.3.2018",
        "29-mar-2018",
        "29 March, 2018",
        "  29   march   2018 ",
    ],
)
def test_a_day_is_understood_in_any_spelling(typed: str) -> None:
    sought = read_search(typed)
    assert (sought.day, sought.month, sought.rest) == (THAT_DAY, Month(date(2018, 3, 1)), ())


@pytest.mark.parametrize("typed", ["sep 2017", "September 2017", "2017-09", "Sep-17", "sept 2017", "SEP-2017"])
def test_a_month_is_understood_in_any_spelling(typed: str) -> None:
    sought = read_search(typed)
    assert (sought.day, sought.month, sought.rest) == (None, Month(date(2017, 9, 1)), ())


@pytest.mark.parametrize(
    "typed", ["31 February 2018", "2017-13", "2017-09-31", "mar 18", "march", "1 may 0001", "12017-09"]
)
def test_what_is_no_day_and_no_month_is_words(typed: str) -> None:
    sought = read_search(typed)
    assert (sought.day, sought.month) == (None, None)
    assert sought.terms == tuple(typed.lower().split())


def test_words_beside_a_day_are_kept_apart_from_it() -> None:
    sought = read_search("Scrutiny Board 29 March 2018")
    assert sought.day == THAT_DAY
    assert sought.terms == ("scrutiny", "board")
    assert sought.words == ("scrutiny", "board", "29", "march", "2018")


def test_a_code_is_not_taken_for_a_date() -> None:
    assert read_search("csc kpi 4").month is None
    assert read_search("CSC-KPI-04").terms == ("csc-kpi-04",)


@pytest.mark.parametrize("typed", ["", "   ", "\0", "\u202e\u200f", "\n\t"])
def test_nothing_readable_asks_nothing(typed: str) -> None:
    assert not read_search(typed).asks


@given(st.text(max_size=LONGEST * 4))
def test_whatever_is_typed_becomes_few_words_without_control_signs(typed: str) -> None:
    sought = read_search(typed)
    assert len(sought.typed) <= LONGEST
    assert len(sought.terms) <= MOST_WORDS
    assert all(word and not set(word) & set("\0\n\u202e\ud800") for word in sought.words)


def test_every_occurrence_of_a_word_is_marked_whatever_its_case() -> None:
    parts = marked("Calls: 5% of CALLS (abandoned)", ("calls", "5%", "(abandoned)"))
    assert [part.text for part in parts if part.is_marked] == ["Calls", "5%", "CALLS", "(abandoned)"]


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_marking_changes_no_letter(text: str, words: list[str]) -> None:
    assert "".join(part.text for part in marked(text, words)) == text


def test_a_long_text_is_cut_around_the_word() -> None:
    text = f"{'before ' * 60}the storage failed{' after' * 60}"
    short = snippet(text, ("storage",))
    assert "the storage failed" in short
    assert short.startswith("… before ")
    assert short.endswith("after …")
    assert len(short) < 200


def test_a_short_text_stays_as_it_is_but_for_line_breaks() -> None:
    assert snippet("One\n\ntwo", ("two",)) == "One two"


def test_the_group_with_the_best_fit_comes_first_and_empty_ones_are_left_out() -> None:
    def group(kind: str, *weights: Weight) -> Found:
        return Found(kind, len(weights), tuple(Hit("T", "/", "", weight=weight) for weight in weights))

    groups = [
        group("a", Weight.IN_TEXT),
        group("none"),
        group("b", Weight.IN_TITLE),
        group("c", Weight.IN_TEXT, Weight.EXACT),
    ]
    assert [found.kind for found in in_order(groups)] == ["c", "b", "a"]
    assert [found.kind for found in in_order([group("x", Weight.EXACT), group("y", Weight.EXACT)])] == ["x", "y"]
