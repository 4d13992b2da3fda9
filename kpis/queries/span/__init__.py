"""
A contract's KPIs judged over a span of months, for a page that is opened all day: two readings, whatever their number.

The values are those of :func:`kpis.queries.load_register`, made by the same rules. What differs is how little is read:
the months of the span with everything said of them, and of months before the span only those of KPIs whose run may
reach back there, judged backwards as far as the run can go and no further. The readings are handed out as
:class:`contracts.rows.Wanted`, so that a page can take them together with other tables in one statement.
"""

from kpis.queries.span.asked import Span, wanted_terms
from kpis.queries.span.judged import JudgedSpan, judge_span

__all__ = ["JudgedSpan", "Span", "judge_span", "wanted_terms"]
