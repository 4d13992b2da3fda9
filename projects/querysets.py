"""The vocabulary of queries about projects."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from contracts.models import Assignment
from contracts.rules.roles import UPDATES_PROJECTS
from projects.rules.facts import Stage
from projects.rules.references import spelt
from projects.rules.standing import AT_RISK, Signal

if TYPE_CHECKING:
    from contracts.models import Contract, Person
    from contracts.prepared import Given


class ProjectQuerySet(models.QuerySet[Any]):
    def in_register(self, on: date) -> Self:
        """The projects that lists and counts of a day hold: archived ones have left them on the day they were."""
        return self.exclude(archived_on__lte=on)

    def archived(self, on: date) -> Self:
        """The projects that have left the register by a day."""
        return self.filter(archived_on__lte=on)

    def under_way(self) -> Self:
        """The projects in flight or on hold: those that owe an update every month."""
        return self.filter(stage__in=[Stage.IN_FLIGHT.value, Stage.ON_HOLD.value])

    def updated_by(self, person: "Person | Given") -> Self:
        """
        The projects whose updates this person posts, as a project manager of their contract or as the deputy of one.

        A project that names its manager is that manager's, or their deputy's; one that names nobody is everybody's.
        """
        roles, here = UPDATES_PROJECTS, OuterRef("contract")
        posts = Assignment.objects.filter(role__name__in=roles, person__groups=F("role"), contract=here)
        who: Any = person
        own, for_another = posts.filter(person=who), posts.filter(deputy=who)
        return self.filter(
            Q(Exists(own), manager_person=person)
            | Q(Exists(for_another.filter(person=OuterRef("manager_person"))))
            | Q(Q(Exists(own)) | Q(Exists(for_another)), manager_person=None)
        )


def referred_to(typed: str) -> Q:
    """The projects, or rows of the register, whose reference is spelt like what was typed: `p 56` is P056."""
    pattern = spelt(" ".join(typed.split()))
    return Q(reference__iregex=pattern) if pattern else Q(pk__in=())


ACTIVE = Q(stage__in=[Stage.IN_FLIGHT.value, Stage.ON_HOLD.value])
"""Rows of the register whose projects are in flight or on hold: signals are asked of these only."""


def carrying(signal: Signal, on: date, silent_days: int) -> Q:
    """The rows of the register that carry a signal on a day: what :func:`projects.rules.standing.signals_of` says."""
    at_risk = [rating.value for rating in AT_RISK]
    match signal:
        case Signal.DECLARED:
            return ACTIVE & Q(declared__in=at_risk)
        case Signal.DATES:
            return ACTIVE & Q(computed__in=at_risk)
        case Signal.RATED_BETTER:
            return ACTIVE & Q(declared_order__gt=F("computed_order"))
        case Signal.OVERDUE:
            return ACTIVE & Q(earliest_due_on__lt=on)
        case Signal.SILENT:
            return ACTIVE & (Q(updated_on__isnull=True) | Q(updated_on__lte=on - timedelta(days=silent_days)))
        case Signal.SLIPPED:
            return ACTIVE & Q(forecast_finish__gt=F("agreed_finish"))
        case Signal.REBASELINED:
            return ACTIVE & Q(rebaselined__gt=0)


class RegisterQuerySet(models.QuerySet[Any]):
    def holding(self, contract: "Contract", on: date) -> Self:
        """The contract's rows that hold on a day, by the thresholds that the contract has now: one for each project."""
        return self.filter(
            contract=contract,
            from_on__lte=on,
            until_on__gt=on,
            green_days=contract.slippage_green_days,
            amber_months=contract.slippage_amber_months,
        )
