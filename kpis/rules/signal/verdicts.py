"""What the chart says about variation, whether something has changed, and about assurance, what to expect of a level.

Variation is judged by the latest figure, as the practice has it: a special cause that ended months ago is history. The
signal is that figure with those right before it that are flagged the same way.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from kpis.rules.figures import Polarity
from kpis.rules.signal.special_causes import Direction
from kpis.rules.signal.xmr import Plotted, Xmr


class Variation(StrEnum):
    """Whether the latest figures are ordinary ups and downs, or something is at work."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"


class Assurance(StrEnum):
    """What to expect of a level as long as nothing changes."""

    MEETS = "consistently meets"
    MISSES = "consistently misses"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True, slots=True)
class Signal:
    """The verdict on variation, and the flagged points of the latest segment that make it; none for common cause."""

    variation: Variation
    points: tuple[Plotted, ...]


def variation(chart: Xmr, polarity: Polarity) -> Signal | None:
    """The verdict on the latest figure; None without limits to judge it by."""
    latest = chart.latest
    if latest is None or latest.limits is None:
        return None
    flag = latest.points[-1].flag
    if flag is None:
        return Signal(Variation.COMMON_CAUSE, ())
    run = takewhile(lambda each: each.flag and each.flag.direction is flag.direction, reversed(latest.points))
    points = tuple(reversed(tuple(run)))
    is_better = flag.direction is (Direction.UP if polarity is Polarity.HIGHER else Direction.DOWN)
    return Signal(Variation.IMPROVEMENT if is_better else Variation.DETERIORATION, points)


def assurance(lower: Decimal, upper: Decimal, level: Decimal, polarity: Polarity) -> Assurance:
    """What limits promise of a target or minimum; equal to the level meets it, as in every month's own judgement."""
    if polarity is Polarity.LOWER:
        lower, upper, level = -upper, -lower, -level
    if level <= lower:
        return Assurance.MEETS
    return Assurance.MISSES if level > upper else Assurance.HIT_AND_MISS


def assured(chart: Xmr, level: Decimal | None, polarity: Polarity) -> Assurance | None:
    """What the latest limits promise; None without limits or without a level."""
    if chart.latest is None or chart.latest.limits is None or level is None:
        return None
    return assurance(chart.latest.limits.lower, chart.latest.limits.upper, level, polarity)
