"""Projects on a stretch of time: what was planned, what is forecast or done, how late that is, and the milestones.

A drawing holds a page's worth of projects at most (`portions`), so that paper breaks between drawings and a listener
hears of a handful at a time; drawings that belong together share one stretch of time, and compare.

Shapes of a kind are one path for the whole drawing: a hundred projects in two layouts would be a heavy page otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from django.utils.safestring import SafeString

from config.ui.charts import marks
from config.ui.charts.lanes import Lane, StepState, Stretch
from config.ui.charts.lettering import folded, shortened, texts, width
from config.ui.charts.patterns import LATE, dress, pattern_of, rating_shapes
from config.ui.formats import day as day_words
from config.ui.status import CONFIDENCES, LOOKS, RED, look

T = TypeVar("T")

MOST_LANES: Final = 25
"""Projects in one drawing: on a sheet of A4 it leaves room for its heading."""
LEAST: Final = 2.5
"""How wide a bar is at least, so that a single day is seen."""


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """
    The sizes of one drawing. ``label`` is the room for names beside the bars; without it they stand above them.

    ``lane`` is the height of a project, ``bar`` where the middle of its bar lies in it. ``beyond`` is the room behind
    the last day for how late a project is: the same in every drawing, so that they compare.
    """

    width: int
    text: int
    lane: int
    bar: int
    label: int
    beyond: int
    has_long_today: bool


TIMELINE_WIDE: Final = TimelineLayout(width=960, text=16, lane=36, bar=21, label=350, beyond=84, has_long_today=True)
TIMELINE_NARROW: Final = TimelineLayout(width=360, text=16, lane=58, bar=42, label=0, beyond=78, has_long_today=False)


def portions(lanes: Sequence[T], most: int = MOST_LANES) -> Iterator[Sequence[T]]:
    """As few drawings as hold them, about equally many in each."""
    number = -(-len(lanes) // most)
    for place in range(number):
        yield lanes[place * len(lanes) // number : (place + 1) * len(lanes) // number]


def timeline(
    lanes: Sequence[Lane],
    *,
    id: str,
    title: str,
    desc: str,
    stretch: Stretch,
    on: date,
    layout: TimelineLayout = TIMELINE_WIDE,
) -> SafeString:
    """SVG of these projects, one lane each, in the order given; those without any date have no place in it."""
    shown = [lane for lane in lanes if lane.is_dated]
    frame = _frame(shown, stretch, layout)
    strokes = _Strokes()
    for place, lane in enumerate(shown):
        _draw_lane(strokes, lane, frame, frame.top + place * layout.lane + layout.bar)
    body = [
        dress(strokes.bars),
        *_lines(shown, frame),
        *_axis(frame),
        *strokes.below(),
        *_today(frame, on),
        *_axis_words(frame, on),
        *_margins(shown, frame),
        *strokes.above(),
        *_names(shown, frame),
        *texts(strokes.late, layout.text - 2, has_ground=True),
    ]
    return marks.drawing(id, title, desc, layout.width, frame.height, body)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where time lies in the drawing; a day outside the stretch lies at its edge."""

    layout: TimelineLayout
    stretch: Stretch
    left: float
    right: float
    top: float
    lanes: int

    @property
    def height(self) -> int:
        return int(self.top) + self.lanes * self.layout.lane + 4

    @property
    def foot(self) -> float:
        return self.height - 4

    def x(self, day: date) -> float:
        first, last = self.stretch.first, self.stretch.last
        gone = (min(max(day, first), last) - first).days
        return self.left + gone / max((last - first).days, 1) * (self.right - self.left)

    def holds(self, day: date) -> bool:
        return self.stretch.first <= day <= self.stretch.last

    def ticks(self) -> list[tuple[date, str, str]]:
        return list(self.stretch.ticks(int((self.right - self.left) / (self.layout.text * 2.9))))


