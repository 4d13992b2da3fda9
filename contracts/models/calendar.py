"""Days on which the council is closed, and the day it is in a demonstration."""

from django.db import models
from django.db.models import Q

from contracts.models.traces import History


class ClosedDay(models.Model):
    """A day the council itself closes, beside weekends and bank holidays (some add Christmas Eve)."""

    closed_on = models.DateField("closed on", unique=True)
    reason = models.CharField("reason", max_length=120)

    history = History()

    class Meta:
        ordering = ["closed_on"]

    def __str__(self) -> str:
        return f"{self.closed_on.isoformat()}: {self.reason}"


class BusinessDay(models.Model):
    """
    The day it is in a demonstration: at most one row, and none in a real installation.

    Only business dates follow it; heartbeats, sessions and audit instants use the real clock.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    today = models.DateField("today")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="business_day_is_one_row", violation_error_message="There is only one today."
            )
        ]

    def __str__(self) -> str:
        return self.today.isoformat()
