"""
What happens to a project: its milestones with what was forecast of them, its updates, its re-baselines.

Nothing said is overwritten: each re-baseline, each update and each forecast is a row of its own, and what stands is the
latest of them. An update is final once it is posted: the model refuses to save it again, the database to change it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.traces import History
from projects.models.project import Project
from projects.rules.confidence import Confidence


class UpdateIsFinal(Exception):
    """An update that was posted is not edited: a later one supersedes it."""


class Rebaseline(models.Model):
    """An agreed change of a project's finish: the new date, when it was agreed, by whom and why."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rebaselines")
    agreed_finish = models.DateField("agreed finish")
    agreed_on = models.DateField("agreed on", null=True, blank=True)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)
    reason = models.TextField("reason", blank=True)

    history = History()

    class Meta:
        ordering = ["project", "agreed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.project.reference}: agreed finish {self.agreed_finish.isoformat()}"


class Update(models.Model):
    """What the project manager said on a day; ``number`` counts those of one day, of which the last stands."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="updates")
    updated_on = models.DateField("updated on", null=True, blank=True)
    number = models.PositiveSmallIntegerField("number of that day", default=1)
    confidence = models.CharField(
        "delivery confidence", max_length=5, blank=True, choices=[(rating.value, rating.value) for rating in Confidence]
    )
    forecast_finish = models.DateField("forecast finish", null=True, blank=True)
    done = models.TextField("done since the last update", blank=True)
    next = models.TextField("planned next", blank=True)
    delay_cause = models.TextField("cause of the delay", blank=True)
    delay_party = models.CharField("who caused it", max_length=200, blank=True)
    cost_effect = models.TextField("what it costs", blank=True)
    knock_on = models.TextField("what it holds up", blank=True)
    returns_to_green_on = models.DateField("returns to green on", null=True, blank=True)
    is_green_unknown = models.BooleanField("when it returns to green is not known yet", default=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="project_updates"
    )
    posted_at = models.DateTimeField("posted at", null=True, blank=True)

    history = History()

    class Meta:
        ordering = ["project", "updated_on", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "updated_on", "number"],
                name="update_once_per_project_day_and_number",
                violation_error_message="This project already has an update of that day and number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="update_number_counts_from_1",
                violation_error_message="The updates of a day are counted from 1.",
            ),
            models.CheckConstraint(
                condition=Q(is_green_unknown=False) | Q(returns_to_green_on__isnull=True),
                name="update_returns_to_green_or_does_not_know",
                violation_error_message="Give the day on which it returns to green, or say that it is not known yet.",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *(rating.value for rating in Confidence)]),
                name="update_confidence_is_known",
                violation_error_message="Delivery confidence is red, amber or green, or not given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference}: update of {self.updated_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises :class:`UpdateIsFinal` for one that was posted before."""
        if not self._state.adding:
            raise UpdateIsFinal(f"{self} was posted and is not edited; post a later one.")
        super().save(*args, **kwargs)


class Milestone(models.Model):
    """A step of a project with its original, agreed and actual dates, kept apart; what is forecast has its own rows."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField("title", max_length=200)
    original_on = models.DateField("original date", null=True, blank=True)
    agreed_on = models.DateField("agreed date", null=True, blank=True)
    actual_on = models.DateField("actual date", null=True, blank=True)

    history = History()

    class Meta:
        ordering = ["project", "original_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="milestone_title_once_per_project",
                violation_error_message="This project already has a milestone of that title.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.project.reference}: {self.title}"


class MilestoneForecast(models.Model):
    """When a milestone was expected, as said on a day; with the update that said it, where one did."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="forecasts")
    update = models.ForeignKey(
        Update, on_delete=models.PROTECT, null=True, blank=True, related_name="milestone_forecasts"
    )
    forecast_on = models.DateField("forecast date")
    said_on = models.DateField("said on", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="milestone_forecasts"
    )

    history = History()

    class Meta:
        ordering = ["milestone", "said_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "update"],
                name="milestone_forecast_once_per_update",
                violation_error_message="This update already says when that milestone is expected.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: forecast {self.forecast_on.isoformat()}"
