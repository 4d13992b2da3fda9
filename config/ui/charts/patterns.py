"""How ratings look on a timeline, bar and shape, also in black and white. `{id}` becomes the id of the drawing."""

from collections.abc import Collection, Iterable
from typing import Final

from config.ui.charts.marks import GRID, INK, PAPER, at
from config.ui.status import look

LATE: Final = "late"
"""The part of a bar beyond the finish first planned."""

HATCH: Final[dict[str, str]] = {
    "amber": f'<path d="M2 0v6M5 0v6" stroke="{PAPER}" stroke-width="1"/>',
    "red": f'<path d="M0 3h6" stroke="{PAPER}" stroke-width="2"/>',
    LATE: f'<path d="M0 6L6 0M-1 1L1-1M5 7L7 5" stroke="{INK}" stroke-width="1.5"/>',
}
PLAIN: Final = {"unrated": GRID}
"""Ratings whose fill is not their colour."""


def pattern_of(rating: str) -> str:
    """The fill of a bar."""
    return f"url(#{{id}}-{rating})" if rating in HATCH else PLAIN.get(rating) or look(rating).colour


def dress(ratings: Collection[str]) -> str:
    """The definitions that these fills need."""
    needed = "".join(_pattern(rating) for rating in HATCH if rating in ratings)
    return f"<defs>{needed}</defs>" if needed else ""


def rating_shapes(rating: str, x: float, heights: Iterable[float]) -> str:
    """The shapes that ratings have everywhere, one below the other, as one path."""
    colour = look(rating).colour
    piece = {
        "amber": lambda y: f"M{at(x, y - 6)}l6 11h-12z",
        "red": lambda y: f"M{at(x - 5.5, y - 5.5)}h11v11h-11z",
    }.get(rating, lambda y: f"M{at(x - 5, y)}a5 5 0 1 0 0-.1z")
    fill = PAPER if rating == "unrated" else colour
    return f'<path d="{"".join(map(piece, heights))}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'


def _pattern(rating: str) -> str:
    ground = PAPER if rating == LATE else look(rating).colour
    return (
        f'<pattern id="{{id}}-{rating}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0H6V6H0z" fill="{ground}"/>{HATCH[rating]}</pattern>'
    )
