"""The vocabulary of queries about KPIs, returns, results and reliefs."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class KpiQuerySet(models.QuerySet[Any]):
    def in_force_between(self, first: date, last: date) -> Self:
        """KPIs that are in force in at least one month of the span; which months are due is a rule of the KPI."""
        return self.filter(in_force_from__lte=last).filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=first))

    def in_force(self, month: date) -> Self:
        """KPIs that owe a result for this month: begun, not ended, and due in that calendar month."""
        due = F("due_mask").bitand(1 << (month.month - 1))
        return self.in_force_between(month, month).alias(due=due).filter(due__gt=0)


class ReturnQuerySet(models.QuerySet[Any]):
    def of_contract(self, contract: Any) -> Self:
        return self.filter(service_area__contract=contract)


class ResultQuerySet(models.QuerySet[Any]):
    def of_contract(self, contract: Any) -> Self:
        return self.filter(kpi__contract=contract)

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)


class ReliefQuerySet(models.QuerySet[Any]):
    def granted(self) -> Self:
        return self.filter(decision="granted")

    def touching(self, first: date, last: date) -> Self:
        """Reliefs whose span meets this one."""
        return self.filter(from_month__lte=last).filter(Q(to_month__isnull=True) | Q(to_month__gte=first))
