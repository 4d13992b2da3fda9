"""The verdicts of an XmR chart in plain words, for people who have never seen one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from contracts.rules.months import span_long
from kpis.rules.figures import Polarity, Unit, round_half_up, show
from kpis.rules.signal.limits import TRIAL_UNDER, Limits
from kpis.rules.signal.special_causes import Direction, Flag, Rule
from kpis.rules.signal.verdicts import Assurance, Signal, Variation, assured
from kpis.rules.signal.xmr import Segment, Xmr
from kpis.rules.status import Level

HUNDRED: Final = Decimal(100)
RULES: Final = {
    (Rule.OUTSIDE, Direction.UP): "above the upper limit",
    (Rule.OUTSIDE, Direction.DOWN): "below the lower limit",
    (Rule.TREND, Direction.UP): "seven in a row rising",
    (Rule.TREND, Direction.DOWN): "seven in a row falling",
    (Rule.TWO_OF_THREE, Direction.UP): "two of three close to the upper limit",
    (Rule.TWO_OF_THREE, Direction.DOWN): "two of three close to the lower limit",
    (Rule.ONE_SIDE, Direction.UP): "seven in a row above the mean",
    (Rule.ONE_SIDE, Direction.DOWN): "seven in a row below the mean",
}
TARGET: Final = {
    Assurance.MEETS: "Expect it to go on meeting its target: even its worst ordinary months do.",
    Assurance.MISSES: (
        "Expect it to go on missing its target: even its best ordinary months do."
        " Only a change in how the work is done will meet it."
    ),
}
MINIMUM: Final = {
    Assurance.MEETS: "Ordinary ups and downs do not take it below its minimum.",
    Assurance.MISSES: "Expect it to stay below its minimum: even its best ordinary months are.",
    Assurance.HIT_AND_MISS: "Ordinary ups and downs alone can take it below its minimum.",
}
CHANGED: Final = {
    Variation.IMPROVEMENT: "Improvement: something has changed for the better.",
    Variation.DETERIORATION: "Deterioration: something has changed for the worse.",
}
SO_FAR: Final = {
    Assurance.MEETS: "consistently meets",
    Assurance.MISSES: "consistently misses",
    Assurance.HIT_AND_MISS: "is hit and miss against",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """The limits as far as a figure can reach them; None for one that lies where no figure can be."""

    lower: Decimal | None
    upper: Decimal | None


def reach_of(limits: Limits, values: Sequence[Decimal], unit: Unit) -> Reach:
    """Which of the limits are worth drawing.

    No unit goes below nought, unless one of its figures did; and a percentage does not go above 100, unless one did. A
    limit beyond that is true arithmetic and of no use: nothing can lie outside it. It is told in words, not drawn, and
    the verdicts rest on it as it was worked out.
    """
    is_below = limits.lower < 0 <= min(values)
    is_above = unit is Unit.PERCENT and limits.upper > HUNDRED >= max(values)
    return Reach(None if is_below else limits.lower, None if is_above else limits.upper)


def flag_in_words(flag: Flag, polarity: Polarity) -> str:
    """`below the lower limit: better`."""
    return f"{RULES[flag.rule, flag.direction]}: {'better' if is_better(flag, polarity) else 'worse'}"


def is_better(flag: Flag, polarity: Polarity) -> bool:
    """Whether the special cause pulls the figure where it should go."""
    return (flag.direction is Direction.UP) is (polarity is Polarity.HIGHER)


def verdict_in_words(
    chart: Xmr, signal: Signal | None, level: Level | None, polarity: Polarity, decimals: int
) -> tuple[str, ...]:
    """The sentences of the verdict, the most telling first: what varies, what to expect of target and of minimum."""
    segment = chart.latest
    if segment is None:
        return ("There is no figure yet, so nothing can be said about signal or noise.",)
    if signal is None or segment.limits is None:
        return ("One figure alone says nothing about signal or noise: it takes at least two.",)
    target = assured(chart, level.target if level else None, polarity)
    minimum = assured(chart, level.minimum if level else None, polarity)
    expected = _expected(segment, target, level, polarity, decimals)
    if signal.variation is Variation.COMMON_CAUSE:
        said = ["Normal variation: nothing shows that anything has changed."]
        if target is Assurance.HIT_AND_MISS:
            said = [f"Normal variation: {expected[:1].lower()}{expected[1:]}"]
        elif expected:
            said.append(expected)
    else:
        said = [CHANGED[signal.variation], _signal(signal), _so_far(target, minimum), _limits_are_old(segment, signal)]
        return tuple(filter(None, said))
    said.append(MINIMUM[minimum] if minimum else "")
    return tuple(filter(None, said))


def trial_in_words(limits: Limits) -> str:
    """Why limits on few figures are to be taken with care; nothing where there are enough."""
    if not limits.is_trial:
        return ""
    return (
        f"These are trial limits: {limits.points} figures stand behind them, and until there are {TRIAL_UNDER} each new"
        " one may move them a good deal."
    )


def range_in_words(limits: Limits, reach: Reach, unit: Unit, decimals: int) -> str:
    """Between what figures ordinary months lie, and what became of a limit that no figure can reach."""
    lower = show(reach.lower if reach.lower is not None else Decimal(0), unit, decimals)
    upper = show(reach.upper if reach.upper is not None else HUNDRED, unit, decimals)
    said = f"Ordinary ups and downs: between {lower} and {upper}, round a mean of {show(limits.mean, unit, decimals)}."
    for name, drawn, limit in (("lower", reach.lower, limits.lower), ("upper", reach.upper, limits.upper)):
        if drawn is None:
            side = "below nought" if name == "lower" else "above 100%"
            said += f" The {name} limit, {show(limit, unit, decimals)}, lies {side}, where no figure can be: not drawn."
    return said


def limit_decimals(decimals: int) -> int:
    """The decimals of means and limits: two at least, or a limit of 13.99 would read like the figure 14 outside it."""
    return max(decimals, 2)


def _signal(signal: Signal) -> str:
    months = span_long(signal.points[0].month, signal.points[-1].month)
    names = {RULES[each.flag.rule, each.flag.direction]: None for each in signal.points if each.flag}
    count = len(signal.points)
    figures = f"The latest figure, {months}, is" if count == 1 else f"The latest {count} figures, {months}, are"
    return f"{figures} {' or '.join(names)}, which ordinary ups and downs would not explain."


def _so_far(target: Assurance | None, minimum: Assurance | None) -> str:
    """While something changes, limits tell what was and not what to expect."""
    if target is minimum and target is not None:
        return f"By the limits so far it {SO_FAR[target]} its target and its minimum."
    said = [
        f"{SO_FAR[assurance]} its {name}" for name, assurance in (("target", target), ("minimum", minimum)) if assurance
    ]
    return f"By the limits so far it {' and '.join(said)}." if said else ""


def _limits_are_old(segment: Segment, signal: Signal) -> str:
    if segment.points[0].month == signal.points[0].month:
        return ""
    return "The limits still rest on the months before the change as well; once it has lasted they can be restarted."


def _expected(
    segment: Segment, target: Assurance | None, level: Level | None, polarity: Polarity, decimals: int
) -> str:
    """What to expect of the target; how often where it is hit and miss, by how often the segment's figures met it."""
    if target is None or level is None:
        return ""
    if target is not Assurance.HIT_AND_MISS:
        return TARGET[target]
    sign = 1 if polarity is Polarity.HIGHER else -1
    met = sum(sign * (round_half_up(each.value, decimals) - level.target) >= 0 for each in segment.points)
    if met * 3 > len(segment.points) * 2:
        return "Expect it to meet target in most months and to miss it in some, without anything having changed."
    if met * 3 < len(segment.points):
        return "Expect it to miss target in most months and to meet it in some, without anything having changed."
    return "Expect it to miss target about as often as it meets it."
