"""The key under a large chart: each mark that occurs in it, and what it means in words.

It stands beside the chart as text of the page, so it is never clipped, wraps on a phone and prints in black and white.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.charts import marks
from config.ui.charts.control import LIMIT_DASHES, REBASE_DASHES
from config.ui.charts.frame import MINIMUM_DASHES
from config.ui.charts.line import CHANGE_DASHES, RELIEF_GROUND, RELIEF_HATCH
from config.ui.status import GREEN, PURPLE, RED

WIDTH, HEIGHT = 28, 16
ACROSS, DOWN = f"M0 {HEIGHT // 2}H{WIDTH}", f"M{WIDTH // 2} 0V{HEIGHT}"
MIDDLE = (WIDTH / 2, HEIGHT / 2)
LINES = {
    "figure": marks.line(ACROSS, marks.INK, 2),
    "target": marks.line(ACROSS, GREEN, 2),
    "minimum": marks.line(ACROSS, RED, 2, MINIMUM_DASHES),
    "mean": marks.line(ACROSS, marks.QUIET, 1),
    "limit": marks.line(ACROSS, marks.QUIET, 2, LIMIT_DASHES),
    "rebase": marks.line(DOWN, marks.INK, 1.5, REBASE_DASHES),
    "change": marks.line(DOWN, marks.INK, 2, CHANGE_DASHES, is_round=True),
    "ordinary": marks.group(f'fill="{marks.INK}"', [marks.dot(*MIDDLE, 6)]),
    "provisional": marks.shape("target_met", *MIDDLE, 10, is_hollow=True),
    "corrected": marks.shape("target_met", *MIDDLE, 7) + marks.ring(*MIDDLE, 14),
    "disputed": marks.shape("target_met", MIDDLE[0], MIDDLE[1] + 3, 8) + marks.bar(MIDDLE[0], 2, 11),
    "relief": (
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" fill="{RELIEF_GROUND}" stroke="{PURPLE}"/>'
        f'<path d="M4 {HEIGHT - 2}L14 2M14 {HEIGHT - 2}L24 2" stroke="{RELIEF_HATCH}"/>'
    ),
}


def chart_key(items: Iterable[tuple[str, str]]) -> SafeString:
    """A list of (mark, words); a mark is one of `LINES`, a status key, or "outside up better" for a special cause."""
    rows = ((_sample(mark), words) for mark, words in items)
    return format_html('<ul class="app-chart-key">{}</ul>', format_html_join("", "<li>{}{}</li>", rows))


def _sample(mark: str) -> SafeString:
    words = mark.split()
    if mark in LINES:
        drawn = LINES[mark]
    elif len(words) == 3:
        shape = marks.special(words[0], *MIDDLE, 11, is_up=words[1] == "up")
        drawn = marks.group(marks.special_paint(is_better=words[2] == "better"), [shape])
    else:
        drawn = marks.shape(mark, *MIDDLE, 10)
    return format_html(
        '<svg class="app-chart-key__mark" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' aria-hidden="true" focusable="false">' + drawn + "</svg>",
        width=WIDTH,
        height=HEIGHT,
    )
