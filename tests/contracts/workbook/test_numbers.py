"""Numbers of a workbook: exact, plain, and marked only where the unit says so."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.workbook import numbers
from contracts.workbook.cells import CellRefused, Percent
from contracts.workbook.numbers import Mark

figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)


def refusal(cell: Any, mark: Mark | None = None) -> str:
    with pytest.raises(CellRefused) as refused:
        numbers.number(cell, mark)
    return str(refused.value)


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("93.1", "93.1"),
        ("-5", "-5"),
        ("+5", "5"),
        ("−5", "-5"),
        ("-0", "0"),
        (".5", "0.5"),
        ("007", "7"),
        ("1,234,567.5", "1234567.5"),
        ("1.50000000", "1.5"),
        ("123456789012345", "123456789012345"),
        ("123456789.123456", "123456789.123456"),
        (0.1 + 0.2, "0.3"),
        (70.71000000000001, "70.71"),
        (41.0, "41"),
        (41, "41"),
        (-0.0, "0"),
        (1e14, "100000000000000"),
        (1e-6, "0.000001"),
    ],
)
def test_a_plain_number_is_exact(cell: Any, figure: str) -> None:
    found = numbers.number(cell)
    assert found == Decimal(figure)
    assert not (found == 0 and found.is_signed())


@pytest.mark.parametrize(
    ("cell", "mark", "figure"),
    [
        ("12.5%", Mark.PERCENT, "12.5"),
        ("12.5 %", Mark.PERCENT, "12.5"),
        (Percent(0.125), Mark.PERCENT, "12.5"),
        (Percent(0.1404999), Mark.PERCENT, "14.04999"),
        ("£1,200", Mark.POUNDS, "1200"),
        ("-£1,200.50", Mark.POUNDS, "-1200.5"),
        ("12.5", Mark.PERCENT, "12.5"),
        ("1200", Mark.POUNDS, "1200"),
    ],
)
def test_a_sign_is_understood_where_the_unit_says_so(cell: Any, mark: Mark, figure: str) -> None:
    assert numbers.number(cell, mark) == Decimal(figure)


@pytest.mark.parametrize(
    ("cell", "mark", "said"),
    [
        ("12.5%", None, "is a percentage, and here is none due"),
        (Percent(0.125), None, "“12.5%” is a percentage, and here is none due, expected a number such as 12.5"),
        ("12.5%", Mark.POUNDS, "is a percentage"),
        ("£5", None, "is money"),
        ("£5", Mark.PERCENT, "is money"),
        ("1,200", Mark.PERCENT, "has a comma"),
    ],
)
def test_a_sign_is_refused_where_the_unit_does_not(cell: Any, mark: Mark | None, said: str) -> None:
    assert said in refusal(cell, mark)


@pytest.mark.parametrize(
    "cell",
    [
        "NaN", "inf", "-Infinity", "1e400", "1e5", "0x10", "1_000", "12,5", "1,2,3", "1,23,456", "--5", "5.", ".", "-",
        "%", "£", "5 5", "٣", "１２", "1/2", "1:05", "9" * 10_000_000, float("nan"), float("inf"), True, "'5", "5\x00",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused(cell: Any) -> None:
    assert "is not a number, expected a plain number such as 93.1" in refusal(cell)


@pytest.mark.parametrize(
    "cell", ["1234567890123456", 1e15, 1.7976931348623157e308, "1234567890.123456", "0" * 20 + "9" * 16]
)
def test_more_than_15_significant_digits_are_refused(cell: Any) -> None:
    assert "expected at most 15 significant digits" in refusal(cell)


@pytest.mark.parametrize("cell", ["1.1234567", 1.1234567, 100 * 4111 / 4420, 1e-7])
def test_more_than_6_digits_after_the_point_are_refused(cell: Any) -> None:
    assert "after the point, expected at most 6" in refusal(cell)


@given(figure=figures)
def test_a_figure_survives_as_text_and_as_a_spreadsheet_number(figure: Decimal) -> None:
    assert numbers.number(f"{figure:f}") == figure
    assert numbers.number(float(figure)) == figure


@pytest.mark.parametrize(
    ("cell", "said"), [("-1", "negative"), ("0.005", "penny"), ("1000000000000", "million million")]
)
def test_money_is_pounds_and_pence_of_a_size_that_exists(cell: str, said: str) -> None:
    with pytest.raises(CellRefused, match=said):
        numbers.money(cell)


@pytest.mark.parametrize(("cell", "counted"), [("6", 6), (6.0, 6), (" 12 ", 12), ("1", 1)])
def test_a_whole_number_within_its_bounds_is_understood(cell: Any, counted: int) -> None:
    assert numbers.whole(cell, 1, 12) == counted


@pytest.mark.parametrize("cell", ["0", "13", "1.5", "six", 6.5, "1e1"])
def test_a_whole_number_names_its_bounds(cell: Any) -> None:
    with pytest.raises(CellRefused, match="expected a whole number from 1 to 12"):
        numbers.whole(cell, 1, 12)


@pytest.mark.parametrize(
    ("figure", "count"), [("5", 0), ("5.00", 0), ("5.10", 1), ("100", 0), ("1E+3", 0), ("0.000001", 6)]
)
def test_zeros_at_the_end_are_no_decimals(figure: str, count: int) -> None:
    assert numbers.places(Decimal(figure)) == count
