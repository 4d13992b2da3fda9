"""
A pair of levels: how it is said, and what makes it impossible.

A minimum may not be better than its target, and neither may have more decimals than the KPI is judged to.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from kpis.rules.figures import Polarity, level_in_words, round_half_up
from kpis.rules.status import KpiTerms, Level

SIDES: Final = {Polarity.HIGHER: "above", Polarity.LOWER: "below"}


def is_too_fine(figure: Decimal, decimals: int) -> bool:
    """Whether a level has more decimals than its KPI is judged to; zeros at the end are none."""
    return figure != round_half_up(figure, decimals)


def is_wrong_way_round(target: Decimal, minimum: Decimal, polarity: Polarity) -> bool:
    """Whether a minimum is better than its target."""
    return minimum > target if polarity is Polarity.HIGHER else minimum < target


def promises(terms: KpiTerms, level: Level | None) -> tuple[str, str]:
    """Target and minimum as a KPI's page says them: `at least 90%`, `at least 80%`; blank while none is in force."""
    if level is None:
        return "", ""
    target, minimum = (
        level_in_words(figure, terms.polarity, terms.unit, terms.decimals) for figure in (level.target, level.minimum)
    )
    return target, minimum


def level_faults(target: Decimal, minimum: Decimal, polarity: Polarity, decimals: int) -> Iterator[tuple[str, str]]:
    """(which of the two, what is wrong and what would be right); nothing for levels that can stand. Equal may stand."""
    for which, figure in (("target", target), ("minimum", minimum)):
        if is_too_fine(figure, decimals):
            yield which, f"The {which} has more decimals than the KPI is judged to: give at most {decimals}."
    if is_wrong_way_round(target, minimum, polarity):
        yield (
            "minimum",
            f"The minimum cannot lie {SIDES[polarity]} the target: {polarity.value} is better for this KPI.",
        )
