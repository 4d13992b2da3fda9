"""How each status looks: one word, one shape and one colour, decided here and nowhere else.

Measured and contractual statuses of a KPI and the confidence of a project share the table, by their plain string keys.
Markup is made once, at import: a matrix of 45 KPIs prints it 585 times. Shapes are drawn, not typed, because fonts
disagree about the characters; every shape keeps its meaning in black and white.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

GREEN: Final = "#00703c"
ORANGE: Final = "#b1510b"
RED: Final = "#b10e1e"
PURPLE: Final = "#4c2c92"
GREY: Final = "#505a5f"

# Drawn in a square of 16 units; the shapes have about the same visual weight.
CIRCLE: Final = format_html('<circle cx="8" cy="8" r="{}"/>', 6)
TRIANGLE: Final = format_html('<path d="{}"/>', "M8 1.5 15 14.5H1z")
SQUARE: Final = format_html('<path d="{}"/>', "M2.5 2.5h11v11h-11z")
DIAMOND: Final = format_html('<path d="{}"/>', "M8 .8 15.2 8 8 15.2.8 8z")
RING: Final = format_html('<circle cx="8" cy="8" r="{}" fill="none" stroke="currentColor" stroke-width="2"/>', 5.5)
DASHED_RING: Final = format_html(
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="{}"/>',
    "3.3 2.46",
)


@dataclass(frozen=True, slots=True)
class Look:
    """One row of the table.

    `tint` is the ground of a matrix cell, `css` the ending of the class names. `svg` stands alone, `tag` is shape and
    word for text and tables, `cell` is the shape for a matrix cell with the word for screen readers. `cell` and
    `light_tag`, the tag of a page that prints a hundred, refer to `SYMBOLS`, which every page of the layout holds.
    """

    key: str
    word: str
    colour: str
    tint: str
    css: str
    shape: SafeString
    svg: SafeString
    tag: SafeString
    light_tag: SafeString
    cell: SafeString


def _look(key: str, word: str, shape: SafeString, colour: str, tint: str) -> Look:
    css = key.replace("_", "-")
    svg = format_html(
        '<svg class="app-shape" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" color="{}"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        colour,
        shape,
    )
    tag = format_html('<strong class="app-tag app-tag--{}">{}{}</strong>', css, svg, word)
    light_tag = format_html(
        '<strong class="app-tag app-tag--{}"><svg class="app-shape" aria-hidden="true"><use href="#shape-{}"/></svg>{}'
        "</strong>",
        css,
        css,
        word,
    )
    cell = format_html(
        '<svg class="app-shape" aria-hidden="true" focusable="false"><use href="#shape-{}"/></svg>'
        '<span class="govuk-visually-hidden">{}</span>',
        css,
        word,
    )
    return Look(key, word, colour, tint, css, shape, svg, tag, light_tag, cell)


LOOKS: Final = {
    look.key: look
    for look in (
        _look("target_met", "Target met", CIRCLE, GREEN, "#f3f8f6"),
        _look("below_target", "Below target", TRIANGLE, ORANGE, "#fdeedd"),
        _look("below_minimum", "Below minimum", SQUARE, RED, "#fbe3e4"),
        _look("relief_granted", "Relief granted", DIAMOND, PURPLE, "#ebe6f5"),
        _look("not_measured", "Not measured", RING, GREY, "#f3f3f3"),
        _look("missing", "Missing", DASHED_RING, GREY, "#ffffff"),
        _look("green", "Green", CIRCLE, GREEN, "#f3f8f6"),
        _look("amber", "Amber", TRIANGLE, ORANGE, "#fdeedd"),
        _look("red", "Red", SQUARE, RED, "#fbe3e4"),
        _look("unrated", "Not rated", RING, GREY, "#f3f3f3"),
    )
}
STATUSES: Final = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")
CONFIDENCES: Final = ("green", "amber", "red", "unrated")

SYMBOLS: Final = format_html(
    '<svg class="app-symbols" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>',
    format_html_join(
        "",
        '<symbol id="shape-{}" viewBox="0 0 16 16">{}</symbol>',
        ((look.css, look.shape) for look in LOOKS.values()),
    ),
)


def look(key: str) -> Look:
    """The look of a status or confidence by its key; an unknown key is a mistake and raises KeyError."""
    return LOOKS[key]
