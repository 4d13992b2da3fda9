"""What the large charts share: where the plot lies, its scale and months, levels as steps, names beside their lines."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from config.ui.charts import marks
from config.ui.charts.values import Point, months_since, ticks
from config.ui.formats import MONTHS_SHORT
from config.ui.status import GREEN, RED

MINIMUM_DASHES = "7 4"
SAMPLE = 22
LABEL_EVERY = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240)
Show = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The sizes of one drawing; `has_side_labels` names the levels at the right end of their lines, else above.

    `has_titles` lets each point say its figure to a pointer, which a telephone has not.
    """

    width: int
    height: int
    text: int
    mark: float
    ticks: int
    has_side_labels: bool
    has_titles: bool


WIDE = Layout(width=960, height=400, text=16, mark=10, ticks=6, has_side_labels=True, has_titles=True)
NARROW = Layout(width=360, height=320, text=16, mark=10, ticks=5, has_side_labels=False, has_titles=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A line and what it is called at its end: the words with the figure, where it ends, and how it is drawn."""

    words: str
    value: Decimal
    colour: str
    dashes: str = ""
    width: float = 2
    is_bold: bool = False


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

    @property
    def mark(self) -> float:
        """How wide a point is drawn: smaller where the months stand close."""
        return min(self.layout.mark, max(self.slot * 0.9, 4))

    def x(self, point: Point) -> float:
        """The middle of the month."""
        return self.left + self.slot * (months_since(self.points[0].month, point.month) + 0.5)

    def y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)


def framed(
    points: Sequence[Point],
    low: Decimal,
    high: Decimal,
    named: Sequence[Named],
    show: Show,
    decimals: int,
    layout: Layout,
) -> Frame:
    """The frame that holds figures from `low` to `high` and has room for the scale and for the names of the lines."""
    scale = ticks(low, high, decimals, layout.ticks)
    left = max(marks.text_width(show(tick), layout.text) for tick in scale) + 10
    right = max((marks.text_width(each.words, layout.text) for each in named), default=0) + 16
    return Frame(
        layout=layout,
        points=points,
        ticks=scale,
        left=left,
        right=layout.width - (right if layout.has_side_labels else 8),
        top=layout.text * (1.8 if layout.has_side_labels else 1.7 + 1.2 * len(_top_rows(named, layout))),
        bottom=layout.height - layout.text * 3,
    )


def levels_named(points: Sequence[Point], show: Show) -> list[Named]:
    """The latest figure and the levels in force at the end, as far as there are any."""
    last = points[-1]
    found = [
        ("Latest", last.value, marks.INK, ""),
        ("Target", last.target, GREEN, ""),
        ("Minimum", last.minimum, RED, MINIMUM_DASHES),
    ]
    return [
        Named(f"{name} {show(value)}", value, colour, dashes, is_bold=name == "Latest")
        for name, value, colour, dashes in found
        if value is not None
    ]


def scale(frame: Frame, show: Show) -> Iterator[str]:
    """The figures at the left and their lines across."""
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


def months(frame: Frame) -> Iterator[str]:
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


def level(frame: Frame, name: str, colour: str, dashes: str) -> Iterator[str]:
    """Target or minimum through time, a step where it changed."""
    steps = [
        (frame.x(point) - frame.slot / 2, frame.x(point) + frame.slot / 2, frame.y(value))
        for point in frame.points
        if (value := getattr(point, name)) is not None
    ]
    if steps:
        yield marks.line(marks.stepped(steps), colour, 2, dashes)


def levels(frame: Frame) -> Iterator[str]:
    yield from level(frame, "target", GREEN, "")
    yield from level(frame, "minimum", RED, MINIMUM_DASHES)


def names(frame: Frame, named: Sequence[Named]) -> Iterator[str]:
    """What the lines are called, beside their ends or above the plot."""
    yield from _side_labels(frame, named) if frame.layout.has_side_labels else _top_labels(frame, named)


def _side_labels(frame: Frame, named: Sequence[Named]) -> Iterator[str]:
    """At the right ends, pushed apart where they would overlap and kept between top and bottom of the plot."""
    size = frame.layout.text
    gap = size * 1.25
    placed: list[tuple[float, Named]] = []
    lowest = frame.top - gap
    for each in sorted(named, key=lambda line: frame.y(line.value)):
        lowest = max(frame.y(each.value), lowest + gap)
        placed.append((lowest, each))
    highest = frame.bottom + gap
    for y, each in reversed(placed):
        highest = min(y, highest - gap)
        yield marks.text(
            frame.right + 8, highest + size * 0.35, each.words, size=size, colour=each.colour, is_bold=each.is_bold
        )


def _top_labels(frame: Frame, named: Sequence[Named]) -> Iterator[str]:
    """Above the plot, each with a piece of its line, where there is no room beside it."""
    size = frame.layout.text
    for row, lines in enumerate(_top_rows(named, frame.layout)):
        x, y = 4.0, size * (1.0 + 1.2 * row)
        for each in lines:
            yield marks.line(f"M{marks.at(x, y - size * 0.3)}h{SAMPLE}", each.colour, each.width, each.dashes)
            yield marks.text(x + SAMPLE + 6, y, each.words, size=size, colour=each.colour)
            x += _sample_width(each.words, size)


def _top_rows(named: Sequence[Named], layout: Layout) -> list[list[Named]]:
    """The names in as few rows as hold them; the latest figure is not among them, its point says it."""
    rows: list[list[Named]] = []
    room = 0.0
    for each in named:
        if each.is_bold:
            continue
        width = _sample_width(each.words, layout.text)
        if not rows or width > room:
            rows.append([])
            room = layout.width - 4
        rows[-1].append(each)
        room -= width
    return rows


def _sample_width(words: str, size: int) -> float:
    return SAMPLE + 18 + marks.text_width(words, size)
