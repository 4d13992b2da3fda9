"""What a person may do about a contract's projects: by the roles they hold there, or deputise for."""

from dataclasses import dataclass

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import EDITS_PROJECTS, REBASELINES


@dataclass(frozen=True, slots=True)
class PortfolioDuties:
    """Editing belongs to the administrator, agreeing another finish to the contract manager alone."""

    may_edit: bool
    may_rebaseline: bool


def portfolio_duties_of(held: Held, contract: Contract) -> PortfolioDuties:
    """From what a request knows of its person, without a query."""
    here = contract.reference
    return PortfolioDuties(may_edit=held.holds(EDITS_PROJECTS, here), may_rebaseline=held.fills(REBASELINES, here))


def load_portfolio_duties(person: Person, contract: Contract) -> PortfolioDuties:
    """One query."""
    return portfolio_duties_of(load_ground(person).held, contract)
