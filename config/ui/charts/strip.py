"""One mark a month: the status that a row of a long table would be asked about first, without a figure or a scale.

All marks of one status are one path, so that a hundred strips stay small. What met its target is a small dot; the eye
goes to the others, which have the shape they have everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.formats import month_short
from config.ui.status import GREY, STATUSES, look

SLOT: Final = 16
HEIGHT: Final = 18
MOST_NAMED: Final = 3
"""So many months are named in the text equivalent; more are a number."""
RING: Final = "M{} 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"
# Where each shape begins from the left of its month, and its outline from there.
SHAPES: Final = {
    "target_met": (5, "M{} 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"),
    "below_target": (8, "M{} 2l5.5 10h-11z"),
    "below_minimum": (3.5, "M{} 2.5h9v9h-9z"),
    "relief_granted": (8, "M{} 1l6 6-6 6-6-6z"),
    "not_measured": (3.5, RING),
    "missing": (3.5, RING),
}
FILLED: Final = '<path d="{}" fill="{}"/>'
OUTLINED: Final = '<path d="{}" fill="none" stroke="{}" stroke-width="1.5" stroke-dasharray="{}"/>'
DASHES: Final = {"not_measured": "none", "missing": "2.2 1.3"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A month and its status key, blank where there was nothing to judge; what is not verified is underlined."""

    month: date
    status: str
    is_provisional: bool = False


def status_strip(marks: Sequence[Mark], what: str) -> SafeString:
    """SVG of the months, oldest first; ``what`` begins its text equivalent: ``Worst status of each month``."""
    body = [path for status in STATUSES if (path := _marks(marks, status))]
    lines = "".join(
        f"M{place * SLOT + 2} 16.5h12" for place, mark in enumerate(marks) if mark.status and mark.is_provisional
    )
    if lines:
        body.append(format_html(OUTLINED, lines, GREY, "2 2"))
    return format_html(
        '<svg class="app-strip" role="img" aria-label="{}" viewBox="0 0 {width} {height}" width="{width}"'
        ' height="{height}">{}</svg>',
        describe_marks(marks, what),
        format_html_join("", "{}", ((path,) for path in body)),
        width=max(len(marks), 1) * SLOT,
        height=HEIGHT,
    )


def describe_marks(marks: Sequence[Mark], what: str) -> str:
    """`Worst status of each month, Mar 2017 to Feb 2018: below minimum in Sep 2017; target met in 11 months.`"""
    if not marks:
        return f"{what}: no month to show."
    parts = [
        f"{look(status).word.lower()} in {_named([mark.month for mark in marks if mark.status == status])}"
        for status in reversed(STATUSES)
        if any(mark.status == status for mark in marks)
    ]
    open_months = [mark.month for mark in marks if mark.status and mark.is_provisional]
    if open_months:
        parts.append(f"not verified: {_named(open_months)}")
    span = f"{month_short(marks[0].month)} to {month_short(marks[-1].month)}"
    return f"{what}, {span}: {'; '.join(parts) or 'nothing in force'}."


def _named(months: Sequence[date]) -> str:
    return ", ".join(map(month_short, months)) if len(months) <= MOST_NAMED else f"{len(months)} months"


def _marks(marks: Sequence[Mark], status: str) -> SafeString | None:
    """Every mark of this status as one path."""
    begins, outline = SHAPES[status]
    steps = "".join(outline.format(place * SLOT + begins) for place, mark in enumerate(marks) if mark.status == status)
    if not steps:
        return None
    if status in DASHES:
        return format_html(OUTLINED, steps, look(status).colour, DASHES[status])
    return format_html(FILLED, steps, look(status).colour)
