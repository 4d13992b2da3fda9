"""Disputes as rules read them: which of them stands beside a figure, and the figure each is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from contracts.readings import Reading
from kpis.models import Dispute
from kpis.rules import disputes as rules
from kpis.rules.sentences import figure_in_words

Disputes = Mapping[tuple[int, date], list[rules.Dispute]]
"""By the KPI's key and the month, oldest first."""


def read_disputes(kpis: Iterable[int] | QuerySet[Any, Any], first: date | None, last: date) -> Reading[Disputes]:
    """The disputes of these KPIs from ``first``, or from the beginning, to ``last``, but those withdrawn. One step."""
    found: defaultdict[tuple[int, date], list[rules.Dispute]] = defaultdict(list)
    rows = Dispute.objects.filter(result__kpi__in=kpis, result__month__lte=last).select_related("result")
    if first is not None:
        rows = rows.filter(result__month__gte=first)
    (told,) = yield (rows.exclude(state=rules.State.WITHDRAWN).order_by("pk"),)
    for row in told:
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
