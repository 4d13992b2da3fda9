"""
The work of writing a paper.

A :class:`PaperRun` remembers that a paper is due and who is writing it: the broker only carries the news. One row per
contract, meeting or month, kind, number, revision and edition, so asking twice makes one.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contracts.fields import MonthField, choice_constraint, month_constraint
from contracts.models import Contract
from reports.models.board import Meeting
from reports.models.paper import KINDS_IN_WORDS, Kind, bound_constraint, for_a_meeting_or_a_month, name_of_paper
from reports.querysets import PaperRunQuerySet


class Edition(models.TextChoices):
    """
    What a run leaves behind: a new draft; or the same paper printed again, signed off, or final for the clerk.

    The figures of the later editions are the draft's: they are not built again.
    """

    DRAFT = "draft", "draft"
    SIGNED_OFF = "signed off", "signed off"
    FINAL = "final", "final"


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
    number = models.PositiveSmallIntegerField("number of the addendum or slip", default=0)
    of = models.ForeignKey(
        "reports.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="runs_bound_to_it"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    edition = models.CharField(max_length=10, choices=Edition.choices, default=Edition.DRAFT)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField("why it was asked for", blank=True)
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
                fields=["contract", "meeting", "kind", "number", "revision", "edition"],
                name="paper_run_once_per_revision",
                violation_error_message="This paper is already being written.",
            ),
            models.UniqueConstraint(
                fields=["contract", "month", "kind", "revision"],
                name="paper_run_once_per_month",
                violation_error_message="This month’s report is already being written.",
            ),
            month_constraint("month", name="paper_run_month_is_a_month"),
            bound_constraint("paper_run_is_bound_where_it_has_a_number"),
            choice_constraint(
                "edition",
                Edition.values,
                name="paper_run_edition_is_known",
                message="An edition is a draft, signed off or final.",
            ),
            for_a_meeting_or_a_month("paper_run_is_for_a_meeting_or_a_month"),
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
        return f"{name_of_paper(self)} {self.edition}: {self.state}"
