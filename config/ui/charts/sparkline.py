"""The small chart of an exception card or table row: where the figure went, and the two levels it is held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from config.ui.charts import marks
from config.ui.charts.values import Point, extent, months_since, runs
from config.ui.status import GREEN, RED

PAD = 7


def sparkline(
    points: Sequence[Point], *, id: str, title: str, desc: str, width: int = 160, height: int = 48
) -> SafeString:
    """SVG of the history, oldest first: target solid, minimum dashed, misses by their shapes, the last month large.

    Months without a figure leave a gap in the line and their ring at the foot.
    """
    if not points:
        return marks.drawing(id, title, desc, width, height, ())
    frame = _frame(points, width, height)
    body = [*_levels(points, frame, width), *_line(points, frame), *_points(points, frame)]
    return marks.drawing(id, title, desc, width, height, body)


@dataclass(frozen=True, slots=True)
class Frame:
    """How months and figures become coordinates: `slot` pixels a month, `scale` pixels a unit above `low`."""

    places: dict[date, float]
    slot: float
    foot: int
    low: float
    scale: float

    def y(self, value: Decimal) -> float:
        return self.foot - (float(value) - self.low) * self.scale


def _frame(points: Sequence[Point], width: int, height: int) -> Frame:
    low, high = extent(points)
    first = points[0].month
    slot = (width - 2 * PAD) / max(months_since(first, points[-1].month), 1)
    left = PAD if len(points) > 1 else width / 2
    return Frame(
        places={point.month: left + slot * months_since(first, point.month) for point in points},
        slot=slot,
        foot=height - PAD,
        low=float(low),
        scale=(height - 2 * PAD) / float(high - low),
    )


def _levels(points: Sequence[Point], frame: Frame, width: int) -> Iterator[str]:
    half = frame.slot / 2
    for name, colour, dashes in (("target", GREEN, ""), ("minimum", RED, "3 2")):
        steps = [
            (max(x - half, 0), min(x + half, width), frame.y(level))
            for point, x in zip(points, frame.places.values(), strict=True)
            if (level := getattr(point, name)) is not None
        ]
        if steps:
            yield marks.line(marks.stepped(steps), colour, dashes=dashes)


def _line(points: Sequence[Point], frame: Frame) -> Iterator[str]:
    for run in runs(points):
        yield marks.line(marks.through((frame.places[p.month], frame.y(value)) for p, value in run), marks.INK, 1.5)


def _points(points: Sequence[Point], frame: Frame) -> Iterator[str]:
    last = points[-1]
    for point, x in zip(points, frame.places.values(), strict=True):
        if point.status == "target_met" and point is not last:
            continue
        y = frame.foot if point.value is None else frame.y(point.value)
        yield marks.shape(point.status, x, y, 8 if point is last else 6, is_hollow=point.is_provisional)
