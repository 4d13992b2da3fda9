"""A number in a sentence that people wrote is read in figures and in words."""

import pytest

from reports.rules.typed_words import MovedNumber, moved_numbers, numbers_in, sentences, stand_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("39 of 41 met their target.", ["39", "41"]),
        ("Thirty-nine of the forty one KPIs", ["39", "41"]),
        ("1,234 calls, 14.20% of them", ["1234", "14.20"]),
        ("No KPI failed; both reliefs go on.", ["0", "2"]),
        ("CSC_KPI_04 and H2 are names", []),
        ("In 2018 it was nine.", ["2018", "9"]),
    ],
)
def test_numbers_are_read(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


def test_sentences_end_at_full_stops_and_lines_but_not_inside_a_figure() -> None:
    assert list(sentences("It was 14.20%. Why?\nNobody  knows.")) == ["It was 14.20%.", "Why?", "Nobody knows."]


def test_a_number_that_left_is_named_with_the_one_in_its_place() -> None:
    assert list(moved_numbers("No KPI failed. 29 of 41 met.", "One KPI failed. 30 of 41 met.", "headline")) == [
        MovedNumber("0", "1", "headline"),
        MovedNumber("29", "30", "headline"),
    ]
    assert list(moved_numbers("2 of 3", "2 of 3", "x")) == []
    assert list(moved_numbers("7%", "not measured", "x")) == [MovedNumber("7", "", "x")]


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("As 29 KPIs met their target, all is well.", True),
        ("Twenty-nine did.", True),
        ("The 29th of March.", False),
        ("The room is number 290.", False),
        ("Nobody asked.", False),
    ],
)
def test_the_old_number_is_found_in_figures_and_words(sentence: str, is_found: bool) -> None:
    assert bool(stand_in(sentence, [MovedNumber("29", "30", "x")])) is is_found


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [("Two KPIs failed.", True), ("Two members asked for tea.", False), ("No indicator missed its target.", False)],
)
def test_a_small_number_counts_only_where_the_sentence_speaks_of_kpis(sentence: str, is_found: bool) -> None:
    assert bool(stand_in(sentence, [MovedNumber("2", "3", "x")])) is is_found
