"""
A project of the portfolio.

Original dates are on the project and never change; what happens to it afterwards is in rows of its own
(:mod:`projects.models.course`).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.fields import MoneyField, choice_constraint
from contracts.models import Contract, ServiceArea
from contracts.models.traces import History
from projects.querysets import ProjectQuerySet
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
    manager_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_projects",
        verbose_name="who posts its updates",
    )
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
    archived_on = models.DateField("archived on", null=True, blank=True)
    archived_reason = models.TextField("reason for archiving", blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    history = History()
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
            models.CheckConstraint(
                condition=Q(archived_on__isnull=True, archived_reason="")
                | (Q(archived_on__isnull=False) & ~Q(archived_reason="")),
                name="project_archived_with_a_reason",
                violation_error_message="An archived project says since when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def manager_named(self) -> str:
        """The manager's job title: as written, else that of who posts the updates."""
        return self.manager or (self.manager_person.job_title if self.manager_person else "")
