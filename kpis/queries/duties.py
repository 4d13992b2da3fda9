"""What a person may do about a contract's reliefs and definitions: by the roles they hold there, or deputise for."""

from dataclasses import dataclass

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import ASKS_RELIEF, DECIDES_RELIEF, DEFINES


@dataclass(frozen=True, slots=True)
class Duties:
    """Deciding belongs to the contract manager alone: an administrator sets up, and decides nothing."""

    may_ask: bool
    may_decide: bool
    may_define: bool


def duties_of(held: Held, contract: Contract) -> Duties:
    """From what a request knows of its person, without a query."""
    return Duties(
        may_ask=held.fills(ASKS_RELIEF, contract.reference),
        may_decide=held.fills(DECIDES_RELIEF, contract.reference),
        may_define=held.holds(DEFINES, contract.reference),
    )


def load_duties(person: Person, contract: Contract) -> Duties:
    """One query."""
    return duties_of(load_ground(person).held, contract)
