"""What a person may do about a contract's projects: by the roles they hold there, or deputise for."""

from dataclasses import dataclass

from contracts.models import Contract, Person


@dataclass(frozen=True, slots=True)
class PortfolioDuties:
    """Editing belongs to the administrator, agreeing another finish to the contract manager alone."""

    may_edit: bool
    may_rebaseline: bool


def load_portfolio_duties(person: Person, contract: Contract) -> PortfolioDuties:
    """Two queries at most."""
    return PortfolioDuties(
        may_edit=person.is_administrator,
        may_rebaseline=Contract.objects.filter(pk=contract.pk).managed_by(person).exists(),
    )
