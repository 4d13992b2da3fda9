"""Why an addendum is written, in the words it prints: what became known when, and who asked for it after its day."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import Month
from reports.models import Edition, FrozenPaper, Paper, PaperRun
from reports.models.paper import Kind
from reports.queries.addenda import cut_off_on
from reports.queries.new_months import meeting_of
from reports.rules.addenda import NewMonth, asked_late_in_words, lateness_in_words, why_written


def read_why(report: FrozenPaper, months: Sequence[NewMonth], *, number: int, revision: int) -> Reading[str]:
    """
    Why a revision of an addendum exists, as it prints it; asked for after the cut-off day, with the reason. One step.
    """
    (runs,), calendar = yield from beside(ask(_drafts(report.paper, number, revision)), read_calendar())
    sentences = [why_written(months, timezone.localdate(report.frozen_at))]
    with suppress(YearNotKnown):
        day = cut_off_on(meeting_of(report.paper), calendar)
        late = _asked_late(runs, day, revision, months[-1].month)
        sentences += [asked_late_in_words(asked_on, day, reason) for asked_on, reason in late]
    return " ".join(sentences)


def _drafts(report: Paper, number: int, revision: int) -> QuerySet[Any, Any]:
    """Of each draft up to this one its revision, the reason and day it was asked for, and the last month it told."""
    runs = PaperRun.objects.filter(
        contract=report.contract_id,
        meeting=report.meeting_id,
        kind=Kind.ADDENDUM,
        number=number,
        revision__lte=revision,
        edition=Edition.DRAFT,
    )
    rows: QuerySet[Any, Any] = runs.order_by("revision")
    return rows.values_list("revision", "reason", "due_on", "paper__review_to")


def _asked_late(
    runs: Iterable[tuple[int, str, date, date | None]], cut_off: date, revision: int, last: Month
) -> Iterator[tuple[date, str]]:
    """When and why months were asked for after the cut-off day; building the same months again is no asking."""
    told: date | None = None
    for each, reason, due_on, told_to in runs:
        until = last if each == revision else told_to
        is_more = until is not None and (told is None or until > told)
        if is_more and reason and due_on > cut_off:
            yield due_on, reason
        told = until or told


def lateness_of(months: Sequence[NewMonth]) -> str:
    """The reason for lateness as the dates give it: the default of who writes none."""
    return lateness_in_words(months)
