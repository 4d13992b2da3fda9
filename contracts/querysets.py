"""The kernel's vocabulary of queries: what a person may see."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from contracts.rules.roles import EVERYWHERE, Role

if TYPE_CHECKING:
    from contracts.models import Person


class ContractQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """The contracts this person may see: by assignment, or all of them for roles that see everywhere."""
        return self.where_held(person, frozenset(Role))

    def where_held(self, person: "Person | AnonymousUser", roles: frozenset[Role]) -> Self:
        """The contracts for which this person holds one of the roles, everywhere or by assignment."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        held = person.groups.filter(name__in=roles)
        assigned = person.assignments.filter(contract=OuterRef("pk"), role__in=held.values("pk"))
        return self.filter(Q(Exists(assigned)) | Q(Exists(held.filter(name__in=EVERYWHERE))))


class ServiceAreaQuerySet(models.QuerySet[Any]):
    def in_order(self) -> Self:
        """As the workbook lists them: the order in which they were made."""
        return self.order_by("pk")
