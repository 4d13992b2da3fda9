"""The XmR chart of one KPI: its figures, the mean and the limits of ordinary ups and downs, and the special causes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from config.ui.charts import frame as frames
from config.ui.charts import marks
from config.ui.charts.frame import WIDE, Frame, Layout, Named
from config.ui.charts.values import Point, extent, months_since, runs
from config.ui.formats import month_short

LIMIT_DASHES = "2 3"
REBASE_DASHES = "10 3 2 3"
EXTRA_HEIGHT = 60


@dataclass(frozen=True, slots=True)
class Band:
    """Mean and limits over a span of months, both included; a limit that no figure can reach is None and not drawn."""

    first: date
    last: date
    mean: Decimal
    lower: Decimal | None
    upper: Decimal | None


@dataclass(frozen=True, slots=True)
class Special:
    """A special cause: its rule ("outside", "trend", "close", "side"), where it pulls, and both in words."""

    rule: str
    is_up: bool
    is_better: bool
    words: str


def control_chart(
    points: Sequence[Point],
    *,
    bands: Sequence[Band],
    specials: Mapping[date, Special],
    rebases: Sequence[date] = (),
    id: str,
    title: str,
    desc: str,
    show: Callable[[Decimal], str],
    show_limit: Callable[[Decimal], str],
    decimals: int,
    layout: Layout = WIDE,
) -> SafeString:
    """SVG of the points, oldest first and at least one; bands may reach beyond them and are cut to the months shown.

    `show_limit` writes mean and limits, which may need a decimal more than the figures. A dash-dotted line stands at
    the month in which the limits were restarted.
    """
    shown = [cut for band in bands if (cut := _cut(band, points))]
    low, high = extent(points, (n for band in shown for n in (band.mean, band.lower, band.upper) if n is not None))
    named = [*frames.levels_named(points, show), *(_named(shown[-1], show_limit) if shown else ())]
    if not layout.has_side_labels:
        layout = replace(layout, height=layout.height + EXTRA_HEIGHT)
    frame = frames.framed(points, low, high, named, show, decimals, layout)
    body = [
        *frames.scale(frame, show),
        *frames.months(frame),
        *_bands(frame, shown),
        *frames.levels(frame),
        *_rebases(frame, rebases),
        *_figures(frame, specials),
        *frames.names(frame, named),
    ]
    return marks.drawing(id, title, desc, layout.width, layout.height, body)


def _cut(band: Band, points: Sequence[Point]) -> Band | None:
    first, last = max(band.first, points[0].month), min(band.last, points[-1].month)
    return replace(band, first=first, last=last) if first <= last else None


def _named(band: Band, show: Callable[[Decimal], str]) -> Iterator[Named]:
    yield Named(f"Mean {show(band.mean)}", band.mean, marks.QUIET, width=1)
    for name, value in (("Upper limit", band.upper), ("Lower limit", band.lower)):
        if value is not None:
            yield Named(f"{name} {show(value)}", value, marks.QUIET, LIMIT_DASHES)


def _bands(frame: Frame, bands: Sequence[Band]) -> Iterator[str]:
    for band in bands:
        left = _edge(frame, band.first)
        right = marks.number(_edge(frame, band.last) + frame.slot)
        lines = ((band.mean, 1.0, ""), (band.lower, 2.0, LIMIT_DASHES), (band.upper, 2.0, LIMIT_DASHES))
        for value, width, dashes in lines:
            if value is not None:
                yield marks.line(f"M{marks.at(left, frame.y(value))}H{right}", marks.QUIET, width, dashes)


def _rebases(frame: Frame, rebases: Sequence[date]) -> Iterator[str]:
    first, last = frame.points[0].month, frame.points[-1].month
    for month in rebases:
        if first < month <= last:
            x = _edge(frame, month)
            yield marks.line(f"M{marks.at(x, frame.top)}V{marks.number(frame.bottom)}", marks.INK, 1.5, REBASE_DASHES)


def _edge(frame: Frame, month: date) -> float:
    """Where the month begins."""
    return frame.left + frame.slot * months_since(frame.points[0].month, month)


def _figures(frame: Frame, specials: Mapping[date, Special]) -> Iterator[str]:
    """The line, then its points by the way they are painted: ordinary, worse, better."""
    painted: dict[str, list[str]] = {
        f'fill="{marks.INK}"': [],
        marks.special_paint(is_better=False): [],
        marks.special_paint(is_better=True): [],
    }
    ordinary = next(iter(painted))
    for run in runs(frame.points):
        yield marks.line(marks.through((frame.x(point), frame.y(value)) for point, value in run), marks.INK, 1.5)
        for point, value in run:
            x, y = frame.x(point), frame.y(value)
            special = specials.get(point.month)
            words = f"{month_short(point.month)}: {point.label}"
            if special is None:
                mark, paint = marks.dot(x, y, frame.mark * 0.6), ordinary
            else:
                mark = marks.special(special.rule, x, y, max(frame.mark * 1.4, 8), is_up=special.is_up)
                paint = marks.special_paint(is_better=special.is_better)
                words += f", {special.words}"
            painted[paint].append(marks.titled(words, mark) if frame.layout.has_titles else mark)
    yield from (marks.group(paint, found) for paint, found in painted.items() if found)
