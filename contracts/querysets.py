"""The kernel's vocabulary of queries: what a person may see."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from contracts.rules.roles import (
    DISPUTES,
    ENTERS,
    EVERYWHERE,
    LOOKS_AFTER_PEOPLE,
    LOOKS_INTO_RETURNS,
    READS_TYPED,
    SEES,
    SUBMITS,
    UPDATES_PROJECTS,
    VERIFIES,
    Role,
)

if TYPE_CHECKING:
    from contracts.models import Person
    from contracts.rules.held import Held


def _own(person: "Person", roles: frozenset[Role]) -> models.QuerySet[Any]:
    """The person's assignments in these roles, as long as the role itself is held."""
    return person.assignments.filter(role__name__in=roles, role__in=person.groups.values("pk"))


def _as_deputy(person: "Person", roles: frozenset[Role]) -> models.QuerySet[Any]:
    """The assignments in these roles that name the person as deputy, as long as their holder still holds the role."""
    return person.deputises_for.filter(role__name__in=roles, person__groups=F("role"))


class ContractQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """The contracts this person may see: by assignment, or all of them for roles that see everywhere."""
        return self.where_held(person, SEES)

    def where_held(self, person: "Person | AnonymousUser", roles: frozenset[Role]) -> Self:
        """The contracts for which this person holds one of the roles, everywhere or by assignment."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        held = person.groups.filter(name__in=roles & EVERYWHERE)
        return self.filter(
            Q(Exists(_own(person, roles).filter(contract=OuterRef("pk"))))
            | Q(Exists(_as_deputy(person, roles).filter(contract=OuterRef("pk"))))
            | Q(Exists(held))
        )

    def managed_by(self, person: "Person | AnonymousUser") -> Self:
        """The contracts this person is the contract manager of, or stands in for who is: seeing all is not enough."""
        if not person.is_authenticated:
            return self.none()
        managers, here = VERIFIES, OuterRef("pk")
        return self.filter(
            Q(Exists(_own(person, managers).filter(contract=here)))
            | Q(Exists(_as_deputy(person, managers).filter(contract=here)))
        )

    def projects_run_by(self, person: "Person | AnonymousUser") -> Self:
        """The contracts for whose projects this person is project manager, or stands in for who is."""
        if not person.is_authenticated:
            return self.none()
        managers, here = UPDATES_PROJECTS, OuterRef("pk")
        return self.filter(
            Q(Exists(_own(person, managers).filter(contract=here)))
            | Q(Exists(_as_deputy(person, managers).filter(contract=here)))
        )


class ServiceAreaQuerySet(models.QuerySet[Any]):
    def in_order(self) -> Self:
        """As the workbook lists them: the order in which they were made."""
        return self.order_by("pk")

    def entered_by(self, person: "Person") -> Self:
        """The areas whose figures this person enters: officers, their deputies, and the supplier's people."""
        return self._where_held(person, ENTERS)

    def submitted_by(self, person: "Person") -> Self:
        """The areas whose month this person hands in: officers and their deputies."""
        return self._where_held(person, SUBMITS)

    def disputed_by(self, person: "Person") -> Self:
        """The areas whose verified figures this person may dispute: the supplier's people and their deputies."""
        return self._where_held(person, DISPUTES)

    def looked_into_by(self, person: "Person") -> Self:
        """The areas whose returns this person may open: to enter, to verify, or because they look after everything."""
        return self._where_held(person, LOOKS_INTO_RETURNS) | self._held_everywhere(person, LOOKS_INTO_RETURNS)

    def read_while_typed_by(self, person: "Person") -> Self:
        """The areas of whose returns this person reads what is typed before it is submitted."""
        return self._where_held(person, READS_TYPED) | self._held_everywhere(person, READS_TYPED)

    def _held_everywhere(self, person: "Person", roles: frozenset[Role]) -> Self:
        """Every area, if the person holds one of the roles for every contract; else none."""
        if person.is_superuser and Role.ADMINISTRATOR in roles:
            return self
        return self.filter(Exists(person.groups.filter(name__in=roles & EVERYWHERE)))

    def _where_held(self, person: "Person", roles: frozenset[Role]) -> Self:
        """By an assignment to the area or to the whole of its contract, one's own or as the deputy named in it."""
        here = Q(service_area=OuterRef("pk")) | Q(service_area__isnull=True, contract=OuterRef("contract"))
        return self.filter(
            Q(Exists(_own(person, roles).filter(here))) | Q(Exists(_as_deputy(person, roles).filter(here)))
        )


class QuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """
        Questions are the Board's: whoever sees the contract sees them, but for the supplier.

        The supplier's people see those that one of them is to answer, or has answered.
        """
        if not person.is_authenticated:
            return self.none()
        contracts = self.model._meta.get_field("contract").related_model.objects
        others = contracts.where_held(person, frozenset(Role) - {Role.SUPPLIER})
        supplied = contracts.where_held(person, frozenset({Role.SUPPLIER}))
        handed = person.assignments.model.objects.filter(
            Q(person=OuterRef("owner")) | Q(deputy=OuterRef("owner")),
            contract=OuterRef("contract"),
            role__name=Role.SUPPLIER,
        )
        return self.filter(Q(contract__in=others) | (Q(contract__in=supplied) & Q(Exists(handed))))

    def heard_at(self, contract: Any, held: "Held") -> Self:
        """The same of one contract, for somebody who sees it and of whom it is known what they hold."""
        here = self.filter(contract=contract)
        if held.hears_every_question(contract.reference):
            return here
        suppliers = contract.assignments.filter(role__name=Role.SUPPLIER)
        return here.filter(Exists(suppliers.filter(Q(person=OuterRef("owner")) | Q(deputy=OuterRef("owner")))))


class MessageQuerySet(models.QuerySet[Any]):
    def to_try(self, now: datetime) -> Self:
        """Those that wait and whose time to be tried has come."""
        return self.filter(state="waiting").filter(Q(try_after__isnull=True) | Q(try_after__lte=now))

    def held_by(self, pk: int, claim: str) -> Self:
        """The message, if this claim still holds it."""
        return self.filter(pk=pk, state="sending", claim=claim)

    def abandoned(self, now: datetime, lease: timedelta) -> Self:
        """
        Those whose sender has not been heard of for a lease, and has not finished; one heard of farther ahead was heard
        of before the clock was set back.
        """
        return self.filter(state="sending").exclude(claimed_at__range=(now - lease, now + lease))

    def visible_to(self, person: "Person | AnonymousUser") -> Self:
        """A person's own messages; an administrator sees everybody's."""
        if not person.is_authenticated:
            return self.none()
        if person.is_superuser:
            return self
        return self.filter(Q(person=person) | Exists(person.groups.filter(name__in=LOOKS_AFTER_PEOPLE)))

    def asked_for(self, state: str = "", kind: str = "", words: str = "") -> Self:
        """Those in a state and of a kind, whose subject, address or job title holds the words; blank asks for all."""
        found = self.filter(state=state) if state else self
        if kind:
            found = found.filter(kind=kind)
        for word in words.split():
            found = found.filter(
                Q(subject__icontains=word) | Q(person__email__icontains=word) | Q(person__job_title__icontains=word)
            )
        return found
