"""The smallest drawing: where a figure went, in the last column of a long table.

It has no name of its own: the row beside it says every figure and how the last one compares, so that a reader who does
not see it misses nothing, and forty of them weigh little.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH = 72
HEIGHT = 20
PAD = 2


def trace(values: Sequence[Decimal | None], level: Decimal | None) -> SafeString:
    """One figure a month, oldest first, ``None`` where there is none; the level it is held against as a dashed line."""
    measured = [value for value in (*values, level) if value is not None]
    if not measured:
        return SafeString("")
    low, high = min(measured), max(measured)
    scale = (HEIGHT - 2 * PAD) / float(high - low) if high > low else 0.0
    slot = (WIDTH - 2 * PAD) / max(len(values) - 1, 1)

    def y(value: Decimal) -> int:
        return _pixel(HEIGHT - PAD - float(value - low) * scale) if scale else HEIGHT // 2

    steps, is_drawing = [], False
    for place, value in enumerate(values):
        if value is not None:
            # A month between two gaps is a point: a line of no length with round ends.
            steps.append(f"{'L' if is_drawing else 'M'}{_pixel(PAD + place * slot)} {y(value)}")
            is_lonely = not is_drawing and (place + 1 == len(values) or values[place + 1] is None)
            steps.append("h0" if is_lonely else "")
        is_drawing = value is not None
    held = format_html('<path class="app-trace__level" d="M0 {}H{}"/>', y(level), WIDTH) if level is not None else ""
    return format_html(
        '<svg class="app-trace" viewBox="0 0 {} {}" aria-hidden="true">{}<path d="{}"/></svg>',
        WIDTH,
        HEIGHT,
        held,
        "".join(steps),
    )


def _pixel(coordinate: float) -> int:
    """Whole pixels are fine enough for a drawing this small."""
    return int(coordinate)
