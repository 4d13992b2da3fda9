"""Every figure, status and count on the pages of a contract is the one that `exceptions` prints as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from config.ui.status import STATUSES, look
from contracts.models import Contract
from contracts.rules.months import month_short, parse_month
from contracts.services import set_demonstration_day
from kpis.rules.figures import Unit, show
from kpis.services.summary import recount
from tests import builders
from tests.people import Cast, make_cast
from tests.reading import Page, rows_of, text_of
from tests.reports.chance import chance_contract

TODAY = date(2018, 3, 14)
MONTHS = 13
Json = Mapping[str, Any]


def printed(contract: Contract, first: str, last: str) -> Json:
    """What the command prints, thirteen months of it."""
    out = StringIO()
    call_command(
        "exceptions", contract.reference, first=parse_month(first), last=parse_month(last), history_months=MONTHS,
        format="json", stdout=out,
    )  # fmt: skip
    found: Json = json.loads(out.getvalue())
    return found


def opened(client: Client, name: str, *of: str, **query: str) -> Page:
    response = client.get(reverse(name, args=of), query)
    assert response.status_code == 200, (name, of)
    return response


def figure(kpi: Json, value: str | None) -> str:
    return show(None if value is None else Decimal(value), Unit(kpi["unit"]), kpi["decimals"])


def kpis_of(paper: Json) -> Iterable[Json]:
    return (kpi for area in paper["areas"] for kpi in area["kpis"])


def counted(results: Iterable[Json]) -> list[int]:
    """How many of these results stand where, in the order of the statuses, and how many there are."""
    found = Counter(each["contractual"] for each in results)
    return [*(found[status] for status in STATUSES), found.total()]


def in_month(kpis: Iterable[Json], month: str) -> list[Json]:
    return [result for kpi in kpis for result in kpi["results"] if result["month"] == month]


def as_numbers(cells: Iterable[str]) -> list[int]:
    return [int(cell.replace(",", "") or 0) for cell in cells]


# --- The pages, each against the JSON of the same months -------------------------------------------------------------


def assert_matrix(client: Client, contract: Contract, paper: Json) -> int:
    """The number of cells compared."""
    last = paper["history"]["to"]
    rows = {row[0].split()[0]: row[1:] for row in rows_of(opened(client, "kpis:matrix", contract.reference, to=last))}
    heads = rows["KPI"]
    months = heads[: heads.index("Trend")]
    shown = 0
    for kpi in kpis_of(paper):
        expected = {month_short(parse_month(each["month"])): cell_of(kpi, each) for each in kpi["results"]}
        if not any(month in expected for month in months):
            continue
        cells = rows[kpi["kpi"]]
        assert dict(zip(months, cells, strict=False)) == {month: expected.get(month, "") for month in months}
        own = [each for each in kpi["results"] if month_short(parse_month(each["month"])) in months]
        assert as_numbers(cells[len(months) + 1 :]) == counted(own), kpi["kpi"]
        shown += len(own)
    by_word = {row[0]: row[1:] for row in rows_of(opened(client, "kpis:matrix", contract.reference, to=last))}
    counts = {month_short(parse_month(each["month"])): each for each in paper["history"]["months"]}
    for key, word in [*((status, look(status).word) for status in STATUSES), ("in_force", "In force")]:
        assert as_numbers(by_word[word][: len(months)]) == [counts[month][key] for month in months], word
        assert int(by_word[word][-1]) == sum(counts[month][key] for month in months), word
    return shown


def cell_of(kpi: Json, result: Json) -> str:
    said = f"{look(result['contractual']).word} {figure(kpi, result['value'])}"
    said += ", provisional" if result["provisional"] else ""
    return said + (", under relief" if result["relief"] and result["contractual"] != "relief_granted" else "")


def assert_kpi_pages(client: Client, contract: Contract, paper: Json) -> int:
    """The number of months compared, of every KPI in both views of its page."""
    shown = 0
    for kpi in kpis_of(paper):
        expected = {month_short(parse_month(each["month"])): each for each in kpi["results"]}
        for view in ("performance", "signal"):
            page = opened(client, "kpis:kpi", contract.reference, kpi["kpi"], view=view, to=paper["history"]["to"])
            rows = {row[0]: row[1:] for row in rows_of(page)}
            for month in rows.keys() & expected.keys():
                assert_month(kpi, expected[month], rows[month])
                shown += 1
            assert all(result["measured"] == "missing" for month, result in expected.items() if month not in rows), kpi[
                "kpi"
            ]
    return shown


def assert_month(kpi: Json, result: Json, row: list[str]) -> None:
    stands, worked_out, target, minimum, status = row[:5]
    assert stands.split(" corrected")[0] == figure(kpi, result["value"]) + " provisional" * result["provisional"]
    assert [target, minimum] == [figure(kpi, result["target"]), figure(kpi, result["minimum"])]
    rate = [result["numerator"], result["denominator"]]
    assert [Decimal(part.replace(",", "")) for part in worked_out.split(" of ") if part != "—"] == [
        Decimal(part) for part in rate if part is not None
    ]
    assert status.startswith(look(result["contractual"]).word)
    if result["relief"]:
        assert result["relief"] in status
    if result["contractual"] == "relief_granted":
        assert status.endswith(f"measured {look(result['measured']).word.lower()}")


def assert_area_pages(client: Client, contract: Contract, paper: Json) -> int:
    """The number of KPIs compared; these pages show the months that lead to today."""
    shown = 0
    for area in paper["areas"]:
        page = opened(client, "kpis:area", contract.reference, area["code"])
        rows = rows_of(page)
        by_month = {row[0]: row[1:-1] for row in rows if len(row) == 9 and row[0] not in ("Month", "Together")}
        for each in paper["history"]["months"]:
            month = month_short(parse_month(each["month"]))
            assert as_numbers(by_month[month]) == counted(in_month(area["kpis"], each["month"])), (area["code"], month)
        together = next((row for row in rows if row[0] == "Together"), None)
        if together:
            assert as_numbers(together[1:-1]) == counted(each for kpi in area["kpis"] for each in kpi["results"])
        by_code = {row[0].split()[0]: row[1:] for row in rows if "_KPI_" in row[0]}
        for kpi in area["kpis"]:
            standing = {(figure(kpi, each["value"]), look(each["contractual"]).word) for each in kpi["results"]}
            if kpi["kpi"] in by_code:
                status, stands = by_code[kpi["kpi"]][:2]
                assert any(stands.startswith(value) and status.startswith(word) for value, word in standing)
                shown += 1
    return shown


def assert_front_door(client: Client, contract: Contract, month: str) -> None:
    """The row of the contract among all contracts, which stands in its latest verified month."""
    paper = printed(contract, month, month)
    (counts,) = (each for each in paper["history"]["months"] if each["month"] == month)
    (row,) = (row for row in rows_of(opened(client, "home")) if row[0].startswith(contract.title))
    short = month_short(parse_month(month))
    worst_first = ("below_minimum", "below_target", "missing", "not_measured", "relief_granted", "target_met")
    said = {f"{counts[key]} {look(key).word.lower()}" for key in worst_first if counts[key]}
    assert row[1] == short
    assert said == {" ".join(words) for words in _pairs(row[2])}
    assert row[3] == str(counts["in_force"])
    assert int(row[5]) == len(paper["reliefs"])


def _pairs(said: str) -> Iterable[list[str]]:
    """`39 target met 2 relief granted` as its counts with their words."""
    found: list[list[str]] = []
    for word in said.split():
        if word.isdigit():
            found.append([])
        found[-1].append(word)
    return found


# --- The contracts they are compared on ------------------------------------------------------------------------------


@pytest.fixture
def people(demonstration: Contract) -> Cast:
    set_demonstration_day(on=TODAY)
    return make_cast(demonstration, demonstration.service_areas.get(code="PM"), builders.contract("OTH"))


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_matrix_and_the_pages_of_kpis_and_areas_show_the_numbers_of_the_json(
    demonstration: Contract, people: Cast
) -> None:
    client, paper = client_of(people.board_member), printed(demonstration, "2017-02", "2018-02")
    in_force = sum(each["in_force"] for each in paper["history"]["months"])
    assert in_force == sum(len(kpi["results"]) for kpi in kpis_of(paper)) > 500
    assert assert_matrix(client, demonstration, paper) == in_force
    assert assert_kpi_pages(client, demonstration, paper) > 2 * 0.95 * in_force
    assert assert_area_pages(client, demonstration, paper) == 41


def test_scrolled_back_they_show_the_numbers_of_those_months(demonstration: Contract, people: Cast) -> None:
    client, paper = client_of(people.board_member), printed(demonstration, "2016-10", "2017-10")
    assert assert_matrix(client, demonstration, paper) > 300
    assert assert_kpi_pages(client, demonstration, paper) > 600


def test_the_list_of_contracts_shows_the_numbers_of_the_json(demonstration: Contract, people: Cast) -> None:
    client = client_of(people.clerk)
    assert_front_door(client, demonstration, "2018-01")
    assert "39 of 41 KPIs met their target" in text_of(opened(client, "home"))


@pytest.mark.parametrize("seed", range(40, 44))
def test_so_do_the_pages_of_any_contract(seed: int, today: date) -> None:
    contract = chance_contract(seed, today)
    recount(contract)
    cast = make_cast(contract, contract.service_areas.all()[0], builders.contract("OTH"))
    client, paper = client_of(cast.board_member), printed(contract, "2017-02", "2018-02")
    assert assert_matrix(client, contract, paper) > 20
    assert assert_kpi_pages(client, contract, paper) > 20
    assert assert_area_pages(client, contract, paper) > 1


def test_a_wrong_number_would_be_noticed(demonstration: Contract, people: Cast) -> None:
    client, paper = client_of(people.board_member), printed(demonstration, "2017-02", "2018-02")
    paper["areas"][0]["kpis"][0]["results"][3]["value"] = "12.34"
    for compare in (assert_matrix, assert_kpi_pages):
        with pytest.raises(AssertionError):
            compare(client, demonstration, paper)
    paper["areas"][0]["kpis"][0]["results"][3]["contractual"] = "missing"
    with pytest.raises(AssertionError):
        assert_area_pages(client, demonstration, paper)
