"""
How each service area's month stands, counted: the one derivation that is kept, for pages over many contracts.

A row is never edited. :func:`kpis.services.summary.recount` writes it, by the rules that judge every page, in the
transaction of the write that moves a status; `check_register` proves every row against a live count.
"""

from django.db import models
from django.db.models import F, Q

from contracts.fields import MonthField, month_constraint
from contracts.models import ServiceArea


class AreaMonth(models.Model):
    """
    The KPIs in force in one service area and month, by contractual status.

    It stands as soon as something was said of the month that others may see, or its return was handed in. A month
    without a row is one in which every KPI in force is missing: that needs no row, so that nothing has to be written
    because time passed, and *missing* never waits for a clock.
    """

    service_area = models.ForeignKey(ServiceArea, on_delete=models.CASCADE, related_name="months")
    month = MonthField("month")
    in_force = models.PositiveSmallIntegerField()
    target_met = models.PositiveSmallIntegerField()
    below_target = models.PositiveSmallIntegerField()
    below_minimum = models.PositiveSmallIntegerField()
    relief_granted = models.PositiveSmallIntegerField()
    not_measured = models.PositiveSmallIntegerField()
    missing = models.PositiveSmallIntegerField()
    provisional = models.PositiveSmallIntegerField("of any status, not verified yet")
    is_handed_in = models.BooleanField("its return is submitted or verified")
    is_verified = models.BooleanField("its return is verified")

    class Meta:
        ordering = ["service_area", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["service_area", "month"],
                name="area_month_once",
                violation_error_message="This service area's month is counted already.",
            ),
            month_constraint("month", name="area_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(in_force__gte=1),
                name="area_month_has_a_kpi_in_force",
                violation_error_message="A month in which nothing is in force is not counted.",
            ),
            models.CheckConstraint(
                condition=Q(
                    in_force=F("target_met")
                    + F("below_target")
                    + F("below_minimum")
                    + F("relief_granted")
                    + F("not_measured")
                    + F("missing")
                ),
                name="area_month_adds_up",
                violation_error_message="The statuses add up to the KPIs in force.",
            ),
            models.CheckConstraint(
                condition=Q(provisional__lte=F("in_force") - F("missing")),
                name="area_month_provisional_is_reported",
                violation_error_message="What is missing is not provisional.",
            ),
            models.CheckConstraint(
                condition=Q(is_verified=False) | Q(is_handed_in=True, provisional=0),
                name="area_month_verified_is_closed",
                violation_error_message="A verified month was handed in, and nothing in it is provisional.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_area.code} {self.month:%Y-%m}: {self.target_met} of {self.in_force}"
