"""Rates over several months: pooled from numerators and denominators, or not at all.

900 of 1,000 and 45 of 100 are 945 of 1,100: 85.91%, not the 67.50% that the mean of 90% and 45% would claim. Where one
month has a printed figure alone nothing is averaged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from contracts.rules.months import Month, add_months, months_between
from kpis.rules.figures import Unit, worked_out
from kpis.rules.status import Judgement

FINANCIAL_YEAR_BEGINS: Final = 4
"""April, as every council's."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A rate over several months, with every digit, and what it is worked out from."""

    value: Decimal
    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class PooledSpan:
    """The months of one span in which the KPI was due, and their pooled rate.

    Without a rate ``without`` names the months that have no numerator and denominator.
    """

    name: str
    first: Month
    last: Month
    pooled: Pooled | None
    without: tuple[Month, ...]


def pool(rates: Iterable[tuple[Decimal | None, Decimal | None]], unit: Unit) -> Pooled | None:
    """The rate of all (numerator, denominator) together; None if one is not known or there is nothing to divide by."""
    numerator, denominator = Decimal(0), Decimal(0)
    for part, whole in rates:
        if part is None or whole is None:
            return None
        numerator += part
        denominator += whole
    value = worked_out(None, numerator, denominator, unit)
    return None if value is None else Pooled(value, numerator, denominator)


def pooled_spans(judgements: Sequence[Judgement], unit: Unit) -> tuple[PooledSpan, ...]:
    """The last three months, the last twelve, and the financial year so far, up to the latest month with a figure.

    A span with fewer than two months due is left out, and so is one that begins before the first month on record: it
    would not be what its name says. A KPI that never had a rate has none of them.
    """
    figures = [each for each in judgements if each.value is not None]
    if not figures or not any(_has_rate(each) for each in figures):
        return ()
    last = figures[-1].month
    year_begins = add_months(last, -((last.month - FINANCIAL_YEAR_BEGINS) % 12))
    spans = (
        ("Last three months", add_months(last, -2)),
        ("Last twelve months", add_months(last, -11)),
        ("Financial year to date", year_begins),
    )
    known_from = judgements[0].month
    return tuple(
        _span(name, first, last, due, unit)
        for name, first in spans
        if months_between(known_from, first) >= 0
        and len(due := [each for each in judgements if first <= each.month <= last]) > 1
    )


def _span(name: str, first: Month, last: Month, due: Sequence[Judgement], unit: Unit) -> PooledSpan:
    without = tuple(each.month for each in due if not _has_rate(each))
    pooled = None if without else pool(((e.reading.numerator, e.reading.denominator) for e in due if e.reading), unit)
    return PooledSpan(name, first, last, pooled, without)


def _has_rate(judgement: Judgement) -> bool:
    reading = judgement.reading
    return reading is not None and reading.numerator is not None and bool(reading.denominator)
