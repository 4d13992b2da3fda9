"""Text, days, months, answers and choices: what each cell means, and what is refused by name."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.workbook import cells, numbers
from contracts.workbook.cells import Broken, CellRefused, Percent

STAGES = ("pipeline", "in flight", "on hold")

any_cell = st.one_of(
    st.none(),
    st.text(),
    st.text(alphabet="0123456789.,-+eE%£ ' =:/;"),
    st.integers(-(2**63), 2**63),
    st.floats(),
    st.floats().map(Percent),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["#N/A", "#DIV/0!"]).map(Broken),
)
every_reader = [
    cells.text,
    cells.day,
    cells.month,
    cells.yes_no,
    lambda cell: cells.choice(cell, STAGES),
    cells.parts,
    cells.quoted,
    numbers.money,
    lambda cell: numbers.whole(cell, 1, 12),
    numbers.number,
    *(lambda cell, mark=mark: numbers.number(cell, mark) for mark in numbers.Mark),
]


def refusal(read: Any, cell: Any) -> str:
    with pytest.raises(CellRefused) as refused:
        read(cell)
    return str(refused.value)


@pytest.mark.parametrize("read", every_reader)
@given(cell=any_cell)
def test_no_cell_raises_anything_but_a_refusal(read: Any, cell: Any) -> None:
    refused = None
    try:
        read(cell)
    except CellRefused as refusal:
        refused = refusal
    assert refused is None or (refused.what and refused.right)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("  Paid on time \n", "Paid on time"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("£ and – and é", "£ and – and é"),
        (41.0, "41"),
        (41, "41"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (date(2018, 3, 29), "2018-03-29"),
        (datetime(2018, 3, 29, 0, 0), "2018-03-29"),  # noqa: DTZ001  a spreadsheet knows no zone
        (Percent(0.125), "12.5%"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'-5", "-5"),
        ("''=x", "'=x"),
        ("'quoted'", "'quoted'"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_text_is_read_as_somebody_meant_it(cell: Any, words: str) -> None:
    assert cells.text(cell) == words


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("a\x00b", "control character U+0000"),
        ("bell\x07", "control character U+0007"),
        ("a\x85b", "control character U+0085"),
        ("Caf\udce9", "not UTF-8"),
        ("x" * 32_768, "32,768 characters"),
        (Broken("#REF!"), "the formula gave “#REF!”"),
    ],
)
def test_text_that_cannot_be_kept_is_refused_by_name(cell: Any, said: str) -> None:
    assert said in refusal(cells.text, cell)


def test_text_is_as_long_as_its_field_takes() -> None:
    assert cells.text("x" * 250, 250) == "x" * 250
    assert "251 characters, expected at most 250" in refusal(lambda cell: cells.text(cell, 250), "x" * 251)


@given(words=st.one_of(st.text(), st.from_regex(r"\A'*[=+@＝＋－＠-]", fullmatch=False)))
def test_what_is_exported_neutralised_is_read_back_as_it_was(words: str) -> None:
    tidy = cells.tidy(words)
    out = cells.neutralised(tidy)
    assert not out.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert cells.text(out) == tidy


@given(words=st.text())
def test_tidy_text_stays_as_it_is(words: str) -> None:
    assert cells.tidy(cells.tidy(words)) == cells.tidy(words)


@pytest.mark.parametrize(
    "cell",
    ["2018-03-29", " 2018-03-29 ", date(2018, 3, 29), datetime(2018, 3, 29, 10, 30)],  # noqa: DTZ001
)
def test_a_day_is_a_date_or_its_iso_form(cell: Any) -> None:
    assert cells.day(cell) == date(2018, 3, 29)


@pytest.mark.parametrize(
    "cell",
    ["29/03/2018", "2018-13-01", "2018-02-30", "2018-3-29", "29 March 2018", 43188.0, True, time(10), timedelta(1),
     "٢٠١٨-٠٣-٢٩"],
)  # fmt: skip
def test_no_other_day_is_guessed(cell: Any) -> None:
    assert "is not a date, expected one such as 2018-03-29" in refusal(cells.day, cell)


@pytest.mark.parametrize("cell", ["0018-03-29", "9999-12-31", date(1900, 1, 1), datetime(2101, 1, 1)])  # noqa: DTZ001
def test_a_day_outside_living_memory_is_a_slip(cell: Any) -> None:
    assert "expected 1950 to 2100" in refusal(cells.day, cell)


@pytest.mark.parametrize("cell", ["2018-03", "Mar-18", "March 2018", " mar 2018", date(2018, 3, 29), "2018-03-01"])
def test_a_month_is_read_in_every_form_of_the_format(cell: Any) -> None:
    assert cells.month(cell) == date(2018, 3, 1)


@pytest.mark.parametrize("cell", ["2018-13", "Marz 2018", "03/18", 201803.0, "x" * 10_000, True])
def test_no_other_month_is_guessed(cell: Any) -> None:
    assert "is not a month, expected one such as 2018-03" in refusal(cells.month, cell)


@pytest.mark.parametrize(("cell", "answer"), [("yes", True), ("No", False), (True, True), (False, False), (1.0, True)])
def test_an_answer_is_yes_or_no(cell: Any, answer: bool) -> None:
    assert cells.yes_no(cell) is answer


def test_anything_else_is_no_answer() -> None:
    assert refusal(cells.yes_no, "perhaps") == "“perhaps” is no answer, expected yes or no"


@pytest.mark.parametrize("cell", ["in flight", "In flight", "IN_FLIGHT", " in  flight"])
def test_a_choice_does_not_depend_on_case_or_spacing(cell: str) -> None:
    assert cells.choice(cell, STAGES) == "in flight"


def test_a_choice_that_is_none_names_them_all_and_the_nearest() -> None:
    told = refusal(lambda cell: cells.choice(cell, STAGES), "in fligth")
    assert told.endswith("expected pipeline, in flight, on hold (did you mean in flight?)")


def test_a_message_shows_no_more_than_the_beginning_and_nothing_that_moves_a_terminal() -> None:
    shown = cells.quoted("\x1b[2J" + "x" * 1_000_000)
    assert shown.startswith("“\\u001b[2J")
    assert len(shown) < 60


@given(st.text())
def test_stored_text_is_tidied_of_signs_that_no_cell_takes_and_of_nothing_else(words: str) -> None:
    def printed(text: str) -> list[str]:
        return [sign for sign in text if sign.isprintable() and not sign.isspace()]

    assert printed(cells.tidy(words)) == printed(words)
    assert cells.tidy(cells.tidy(words)) == cells.tidy(words)


@pytest.mark.parametrize(
    ("words", "tidied"),
    [
        ("", ""),
        ("  plain \t", "plain"),
        (" a\tb ", "a\tb"),
        ("bell\x07 rings\x7f", "bell rings"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\u2028 é \udc80", "é"),
    ],
)
def test_stored_text_keeps_its_lines_and_loses_what_is_no_sign(words: str, tidied: str) -> None:
    assert cells.tidy(words) == tidied
