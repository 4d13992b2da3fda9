"""How a figure stands against the one before it."""

from decimal import Decimal

import pytest

from kpis.rules.differences import difference, difference_in_words
from kpis.rules.figures import Polarity, Unit


@pytest.mark.parametrize(
    ("now", "then", "polarity", "unit", "decimals", "words"),
    [
        ("95", "93.8", "higher", "percent", 2, "1.20 points better"),
        ("12.5", "10", "lower", "percent", 2, "2.50 points worse"),
        ("10", "11", "lower", "percent", 0, "1 point better"),
        ("3", "5", "higher", "days", 0, "2 days worse"),
        ("3", "4", "lower", "days", 0, "1 day better"),
        ("93.104", "93.10", "higher", "percent", 2, "the same"),
        ("12.5", "13", "lower", "count", 0, "the same"),
        ("1500.5", "1000", "lower", "money", 2, "£500.50 worse"),
    ],
)
def test_what_is_better_follows_from_the_polarity(
    now: str, then: str, polarity: str, unit: str, decimals: int, words: str
) -> None:
    found = difference(Decimal(now), Decimal(then), Polarity(polarity), decimals)
    assert difference_in_words(found, Unit(unit), decimals) == words
