"""Keeping the yearly funding: adding a sum, changing one, taking one away; the history keeps who, when and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from contracts.models import Contract, Person
from contracts.services.history import delete_with_history, save_with_history
from contracts.workbook.saving import assign
from projects.models import Funding
from projects.rules.details import Fault
from projects.rules.money import year_name
from projects.services.permission import must_edit
from projects.services.refusals import ProjectRefused, nothing_said


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingDetails:
    """What an administrator says of a sum: a field of the model each."""

    begins_on: date
    amount: Decimal
    purpose: str
    agreed_on: date | None = None
    agreed_by: str = ""
    source: str = ""

    def values(self) -> dict[str, Any]:
        """As the model keeps them."""
        return {
            "begins_on": self.begins_on,
            "amount": self.amount,
            "purpose": self.purpose.strip(),
            "agreed_on": self.agreed_on,
            "agreed_by": self.agreed_by.strip(),
            "source": self.source,
        }


class FundingChanged(ProjectRefused):
    """A stale page: somebody was quicker."""

    def __init__(self) -> None:
        words = "Somebody else changed this sum while you were looking at it."
        super().__init__(Fault("", f"{words} Look at it again; what you typed is still here."))


class FundingGone(ProjectRefused):
    """Somebody took it away meanwhile."""

    def __init__(self) -> None:
        super().__init__(Fault("", "Somebody else has taken this sum away."))


class FundedTwice(ProjectRefused):
    """Two sums of a year with one purpose could not be told apart."""

    def __init__(self, details: FundingDetails) -> None:
        words = f"{year_name(details.begins_on)} has funding for “{details.purpose.strip()}” already: change that one."
        super().__init__(Fault("purpose", words))


@transaction.atomic
def add_funding(*, contract: Contract, by: Person, details: FundingDetails) -> Funding:
    """Puts a sum on record. Raises :class:`projects.services.refusals.ProjectRefused`."""
    must_edit(by, contract)
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    _refuse_twice(held, details, None)
    row = Funding(contract=held, **details.values())
    save_with_history(row, by=by, why="added")
    return row


@transaction.atomic
def change_funding(*, funding: Funding, by: Person, version: int, details: FundingDetails, why: str) -> bool:
    """Writes what differs, with the reason; whether anything does. Raises :class:`ProjectRefused`."""
    row = _locked(funding, by, version)
    _refuse_twice(row.contract, details, row.pk)
    if not assign(row, details.values()):
        return False
    if not why.strip():
        raise nothing_said("why", "why it changes: everybody who sees the contract reads it")
    row.version += 1
    save_with_history(row, by=by, why=why.strip())
    return True


@transaction.atomic
def remove_funding(*, funding: Funding, by: Person, version: int, why: str) -> None:
    """Takes a sum away; what it was stays in the history. Raises :class:`ProjectRefused`."""
    row = _locked(funding, by, version)
    if not why.strip():
        raise nothing_said("why", "why it is taken away: everybody who sees the contract reads it")
    delete_with_history(row, by=by, why=why.strip())


def _locked(funding: Funding, by: Person, version: int) -> Funding:
    must_edit(by, funding.contract)
    Contract.objects.select_for_update().get(pk=funding.contract_id)
    row = Funding.objects.select_related("contract").filter(pk=funding.pk).first()
    if row is None:
        raise FundingGone
    if row.version != version:
        raise FundingChanged
    return row


def _refuse_twice(contract: Contract, details: FundingDetails, own: int | None) -> None:
    same = Funding.objects.filter(
        contract=contract, begins_on=details.begins_on, purpose__iexact=details.purpose.strip()
    )
    if any(pk != own for pk in same.values_list("pk", flat=True)):
        raise FundedTwice(details)
