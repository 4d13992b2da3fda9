"""Slippage: how far a project's finish lies from the date it is held against.

Whole days are the measure; weeks and percent say the same in the words of the papers, each to one decimal, half-up.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Slippage:
    """Calendar days late (negative when early), the same in weeks, and as a share of the time first planned.

    percent is None where the original dates give no span of time to measure against.
    """

    days: int
    weeks: Decimal
    percent: Decimal | None


def slippage(finish: date, baseline: date, original_start: date | None, original_finish: date | None) -> Slippage:
    """How late a forecast or actual finish is against a baseline, be it the original or the agreed one.

    The percent is always of the original span, start to finish, so that slippage against either baseline compares.
    """
    days = (finish - baseline).days
    percent = _percent(days, original_start, original_finish)
    return Slippage(days=days, weeks=_rounded(Decimal(days) / 7), percent=percent)


def _percent(days: int, original_start: date | None, original_finish: date | None) -> Decimal | None:
    if original_start is None or original_finish is None or original_finish <= original_start:
        return None
    return _rounded(Decimal(100 * days) / (original_finish - original_start).days)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_ONE_DECIMAL, ROUND_HALF_UP)
