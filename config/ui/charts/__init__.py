"""Charts as SVG strings, drawn on the server: the same drawing serves page, PDF and Word.

Pure functions: plain values in, markup out, the same bytes for the same values. Only presentation attributes are used,
because the content security policy blocks `style`, and only what typst's SVG reader understands. Every chart says in
`<title>` and `<desc>` what it shows; the table of its figures stands beside it on the page.
"""

from config.ui.charts.control import Band, Special, control_chart
from config.ui.charts.frame import NARROW, WIDE, Layout
from config.ui.charts.key import chart_key
from config.ui.charts.lanes import Lane, Step, StepState, Stretch, describe_lanes
from config.ui.charts.line import changed_levels, line_chart
from config.ui.charts.sparkline import sparkline
from config.ui.charts.timeline import TIMELINE_NARROW, TIMELINE_WIDE, TimelineLayout, timeline
from config.ui.charts.timeline_key import timeline_key
from config.ui.charts.trace import trace
from config.ui.charts.values import Point
from config.ui.charts.words import describe

__all__ = [
    "NARROW",
    "TIMELINE_NARROW",
    "TIMELINE_WIDE",
    "WIDE",
    "Band",
    "Lane",
    "Layout",
    "Point",
    "Special",
    "Step",
    "StepState",
    "Stretch",
    "TimelineLayout",
    "changed_levels",
    "chart_key",
    "control_chart",
    "describe",
    "describe_lanes",
    "line_chart",
    "sparkline",
    "timeline",
    "timeline_key",
    "trace",
]
