"""The mean of a run of figures and the natural process limits round it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from itertools import pairwise
from typing import Final

from kpis.rules.figures import AMPLE

LIMIT: Final = Decimal("2.66")
"""So many average moving ranges lie between the mean and a limit: 3 ÷ 1.128."""
SCREEN: Final = Decimal("3.267")
"""A moving range at or above so many averages is itself out of the ordinary."""
TRIAL_UNDER: Final = 12
"""With fewer points the limits are trial limits."""

# Worked out with sixty digits, kept with forty: where a limit is a short decimal, a figure lies on it exactly, however
# long the quotients on the way to it were.
KEPT: Final = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean, the average moving range after screening, and the limits; ``points`` figures stand behind them."""

    mean: Decimal
    average_moving_range: Decimal
    lower: Decimal
    upper: Decimal
    near_lower: Decimal
    near_upper: Decimal
    points: int

    @property
    def is_trial(self) -> bool:
        """Whether so few points stand behind them that a few more may move them a good deal."""
        return self.points < TRIAL_UNDER


def limits_of(values: Sequence[Decimal], *, screen: bool = True) -> Limits:
    """The limits of at least two figures in the order of their months.

    ``screen`` leaves out, once, the moving ranges at or above 3.267 times their average, so that one leap does not
    widen the limits behind which it hides. ``near_*`` lie two thirds of the way from the mean to a limit.
    Raises ValueError for fewer than two figures: there is no moving range then.
    """
    if len(values) < 2:
        raise ValueError("Limits need at least two figures.")
    with localcontext(AMPLE):
        mean = sum(values, Decimal(0)) / len(values)
        average = _average([abs(after - before) for before, after in pairwise(values)], screen=screen)
        reach, near = LIMIT * average, 2 * LIMIT * average / 3
        return Limits(
            mean=KEPT.plus(mean),
            average_moving_range=KEPT.plus(average),
            lower=KEPT.plus(mean - reach),
            upper=KEPT.plus(mean + reach),
            near_lower=KEPT.plus(mean - near),
            near_upper=KEPT.plus(mean + near),
            points=len(values),
        )


def _average(ranges: Sequence[Decimal], *, screen: bool) -> Decimal:
    average = sum(ranges, Decimal(0)) / len(ranges)
    # Figures that never move have no range to screen: nought is not below 3.267 times nought.
    if not screen or not average:
        return average
    kept = [each for each in ranges if each < SCREEN * average]
    return sum(kept, Decimal(0)) / len(kept)
