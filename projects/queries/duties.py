"""What a person may do about a contract's projects: by the roles they hold there, or deputise for."""

from dataclasses import dataclass
from typing import Final

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import Role

AGREEING: Final = frozenset({Role.CONTRACT_MANAGER})


@dataclass(frozen=True, slots=True)
class PortfolioDuties:
    """Editing belongs to the administrator, agreeing another finish to the contract manager alone."""

    may_edit: bool
    may_rebaseline: bool


def portfolio_duties_of(held: Held, contract: Contract) -> PortfolioDuties:
    """From what a request knows of its person, without a query."""
    return PortfolioDuties(may_edit=held.is_administrator, may_rebaseline=held.fills(AGREEING, contract.reference))


def load_portfolio_duties(person: Person, contract: Contract) -> PortfolioDuties:
    """One query."""
    return portfolio_duties_of(load_ground(person).held, contract)
