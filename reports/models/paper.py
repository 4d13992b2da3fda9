"""
The papers and the work of writing them.

A paper is for a meeting, but for the operational project report: that one is for a month. A :class:`PaperRun` remembers
that a paper is due and who is writing it: the broker only carries the news. One row per contract, meeting or month,
kind and revision, so asking twice makes one. A :class:`Paper` is what a finished run leaves behind: the snapshot, and
the files rendered from it.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models import Contract
from reports.models.board import Meeting
from reports.querysets import PaperQuerySet, PaperRunQuerySet


class Kind(models.TextChoices):
    REPORT = "report", "exception report"
    ADDENDUM = "addendum", "addendum"
    PROJECTS = "projects", "projects paper"
    OPERATIONAL = "operational", "operational project report"


KINDS_IN_WORDS = "A paper is a report, an addendum, a projects paper or an operational project report."


def _for_a_meeting_or_a_month(name: str) -> models.CheckConstraint:
    """The operational report has a month and no meeting, every other paper a meeting and no month."""
    return models.CheckConstraint(
        condition=Q(kind="operational", meeting__isnull=True, month__isnull=False)
        | (~Q(kind="operational") & Q(meeting__isnull=False, month__isnull=True)),
        name=name,
        violation_error_message="An operational report is for a month, every other paper for a meeting.",
    )


def _when(meeting: Meeting | None, month: date | None) -> str:
    """The day of its meeting, or its month: what tells a paper from others of its kind."""
    if meeting is not None:
        return meeting.meeting_on.isoformat()
    return "" if month is None else month.isoformat()[:7]


class PaperRun(models.Model):
    """One paper to be written: claimed by one conditional UPDATE, kept alive by a heartbeat."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        FAILED = "failed", "failed"

    class Stage(models.TextChoices):
        WAITING = "waiting", "waiting for a worker"
        READING = "reading", "reading the figures"
        RENDERING = "rendering", "writing the files"
        STORING = "storing", "storing the paper"
        DONE = "done", "done"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="paper_runs")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_runs")
    month = MonthField("month", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REPORT)
    revision = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField("due on")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField("claim of the worker that writes it", max_length=64, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = PaperRunQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "meeting", "kind", "revision"],
                name="paper_run_once_per_revision",
                violation_error_message="This paper is already being written.",
            ),
            models.UniqueConstraint(
                fields=["contract", "month", "kind", "revision"],
                name="paper_run_once_per_month",
                violation_error_message="This month’s report is already being written.",
            ),
            month_constraint("month", name="paper_run_month_is_a_month"),
            _for_a_meeting_or_a_month("paper_run_is_for_a_meeting_or_a_month"),
            choice_constraint(
                "kind",
                Kind.values,
                name="paper_run_kind_is_known",
                message=KINDS_IN_WORDS,
            ),
            choice_constraint(
                "stage",
                ["waiting", "reading", "rendering", "storing", "done"],
                name="paper_run_stage_is_known",
                message="A run waits, reads, writes, stores or is done.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "finished", "failed"]),
                name="paper_run_state_is_known",
                violation_error_message="A run is queued, running, finished or failed.",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | (~Q(claim="") & Q(heartbeat_at__isnull=False)),
                name="paper_run_is_claimed_while_running",
                violation_error_message="A running paper has a worker and a heartbeat.",
            ),
        ]

    def __str__(self) -> str:
        paper = f"{self.contract.reference} {_when(self.meeting, self.month)} {self.kind} r{self.revision}"
        return f"{paper}: {self.state}"


class Paper(models.Model):
    """A written paper: its frozen snapshot as JSON text and the text's SHA-256."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SIGNED_OFF = "signed off", "signed off"
        PUBLISHED = "published", "published"

    run = models.OneToOneField(PaperRun, on_delete=models.PROTECT, related_name="paper")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="papers")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    month = MonthField("month", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REPORT)
    revision = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    review_from = models.DateField()
    review_to = models.DateField()
    headline = models.TextField()
    snapshot = models.TextField("snapshot as JSON")
    sha256 = models.CharField("SHA-256 of the snapshot", max_length=64)
    made_on = models.DateField("things are as known on")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "meeting", "kind", "revision"],
                name="paper_once_per_revision",
                violation_error_message="This paper was already written.",
            ),
            models.UniqueConstraint(
                fields=["contract", "month", "kind", "revision"],
                name="paper_once_per_month",
                violation_error_message="This month’s report was already written.",
            ),
            month_constraint("month", name="paper_month_is_a_month"),
            _for_a_meeting_or_a_month("paper_is_for_a_meeting_or_a_month"),
            choice_constraint(
                "kind",
                Kind.values,
                name="paper_kind_is_known",
                message=KINDS_IN_WORDS,
            ),
            choice_constraint(
                "status",
                ["draft", "signed off", "published"],
                name="paper_status_is_known",
                message="A paper is a draft, signed off or published.",
            ),
            models.CheckConstraint(
                condition=Q(review_to__gte=F("review_from")),
                name="paper_review_ends_after_it_begins",
                violation_error_message="The last month of a review period cannot be before its first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference} {_when(self.meeting, self.month)} {self.kind} r{self.revision}"


class PaperFile(models.Model):
    """A file rendered from a paper's snapshot, under the papers' folder."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    path = models.CharField("path inside the papers' folder", max_length=300, unique=True)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["paper", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "name"],
                name="paper_file_once_per_name",
                violation_error_message="This paper already has a file of that name.",
            )
        ]

    def __str__(self) -> str:
        return self.name
