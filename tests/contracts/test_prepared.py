"""A prepared queryset gives what the queryset itself gives of the same values, and is made once for all of them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from pytest_django import DjangoAssertNumQueries

from contracts.models import Contract
from contracts.prepared import Filled, given_day, given_key, given_text, prepared
from contracts.readings import answer
from projects.models import Project, Update
from tests import builders
from tests.people import Cast

MADE: list[str] = []


def rows(contract: Any, reference: Any, on: Any) -> tuple[QuerySet[Any, Any], ...]:
    """A foreign key, text, a day within a choice, and the same within another queryset."""
    own = Project.objects.filter(contract=contract, reference=reference)
    said = Update.objects.filter(Q(updated_on=None) | Q(updated_on__lte=on), project__in=own.order_by().values("pk"))
    return (
        own.select_related("service_area", "manager_person"),
        said.order_by("updated_on").values_list("updated_on", "forecast_finish", "posted_by__email"),
        Project.objects.filter(contract=contract).in_register(on).order_by("reference").values_list("reference"),
        Project.objects.filter(contract=contract).updated_by(given_key("person")).values_list("reference")
        if not isinstance(contract, Contract)
        else Project.objects.none(),
    )


@prepared
def asked() -> tuple[QuerySet[Any, Any], ...]:
    MADE.append(connection.vendor)
    return rows(given_key("contract"), given_text("reference"), given_day("on"))


@pytest.fixture
def contracts(cast: Cast, contract: Contract) -> tuple[Contract, ...]:
    both = (contract, builders.contract("ANO"))
    for of in both:
        for number in (1, 2):
            project = builders.project(of, f"P{number}", title=f"100 % of {of.reference}", archived_on=None)
            for day in (1, 9):
                builders.update(project, date(2018, 3, day), posted_by=cast.officer)
        gone = date(2018, 3, 5)
        builders.project(of, "P3", archived_on=gone, archived_reason="Entered twice.")
    return both


def filled(contract: Contract, reference: str, on: date) -> tuple[Filled, ...]:
    return asked(contract=contract.pk, reference=reference, on=on, person=0)


def test_the_rows_are_those_of_the_queryset_whatever_is_given(
    contracts: tuple[Contract, ...], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for contract in contracts:
        for reference in ("P1", "P2", "P' OR 1=1 --", "%s"):
            for on in (date(2018, 3, 1), date(2018, 3, 4), date(2018, 3, 31)):
                with django_assert_num_queries(1):
                    found = answer(filled(contract, reference, on))
                assert [list(each) for each in found] == [list(each) for each in rows(contract, reference, on)]


def test_the_statement_is_made_once(contracts: tuple[Contract, ...]) -> None:
    answer(filled(contracts[0], "P1", date(2018, 3, 1)))
    made = len(MADE)
    answer(filled(contracts[1], "P2", date(2018, 3, 31)))
    assert len(MADE) == made


def test_a_name_without_a_value_is_an_error(contracts: tuple[Contract, ...]) -> None:
    with pytest.raises(KeyError, match="on"):
        answer(asked(contract=contracts[0].pk, reference="P1", person=0))


def test_who_posts_updates_is_told_by_primary_key_as_by_person(cast: Cast, contracts: tuple[Contract, ...]) -> None:
    """The project manager of one contract, of which nobody is named as the manager."""
    for who in (cast.project_manager, cast.officer):
        for contract in contracts:
            found = answer(asked(contract=contract.pk, reference="P1", on=date(2018, 3, 1), person=who.pk))[3]
            own = Project.objects.filter(contract=contract).updated_by(who).values_list("reference")
            assert sorted(found) == sorted(own)
