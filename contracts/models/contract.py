"""A contract and the service areas it is divided into."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from contracts.models.traces import History
from contracts.querysets import ContractQuerySet, ServiceAreaQuerySet


class Contract(models.Model):
    """One long contract between the authority and one supplier, with the settings that its papers follow."""

    reference = models.SlugField(
        "reference", max_length=40, unique=True, help_text="Short and lasting, for example CSS."
    )
    title = models.CharField("title", max_length=200)
    authority = models.CharField("authority", max_length=200)
    supplier = models.CharField("supplier", max_length=200)
    commences_on = models.DateField("commences on", help_text="Its month is contract month 1.")
    ends_on = models.DateField("ends on", null=True, blank=True)
    below_target_is_exception = models.BooleanField(
        "below target counts as an exception",
        default=True,
        help_text="If not, only results below minimum are reported as exceptions.",
    )
    history_months = models.PositiveSmallIntegerField(
        "months of history in a paper", default=6, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )
    data_due_working_days = models.PositiveSmallIntegerField(
        "working days after month end until data is due", default=10
    )
    remind_working_days = models.PositiveSmallIntegerField(
        "working days before data is due at which officers are reminded", default=2
    )
    stale_relief_months = models.PositiveSmallIntegerField(
        "months after which an open-ended relief stands out", default=3
    )
    slippage_green_days = models.PositiveSmallIntegerField("days late that still count as green", default=7)
    slippage_amber_months = models.PositiveSmallIntegerField(
        "calendar months late that still count as amber", default=1
    )
    silent_days = models.PositiveSmallIntegerField("days without an update that make a project silent", default=35)
    key_project_count = models.PositiveSmallIntegerField("number of key projects", default=20)
    operational_report_working_days = models.PositiveSmallIntegerField(
        "working days after month end until the operational project report is written",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Long enough for the month’s updates to come in; before the next month ends.",
    )

    history = History()
    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("commences_on")),
                name="contract_ends_after_it_commences",
                violation_error_message="A contract ends after it commences.",
            ),
            models.CheckConstraint(
                condition=Q(history_months__gte=1, history_months__lte=36),
                name="contract_history_is_1_to_36_months",
                violation_error_message="A paper shows between 1 and 36 months of history.",
            ),
            models.CheckConstraint(
                condition=Q(operational_report_working_days__gte=1, operational_report_working_days__lte=20),
                name="contract_operational_report_within_20_days",
                violation_error_message="The operational report is written 1 to 20 working days after its month.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class ServiceArea(models.Model):
    """A part of the service with its own KPIs and its own monthly return, such as Adult Care Finance."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="service_areas")
    code = models.SlugField("code", max_length=12)
    name = models.CharField("name", max_length=120)

    history = History()
    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "code"],
                name="service_area_code_once_per_contract",
                violation_error_message="This contract already has a service area with that code.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
