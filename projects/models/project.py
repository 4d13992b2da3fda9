"""
A project of the portfolio and everything that happened to it.

Original dates are on the project and never change; each re-baseline and each update is a row of its own, so that the
agreed and the forecast dates are the latest of their rows and nothing is overwritten.
"""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from contracts.fields import MoneyField, choice_constraint
from contracts.models import Contract, ServiceArea
from projects.querysets import ProjectQuerySet
from projects.rules.confidence import Confidence
from projects.rules.facts import Stage


def _not_negative(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})


class Project(models.Model):
    """One project that the supplier delivers beside the services."""

    class Kind(models.TextChoices):
        TRANSFORMATION = "transformation", "transformation"
        TRANSACTIONAL = "transactional", "transactional"

    class Source(models.TextChoices):
        ENTERED = "", "entered"
        PUBLISHED = "published", "published"
        ILLUSTRATIVE = "illustrative", "illustrative"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="projects")
    reference = models.CharField("reference", max_length=40)
    title = models.CharField("title", max_length=250)
    kind = models.CharField("kind", max_length=16, choices=Kind.choices, default=Kind.TRANSFORMATION)
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    scrutiny_area = models.CharField("scrutiny area", max_length=120, blank=True)
    stage = models.CharField("stage", max_length=12, choices=[(stage.value, stage.value) for stage in Stage])
    sponsor = models.CharField("sponsor", max_length=200, blank=True)
    manager = models.CharField("project manager", max_length=200, blank=True)
    third_party = models.CharField("third parties", max_length=250, blank=True)
    original_start = models.DateField("original start", null=True, blank=True)
    original_finish = models.DateField("original finish", null=True, blank=True)
    actual_finish = models.DateField("actual finish", null=True, blank=True)
    expected_commission_on = models.DateField("expected to be commissioned on", null=True, blank=True)
    budget = MoneyField(verbose_name="budget")
    forecast_cost = MoneyField(verbose_name="forecast cost")
    spent_to_date = MoneyField(verbose_name="spent to date")
    benefit = models.TextField("expected benefit", blank=True)
    source = models.CharField("source", max_length=12, choices=Source.choices, blank=True, default="")

    history = HistoricalRecords()
    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "reference"],
                name="project_reference_once_per_contract",
                violation_error_message="This contract already has a project with that reference.",
            ),
            models.CheckConstraint(
                condition=Q(original_start__isnull=True)
                | Q(original_finish__isnull=True)
                | Q(original_finish__gte=F("original_start")),
                name="project_finishes_after_it_starts",
                violation_error_message="The original finish cannot be before the original start.",
            ),
            models.CheckConstraint(
                condition=_not_negative("budget") & _not_negative("forecast_cost") & _not_negative("spent_to_date"),
                name="project_money_is_not_negative",
                violation_error_message="Budget, forecast cost and money spent are not below zero.",
            ),
            choice_constraint(
                "source",
                ["", "published", "illustrative"],
                name="project_source_is_known",
                message="A source is published or illustrative.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="project_stage_is_known",
                violation_error_message="A project is in the pipeline, in flight, on hold, complete or cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["transformation", "transactional"]),
                name="project_kind_is_known",
                violation_error_message="A project is transformation or transactional.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class Rebaseline(models.Model):
    """An agreed change of a project's finish: the new date, when it was agreed, by whom and why."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rebaselines")
    agreed_finish = models.DateField("agreed finish")
    agreed_on = models.DateField("agreed on", null=True, blank=True)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)
    reason = models.TextField("reason", blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["project", "agreed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.project.reference}: agreed finish {self.agreed_finish.isoformat()}"


class Update(models.Model):
    """What the project manager said on a day. Never edited, only superseded by a later one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="updates")
    updated_on = models.DateField("updated on", null=True, blank=True)
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

    history = HistoricalRecords()

    class Meta:
        ordering = ["project", "updated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "updated_on"],
                name="update_once_per_project_and_day",
                violation_error_message="This project already has an update of that day.",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *(rating.value for rating in Confidence)]),
                name="update_confidence_is_known",
                violation_error_message="Delivery confidence is red, amber or green, or not given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.reference}: update of {self.updated_on}"


class Milestone(models.Model):
    """A step of a project with its original, agreed, forecast and actual dates, kept apart."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField("title", max_length=200)
    original_on = models.DateField("original date", null=True, blank=True)
    agreed_on = models.DateField("agreed date", null=True, blank=True)
    forecast_on = models.DateField("forecast date", null=True, blank=True)
    actual_on = models.DateField("actual date", null=True, blank=True)

    history = HistoricalRecords()

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
