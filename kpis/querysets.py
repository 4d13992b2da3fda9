"""The vocabulary of queries about KPIs, returns, results and reliefs."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kpis.rules.returns import ENTERABLE, HANDED_IN

if TYPE_CHECKING:
    from contracts.models import Contract, ServiceArea


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

    def ever_verified(self) -> Self:
        """Those that were verified once, be they open again now: what is in them has been relied upon."""
        return self.filter(Q(state="verified") | Q(verified_at__isnull=False))


class ResultQuerySet(models.QuerySet[Any]):
    def of_contract(self, contract: Any) -> Self:
        return self.filter(kpi__contract=contract)

    def counted(self) -> Self:
        """Those that count outside their service area, by the rule of :func:`kpis.rules.returns.may_count`."""
        returns = self.model._meta.apps.get_model("kpis", "Return").objects
        own = returns.filter(service_area=OuterRef("kpi__service_area"), month=OuterRef("month"))
        return self.filter(Q(is_shared=True) | Exists(own.filter(state__in=HANDED_IN)))

    def of_its_life(self) -> Self:
        """Those of months in which their KPI had begun and not ended."""
        ends = Q(kpi__in_force_to__isnull=True) | Q(month__lte=F("kpi__in_force_to"))
        return self.filter(ends, month__gte=F("kpi__in_force_from"))

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)


class ReliefQuerySet(models.QuerySet[Any]):
    def granted(self) -> Self:
        return self.filter(decision="granted")

    def touching(self, first: date | OuterRef, last: date | OuterRef) -> Self:
        """Reliefs whose span meets this one."""
        return self.filter(from_month__lte=last).filter(Q(to_month__isnull=True) | Q(to_month__gte=first))


class EvidenceQuerySet(models.QuerySet[Any]):
    def of_area(self, area: "ServiceArea", month: date) -> Self:
        return self.filter(kpi__service_area=area, month=month)

    def of_reliefs(self, contract: "Contract") -> Self:
        return self.filter(relief__contract=contract)

    def standing(self) -> Self:
        """What was not removed."""
        return self.filter(removed_at__isnull=True)

    def seen_in(self, looked_into: Any, entered: Any) -> Self:
        """
        Evidence of months in these service areas; what was never submitted only in those that the person enters.

        Both are querysets of areas. A file was submitted once its return has moved on from the version it had.
        """
        return self.filter(kpi__service_area__in=looked_into).filter(
            Q(kpi__service_area__in=entered) | ~Exists(self._unmoved())
        )

    def never_submitted(self) -> Self:
        """Evidence of months that have not been handed in since it was added; a relief's is seen from the first."""
        return self.filter(Exists(self._unmoved()))

    def _unmoved(self) -> models.QuerySet[Any]:
        """The return that a file was added to, as long as it has not moved on from the version it had then."""
        returns: models.QuerySet[Any] = self.model._meta.apps.get_model("kpis", "Return").objects.filter(
            service_area=OuterRef("kpi__service_area"),
            month=OuterRef("month"),
            version=OuterRef("added_in"),
            state__in=ENTERABLE,
        )
        return returns
