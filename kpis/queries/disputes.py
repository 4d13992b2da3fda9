"""Disputes as rules read them: which of them stands beside a figure, and the figure each is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from kpis.models import Dispute
from kpis.rules import disputes as rules
from kpis.rules.sentences import figure_in_words

Disputes = Mapping[tuple[int, date], list[rules.Dispute]]
"""By the KPI's key and the month, oldest first."""


def load_disputes(kpis: Iterable[int], first: date | None, last: date) -> Disputes:
    """The disputes of these KPIs from ``first``, or from the beginning, to ``last``, but those withdrawn. One query."""
    found: defaultdict[tuple[int, date], list[rules.Dispute]] = defaultdict(list)
    rows = Dispute.objects.filter(result__kpi__in=list(kpis), result__month__lte=last).select_related("result")
    if first is not None:
        rows = rows.filter(result__month__gte=first)
    for row in rows.exclude(state=rules.State.WITHDRAWN).order_by("pk"):
        found[row.result.kpi_id, row.result.month].append(dispute_of(row))
    return found


def dispute_of(row: Dispute) -> rules.Dispute:
    return rules.Dispute(
        pk=row.pk,
        state=rules.State(row.state),
        note=row.note,
        claimed=row.claimed,
        answer=row.answer,
        raised_on=timezone.localdate(row.raised_at),
        settled_on=timezone.localdate(row.settled_at) if row.settled_at else None,
        disputed=(row.value, row.numerator, row.denominator, row.not_measured_reason),
    )


def figure_disputed(row: Dispute) -> str:
    """The figure that the dispute is about, as its KPI shows it, or why there is none; the KPI is read already."""
    kpi = row.result.kpi
    return figure_in_words(kpi.unit, kpi.decimals, row.value, row.numerator, row.denominator, row.not_measured_reason)
