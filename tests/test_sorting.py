"""Every table sorts by each of its columns both ways."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from config.ui.tables import Table
from contracts.models import Contract
from contracts.tables import PeopleTable
from projects.tables import RegisterTable
from reports.tables import ContractTable, PaperTable
from tests import builders
from tests.people import Cast

TABLES = {ContractTable, PaperTable, PeopleTable, RegisterTable}


@pytest.fixture
def clerk(cast: Cast) -> Client:
    """Somebody who sees every contract."""
    client = Client()
    client.force_login(cast.clerk)
    return client


def test_every_table_is_listed() -> None:
    ours = {table for table in Table.__subclasses__() if not table.__module__.startswith("tests.")}
    assert ours == TABLES


@pytest.fixture
def portfolio(contract: Contract) -> Contract:
    """Projects that differ in every column, one of them blank wherever a project can be, in no order."""
    area = builders.area(contract, "PM")
    late = builders.project(contract, "P10", title="zebra crossings", stage="on hold", scrutiny_area="Schools")
    early = builders.project(contract, "P2", title="Archive", scrutiny_area="adults", service_area=area)
    blank = builders.project(
        contract, "P1", title="Mosaic", stage="pipeline", original_start=None, original_finish=None
    )
    builders.update(late, date(2018, 3, 1), "red", forecast_finish=date(2018, 5, 25))
    builders.update(early, date(2018, 2, 28), "green", forecast_finish=date(2018, 3, 20))
    builders.rebaseline(late, date(2018, 5, 11), date(2018, 2, 1))
    builders.rebaseline(early, date(2018, 4, 11), date(2018, 2, 1))
    builders.rebaseline(early, date(2018, 3, 11), date(2018, 3, 1))
    builders.key_list(contract, early, late)
    assert blank.key_entries.count() == 0
    return contract


# The references in ascending and in descending order of each column: what has no value stands last both ways, and rows
# that do not differ stay in the order of their references.
ORDERS: Mapping[str, tuple[str, str]] = {
    "reference": ("P1 P2 P10", "P10 P2 P1"),
    "title": ("P2 P1 P10", "P10 P1 P2"),
    "scrutiny_area": ("P2 P10 P1", "P10 P2 P1"),
    "stage": ("P1 P2 P10", "P10 P2 P1"),
    "declared": ("P10 P2 P1", "P2 P10 P1"),
    "computed": ("P10 P2 P1", "P2 P10 P1"),
    "original_finish": ("P2 P10 P1", "P2 P10 P1"),
    "finish": ("P2 P10 P1", "P10 P2 P1"),
    "days_late": ("P2 P10 P1", "P10 P2 P1"),
    "days_late_agreed": ("P2 P10 P1", "P10 P2 P1"),
    "rebaselined": ("P1 P10 P2", "P2 P10 P1"),
    "key_rank": ("P2 P10 P1", "P10 P2 P1"),
}


def test_every_column_of_the_register_can_be_sorted_by() -> None:
    assert list(RegisterTable.base_columns) == list(ORDERS)


@pytest.mark.parametrize("column", ORDERS)
def test_the_register_sorts_both_ways(column: str, portfolio: Contract, clerk: Client) -> None:
    for sort, expected in zip((column, f"-{column}"), ORDERS[column], strict=True):
        response = clerk.get(reverse("projects:register", args=[portfolio.reference]), {"sort": sort})
        assert re.findall(r'rowheader"[^>]*><a[^>]*>(P[0-9]+)</a>', response.content.decode()) == expected.split(), sort
