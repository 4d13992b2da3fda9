"""What a person may do about a contract's reliefs and definitions: by the roles they hold there, or deputise for."""

from dataclasses import dataclass
from typing import Final

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import Role

ASKING: Final = frozenset({Role.OFFICER, Role.SUPPLIER, Role.CONTRACT_MANAGER})


@dataclass(frozen=True, slots=True)
class Duties:
    """Deciding belongs to the contract manager alone: an administrator sets up, and decides nothing."""

    may_ask: bool
    may_decide: bool
    may_define: bool


def duties_of(held: Held, contract: Contract) -> Duties:
    """From what a request knows of its person, without a query."""
    manages = held.manages(contract.reference)
    return Duties(
        may_ask=held.fills(ASKING, contract.reference),
        may_decide=manages,
        may_define=manages or held.is_administrator,
    )


def load_duties(person: Person, contract: Contract) -> Duties:
    """One query."""
    return duties_of(load_ground(person).held, contract)
