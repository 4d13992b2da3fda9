"""The marks charts are made of: status shapes, lines through points, stepped levels, text. Coordinates to 0.1.

A mark is a piece of the format string that `drawing` completes: numbers and constants of ours, and words that `text`
and `titled` have escaped. One `format_html` a chart instead of one a mark makes a sparkline three times as fast.
"""

import html
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.ui.status import look

FONT = "Arial, Liberation Sans, sans-serif"
INK = "#0b0c0c"
QUIET = "#505a5f"
GRID = "#d5dae0"
PAPER = "#ffffff"
BETTER = "#1d4f91"
WORSE = "#8a3b00"
RINGS = frozenset({"not_measured", "missing", "unrated"})
WIDE_LETTERS = frozenset("%@MWmw—")
NARROW_LETTERS = dict.fromkeys(" .,:;'ijlI", 0.3)


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    """A coordinate: at most one digit after the point, and none where it is zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def at(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def through(points: Iterable[tuple[float, float]]) -> str:
    """The `d` of a line through the points."""
    return "M" + "L".join(at(x, y) for x, y in points)


def stepped(steps: Sequence[tuple[float, float, float]]) -> str:
    """The `d` of level lines, from (left, right, y) for each month: straight on while the level stays, else a step."""
    d = []
    end, level = None, None
    for left, right, y in steps:
        if end is None or abs(end - left) > 0.05:
            d += [f"M{at(left, y)}H{number(right)}"]
        elif level == y:
            d[-1] = f"{d[-1].rpartition('H')[0]}H{number(right)}"
        else:
            d += [f"V{number(y)}H{number(right)}"]
        end, level = right, y
    return "".join(d)


def line(d: str, colour: str, width: float = 1, dashes: str = "", *, is_round: bool = False) -> str:
    """A line that is not filled; `dashes` as SVG writes them, "7 4"; round ends make dots of short dashes."""
    ends = ' stroke-linecap="round"' if is_round else ""
    return f'<path d="{d}" fill="none" {_stroke(colour, width, dashes)} stroke-linejoin="round"{ends}/>'


def dot(x: float, y: float, size: float) -> str:
    """An ordinary figure of an XmR chart, in the paint of its group."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size / 2)}"/>'


def bar(x: float, y: float, width: float) -> str:
    """A short bar above a mark: the figure is disputed."""
    return f'<path d="M{at(x - width / 2, y)}h{number(width)}" {_stroke(INK, 2.5, "")}/>'


def special_paint(*, is_better: bool) -> str:
    """How special causes are painted: filled is better, hollow worse."""
    colour = BETTER if is_better else WORSE
    return f'fill="{colour if is_better else PAPER}" {_stroke(colour, 2)} stroke-linejoin="round"'


def special(rule: str, x: float, y: float, size: float, *, is_up: bool) -> str:
    """A special cause of an XmR chart round (x, y), not painted yet: the shape says by which rule.

    A star lies outside a limit, an arrowhead is part of a trend, an hourglass close to a limit, a half disc on one side
    of the mean. Arrowhead and half disc point where the figure is pulled.
    """
    half, turn = size / 2, -1 if is_up else 1
    match rule:
        case "outside":
            outline = through(
                (x + half * 1.25 * reach * across, y + half * 1.25 * reach * down) for across, down, reach in _STAR
            )
        case "trend":
            corners = ((0.0, 1.0), (1.0, -0.9), (0.0, -0.25), (-1.0, -0.9))
            outline = through((x + half * across, y + turn * half * down) for across, down in corners)
        case "close":
            corners = ((-0.9, -1.0), (0.9, -1.0), (-0.9, 1.0), (0.9, 1.0))
            outline = through((x + half * across, y + half * down) for across, down in corners)
        case "side":
            foot, sweep = y - turn * half * 0.4, 1 if is_up else 0
            outline = f"M{at(x - half, foot)}A{number(half)} {number(half)} 0 0 {sweep} {at(x + half, foot)}"
        case _:
            raise KeyError(rule)
    return f'<path d="{outline}z"/>'


# Five points and the five corners between them: (across, down, how far out).
_STAR = tuple(
    (math.sin(math.pi * corner / 5), -math.cos(math.pi * corner / 5), 1.0 if corner % 2 == 0 else 0.42)
    for corner in range(10)
)


def shape(status: str, x: float, y: float, size: float, *, is_hollow: bool = False) -> str:
    """The status's shape round (x, y), about `size` wide; hollow for provisional figures."""
    colour = look(status).colour
    half = size / 2
    dashes = ""
    match status:
        case "below_target":
            outline = f"M{at(x, y - half)}L{at(x + half, y + half * 0.8)}L{at(x - half, y + half * 0.8)}z"
        case "below_minimum":
            arm = half * 0.85
            outline = f"M{at(x - arm, y - arm)}H{number(x + arm)}V{number(y + arm)}H{number(x - arm)}z"
        case "relief_granted":
            arm = half * 1.15
            outline = f"M{at(x, y - arm)}L{at(x + arm, y)}L{at(x, y + arm)}L{at(x - arm, y)}z"
        case _:
            outline = ""
            if status == "missing":
                # Eight dashes round the ring.
                dashes = f"{half * 0.47:.2f} {half * 0.315:.2f}"
    fill = PAPER if is_hollow or status in RINGS else colour
    paint = f'fill="{fill}" {_stroke(colour, size / 6, dashes)}'
    if outline:
        return f'<path d="{outline}" {paint}/>'
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {paint}/>'


def ring(x: float, y: float, size: float) -> str:
    """An open circle round a mark."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size / 2)}" fill="none" {_stroke(INK, 1.5, "")}/>'


def _stroke(colour: str, width: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'stroke="{colour}" stroke-width="{number(width)}"{dashed}'


def text(
    x: float, y: float, words: str, *, size: int, anchor: str = "start", colour: str = INK, is_bold: bool = False
) -> str:
    weight = ' font-weight="700"' if is_bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{escaped(words)}</text>"
    )


def group(paint: str, marks: Iterable[str]) -> str:
    """Marks that share their paint: said once it weighs little."""
    return f"<g {paint}>{''.join(marks)}</g>"


def titled(words: str, mark: str) -> str:
    """A mark that shows its words when the pointer rests on it."""
    return f"<g><title>{escaped(words)}</title>{mark}</g>"


def escaped(text: str) -> str:
    """Words made safe for a drawing; braces are doubled because marks are part of a format string."""
    return html.escape(text).replace("{", "{{").replace("}", "}}")


def text_width(words: str, size: int) -> float:
    """How wide text in Arial gets at most, for margins that must not clip; a little too much rather than too little."""
    return size * sum(NARROW_LETTERS.get(letter, 0.9 if letter in WIDE_LETTERS else 0.6) for letter in words)


def drawing(id: str, title: str, desc: str, width: int, height: int, marks: Iterable[str]) -> SafeString:
    """The `<svg>` round the marks, named for screen readers; `id` must be unique on the page.

    Marks refer to the id as `{id}`.
    """
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{id}-title {id}-desc"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{FONT}">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>' + "".join(marks) + "</svg>",
        id=id,
        title=title,
        desc=desc,
    )
