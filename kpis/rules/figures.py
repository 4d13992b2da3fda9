"""Figures of KPIs: rounding, rates, and how a figure reads in the KPI's unit.

Everything is `Decimal`, never float. Ties are rounded away from zero (half-up as councils' papers do it), so 12.5 at no
decimals is 13 and -12.5 is -13: negating a figure never changes how far it lies from its level.
"""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cache
from typing import Final

DASH: Final = "—"
MINUTE: Final = 60

# A figure has at most 15 significant digits (the import format's limit). Two different quotients of such figures part
# long before their sixtieth digit, so a worked-out rate never lands on the wrong side of a tie.
AMPLE: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
HALF_UP: Final = Context(prec=60, rounding=ROUND_HALF_UP)


class Unit(StrEnum):
    """What a figure counts; decides how it is printed and how a rate is worked out."""

    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    SECONDS = "seconds"
    MONEY = "money"


class Polarity(StrEnum):
    """Which direction is better."""

    HIGHER = "higher"
    LOWER = "lower"


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value to so many decimals, ties away from zero; never a negative zero. Raises InvalidOperation for NaN."""
    rounded = HALF_UP.quantize(value, _step(decimals))
    return rounded if rounded else rounded.copy_abs()


@cache
def _step(decimals: int) -> Decimal:
    """The smallest difference that so many decimals show: 0.01 for 2."""
    return Decimal((0, (1,), -decimals))


def worked_out(
    value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None, unit: Unit
) -> Decimal | None:
    """The figure with every digit: 100·n/d for a percent, n/d for other units, else the value as it was given.

    A rate that is there is worked out even beside a printed value: printed percentages do not always follow from their
    own numbers. A denominator of zero gives no rate.
    """
    if numerator is None or not denominator:
        return value
    parts = AMPLE.multiply(numerator, Decimal(100)) if unit is Unit.PERCENT else numerator
    return AMPLE.divide(parts, denominator)


def plain(value: Decimal, decimals: int) -> str:
    """The rounded figure as a bare decimal string, `93.10`: for JSON, CSV and form fields."""
    return format(round_half_up(value, decimals), "f")


def show(value: Decimal | None, unit: Unit, decimals: int) -> str:
    """The rounded figure with its unit, for people: `93.10%`, `12 days`, `1:05`, `£1,234.50`; a dash for none.

    Seconds turn into minutes and seconds above one minute; exactly a minute is still `60 seconds`.
    """
    if value is None:
        return DASH
    rounded = round_half_up(value, decimals)
    sign = "-" if rounded < 0 else ""
    return sign + _show_amount(rounded.copy_abs(), unit)


def _show_amount(amount: Decimal, unit: Unit) -> str:
    match unit:
        case Unit.PERCENT:
            return f"{amount:,f}%"
        case Unit.MONEY:
            return f"£{amount:,f}"
        case Unit.DAYS:
            return f"{amount:,f} {'day' if amount == 1 else 'days'}"
        case Unit.SECONDS if amount > MINUTE:
            minutes, seconds = AMPLE.divmod(amount, Decimal(MINUTE))
            return f"{minutes:,f}:{'0' if seconds < 10 else ''}{seconds:f}"
        case Unit.SECONDS:
            return f"{amount:f} {'second' if amount == 1 else 'seconds'}"
        case Unit.COUNT:
            return f"{amount:,f}"


def level_in_words(level: Decimal, polarity: Polarity, unit: Unit, decimals: int) -> str:
    """A target or minimum as a promise: `at least 80%`, `at most 7%`. A whole level is said without decimals."""
    side = "at least" if polarity is Polarity.HIGHER else "at most"
    is_whole = level == level.to_integral_value()
    return f"{side} {show(level, unit, 0 if is_whole else decimals)}"