@dataclass(slots=True)
class _Strokes:
    """The shapes of all lanes by what they mean, each a path that grows."""

    planned: list[str] = field(default_factory=list)
    bars: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    steps: defaultdict[StepState, list[str]] = field(default_factory=lambda: defaultdict(list))
    crosses: list[str] = field(default_factory=list)
    commissions: list[str] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    late: list[tuple[float, float, str]] = field(default_factory=list)

    def below(self) -> Iterator[str]:
        """What was planned, and the bars."""
        yield from _path(self.planned, f'fill="{marks.PAPER}" stroke="{marks.QUIET}"')
        for rating in (*(key for key in LOOKS if key in self.bars), LATE):
            if rating in self.bars:
                colour = marks.INK if rating == LATE else look(rating).colour
                yield from _path(self.bars[rating], f'fill="{pattern_of(rating)}" stroke="{colour}"')

    def above(self) -> Iterator[str]:
        """Milestones and what else is a point in time."""
        ink = f'stroke="{marks.INK}" stroke-width="1.5"'
        yield from _path(self.commissions, f'fill="{marks.PAPER}" {ink}')
        yield from _path(self.steps[StepState.DONE], f'fill="{marks.INK}" stroke="{marks.PAPER}"')
        yield from _path(self.steps[StepState.DUE], f'fill="{marks.PAPER}" {ink}')
        yield from _path(self.steps[StepState.OVERDUE], f'fill="{marks.PAPER}" stroke="{RED}" stroke-width="1.5"')
        yield from _path(self.crosses, f'fill="none" stroke="{RED}" stroke-width="2"')
        yield from _path(self.cuts, f'fill="{marks.INK}"')


def _frame(lanes: Sequence[Lane], stretch: Stretch, layout: TimelineLayout) -> _Frame:
    return _Frame(
        layout=layout,
        stretch=stretch,
        left=layout.label + 12 if layout.label else 20,
        right=layout.width - layout.beyond,
        top=layout.text * 4,
        lanes=len(lanes),
    )


def _draw_lane(strokes: _Strokes, lane: Lane, frame: _Frame, y: float) -> None:
    if lane.planned_finish is not None:
        begin = lane.planned_start if lane.planned_start is not None else lane.planned_finish
        strokes.planned.append(_bar(frame, begin, lane.planned_finish, y - 13, 6))
    elif lane.planned_start is not None:
        strokes.planned.append(_bar(frame, lane.planned_start, lane.planned_start, y - 13, 6))
    if lane.finish is not None:
        _draw_bar(strokes, lane, lane.finish, frame, y)
    if lane.commission_on is not None:
        x = frame.x(lane.commission_on)
        strokes.commissions.append(f"M{marks.at(x, y - 6)}l10 6l-10 6z")
    for step in lane.steps:
        if frame.holds(step.on):
            draw_step(strokes.steps, strokes.crosses, step.state, frame.x(step.on), y)
    if min(lane.dates) < frame.stretch.first:
        strokes.cuts.append(f"M{marks.at(frame.left - 2, y - 6)}v12l-7-6z")
    if max(lane.dates) > frame.stretch.last:
        strokes.cuts.append(f"M{marks.at(frame.right + 2, y - 6)}v12l7-6z")
    if lane.lateness:
        ends = [day for day in lane.dates if frame.holds(day)]
        x = max((frame.x(day) for day in ends), default=frame.right) + 10
        size = frame.layout.text - 2
        x = min(x, frame.layout.width - width(lane.lateness, size))
        strokes.late.append((x, y + size * 0.35, lane.lateness))


def _draw_bar(strokes: _Strokes, lane: Lane, finish: date, frame: _Frame, y: float) -> None:
    """Solid to the finish first planned, hatched beyond it."""
    begin = min(lane.planned_start or finish, lane.planned_finish or finish, finish)
    promised = min(finish, lane.planned_finish or finish)
    if promised > begin or promised == finish:
        strokes.bars[lane.rating].append(_bar(frame, begin, promised, y - 5, 10))
    if promised < finish:
        strokes.bars[LATE].append(_bar(frame, promised, finish, y - 5, 10))


def draw_step(
    steps: defaultdict[StepState, list[str]], crosses: list[str], state: StepState, x: float, y: float
) -> None:
    """A milestone's diamond; an overdue one is a box crossed out."""
    if state is not StepState.OVERDUE:
        steps[state].append(f"M{marks.at(x, y - 7)}l7 7l-7 7l-7-7z")
        return
    steps[state].append(f"M{marks.at(x - 6, y - 6)}h12v12h-12z")
    crosses.append(f"M{marks.at(x - 4, y - 4)}l8 8m0-8l-8 8")


