"""Rebases: from which month on a KPI's limits of ordinary variation are worked out afresh, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contracts.fields import MonthField, month_constraint
from contracts.models.traces import History
from kpis.models.kpi import Kpi


class Rebase(models.Model):
    """
    The limits of a KPI's XmR chart begin anew with a month, for a reason somebody agreed to.

    One that is withdrawn counts no more and stays on record with the reason; the same month can then be set again.
    """

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="rebases")
    from_month = MonthField("first month of the new limits")
    reason = models.TextField("reason")
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField("why it was withdrawn", blank=True)

    history = History()

    class Meta:
        ordering = ["kpi", "from_month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "from_month"],
                condition=Q(withdrawn_at__isnull=True),
                name="rebase_once_per_month",
                violation_error_message="The limits of this KPI restart in that month already.",
            ),
            month_constraint("from_month", name="rebase_begins_with_a_month"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="rebase_has_a_reason",
                violation_error_message="Say why the limits restart.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="rebase_is_withdrawn_with_a_reason",
                violation_error_message="A rebase is withdrawn with a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi.code} from {self.from_month:%Y-%m}"
