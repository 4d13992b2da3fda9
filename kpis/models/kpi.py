"""A KPI and the levels it is judged by, versioned by the month they take effect."""

from django.db import models
from django.db.models import F, Q

from contracts.fields import FigureField, MonthField, month_constraint
from contracts.models import Contract, ServiceArea
from contracts.models.traces import History
from kpis.querysets import KpiQuerySet
from kpis.rules.figures import Polarity, Unit

EVERY_MONTH = 0b1111_1111_1111


class Kpi(models.Model):
    """One key performance indicator of a contract: what is measured, in what unit, and when it is in force."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="kpis")
    service_area = models.ForeignKey(ServiceArea, on_delete=models.PROTECT, related_name="kpis")
    code = models.CharField("code", max_length=20, help_text="For example CSC_KPI_04.")
    name = models.CharField("name", max_length=250)
    definition = models.TextField("definition", blank=True)
    unit = models.CharField("unit", max_length=10, choices=[(unit.value, unit.value) for unit in Unit])
    polarity = models.CharField(
        "which is better",
        max_length=10,
        choices=[(Polarity.HIGHER.value, "higher is better"), (Polarity.LOWER.value, "lower is better")],
    )
    decimals = models.PositiveSmallIntegerField("decimals it is judged to", default=2)
    due_mask = models.PositiveSmallIntegerField(
        "calendar months due", default=EVERY_MONTH, help_text="Bit 0 is January; every month is 4095."
    )
    in_force_from = MonthField("first month in force")
    in_force_to = MonthField("last month in force", null=True, blank=True)
    end_reason = models.TextField("why it ended", blank=True)

    history = History()
    objects = KpiQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "code"]
        verbose_name = "KPI"
        verbose_name_plural = "KPIs"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "code"],
                name="kpi_code_once_per_contract",
                violation_error_message="This contract already has a KPI with that code.",
            ),
            month_constraint("in_force_from", "in_force_to", name="kpi_in_force_is_months"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="kpi_ends_after_it_begins",
                violation_error_message="The last month in force cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6),
                name="kpi_has_at_most_6_decimals",
                violation_error_message="A KPI is judged to at most 6 decimals.",
            ),
            models.CheckConstraint(
                condition=Q(due_mask__gte=1, due_mask__lte=EVERY_MONTH),
                name="kpi_is_due_in_some_month",
                violation_error_message="A KPI is due in at least one calendar month.",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Unit]),
                name="kpi_unit_is_known",
                violation_error_message="The unit is percent, count, days, seconds or money.",
            ),
            models.CheckConstraint(
                condition=Q(polarity__in=[polarity.value for polarity in Polarity]),
                name="kpi_polarity_is_known",
                violation_error_message="Either higher or lower is better.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"


class Level(models.Model):
    """Target and minimum service level of a KPI from a month on, until the next level takes effect."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="levels")
    effective_from = MonthField("in force from")
    target = FigureField("target service level")
    minimum = FigureField("minimum service level")
    reason = models.TextField("reason", blank=True)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)

    history = History()

    class Meta:
        ordering = ["kpi", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "effective_from"],
                name="level_once_per_month",
                violation_error_message="This KPI already has a level that takes effect in that month.",
            ),
            month_constraint("effective_from", name="level_takes_effect_in_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi.code} from {self.effective_from:%Y-%m}"
