"""The text equivalent of a history: what a listener needs instead of the drawing."""

from collections import Counter
from collections.abc import Sequence

from config.ui.charts.values import Point
from config.ui.formats import month_long, plural
from config.ui.status import STATUSES, look


def describe(points: Sequence[Point]) -> str:
    """From which month to which, the latest, lowest and highest figure, and how many months had which status."""
    if not points:
        return "No months to show."
    first, last = points[0], points[-1]
    span = month_long(first.month) if first is last else f"{month_long(first.month)} to {month_long(last.month)}"
    counts = Counter(point.status for point in points)
    statuses = ", ".join(
        f"{look(status).word.lower()} in {plural(counts[status], 'month')}" for status in STATUSES if counts[status]
    )
    disputed = sum(point.is_disputed for point in points)
    note = f" Disputed by the supplier: {plural(disputed, 'figure')}." if disputed else ""
    return f"{span}: {_figures(points)} {statuses[:1].upper()}{statuses[1:]}.{note}"


def _figures(points: Sequence[Point]) -> str:
    measured = [(point.value, point) for point in points if point.value is not None]
    if not measured:
        return "no figures."
    (_, low), (_, high) = min(measured, key=lambda pair: pair[0]), max(measured, key=lambda pair: pair[0])
    latest = measured[-1][1]
    words = f"latest {_figure(latest)}"
    if len(measured) > 1:
        words += f", lowest {_figure(low)}, highest {_figure(high)}"
    return f"{words}."


def _figure(point: Point) -> str:
    note = ", provisional" if point.is_provisional else ""
    return f"{point.label} ({month_long(point.month)}{note})"
