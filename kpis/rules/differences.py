"""How a figure stands against the one before it: what counts as better follows from the KPI's polarity."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpis.rules.figures import Polarity, Unit, plain, round_half_up, show


class Direction(StrEnum):
    """Which way a figure moved."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a figure moved, never negative, and which way."""

    amount: Decimal
    direction: Direction


def difference(value: Decimal, before: Decimal, polarity: Polarity, decimals: int) -> Difference:
    """Both figures are rounded as they are judged, then compared: what cannot be seen in print is no difference."""
    now, then = round_half_up(value, decimals), round_half_up(before, decimals)
    if now == then:
        return Difference(Decimal(0), Direction.SAME)
    is_better = (now > then) is (polarity is Polarity.HIGHER)
    return Difference(abs(now - then), Direction.BETTER if is_better else Direction.WORSE)


def difference_in_words(found: Difference, unit: Unit, decimals: int) -> str:
    """`1.20 points better`, `2 days worse`, `the same`: between two percentages lie points, not percent."""
    if found.direction is Direction.SAME:
        return found.direction.value
    amount = show(found.amount, unit, decimals)
    if unit is Unit.PERCENT:
        amount = f"{plain(found.amount, decimals)} {'point' if found.amount == 1 else 'points'}"
    return f"{amount} {found.direction.value}"
