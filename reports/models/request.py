"""What the Board asked for: each item has an owner and a due meeting, and heads the next paper until closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.fields import choice_constraint
from contracts.models import Contract, Question
from contracts.models.traces import History
from reports.models.board import Meeting
from reports.querysets import BoardRequestQuerySet


class BoardRequest(models.Model):
    """A resolution, question or request of the Board."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", "resolution"
        QUESTION = "question", "question"
        REQUEST = "request", "request"

    class Status(models.TextChoices):
        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        CLOSED = "closed", "closed"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="board_requests")
    reference = models.CharField("reference", max_length=40)
    kind = models.CharField("kind", max_length=10, choices=Kind.choices, default=Kind.REQUEST)
    raised_on = models.DateField("raised on")
    raised_by = models.CharField("raised by", max_length=200, blank=True)
    text = models.TextField("what was asked")
    owner = models.CharField("owner", max_length=200, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="board_requests"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="minuted at"
    )
    due_meeting_on = models.DateField("due at the meeting of", null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=Status.choices, default=Status.OPEN)
    answer = models.TextField("answer", blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    question = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="board_requests",
        help_text="The question of a member that was minuted.",
    )

    history = History()
    objects = BoardRequestQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "raised_on", "reference"]
        verbose_name = "request of the Board"
        verbose_name_plural = "requests of the Board"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "reference"],
                name="board_request_reference_once_per_contract",
                violation_error_message="This contract already has a request with that reference.",
            ),
            choice_constraint(
                "kind",
                ["resolution", "question", "request"],
                name="board_request_kind_is_known",
                message="The Board resolves, asks a question or makes a request.",
            ),
            choice_constraint(
                "status",
                ["open", "answered", "closed"],
                name="board_request_status_is_known",
                message="A request is open, answered or closed.",
            ),
            models.UniqueConstraint(
                fields=["question"],
                name="board_request_once_per_question",
                violation_error_message="This question was already minuted.",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | ~Q(answer=""),
                name="board_request_is_closed_with_an_answer",
                violation_error_message="A request is answered or closed with an answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:60]}"
