"""Delivery confidence: what a project's manager declares, and what its dates say.

The computed rating looks at the original finish alone, so agreeing a later date never turns red green. It stands beside
the declared rating and replaces nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.rules.months import add_months, month_end, month_of


class Confidence(StrEnum):
    """Confidence that a project will be delivered, the worst first. Compare by gravity: as text, amber sorts first."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def gravity(self) -> int:
        """How grave the rating is: 0 for green, 2 for red."""
        return _GRAVITY[self]


_GRAVITY = {Confidence.GREEN: 0, Confidence.AMBER: 1, Confidence.RED: 2}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Until when a late project is still green (calendar days) and still amber (calendar months), both included."""

    green_days: int = 7
    amber_months: int = 1


def computed_confidence(
    days: int | None, original_finish: date | None, finish: date | None, thresholds: Thresholds
) -> Confidence | None:
    """The rating by slippage against the original finish; None when there is no slippage to rate.

    days is that slippage. Amber ends on the same day of a later month, or on that month's last day where it has no
    such day: a finish planned for 31 January is amber until 28 February.
    """
    if days is None or original_finish is None or finish is None:
        return None
    if days <= thresholds.green_days:
        return Confidence.GREEN
    if finish <= _months_later(original_finish, thresholds.amber_months):
        return Confidence.AMBER
    return Confidence.RED


def worse(declared: Confidence | None, computed: Confidence | None) -> Confidence | None:
    """The graver of two ratings; a missing one leaves the other."""
    if declared is None or computed is None:
        return declared or computed
    return max(declared, computed, key=_GRAVITY.__getitem__)


def _months_later(day: date, months: int) -> date:
    last_day = month_end(add_months(month_of(day), months))
    return last_day.replace(day=min(day.day, last_day.day))
