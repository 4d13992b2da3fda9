"""Why an addendum is written, in the words it prints: what became known when, and who asked for it after its day."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from django.utils import timezone

from contracts.queries import working_calendar
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import Month
from reports.models import Edition, FrozenPaper, Paper, PaperRun
from reports.models.paper import Kind
from reports.queries.addenda import cut_off_on
from reports.queries.new_months import meeting_of
from reports.rules.addenda import NewMonth, asked_late_in_words, lateness_in_words, why_written


def why_of(report: FrozenPaper, months: Sequence[NewMonth], *, number: int, revision: int) -> str:
    """Why a revision of an addendum exists, as it prints it; asked for after the cut-off day, with the reason."""
    sentences = [why_written(months, timezone.localdate(report.frozen_at))]
    with suppress(YearNotKnown):
        day = cut_off_on(meeting_of(report.paper), working_calendar())
        late = _asked_late(report.paper, day, number, revision, months[-1].month)
        sentences += [asked_late_in_words(asked_on, day, reason) for asked_on, reason in late]
    return " ".join(sentences)


def _asked_late(report: Paper, cut_off: date, number: int, revision: int, last: Month) -> Iterator[tuple[date, str]]:
    """When and why months were asked for after the cut-off day; building the same months again is no asking."""
    runs = PaperRun.objects.filter(
        contract=report.contract_id,
        meeting=report.meeting_id,
        kind=Kind.ADDENDUM,
        number=number,
        revision__lte=revision,
    ).filter(edition=Edition.DRAFT)
    told: date | None = None
    for each in runs.order_by("revision").values("revision", "reason", "due_on", "paper__review_to"):
        until = last if each["revision"] == revision else each["paper__review_to"]
        is_more = until is not None and (told is None or until > told)
        if is_more and each["reason"] and each["due_on"] > cut_off:
            yield each["due_on"], each["reason"]
        told = until or told


def lateness_of(months: Sequence[NewMonth]) -> str:
    """The reason for lateness as the dates give it: the default of who writes none."""
    return lateness_in_words(months)
