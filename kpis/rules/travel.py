"""Direction of travel: whether a figure is better or worse than another, by the KPI's polarity."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contracts.rules.months import add_months
from kpis.rules.figures import Polarity
from kpis.rules.status import Judgement


class Travel(StrEnum):
    """Which way a figure went. No comparison where one of the two months has no figure."""

    BETTER = "better"
    WORSE = "worse"
    FLAT = "flat"
    NO_COMPARISON = "no_comparison"


@dataclass(frozen=True, slots=True)
class Travels:
    """A month against the month that was due before it, and against the same month of the year before."""

    last_month: Travel
    last_year: Travel


def travel(now: Decimal | None, then: Decimal | None, polarity: Polarity, decimals: int) -> Travel:
    """From ``then`` to ``now``: flat while the change is under half of the smallest step that is shown.

    The change is taken from the figures with every digit, so that rounding cannot make a step out of nothing.
    """
    if now is None or then is None:
        return Travel.NO_COMPARISON
    change = now - then
    if abs(change) * 2 < Decimal(1).scaleb(-decimals):
        return Travel.FLAT
    return Travel.BETTER if (change > 0) is (polarity is Polarity.HIGHER) else Travel.WORSE


def travels(judgements: Sequence[Judgement], polarity: Polarity, decimals: int) -> tuple[Travels, ...]:
    """One for each judgement of a history in ascending order; a month before without a figure is not stepped over."""
    values = {each.month: each.value for each in judgements}
    found = []
    before: Decimal | None = None
    for each in judgements:
        year_ago = values.get(add_months(each.month, -12))
        found.append(
            Travels(
                travel(each.value, before, polarity, decimals),
                travel(each.value, year_ago, polarity, decimals),
            )
        )
        before = each.value
    return tuple(found)
