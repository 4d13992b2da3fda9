"""What is owed: the ended months from the first reported one on that nobody has handed in."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract, ServiceArea
from contracts.rules.months import month_key, parse_month
from kpis.models import Entry, Return
from kpis.queries.owed import Owed, load_owed
from tests import builders


def keys(owed: tuple[Owed, ...]) -> list[str]:
    return [f"{each.area.code} {month_key(each.month)}" for each in owed]


def test_what_is_not_handed_in_is_owed_from_the_first_reported_month(
    contract: Contract, area: ServiceArea, today: date
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95"])
    finance = builders.area(contract, "FA", "Financial Administration")
    builders.kpi(finance, "FA_KPI_01")
    builders.returns(area, "2017-11", "2017-11", "verified")
    builders.returns(area, "2017-12", "2017-12", "submitted")
    builders.returns(area, "2018-01", "2018-01", "returned")
    builders.returns(finance, "2018-01", "2018-02", "submitted")
    found = load_owed(contract, today)
    assert keys(found) == ["FA 2017-11", "FA 2017-12", "CSC 2018-01", "CSC 2018-02"]
    assert [each.state for each in found] == ["open", "open", "returned", "open"]


def test_it_is_due_working_days_after_the_month_ends(contract: Contract, area: ServiceArea) -> None:
    builders.kpi(area)
    (owed,) = load_owed(contract, date(2018, 3, 20))
    assert owed.due_on == date(2018, 3, 14)
    assert (owed.days_overdue(date(2018, 3, 14)), owed.days_overdue(date(2018, 3, 20))) == (0, 6)


def test_with_nothing_reported_yet_only_the_last_month_is_owed(
    contract: Contract, area: ServiceArea, today: date
) -> None:
    builders.kpi(area)
    assert keys(load_owed(contract, today)) == ["CSC 2018-02"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2017, 1, 31), []), (date(2017, 2, 1), ["CSC 2017-01"]), (date(2017, 6, 1), ["CSC 2017-03"])],
)
def test_nothing_is_owed_of_months_outside_the_contract(on: date, expected: list[str], today: date) -> None:
    contract = builders.contract("END", ends_on=date(2017, 3, 31))
    builders.kpi(builders.area(contract))
    assert keys(load_owed(contract, on)) == expected


def test_a_kpi_that_is_not_due_is_not_counted(contract: Contract, area: ServiceArea, today: date) -> None:
    builders.kpi(area, "CSC_KPI_01", due_mask=0b100100100100)
    builders.result(builders.kpi(area, "CSC_KPI_02", in_force_to=date(2018, 1, 1)), "2017-12", "95")
    assert [(month_key(each.month), each.in_force) for each in load_owed(contract, today)] == [
        ("2017-12", 2),
        ("2018-01", 1),
    ]


def test_what_is_typed_counts_as_entered_in_place_of_the_result_that_stands_there(
    contract: Contract, area: ServiceArea, today: date
) -> None:
    kpis = [builders.kpi(area, f"CSC_KPI_0{number}") for number in range(1, 6)]
    builders.returns(area, "2018-02", "2018-02", "open")
    for kpi in kpis[:2]:
        builders.result(kpi, "2018-02", "95", is_shared=True)
    of = Return.objects.get()
    Entry.objects.create(area_return=of, kpi=kpis[0], value="")
    Entry.objects.create(area_return=of, kpi=kpis[2], value="not a number")
    Entry.objects.create(area_return=of, kpi=kpis[3], not_measured_reason="The meter broke.")
    Entry.objects.create(area_return=of, kpi=kpis[4], comment="Soon.")
    (owed,) = load_owed(contract, today)
    assert (owed.entered, owed.in_force) == (3, 5)


def test_a_reopened_month_says_so(contract: Contract, area: ServiceArea, today: date) -> None:
    builders.kpi(area)
    builders.returns(area, "2018-02", "2018-02", "open", verified_at=datetime(2018, 3, 10, tzinfo=UTC))
    (owed,) = load_owed(contract, today)
    assert owed.is_reopened


def test_where_the_calendar_ends_nothing_is_due_and_nothing_breaks(contract: Contract, area: ServiceArea) -> None:
    builders.kpi(area)
    (owed,) = load_owed(contract, date(2029, 1, 5))
    assert owed.due_on is None
    assert owed.days_overdue(date(2029, 3, 1)) == 0


def test_it_costs_the_same_however_much_is_owed(contract: Contract, today: date) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            found = load_owed(contract, today)
        return len(captured), len(found)

    first = builders.area(contract, "A0")
    builders.result(builders.kpi(first, "A0_KPI_01"), "2018-02", "95", is_shared=True)
    few = cost()
    for number in range(1, 10):
        area = builders.area(contract, f"A{number}")
        builders.results(builders.kpi(area, f"A{number}_KPI_01"), "2017-01", ["95"] * 14)
    many = cost()
    assert few == (3, 1)
    assert many == (3, 140)
    assert parse_month("2017-01") in {each.month for each in load_owed(contract, today)}
