"""Figures are rounded half-up, worked out with every digit, and read in the KPI's unit."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.figures import Polarity, Unit, level_in_words, plain, round_half_up, show, worked_out
from tests.kpis.rules.builders import values


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("12.5", 0, "13"),
        ("13.5", 0, "14"),
        ("12.4999999", 0, "12"),
        ("0.125", 2, "0.13"),
        ("2.675", 2, "2.68"),
        ("79.995", 2, "80.00"),
        ("79.9949", 2, "79.99"),
        ("7", 2, "7.00"),
        ("-12.5", 0, "-13"),
        ("-0.4", 0, "0"),
        ("999999999999999.5", 0, "1000000000000000"),
    ],
)
def test_a_tie_is_rounded_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), decimals)) == rounded


@given(values, st.integers(0, 6))
def test_rounding_is_half_up_as_whole_numbers_would_have_it(value: Decimal, decimals: int) -> None:
    scaled = abs(Fraction(value)) * 10**decimals
    expected = (2 * scaled + 1) // 2
    assert abs(Fraction(round_half_up(value, decimals))) * 10**decimals == expected


@given(values, st.integers(0, 6))
def test_negating_a_value_negates_its_rounding(value: Decimal, decimals: int) -> None:
    assert round_half_up(-value, decimals) == -round_half_up(value, decimals)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidOperation):
        round_half_up(Decimal("sNaN"), 2)


@pytest.mark.parametrize(
    ("unit", "figure"),
    [
        (Unit.PERCENT, "12.5"),
        (Unit.COUNT, "0.125"),
        (Unit.DAYS, "0.125"),
        (Unit.SECONDS, "0.125"),
        (Unit.MONEY, "0.125"),
    ],
)
def test_a_rate_is_a_percentage_only_for_a_percent(unit: Unit, figure: str) -> None:
    assert worked_out(None, Decimal(1), Decimal(8), unit) == Decimal(figure)


def test_a_rate_keeps_more_digits_than_any_rounding_needs() -> None:
    figure = worked_out(None, Decimal(1), Decimal(3), Unit.PERCENT)
    assert figure is not None
    assert str(figure).startswith("33." + "3" * 50)


def test_the_worked_out_percentage_goes_before_the_printed_one() -> None:
    assert worked_out(Decimal("98.00"), Decimal(96), Decimal(100), Unit.PERCENT) == 96


@pytest.mark.parametrize("value", [None, Decimal("97.25")])
def test_without_a_rate_the_value_stands_as_given(value: Decimal | None) -> None:
    assert worked_out(value, None, None, Unit.PERCENT) is value
    assert worked_out(value, Decimal(3), None, Unit.PERCENT) is value
    assert worked_out(value, None, Decimal(3), Unit.PERCENT) is value


@pytest.mark.parametrize("numerator", ["0", "5"])
def test_a_denominator_of_zero_gives_no_figure(numerator: str) -> None:
    assert worked_out(None, Decimal(numerator), Decimal(0), Unit.PERCENT) is None


fifteen_digits = st.integers(1, 10**15 - 1)


@given(fifteen_digits, fifteen_digits, st.integers(0, 6))
def test_a_worked_out_rate_is_rounded_as_the_exact_fraction_would_be(top: int, bottom: int, decimals: int) -> None:
    figure = worked_out(None, Decimal(top), Decimal(bottom), Unit.PERCENT)
    assert figure is not None
    exact = Fraction(100 * top, bottom) * 10**decimals
    assert Fraction(round_half_up(figure, decimals)) * 10**decimals == (2 * exact + 1) // 2


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        ("93.1", Unit.PERCENT, 2, "93.10%"),
        ("12.5", Unit.PERCENT, 0, "13%"),
        ("1234567", Unit.COUNT, 0, "1,234,567"),
        ("0", Unit.COUNT, 0, "0"),
        ("12", Unit.DAYS, 0, "12 days"),
        ("1", Unit.DAYS, 0, "1 day"),
        ("1.5", Unit.DAYS, 1, "1.5 days"),
        ("0", Unit.DAYS, 0, "0 days"),
        ("45", Unit.SECONDS, 0, "45 seconds"),
        ("1", Unit.SECONDS, 0, "1 second"),
        ("60", Unit.SECONDS, 0, "60 seconds"),
        ("60.4", Unit.SECONDS, 0, "60 seconds"),
        ("60.5", Unit.SECONDS, 0, "1:01"),
        ("65", Unit.SECONDS, 0, "1:05"),
        ("65.5", Unit.SECONDS, 1, "1:05.5"),
        ("75.25", Unit.SECONDS, 2, "1:15.25"),
        ("120", Unit.SECONDS, 0, "2:00"),
        ("3700", Unit.SECONDS, 0, "61:40"),
        ("-65", Unit.SECONDS, 0, "-1:05"),
        ("1234.5", Unit.MONEY, 2, "£1,234.50"),
        ("-1234.5", Unit.MONEY, 2, "-£1,234.50"),
        ("-0.001", Unit.MONEY, 2, "£0.00"),
        ("-2.5", Unit.PERCENT, 1, "-2.5%"),
    ],
)
def test_a_figure_is_shown_with_its_unit_and_decimals(value: str, unit: Unit, decimals: int, shown: str) -> None:
    assert show(Decimal(value), unit, decimals) == shown


@pytest.mark.parametrize("unit", Unit)
def test_no_figure_is_a_dash_in_every_unit(unit: Unit) -> None:
    assert show(None, unit, 2) == "—"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("93.1", 2, "93.10"),
        ("14.195", 2, "14.20"),
        ("1234567", 0, "1234567"),
        ("0.000001", 6, "0.000001"),
        ("-0", 1, "0.0"),
    ],
)
def test_the_plain_figure_is_a_bare_decimal_string(value: str, decimals: int, text: str) -> None:
    assert plain(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("level", "polarity", "unit", "decimals", "words"),
    [
        ("80", Polarity.HIGHER, Unit.PERCENT, 2, "at least 80%"),
        ("80.00", Polarity.HIGHER, Unit.PERCENT, 2, "at least 80%"),
        ("7", Polarity.LOWER, Unit.PERCENT, 2, "at most 7%"),
        ("97.5", Polarity.HIGHER, Unit.PERCENT, 2, "at least 97.50%"),
        ("2", Polarity.LOWER, Unit.COUNT, 0, "at most 2"),
        ("1", Polarity.LOWER, Unit.DAYS, 0, "at most 1 day"),
        ("90", Polarity.LOWER, Unit.SECONDS, 0, "at most 1:30"),
        ("1200.5", Polarity.LOWER, Unit.MONEY, 2, "at most £1,200.50"),
    ],
)
def test_a_level_reads_as_a_promise(level: str, polarity: Polarity, unit: Unit, decimals: int, words: str) -> None:
    assert level_in_words(Decimal(level), polarity, unit, decimals) == words
