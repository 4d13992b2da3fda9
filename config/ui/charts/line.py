"""The large chart of one KPI: every month's figure with its status, and target and minimum as they changed."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from config.ui.charts import frame as frames
from config.ui.charts import marks
from config.ui.charts.frame import MINIMUM_DASHES, NARROW, WIDE, Frame, Layout
from config.ui.charts.values import Point, extent, runs
from config.ui.formats import month_short
from config.ui.status import PURPLE, look

__all__ = ["MINIMUM_DASHES", "NARROW", "WIDE", "Layout", "line_chart"]

RELIEF_GROUND = "#f3f0f9"
RELIEF_HATCH = "#bfb1dd"
CHANGE_DASHES = "1 4"


def line_chart(
    points: Sequence[Point],
    *,
    id: str,
    title: str,
    desc: str,
    show: Callable[[Decimal], str],
    decimals: int,
    layout: Layout = WIDE,
) -> SafeString:
    """SVG of a KPI's history, oldest first and at least one month; `show` writes a figure with its unit.

    Provisional points are hollow, relieved months hatched, corrected figures ringed, disputed ones under a bar,
    and a dotted line stands where the levels changed; a month without a figure breaks the line and shows its ring
    on the axis. Months in between may be absent, as for a KPI that is due quarterly.
    """
    low, high = extent(points)
    named = frames.levels_named(points, show)
    frame = frames.framed(points, low, high, named, show, decimals, layout)
    body = [
        _pattern(),
        *_relief(frame),
        *frames.scale(frame, show),
        *frames.months(frame),
        *_changes(frame),
        *frames.levels(frame),
        *_figures(frame),
        *frames.names(frame, named),
    ]
    return marks.drawing(id, title, desc, layout.width, layout.height, body)


def changed_levels(points: Sequence[Point]) -> list[Point]:
    """The points at which target or minimum is another than before."""
    return [
        after
        for before, after in pairwise(points)
        if before.target is not None and (before.target, before.minimum) != (after.target, after.minimum)
    ]


def _pattern() -> str:
    return (
        '<defs><pattern id="{id}-relief" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0H8V8H0z" fill="{RELIEF_GROUND}"/><path d="M0 8L8 0" stroke="{RELIEF_HATCH}"/></pattern></defs>'
    )


def _relief(frame: Frame) -> Iterator[str]:
    spans: list[tuple[float, float]] = []
    for point in frame.points:
        if not point.is_relieved:
            continue
        left, right = frame.x(point) - frame.slot / 2, frame.x(point) + frame.slot / 2
        if spans and abs(spans[-1][1] - left) < 0.05:
            left = spans.pop()[0]
        spans.append((left, right))
    size = frame.layout.text
    labelled_to = 0.0
    for left, right in spans:
        yield (
            f'<rect x="{marks.number(left)}" y="{marks.number(frame.top)}" width="{marks.number(right - left)}"'
            f' height="{marks.number(frame.bottom - frame.top)}" fill="url(#{{id}}-relief)"/>'
        )
        foot = marks.number(frame.bottom)
        yield marks.line(f"M{marks.at(left, frame.top)}V{foot}M{marks.at(right, frame.top)}V{foot}", PURPLE)
        middle = min(max((left + right) / 2, frame.left + size * 1.6), frame.right - size * 1.6)
        if middle - size * 1.6 >= labelled_to:
            yield marks.text(middle, frame.top - size * 0.5, "Relief", size=size, anchor="middle", colour=PURPLE)
            labelled_to = middle + size * 1.6


def _changes(frame: Frame) -> Iterator[str]:
    for point in changed_levels(frame.points):
        x = frame.x(point) - frame.slot / 2
        yield marks.line(
            f"M{marks.at(x, frame.top)}V{marks.number(frame.bottom)}", marks.INK, 2, CHANGE_DASHES, is_round=True
        )


def _figures(frame: Frame) -> Iterator[str]:
    for run in runs(frame.points):
        yield marks.line(marks.through((frame.x(point), frame.y(value)) for point, value in run), marks.INK, 2)
    for point in frame.points:
        x, y = frame.x(point), frame.y(point.value) if point.value is not None else frame.bottom
        size = frame.mark if point.value is not None else frame.mark * 1.2
        mark = marks.shape(point.status, x, y, size, is_hollow=point.is_provisional)
        if point.is_corrected:
            mark += marks.ring(x, y, frame.mark * 2)
        if point.is_disputed:
            mark += marks.bar(x, y - frame.mark * 1.3, frame.mark * 1.4)
        yield marks.titled(f"{month_short(point.month)}: {_said(point)}", mark) if frame.layout.has_titles else mark


def _said(point: Point) -> str:
    notes = (
        "provisional" if point.is_provisional else "",
        "corrected" if point.is_corrected else "",
        "disputed by the supplier" if point.is_disputed else "",
    )
    return ", ".join(filter(None, (point.label, look(point.status).word.lower(), *notes)))
