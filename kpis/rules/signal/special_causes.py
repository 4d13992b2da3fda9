"""The rules by which a point is a special cause: something other than the ordinary ups and downs is at work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from kpis.rules.signal.limits import Limits

RUN: Final = 7
"""So many points in a row rising, falling, or on one side of the mean are no accident."""


class Rule(StrEnum):
    """In the order in which they are tried: a point is named by the first that matches."""

    OUTSIDE = "outside a limit"
    TREND = "seven rising or falling"
    TWO_OF_THREE = "two of three close to a limit"
    ONE_SIDE = "seven on one side of the mean"


class Direction(StrEnum):
    """Where the special cause pulls the figure; whether that is better is for the KPI's polarity to say."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Flag:
    """A point's special cause."""

    rule: Rule
    direction: Direction


def flags_of(values: Sequence[Decimal], limits: Limits) -> tuple[Flag | None, ...]:
    """The special cause of each figure, or None where it is ordinary; the limits are those of the same figures.

    A figure exactly on a limit is not outside, exactly two thirds of the way not close, exactly on the mean on neither
    side. *Two of three* asks that all three lie on one side of the mean and flags the close ones, those outside a limit
    not counted: they are flagged as such. Where one trend turns into another, the turning point belongs to the later.
    """
    sides = [_sign(value - limits.mean) for value in values]
    outside = [not limits.lower <= value <= limits.upper for value in values]
    close = [
        not out and not limits.near_lower <= value <= limits.near_upper
        for value, out in zip(values, outside, strict=True)
    ]
    trends = _trends(values)
    paired = _two_of_three(close, sides)
    runs = _one_side(sides)
    return tuple(
        _first(
            (Rule.OUTSIDE, side if out else 0),
            (Rule.TREND, trend),
            (Rule.TWO_OF_THREE, side if pair else 0),
            (Rule.ONE_SIDE, side if run else 0),
        )
        for side, out, trend, pair, run in zip(sides, outside, trends, paired, runs, strict=True)
    )


def _first(*found: tuple[Rule, int]) -> Flag | None:
    for rule, sign in found:
        if sign:
            return Flag(rule, Direction.UP if sign > 0 else Direction.DOWN)
    return None


def _sign(difference: Decimal) -> int:
    return (difference > 0) - (difference < 0)


def _trends(values: Sequence[Decimal]) -> list[int]:
    """For each point the sign of the trend it is part of: every step of the trend goes the same way."""
    steps = [_sign(after - before) for before, after in pairwise(values)]
    found = [0] * len(values)
    for first, last, sign in _runs_of_one(steps):
        if sign and last - first + 2 >= RUN:
            # n steps join n + 1 points.
            found[first : last + 2] = [sign] * (last - first + 2)
    return found


def _two_of_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    found = [False] * len(close)
    for first in range(len(close) - 2):
        three = range(first, first + 3)
        if abs(sum(sides[place] for place in three)) == 3 and sum(close[place] for place in three) >= 2:
            for place in three:
                found[place] |= close[place]
    return found


def _one_side(sides: Sequence[int]) -> list[bool]:
    found = [False] * len(sides)
    for first, last, side in _runs_of_one(sides):
        if side and last - first + 1 >= RUN:
            found[first : last + 1] = [True] * (last - first + 1)
    return found


def _runs_of_one(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first place, last place, sign) of each run of equal signs."""
    first = 0
    for place, sign in enumerate(signs):
        if place + 1 == len(signs) or signs[place + 1] != sign:
            yield first, place, sign
            first = place + 1
