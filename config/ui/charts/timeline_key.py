"""What the shapes of a timeline mean: a drawing of its own, once above the timelines of a page or paper."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from django.utils.safestring import SafeString

from config.ui.charts import marks
from config.ui.charts.lanes import StepState
from config.ui.charts.lettering import width
from config.ui.charts.patterns import HATCH, LATE, dress, pattern_of, rating_shapes
from config.ui.charts.timeline import TIMELINE_WIDE, TimelineLayout, draw_step
from config.ui.status import CONFIDENCES, RED, look

SAMPLE: Final = 36
POINT: Final = 16
GAP: Final = 28
Draw = Callable[[float, float], str]


def timeline_key(*, id: str, layout: TimelineLayout = TIMELINE_WIDE) -> SafeString:
    """SVG of every shape with its words, in as many lines as the width needs."""
    size = layout.text - 1
    step = layout.text * 1.75
    x, y = 0.0, step / 2
    body = [dress((*HATCH,))]
    for words, sample, draw in _items():
        room = sample + 8 + width(words, size)
        if x and x + room > layout.width:
            x, y = 0.0, y + step
        body += [draw(x, y), marks.text(x + sample + 8, y + size * 0.35, words, size=size)]
        x += room + GAP
    return marks.drawing(id, "Key to the timeline", key_words(), layout.width, int(y + step / 2), body)


def key_words() -> str:
    """What the key shows, for who cannot see it."""
    return f"{'; '.join(words for words, _, _ in _items())}."


def _items() -> Iterator[tuple[str, int, Draw]]:
    yield "First planned", SAMPLE, lambda x, y: _bar(x, y, marks.PAPER, marks.QUIET, 6)
    for rating in CONFIDENCES:
        yield look(rating).word, SAMPLE, _rated(rating)
    yield "Later than first planned", SAMPLE, lambda x, y: _bar(x, y, pattern_of(LATE), marks.INK, 10)
    for state, words in (
        (StepState.DONE, "Milestone done"),
        (StepState.DUE, "Milestone to come"),
        (StepState.OVERDUE, "Milestone overdue"),
    ):
        yield words, POINT, _milestone(state)
    yield (
        "Expected to be commissioned",
        POINT,
        lambda x, y: (
            f'<path d="M{marks.at(x + 3, y - 6)}l10 6l-10 6z" fill="{marks.PAPER}" stroke="{marks.INK}"'
            ' stroke-width="1.5"/>'
        ),
    )


def _rated(rating: str) -> Draw:
    def draw(x: float, y: float) -> str:
        return rating_shapes(rating, x + 6, [y]) + _bar(
            x + 16, y, pattern_of(rating), look(rating).colour, 10, SAMPLE - 16
        )

    return draw


def _milestone(state: StepState) -> Draw:
    fill, stroke = {
        StepState.DONE: (marks.INK, marks.PAPER),
        StepState.DUE: (marks.PAPER, marks.INK),
        StepState.OVERDUE: (marks.PAPER, RED),
    }[state]

    def draw(x: float, y: float) -> str:
        steps: defaultdict[StepState, list[str]] = defaultdict(list)
        crosses: list[str] = []
        draw_step(steps, crosses, state, x + POINT / 2, y)
        crossed = "".join(f'<path d="{d}" fill="none" stroke="{RED}" stroke-width="2"/>' for d in crosses)
        return f'<path d="{steps[state][0]}" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>{crossed}'

    return draw


def _bar(x: float, y: float, fill: str, stroke: str, height: int, length: int = SAMPLE) -> str:
    d = f"M{marks.at(x + 0.5, y - height / 2)}h{length - 1}v{height}h-{length - 1}z"
    return f'<path d="{d}" fill="{fill}" stroke="{stroke}"/>'
