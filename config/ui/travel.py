"""How direction of travel looks: a word and an arrow with a shaft, unlike any status shape, in ink alone.

The arrow points up for better and down for worse, whichever way the figure went: the word beside it says so, and black
and white lose nothing.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Drawn in a square of 16 units, as lines.
UP: Final = "M8 14.5V2M3 7l5-5 5 5"
DOWN: Final = "M8 1.5V14M3 9l5 5 5-5"
ACROSS: Final = "M1 8H14.5M10 3.5 14.5 8 10 12.5"


@dataclass(frozen=True, slots=True)
class TravelLook:
    """`tag` is arrow and word for a table or a sentence; it refers to `TRAVEL_SYMBOLS`, once on the page."""

    key: str
    word: str
    outline: str
    tag: SafeString


def _look(key: str, word: str, outline: str) -> TravelLook:
    if not outline:
        tag = format_html("{}", word)
    else:
        tag = format_html(
            '<svg class="app-shape app-shape--travel" aria-hidden="true"><use href="#travel-{}"/></svg>{}', key, word
        )
    return TravelLook(key, word, outline, tag)


TRAVELS: Final = {
    look.key: look
    for look in (
        _look("better", "Better", UP),
        _look("worse", "Worse", DOWN),
        _look("flat", "No change", ACROSS),
        _look("no_comparison", "—", ""),
    )
}
TRAVEL_SYMBOLS: Final = format_html(
    '<svg class="app-symbols" width="0" height="0" aria-hidden="true" focusable="false">{}</svg>',
    format_html_join(
        "",
        '<symbol id="travel-{}" viewBox="0 0 16 16"><path d="{}" fill="none" stroke="currentColor"'
        ' stroke-width="2"/></symbol>',
        ((look.key, look.outline) for look in TRAVELS.values() if look.outline),
    ),
)


def travel_look(key: str) -> TravelLook:
    """The look of a direction by its key; an unknown key is a mistake and raises KeyError."""
    return TRAVELS[key]
