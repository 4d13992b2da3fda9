"""What is read in more than one way, for pages that are opened all day: each way finds the same."""

from collections.abc import Iterator
from datetime import date

import pytest

from contracts.models import Assignment, Contract, Person, Question, ServiceArea
from contracts.queries import load_ground, load_holders, wanted_acting
from contracts.queries.questions import asked_since, load_questions, read_asked_about, wanted_asked_since
from contracts.readings import read_now
from contracts.rows import read
from contracts.rules.held import Held
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.people import withdraw_role
from tests import builders
from tests.people import Cast, person


@pytest.fixture
def everybody(cast: Cast, contract: Contract, other_contract: Contract, area: ServiceArea) -> list[Person]:
    """The cast, and all who have to do with the supplier in some way."""
    deputy, partial, several, elsewhere, former, left, bereft = (
        person(f"{name}@supplier.example", name)
        for name in ("deputy", "partial", "several", "elsewhere", "former", "left", "bereft")
    )
    grant_role(person=partial, role=Role.SUPPLIER, service_area=area)
    grant_role(person=several, role=Role.OFFICER, service_area=area)
    for who in (several, former, left):
        grant_role(person=who, role=Role.SUPPLIER, contract=contract)
    for who in (elsewhere, bereft):
        grant_role(person=who, role=Role.SUPPLIER, contract=other_contract)
    withdraw_role(person=former, role=Role.SUPPLIER, contract=contract)
    Assignment.objects.filter(person=cast.supplier).update(deputy=deputy)
    Assignment.objects.filter(person=left).update(deputy=bereft)
    Person.objects.filter(pk=left.pk).update(is_active=False)
    bereft.groups.clear()
    return [*(who for _, who in cast.everybody()), deputy, partial, several, elsewhere, former, left, bereft]


@pytest.fixture
def asked(everybody: list[Person], cast: Cast, contract: Contract, other_contract: Contract) -> None:
    """A question handed to each of them, and one to nobody."""
    for number, owner in enumerate([None, *everybody]):
        for place, where in enumerate((contract, other_contract)):
            builders.question(where, cast.board_member, f"Q{2 * number + place:03}", owner=owner)


def ways(contract: Contract, who: Person, held: Held, on: date) -> Iterator[set[str]]:
    yield {line.reference for line in load_questions(contract, held, on)}
    yield {line.reference for line in read_now(read_asked_about(contract, held, on, kpi="CSC_KPI_01")).lines}
    for since in (None, on):
        found = read(wanted_asked_since(contract, held, since)).tables[0]
        yield {line.reference for line in asked_since(contract, held, since, on, found).lines}
    yield set(Question.objects.visible_to(who).filter(contract=contract).values_list("reference", flat=True))


@pytest.mark.usefixtures("asked")
def test_every_reading_shows_everybody_the_same_questions(
    everybody: list[Person], contract: Contract, other_contract: Contract, today: date
) -> None:
    told: dict[str, int] = {}
    for who in everybody:
        held = load_ground(who).held
        for where in (contract, other_contract):
            if held.sees(where.reference):
                shown, *others = ways(where, who, held, today)
                assert all(each == shown for each in others), (who, where, shown, others)
                told[f"{who} of {where.reference}"] = len(shown)
    assert min(told.values()) < max(told.values()), "the supplier's people do not see all"
    assert len(told) > len(Role)


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize("role", Role)
def test_every_reading_names_the_same_people_in_a_role(
    role: Role, contract: Contract, other_contract: Contract
) -> None:
    for where in (contract, other_contract):
        acting = {(pk, name, area) for pk, name, area in read(wanted_acting(role, where.pk)).tables[0]}
        holding = [each for each in load_holders(where).holdings if each.role == role]
        assert acting == {(each.person.pk, str(each.person), each.area) for each in holding}
