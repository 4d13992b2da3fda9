"""What a person may do about the key projects: by the roles they hold for the contract, and the areas they chair."""

from dataclasses import dataclass

from contracts.models import Contract, Person
from contracts.queries import Holders, load_ground
from contracts.rules.held import Held
from contracts.rules.roles import NOMINATES, PROPOSES_KEY, RECORDS_KEY, SETS_CHAIRS, Role
from projects.models import ScrutinyChair


@dataclass(frozen=True, slots=True)
class KeyDuties:
    """Officers and the contract manager propose, members nominate, clerk or contract manager records the decision."""

    may_propose: bool
    may_decide: bool
    may_nominate: bool
    may_set_chairs: bool
    chaired: tuple[str, ...] = ()

    def chairs(self, scrutiny_area: str) -> bool:
        return bool(scrutiny_area) and scrutiny_area.casefold() in {area.casefold() for area in self.chaired}


def key_duties_of(held: Held, person: Person, contract: Contract) -> KeyDuties:
    """
    From what a request knows of its person; for a member of the Board one query more, after what they chair.

    Seeing everything is not enough: administrators set chairs and do nothing else here.
    """
    acts_as = held.roles_at(contract.reference)
    is_member = not acts_as.isdisjoint(NOMINATES)
    return KeyDuties(
        may_propose=not acts_as.isdisjoint(PROPOSES_KEY),
        may_decide=not acts_as.isdisjoint(RECORDS_KEY),
        may_nominate=is_member,
        may_set_chairs=not acts_as.isdisjoint(SETS_CHAIRS),
        chaired=chaired_by(person, contract) if is_member else (),
    )


def load_key_duties(person: Person, contract: Contract) -> KeyDuties:
    """In two queries at most."""
    return key_duties_of(load_ground(person).held, person, contract)


def chaired_by(person: Person, contract: Contract) -> tuple[str, ...]:
    """The scrutiny areas that a person chairs."""
    rows = ScrutinyChair.objects.filter(contract=contract, person=person).order_by("scrutiny_area")
    return tuple(rows.values_list("scrutiny_area", flat=True))


def proposers(holders: Holders) -> tuple[Person, ...]:
    """Who looks after the proposal: the officers and the contract manager."""
    return (*holders.of(Role.OFFICER), *holders.of(Role.CONTRACT_MANAGER))


def clerks() -> tuple[Person, ...]:
    """The clerks, who act for every contract."""
    return tuple(Person.objects.filter(is_active=True, groups__name=Role.CLERK).order_by("pk"))
