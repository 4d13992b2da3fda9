"""What a chart is drawn from, and the arithmetic of its scale.

Figures arrive as Decimal. They become floats only as coordinates, where a tenth of a pixel is the last digit shown.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A KPI's month: the figure, its status key and the levels in force then.

    `value` is None where the status says why (not measured, missing). `label` is the figure in words for tooltip and
    description, "93.10%". `is_relieved` shades the month, whatever its status; `is_corrected` says that the figure was
    changed after it had been verified, `is_disputed` that the supplier holds another to be right.
    """

    month: date
    value: Decimal | None
    status: str
    target: Decimal | None = None
    minimum: Decimal | None = None
    label: str = ""
    is_provisional: bool = False
    is_relieved: bool = False
    is_disputed: bool = False
    is_corrected: bool = False


def months_since(first: date, month: date) -> int:
    """How many months `month` lies after `first`."""
    return (month.year - first.year) * 12 + month.month - first.month


def extent(points: Sequence[Point], others: Iterable[Decimal] = ()) -> tuple[Decimal, Decimal]:
    """The smallest and largest of all figures and levels, and of others that are to be drawn with them.

    Room round the only one, never below nought; or 0 to 1.
    """
    numbers = [n for point in points for n in (point.value, point.target, point.minimum) if n is not None]
    numbers += others
    if not numbers:
        return Decimal(0), Decimal(1)
    low, high = min(numbers), max(numbers)
    if low < high:
        return low, high
    return (max(low - 1, Decimal(0)) if low >= 0 else low - 1), high + 1


def ticks(low: Decimal, high: Decimal, decimals: int, about: int) -> list[Decimal]:
    """Round numbers that enclose `low` to `high`, about `about` of them, no finer than the KPI's decimals."""
    rough = (high - low) / max(about - 1, 1)
    power = Decimal(1).scaleb(math.floor(rough.log10()))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    step = max(step, Decimal(1).scaleb(-decimals))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * n for n in range(first, last + 1)]


def runs(points: Sequence[Point]) -> Iterator[list[tuple[Point, Decimal]]]:
    """The points with their figures, broken where a month has none."""
    run: list[tuple[Point, Decimal]] = []
    for point in points:
        if point.value is not None:
            run.append((point, point.value))
        elif run:
            yield run
            run = []
    if run:
        yield run
