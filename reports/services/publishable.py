"""
Declaring that a month may be told as provisional, before every area of it is verified; and taking that back.

An addendum tells such a month and says that it is provisional, who could not wait, and why. Once one went to the clerk
the declaration stays, for it stands in print.
"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.months import Month, last_owed, month_long
from contracts.rules.roles import SIGNS_OFF
from contracts.services.history import save_with_history
from contracts.services.refusals import Refused
from kpis.models import Result
from kpis.queries import verified_months
from reports.models import PublishableMonth
from reports.queries.publishable import in_use


class NotYours(PermissionDenied):
    """Only the contract manager, or who is named as deputy, declares a month publishable."""


class NotDeclared(Refused):
    """A month that cannot be declared publishable, or whose declaration cannot be withdrawn; the text says why."""


def declare_publishable(
    *, contract: Contract, month: Month, reason: str, by: Person, on: date, at: datetime
) -> PublishableMonth:
    """
    The month may be told as provisional from now on. Declared twice at once, it is declared once.

    Raises :class:`NotYours` or :class:`NotDeclared`.
    """
    _refuse_others(contract, by)
    said = reason.strip()
    if not said:
        raise NotDeclared("Say why the month does not wait to be verified.")
    with transaction.atomic():
        Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
        _refuse(contract, month, on)
        row = PublishableMonth(contract=contract, month=month, reason=said, declared_by=by, declared_at=at)
        save_with_history(row, by=by, why=said, at=at)
    return row


def withdraw_publishable(*, contract: Contract, month: Month, by: Person, at: datetime) -> PublishableMonth:
    """The month waits to be verified again. Raises :class:`NotYours` or :class:`NotDeclared`."""
    _refuse_others(contract, by)
    with transaction.atomic():
        Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
        row: PublishableMonth | None = PublishableMonth.objects.filter(
            contract=contract, month=month, withdrawn_at=None
        ).first()
        if row is None:
            raise NotDeclared(f"{month_long(month)} is not declared publishable: there is nothing to withdraw.")
        if used := in_use(contract).get(month):
            raise NotDeclared(f"{month_long(month)} stands in {used}: its declaration cannot be withdrawn any more.")
        row.withdrawn_at, row.withdrawn_by = at, by
        save_with_history(row, by=by, why="withdrawn", at=at, fields=("withdrawn_at", "withdrawn_by"))
    return row


def _refuse_others(contract: Contract, by: Person) -> None:
    if not load_ground(by).held.holds(SIGNS_OFF, contract.reference):
        raise NotYours("The contract manager declares a month publishable.")


def _refuse(contract: Contract, month: Month, on: date) -> None:
    name = month_long(month)
    if month > last_owed(contract.ends_on, on):
        raise NotDeclared(f"{name} has not ended yet.")
    if month in verified_months(contract):
        raise NotDeclared(f"{name} is verified: it needs no declaration.")
    if PublishableMonth.objects.filter(contract=contract, month=month, withdrawn_at=None).exists():
        raise NotDeclared(f"{name} is declared publishable already.")
    if not Result.objects.of_contract(contract).counted().filter(month=month).exists():
        raise NotDeclared(f"No service area has submitted {name} yet: there is nothing to tell.")