def _bar(frame: _Frame, begin: date, end: date, y: float, height: int) -> str:
    left, right = frame.x(begin), frame.x(end)
    right = max(right, left + LEAST)
    return f"M{marks.at(left, y)}H{marks.number(right)}v{height}H{marks.number(left)}z"


def _path(pieces: Iterable[str], paint: str) -> Iterator[str]:
    if d := "".join(pieces):
        yield f'<path d="{d}" {paint}/>'


def _lines(lanes: Sequence[Lane], frame: _Frame) -> Iterator[str]:
    """A hairline above each lane, to lead the eye from name to bar."""
    tops = (frame.top + place * frame.layout.lane for place in range(len(lanes) + 1))
    yield marks.line("".join(f"M0 {marks.number(y)}H{frame.layout.width}" for y in tops), marks.GRID)


def _axis(frame: _Frame) -> Iterator[str]:
    ticks = frame.ticks()
    d = "".join(f"M{marks.at(frame.x(day), frame.top - 6)}V{marks.number(frame.foot)}" for day, _, _ in ticks)
    yield marks.line(d, marks.GRID)


def _axis_words(frame: _Frame, on: date) -> Iterator[str]:
    """Months with the years above them, on paper of their own where the line of today runs behind them."""
    size = frame.layout.text
    words = [
        (frame.x(day), frame.top - size * drop, word)
        for day, month, year in frame.ticks()
        for word, drop in ((month, 0.6), (year, 1.7 if month else 0.6))
        if word
    ]
    crossed = [each for each in words if frame.holds(on) and abs(each[0] - frame.x(on)) < size * 1.5]
    yield from texts(crossed, size - 2, marks.QUIET, anchor="middle", has_ground=True)
    yield from texts((each for each in words if each not in crossed), size - 2, marks.QUIET, anchor="middle")


def _today(frame: _Frame, on: date) -> Iterator[str]:
    if not frame.holds(on):
        return
    size = frame.layout.text
    x = frame.x(on)
    yield marks.line(f"M{marks.at(x, size * 1.2)}V{marks.number(frame.foot)}", marks.INK, 2, "2 3")
    words = f"Today, {day_words(on)}" if frame.layout.has_long_today else "Today"
    half = width(words, size, is_bold=True) / 2
    middle = min(max(x, half + 2), frame.layout.width - half - 2)
    yield marks.text(middle, size * 0.95, words, size=size, anchor="middle", is_bold=True)


def _margins(lanes: Sequence[Lane], frame: _Frame) -> Iterator[str]:
    """Paper behind the names that stand above their bars, so that no line of the plot runs through them."""
    layout = frame.layout
    if not layout.label:
        tops = (frame.top + place * layout.lane + 1 for place in range(len(lanes)))
        bands = (f"M0 {marks.number(y)}h{layout.width}v{layout.bar - 17}h-{layout.width}z" for y in tops)
        yield from _path(bands, f'fill="{marks.PAPER}"')


def _names(lanes: Sequence[Lane], frame: _Frame) -> Iterator[str]:
    """
    Rating, reference and title; beside the bars a long title takes two lines.

    One too long for its room is cut, and stands in full in the table.
    """
    layout = frame.layout
    size = layout.text - 1
    room = (layout.label or layout.width) - 24
    references = [shortened(lane.reference, room * 0.6, size, is_bold=True) for lane in lanes]
    indent = max((width(words, size, is_bold=True) for words in references), default=0) + 8
    below = layout.lane / 2 + size * 0.35 if layout.label else size * 1.35
    heights = [round(frame.top + place * layout.lane + below) for place in range(len(lanes))]
    fold = folded if layout.label else lambda *given: (shortened(*given),)
    titles = [fold(lane.title, room - indent, size) for lane in lanes]
    for rating in CONFIDENCES:
        places = [y - 5 for lane, y in zip(lanes, heights, strict=True) if lane.rating == rating]
        if places:
            yield rating_shapes(rating, 9, places)
    yield from texts(((22, y, words) for y, words in zip(heights, references, strict=True)), size, is_bold=True)
    yield from texts(
        (
            (22 + indent, y + (line - (len(lines) - 1) / 2) * size * 1.1, words)
            for y, lines in zip(heights, titles, strict=True)
            for line, words in enumerate(lines)
        ),
        size,
    )
