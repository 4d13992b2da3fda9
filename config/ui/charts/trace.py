"""The smallest drawing: where a figure went, in the last column of a long table.

It has no name of its own: the row beside it says every figure and how the last one compares, so that a reader who does
not see it misses nothing, and forty of them weigh little.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH = 72
HEIGHT = 20
PAD = 2
OPENS = f'<svg class="app-trace" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'


def trace(values: Sequence[Decimal | None], level: Decimal | None) -> SafeString:
    """One figure a month, oldest first, ``None`` where there is none; the level it is held against as a dashed line."""
    measured = [value for value in (*values, level) if value is not None]
    if not measured:
        return SafeString("")
    low, high = min(measured), max(measured)
    scale = (HEIGHT - 2 * PAD) / float(high - low) if high > low else 0.0

    def y(value: Decimal) -> int:
        return _pixel(HEIGHT - PAD - float(value - low) * scale) if scale else HEIGHT // 2

    steps, is_drawing, places = [], False, _places(len(values))
    for place, value in enumerate(values):
        if value is not None:
            # A month between two gaps is a point: a line of no length with round ends.
            is_lonely = not is_drawing and (place + 1 == len(values) or values[place + 1] is None)
            steps.append(f"{'L' if is_drawing else 'M'}{places[place]} {y(value)}{'h0' if is_lonely else ''}")
        is_drawing = value is not None
    held = f'<path class="app-trace__level" d="M0 {y(level)}H{WIDTH}"/>' if level is not None else ""
    return format_html(f'{OPENS}{held}<path d="{{}}"/></svg>', "".join(steps))


@lru_cache(maxsize=128)
def _places(number: int) -> tuple[int, ...]:
    """How far to the right each of so many months stands."""
    slot = (WIDTH - 2 * PAD) / max(number - 1, 1)
    return tuple(_pixel(PAD + place * slot) for place in range(number))


def _pixel(coordinate: float) -> int:
    """Whole pixels are fine enough for a drawing this small."""
    return int(coordinate)
