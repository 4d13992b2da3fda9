"""The small drawings as PNG, because Word takes no SVG on its own: all of them in one pass, one page each."""

from collections.abc import Sequence
from typing import Final

from reports.render.document import Picture
from reports.render.typesetting import typeset

RESOLUTION: Final = 300


def as_png(pictures: Sequence[Picture]) -> list[bytes]:
    """One PNG per picture, in their order, with a transparent ground."""
    if not pictures:
        return []
    drawings = [{"svg": str(each.svg), "width": each.width, "height": each.height} for each in pictures]
    return typeset("drawings.typ", drawings, format="png", ppi=RESOLUTION)
