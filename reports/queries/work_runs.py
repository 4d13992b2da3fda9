"""The runs of a contract's papers, as the page of the work lists them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract
from contracts.rules.months import Month, day_long, month_key, month_long
from reports.models import Edition, Paper, PaperRun
from reports.models.paper import Kind
from reports.queries.due import OF_A_MEETING

RETRIED: Final = (*OF_A_MEETING, Kind.OPERATIONAL)
State = PaperRun.State


@dataclass(frozen=True, slots=True)
class WorkRun:
    """One run. ``seconds`` counts from its last start to its end; ``href`` leads to what it has left behind."""

    pk: int
    title: str
    edition: str
    revision: int
    state: str
    words: str
    attempts: int
    seconds: int | None
    began: datetime
    asked_by: str
    reason: str
    error: str
    href: str
    is_retried: bool
    """Once it has failed it is begun again by itself on the next day."""

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def waits_for_next(self) -> bool:
        """An attempt has failed and another follows by itself."""
        return self.state == State.QUEUED and self.attempts > 0


def name_of(kind: str, number: int, meeting_on: date | None, month: date | None) -> str:
    """`Addendum 1 for 29 March 2018`, `Operational project report, February 2018`."""
    name = Kind(kind).label.capitalize() + (f" {number}" if number else "")
    if meeting_on is not None:
        return f"{name} for {day_long(meeting_on)}"
    return name if month is None else f"{name}, {month_long(Month(month))}"


def runs_of(contract: Contract) -> "QuerySet[PaperRun]":
    rows: QuerySet[PaperRun] = PaperRun.objects.filter(contract=contract)
    return (
        rows.select_related("contract", "meeting", "paper", "asked_by")
        .defer("paper__snapshot", "paper__exempt_snapshot")
        .order_by(Coalesce("started_at", "queued_at").desc(), "-pk")
    )


def work_run(of: PaperRun) -> WorkRun:
    took = of.finished_at - of.started_at if of.finished_at and of.started_at else None
    return WorkRun(
        pk=of.pk,
        title=name_of(of.kind, of.number, of.meeting.meeting_on if of.meeting else None, of.month),
        edition=of.get_edition_display(),
        revision=of.revision,
        state=of.state,
        words=_words(of),
        attempts=of.attempts,
        seconds=None if took is None else max(int(took.total_seconds() + 0.5), 0),
        began=timezone.localtime(began(of)),
        asked_by=str(of.asked_by) if of.asked_by else "",
        reason=of.reason,
        error=of.error,
        href=_href(of),
        is_retried=_is_retried(of),
    )


def _is_retried(of: PaperRun) -> bool:
    """First drafts and addenda fall due again; what a person asked for, the person asks for again."""
    is_due = of.kind == Kind.ADDENDUM or (of.kind in RETRIED and of.revision == 1)
    return is_due and of.edition == Edition.DRAFT


def began(of: PaperRun) -> datetime:
    """By the clock; one that nobody has begun is placed by when it was asked for."""
    began: datetime = of.started_at or of.queued_at
    return began


def _words(of: PaperRun) -> str:
    if of.state == State.QUEUED and of.attempts:
        return "waits for its next attempt"
    if of.state == State.RUNNING:
        return PaperRun.Stage(of.stage).label
    return {State.QUEUED: "waits for a worker", State.FINISHED: "finished", State.FAILED: "failed"}[State(of.state)]


def _href(of: PaperRun) -> str:
    """The draft that a run has left behind; a later edition is on the page of the meeting."""
    reference = of.contract.reference
    if of.meeting_id is None:
        month = month_key(Month(of.month)) if of.month and of.state == State.FINISHED else ""
        return reverse("reports:operational_report", args=[reference, month]) if month else ""
    paper = getattr(of, "paper", None)
    if isinstance(paper, Paper):
        return reverse("reports:paper", args=[reference, paper.pk])
    return reverse("reports:meeting", args=[reference, of.meeting_id])
