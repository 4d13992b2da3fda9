"""Mitigation relief: a record that excuses KPIs for a span of months. It never edits a figure."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.fields import MonthField, month_constraint
from contracts.models import Contract
from contracts.models.traces import History
from kpis.models.kpi import Kpi
from kpis.querysets import ReliefQuerySet
from kpis.rules.relief import Cause, Decision


class Relief(models.Model):
    """A request to excuse one KPI, several, or all of them, and what was decided. Only a granted one relieves."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reliefs")
    reference = models.SlugField("reference", max_length=40)
    is_blanket = models.BooleanField("all KPIs", default=False)
    kpis = models.ManyToManyField(Kpi, related_name="reliefs", blank=True, verbose_name="KPIs")
    from_month = MonthField("first month")
    to_month = MonthField("last month", null=True, blank=True)
    cause = models.CharField("cause", max_length=24, choices=[(cause.value, cause.value) for cause in Cause])
    narrative = models.TextField("narrative")
    requested_by = models.CharField("requested by", max_length=200, blank=True)
    requested_on = models.DateField("requested on", null=True, blank=True)
    decision = models.CharField(
        "decision",
        max_length=10,
        choices=[(decision.value, decision.value) for decision in Decision],
        default="requested",
    )
    decided_by = models.CharField("decided by", max_length=200, blank=True)
    decided_on = models.DateField("decided on", null=True, blank=True)
    decision_reason = models.TextField("reason for the decision", blank=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    history = History(m2m_fields=[kpis])
    objects = ReliefQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "from_month", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "reference"],
                name="relief_reference_once_per_contract",
                violation_error_message="This contract already has a relief with that reference.",
            ),
            month_constraint("from_month", "to_month", name="relief_spans_months"),
            models.CheckConstraint(
                condition=Q(to_month__isnull=True) | Q(to_month__gte=F("from_month")),
                name="relief_ends_after_it_begins",
                violation_error_message="The last month of a relief cannot be before its first.",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=[decision.value for decision in Decision]),
                name="relief_decision_is_known",
                violation_error_message="A relief is requested, granted, refused or withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=[cause.value for cause in Cause]),
                name="relief_cause_is_known",
                violation_error_message="Choose one of the causes listed.",
            ),
            models.CheckConstraint(
                condition=Q(requester__isnull=True)
                | Q(decider__isnull=True)
                | ~Q(requester=F("decider"))
                | Q(decision__in=["requested", "withdrawn"]),
                name="relief_is_not_decided_by_who_asked",
                violation_error_message="Nobody decides a relief they requested.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.decision}"
