"""What a person may do about a contract's projects: by the roles they hold there, or deputise for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract, Person
from contracts.prepared import given_key, given_text, prepared
from contracts.queries import load_ground
from contracts.readings import Reading
from contracts.rules.held import Held
from contracts.rules.roles import EDITS_PROJECTS, REBASELINES
from projects.models import Project


@dataclass(frozen=True, slots=True)
class PortfolioDuties:
    """Editing belongs to the administrator, agreeing another finish to the contract manager alone."""

    may_edit: bool
    may_rebaseline: bool


def portfolio_duties_of(held: Held, contract: Contract) -> PortfolioDuties:
    """From what a request knows of its person, without a query."""
    here = contract.reference
    return PortfolioDuties(may_edit=held.holds(EDITS_PROJECTS, here), may_rebaseline=held.fills(REBASELINES, here))


def read_may_update(contract: Contract, reference: str, person: int) -> Reading[bool]:
    """Whether somebody, by primary key, posts the updates of a project."""
    (found,) = yield _updated_by(contract=contract.pk, reference=reference, person=person)
    return bool(found)


@prepared
def _updated_by() -> tuple[QuerySet[Any, Any]]:
    own = Project.objects.filter(contract=given_key("contract"), reference=given_text("reference"))
    return (own.updated_by(given_key("person")).order_by().values_list("pk"),)


def load_portfolio_duties(person: Person, contract: Contract) -> PortfolioDuties:
    """One query."""
    return portfolio_duties_of(load_ground(person).held, contract)
