"""What is on the desk: the rows of an open return as they are typed, before they become results."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from contracts.models.traces import History
from kpis.models.kpi import Kpi
from kpis.models.returns import Result, Return


class Entry(models.Model):
    """
    One KPI's row of an open return, every cell as it was typed, right or wrong: nothing typed is ever lost.

    Private to the area. Submitting the return turns the rows into results; the version is the one a save must name.
    """

    area_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="entries")
    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="entries")
    value = models.TextField(blank=True)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    not_measured_reason = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    recovery_month = models.TextField(blank=True)
    explanation_awaited_on = models.TextField(blank=True)
    answers = models.JSONField("answers to warnings, by warning", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = History()

    class Meta:
        ordering = ["area_return", "kpi"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["area_return", "kpi"],
                name="entry_once_per_kpi_and_return",
                violation_error_message="This KPI already has a row in this return.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_return}: {self.kpi.code}"


class WarningAnswer(models.Model):
    """A warning that stood when a result was submitted, and the word the officer gave for it."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="warning_answers")
    warning = models.CharField("which warning", max_length=40)
    said = models.TextField("what the warning said")
    answer = models.TextField("what the officer answered")
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = History()

    class Meta:
        ordering = ["result", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(answer=""),
                name="warning_answer_says_something",
                violation_error_message="Say a word about the warning.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.result}: {self.warning}"
