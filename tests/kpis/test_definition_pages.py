"""The pages on which KPIs and levels change: who may, what they show, what they ask before a verified month moves."""

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Person, ServiceArea
from kpis.models import Kpi, Level
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of

LEVELS = {
    "effective_from_month": "12",
    "effective_from_year": "2017",
    "target": "80%",
    "minimum": "70",
    "reason": "Reduced by agreement.",
    "agreed_by": "Contract Manager",
}
NEW = {
    "code": "csc kpi 9",
    "name": "Letters answered in time",
    "definition": "",
    "unit": "percent",
    "polarity": "higher",
    "decimals": "1",
    "due_months": ["3", "6", "9", "12"],
    "in_force_from_month": "3",
    "in_force_from_year": "2018",
    "target": "90",
    "minimum": "80",
    "reason": "A new duty.",
    "agreed_by": "Contract Manager",
}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, *of: str) -> str:
    return reverse(f"kpis:{name}", args=["TST", *of])


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["85", "75", "95"])
    builders.returns(area, "2017-11", "2018-01")
    return made


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast.contract_manager)


@pytest.mark.parametrize("page", ["levels", "end"])
def test_a_code_that_no_kpi_can_have_leads_nowhere(page: str, kpi: Kpi, manager: Client) -> None:
    """PostgreSQL refuses to compare it."""
    assert manager.get(f"/contracts/TST/definitions/CSC%00/{page}/").status_code == 404


def test_every_kpi_is_listed_with_its_levels(kpi: Kpi, manager: Client) -> None:
    builders.level(kpi, "2018-05", "95", "85")
    (row,) = rows_of(manager.get(address("definitions")))[1:]
    assert row[:4] == [
        f"CSC_KPI_01 {kpi.name}",
        "at least 90%",
        "at least 80%",
        "from Jan 2017New levels from May 2018",
    ]


def test_new_levels_over_verified_months_are_listed_first_and_then_kept_with_the_change(
    kpi: Kpi, manager: Client
) -> None:
    page = manager.post(address("set_level", kpi.code), LEVELS)
    said = text_of(page)
    assert "This judges verified months differently" in said
    assert "December 2017, January 2018. 1 status would move:" in said
    assert rows_of(page)[1:] == [["CSC_KPI_01", "Dec 2017", "Below minimum", "Below target"]]
    assert Level.objects.count() == 1
    accepts = page.content.decode().split('name="accepts" type="checkbox" value="')[1].split('"')[0]
    page = manager.post(address("set_level", kpi.code), LEVELS | {"accepts": accepts}, follow=True)
    said = text_of(page)
    assert "CSC_KPI_01 has new levels from December 2017." in said
    assert "CSC_KPI_01 2017-12: below minimum → below target" in said
    assert [level.target for level in Level.objects.all()] == [90, 80]


def test_ticking_without_having_seen_the_list_is_not_enough(kpi: Kpi, manager: Client) -> None:
    page = manager.post(address("set_level", kpi.code), LEVELS | {"accepts": "on"})
    assert "The list has changed since you looked at it" in text_of(page)
    assert Level.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": "many"}, "“many” is not a number"),
        ({"target": "£80"}, "is money, and here is none due"),
        ({"target": ""}, "Enter target"),
        ({"minimum": "99"}, "The minimum cannot lie above the target"),
        ({"minimum": "70.125"}, "give at most 2"),
        ({"effective_from_month": "0"}, "Month must be a number from 1 to 12"),
        ({"effective_from_year": "2016"}, "CSC_KPI_01 came into force in January 2017"),
        ({"reason": " "}, "Enter reason"),
        ({"agreed_by": ""}, "Enter who agreed"),
    ],
)
def test_a_wrong_level_is_refused_and_says_what_would_be_right(
    changes: dict[str, str], words: str, kpi: Kpi, manager: Client
) -> None:
    page = manager.post(address("set_level", kpi.code), LEVELS | changes)
    assert page.status_code == 422
    assert words in text_of(page)
    assert Level.objects.count() == 1


def test_a_kpi_is_added_by_any_spelling_of_its_code(kpi: Kpi, area: ServiceArea, manager: Client) -> None:
    page = manager.post(address("add_kpi"), NEW | {"service_area": str(area.pk)}, follow=True)
    assert "CSC_KPI_09 is added, in force from March 2018." in text_of(page)
    made = Kpi.objects.get(code="CSC_KPI_09")
    assert (made.due_mask, made.decimals, made.polarity) == (0b100100100100, 1, "higher")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "CSC_KPI_01"}, "This contract already has a KPI CSC_KPI_01"),
        ({"code": "four"}, "is not a KPI code"),
        ({"service_area": "0"}, "Select a valid choice"),
        ({"due_months": []}, "Choose months in which it is due"),
        ({"decimals": "7"}, "less than or equal to 6"),
    ],
)
def test_a_wrong_kpi_is_refused(
    changes: dict[str, str], words: str, kpi: Kpi, area: ServiceArea, manager: Client
) -> None:
    page = manager.post(address("add_kpi"), NEW | {"service_area": str(area.pk)} | changes)
    assert words in text_of(page)
    assert Kpi.objects.count() == 1


def test_a_kpi_ends(kpi: Kpi, manager: Client) -> None:
    typed = {
        "in_force_to_month": "3",
        "in_force_to_year": "2018",
        "reason": "The duty passed on.",
        "agreed_by": "Both sides",
    }
    page = manager.post(address("end_kpi", kpi.code), typed, follow=True)
    assert "CSC_KPI_01 ends with March 2018." in text_of(page)
    assert "to March 2018: The duty passed on. Agreed by Both sides." in text_of(page)


@pytest.mark.parametrize("name", ["definitions", "add_kpi", "set_level", "end_kpi"])
def test_only_contract_manager_and_administrator_get_in(name: str, kpi: Kpi, cast: Cast) -> None:
    where = address(name, *([kpi.code] if name in ("set_level", "end_kpi") else []))
    for who, person in cast.everybody():
        if who == "leaver":
            continue
        status = signed_in(person).get(where).status_code
        expected = 404 if who in ("outsider", "other_officer") else 403
        assert status == (200 if who in ("contract_manager", "administrator") else expected), who
