"""What every request reads once: the day, the closed days, and what the person holds, which agrees with the SQL."""

from datetime import date
from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.models import Assignment, ClosedDay, Contract, Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.held import Held
from contracts.rules.roles import (
    ASKS_FOR_PAPERS,
    LOOKS_INTO_RETURNS,
    SEES_DRAFTS,
    SEES_OPERATIONAL_REPORTS,
    Role,
)
from contracts.services import grant_role, set_demonstration_day
from tests import builders
from tests.people import Cast


@pytest.fixture
def crowd(cast: Cast, contract: Contract, area: ServiceArea) -> list[Person]:
    """The cast; the outsider a deputy as well, and somebody who lost the role but kept the post."""
    builders.area(contract, "ACF", "Adult Care Finance")
    Assignment.objects.filter(person=cast.officer).update(deputy=cast.outsider)
    grant_role(person=cast.other_officer, role=Role.SUPPLIER, contract=contract, service_area=area)
    cast.other_officer.groups.remove(cast.other_officer.groups.get(name=Role.SUPPLIER))
    Assignment.objects.filter(person=cast.other_officer, role__name=Role.SUPPLIER).update(deputy=cast.project_manager)
    return [person for _, person in cast.everybody() if person.is_active]


def test_it_decides_as_the_querysets_do(crowd: list[Person]) -> None:
    decided = set()
    for person in crowd:
        held = load_ground(person).held
        assert held.looks_after_people == person.is_administrator
        for contract in Contract.objects.all():
            ref, only = contract.reference, Contract.objects.filter(pk=contract.pk)
            assert held.sees(ref) == only.visible_to(person).exists(), (person, ref)
            assert held.looks_into_some(ref) == only.where_held(person, LOOKS_INTO_RETURNS).exists(), (person, ref)
            for roles in (SEES_DRAFTS, SEES_OPERATIONAL_REPORTS, ASKS_FOR_PAPERS):
                assert held.holds(roles, ref) == only.where_held(person, roles).exists(), (person, ref, roles)
        for area in ServiceArea.objects.select_related("contract"):
            ref, one = area.contract.reference, ServiceArea.objects.filter(pk=area.pk)
            answers = (held.enters(ref, area.pk), held.submits(ref, area.pk), held.looks_into(ref, area.pk))
            asked = (one.entered_by(person), one.submitted_by(person), one.looked_into_by(person))
            assert answers == tuple(rows.exists() for rows in asked), (person, area)
            decided.add(answers)
    assert decided >= set(product([False], [False], [False, True])) | {(True, True, True), (True, False, True)}


def test_who_has_left_holds_nothing(cast: Cast) -> None:
    assert load_ground(cast.leaver).held == Held()
    cast.administrator.is_active = False
    assert load_ground(cast.administrator).held == Held()


def test_one_query_tells_the_day_and_the_closed_days_too(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_demonstration_day(on=date(2018, 3, 14))
    ClosedDay.objects.create(closed_on=date(2018, 12, 27), reason="Between the years")
    with django_assert_num_queries(1):
        ground = load_ground(cast.officer)
    assert ground.demonstration_day == date(2018, 3, 14)
    assert ground.closed == {date(2018, 12, 27)}


@pytest.mark.django_db
def test_nobody_holds_nothing() -> None:
    held = load_ground(None).held
    assert not held.roles
    assert not held.posts
    assert not held.looks_after_people
