"""What a person may do about a contract's reliefs and definitions: by the roles they hold there, or deputise for."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from contracts.models import Assignment, Contract, Person
from contracts.rules.roles import Role

ASKING: Final = frozenset({Role.OFFICER, Role.SUPPLIER, Role.CONTRACT_MANAGER})


@dataclass(frozen=True, slots=True)
class Duties:
    """Deciding belongs to the contract manager alone: an administrator sets up, and decides nothing."""

    may_ask: bool
    may_decide: bool
    may_define: bool


def load_duties(person: Person, contract: Contract) -> Duties:
    """Two queries."""
    groups = frozenset(person.groups.values_list("name", flat=True))
    own = Q(person=person, role__name__in=groups)
    held = frozenset(
        Assignment.objects.filter(own | Q(deputy=person), contract=contract).values_list("role__name", flat=True)
    )
    manages = Role.CONTRACT_MANAGER in held
    administers = person.is_superuser or Role.ADMINISTRATOR in groups
    return Duties(may_ask=not held.isdisjoint(ASKING), may_decide=manages, may_define=manages or administers)
