"""The large chart of one KPI: every month's figure with its status, and target and minimum as they changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from config.ui.charts import marks
from config.ui.charts.values import Point, extent, months_since, runs, ticks
from config.ui.formats import MONTHS_SHORT, month_short
from config.ui.status import GREEN, PURPLE, RED, look

MINIMUM_DASHES = "7 4"
SAMPLE = 22
RELIEF_GROUND = "#f3f0f9"
RELIEF_HATCH = "#bfb1dd"
LABEL_EVERY = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Layout:
    """The sizes of one drawing; `has_side_labels` names the levels at the right end of their lines, else above."""

    width: int
    height: int
    text: int
    mark: float
    ticks: int
    has_side_labels: bool


WIDE = Layout(width=960, height=400, text=16, mark=10, ticks=6, has_side_labels=True)
NARROW = Layout(width=360, height=320, text=16, mark=10, ticks=5, has_side_labels=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the drawing, and how months and figures become coordinates."""

    layout: Layout
    points: Sequence[Point]
    ticks: Sequence[Decimal]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def slot(self) -> float:
        return (self.right - self.left) / (months_since(self.points[0].month, self.points[-1].month) + 1)

    def x(self, point: Point) -> float:
        """The middle of the month."""
        return self.left + self.slot * (months_since(self.points[0].month, point.month) + 0.5)

    def y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)


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

    Provisional points are hollow, disputed ones ringed, relieved months hatched; a month without a figure breaks the
    line and shows its ring on the axis. Months in between may be absent, as for a KPI that is due quarterly.
    """
    frame = _frame(points, show, decimals, layout)
    body = [
        _pattern(),
        *_relief(frame),
        *_scale(frame, show),
        *_months(frame),
        *_level(frame, "target", GREEN, ""),
        *_level(frame, "minimum", RED, MINIMUM_DASHES),
        *_figures(frame),
        *(_side_labels(frame, show) if layout.has_side_labels else _top_labels(frame, show)),
    ]
    return marks.drawing(id, title, desc, layout.width, layout.height, body)


def _frame(points: Sequence[Point], show: Callable[[Decimal], str], decimals: int, layout: Layout) -> Frame:
    low, high = extent(points)
    scale = ticks(low, high, decimals, layout.ticks)
    left = max(marks.text_width(show(tick), layout.text) for tick in scale) + 10
    side = [f"{name} {show(value)}" for name, value in _ends(points)]
    right = max((marks.text_width(words, layout.text) for words in side), default=0) + 16
    return Frame(
        layout=layout,
        points=points,
        ticks=scale,
        left=left,
        right=layout.width - (right if layout.has_side_labels else 8),
        top=layout.text * (1.8 if layout.has_side_labels else 1.7 + 1.2 * _top_rows(points, show, layout)),
        bottom=layout.height - layout.text * 3,
    )


def _ends(points: Sequence[Point]) -> list[tuple[str, Decimal]]:
    """What the ends of the lines are called: the latest figure and the levels in force at the end."""
    last = points[-1]
    figures = [("Latest", last.value), ("Target", last.target), ("Minimum", last.minimum)]
    return [(name, value) for name, value in figures if value is not None]


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


def _scale(frame: Frame, show: Callable[[Decimal], str]) -> Iterator[str]:
    for tick in frame.ticks:
        y = frame.y(tick)
        colour = marks.QUIET if tick == frame.ticks[0] else marks.GRID
        yield marks.line(f"M{marks.at(frame.left, y)}H{marks.number(frame.right)}", colour)
        yield marks.text(
            frame.left - 8,
            y + frame.layout.text * 0.35,
            show(tick),
            size=frame.layout.text,
            anchor="end",
            colour=marks.QUIET,
        )


def _months(frame: Frame) -> Iterator[str]:
    """Month names where there is room for them, the year under the first of each year."""
    size = frame.layout.text
    first, last = frame.points[0].month, frame.points[-1].month
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    every = next((n for n in LABEL_EVERY if n * frame.slot >= size * 2.8), LABEL_EVERY[-1])
    year_shown = 0
    for number in range(start, end + 1):
        if number % every and every <= end - start:
            continue
        year, month = divmod(number, 12)
        x = frame.left + frame.slot * (number - start + 0.5)
        y = frame.bottom + size * 1.4
        yield marks.line(f"M{marks.at(x, frame.bottom)}v5", marks.QUIET)
        x = min(x, frame.layout.width - size * 1.2)
        yield marks.text(x, y, MONTHS_SHORT[month], size=size, anchor="middle", colour=marks.QUIET)
        if year != year_shown:
            yield marks.text(x, y + size * 1.2, str(year), size=size, anchor="middle", colour=marks.QUIET)
            year_shown = year


def _level(frame: Frame, name: str, colour: str, dashes: str) -> Iterator[str]:
    steps = [
        (frame.x(point) - frame.slot / 2, frame.x(point) + frame.slot / 2, frame.y(level))
        for point in frame.points
        if (level := getattr(point, name)) is not None
    ]
    if steps:
        yield marks.line(marks.stepped(steps), colour, 2, dashes)


def _figures(frame: Frame) -> Iterator[str]:
    for run in runs(frame.points):
        yield marks.line(marks.through((frame.x(point), frame.y(value)) for point, value in run), marks.INK, 2)
    size = min(frame.layout.mark, max(frame.slot * 0.9, 4))
    for point in frame.points:
        y = frame.y(point.value) if point.value is not None else frame.bottom
        mark_size = size if point.value is not None else size * 1.2
        words = ", ".join(filter(None, (point.label, look(point.status).word.lower())))
        if point.is_provisional:
            words += ", provisional"
        if point.is_disputed:
            words += ", disputed by the supplier"
        mark = marks.shape(point.status, frame.x(point), y, mark_size, is_hollow=point.is_provisional)
        if point.is_disputed:
            mark += marks.ring(frame.x(point), y, mark_size * 2)
        yield marks.titled(f"{month_short(point.month)}: {words}", mark)


def _side_labels(frame: Frame, show: Callable[[Decimal], str]) -> Iterator[str]:
    """The names of the lines at their right ends, pushed apart where they would overlap."""
    size = frame.layout.text
    colours = {"Latest": marks.INK, "Target": GREEN, "Minimum": RED}
    placed = frame.top - size * 1.25
    for name, value in sorted(_ends(frame.points), key=lambda end: frame.y(end[1])):
        placed = max(frame.y(value), placed + size * 1.25)
        yield marks.text(
            frame.right + 8,
            placed + size * 0.35,
            f"{name} {show(value)}",
            size=size,
            colour=colours[name],
            is_bold=name == "Latest",
        )


def _top_labels(frame: Frame, show: Callable[[Decimal], str]) -> Iterator[str]:
    """The levels above the plot, each with a piece of its line, where there is no room beside it."""
    size = frame.layout.text
    styles = {"Target": (GREEN, ""), "Minimum": (RED, MINIMUM_DASHES)}
    is_stacked = _top_rows(frame.points, show, frame.layout) > 1
    x, y = 4.0, size * 1.0
    for name, words in _level_words(frame.points, show):
        colour, dashes = styles[name]
        yield marks.line(f"M{marks.at(x, y - size * 0.3)}h{SAMPLE}", colour, 2, dashes)
        yield marks.text(x + SAMPLE + 6, y, words, size=size, colour=colour)
        if is_stacked:
            y += size * 1.2
        else:
            x += _sample_width(words, size)


def _level_words(points: Sequence[Point], show: Callable[[Decimal], str]) -> list[tuple[str, str]]:
    return [(name, f"{name} {show(value)}") for name, value in _ends(points) if name != "Latest"]


def _top_rows(points: Sequence[Point], show: Callable[[Decimal], str], layout: Layout) -> int:
    """How many lines the levels above the plot take: one where they fit side by side."""
    words = [words for _, words in _level_words(points, show)]
    return 1 if sum(_sample_width(each, layout.text) for each in words) <= layout.width else len(words)


def _sample_width(words: str, size: int) -> float:
    return SAMPLE + 18 + marks.text_width(words, size)
