"""Every figure, level, status and count on the pages of a contract is the one that its raw rows give."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from contracts.rules.months import month_key, parse_month
from contracts.services import set_demonstration_day
from kpis.services.summary import recount
from tests import builders
from tests.people import Cast, make_cast
from tests.reading import Page, rows_of, text_of
from tests.reports import raw
from tests.reports.chance import chance_contract
from tests.reports.raw import STATUSES, Json
from tests.reports.raw_words import NONE, WORDS, in_words, level_in_words, month_in_words, with_commas

TODAY = date(2018, 3, 14)
MONTHS = 13


def of_all_months(contract: Contract, last: str) -> Json:
    """The numbers of the contract from its first month on."""
    first = month_key(parse_month(contract.commences_on))
    return raw.worked_out(contract, first, last, history_from=first)


def opened(client: Client, name: str, *of: str, **query: str) -> Page:
    response = client.get(reverse(name, args=of), query)
    assert response.status_code == 200, (name, of)
    return response


def kpis_of(numbers: Json) -> Iterable[Json]:
    return (kpi for area in numbers["areas"] for kpi in area["kpis"])


def counted(results: Iterable[Json]) -> list[int]:
    """How many of these results stand where, in the order of the statuses, and how many there are."""
    found = [each["contractual"] for each in results]
    return [*(found.count(status) for status in STATUSES), len(found)]


def as_numbers(cells: Iterable[str]) -> list[int]:
    return [int(cell.replace(",", "") or 0) for cell in cells]


# --- The pages -------------------------------------------------------------------------------------------------------


def assert_matrix(client: Client, contract: Contract, last: str) -> int:
    """The number of cells compared, which are all that the page has."""
    numbers = of_all_months(contract, last)
    table = rows_of(opened(client, "kpis:matrix", contract.reference, to=last))
    heads = table[0][1 : table[0].index("Trend")]
    months = raw.months_between(raw.month_before(last, MONTHS - 1), last)[-len(heads) :]
    assert heads == [month_in_words(month) for month in months]
    shown = {row[0].split()[0]: row[1:] for row in table if re.match(r"[A-Z]+_KPI_\d+ ", row[0])}
    expected = {}
    for kpi in kpis_of(numbers):
        own = {each["month"]: each for each in kpi["results"] if each["month"] in months}
        if own:
            cells = [cell_of(kpi, own[month]) if month in own else "" for month in months]
            expected[kpi["kpi"]] = (cells, counted(own.values()))
    assert {code: (row[: len(months)], as_numbers(row[len(months) + 1 :])) for code, row in shown.items()} == expected
    by_word = {row[0]: row[1:] for row in table}
    results = [each for kpi in kpis_of(numbers) for each in kpi["results"]]
    by_month = [counted(each for each in results if each["month"] == month) for month in months]
    for place, word in enumerate((*WORDS.values(), "In force")):
        cells = by_word[word]
        assert as_numbers(cells[: len(months)]) == [counts[place] for counts in by_month], word
        assert int(cells[-1].replace(",", "")) == sum(counts[place] for counts in by_month), word
    return sum(counts[-1] for counts in by_month)


def cell_of(kpi: Json, result: Json) -> str:
    said = f"{WORDS[result['contractual']]} {in_words(kpi, result['value'])}"
    said += ", provisional" if result["provisional"] else ""
    return said + (", under relief" if result["relief"] and result["contractual"] != "relief_granted" else "")


def assert_kpi_pages(client: Client, contract: Contract, last: str) -> int:
    """The number of months compared, of every KPI in both views of its page."""
    compared = 0
    for kpi in kpis_of(of_all_months(contract, last)):
        owed = {month_in_words(each["month"]): each for each in kpi["results"]}
        for view in ("performance", "signal"):
            page = opened(client, "kpis:kpi", contract.reference, kpi["kpi"], view=view, to=last)
            rows = {row[0]: row for row in rows_of(page) if row[0] in owed}
            latest_first = [*reversed(owed)]
            assert list(rows) == latest_first[: len(rows)], kpi["kpi"]
            assert len(rows) >= min(MONTHS - 1, reported(owed)), kpi["kpi"]
            for month, row in rows.items():
                assert [*row[:6], row[-1]] == month_of(contract, kpi, owed[month]), (kpi["kpi"], month)
            compared += len(rows)
    return compared


def reported(owed: Json) -> int:
    """How many months there are since the first of which something was said."""
    said = [each["contractual"] != "missing" for each in owed.values()]
    return len(said) - said.index(True) if any(said) else 0


def month_of(contract: Contract, kpi: Json, result: Json) -> list[str]:
    notes = [word for word in ("provisional", "corrected") if result[word]]
    parts = (result["numerator"], result["denominator"])
    rate = " of ".join(with_commas(part) for part in parts) if all(parts) else NONE
    status = WORDS[result["contractual"]]
    if result["contractual"] == "relief_granted":
        status += f" {result['relief']}; measured {WORDS[result['measured']].lower()}"
    elif result["relief"]:
        status += f" {result['relief']} covers it"
    return [
        month_in_words(result["month"]),
        " ".join([in_words(kpi, result["value"]), *notes]),
        rate,
        in_words(kpi, result["target"]),
        in_words(kpi, result["minimum"]),
        status,
        str(len(raw.months_between(raw.key(contract.commences_on), result["month"]))),
    ]


def assert_area_pages(client: Client, contract: Contract, last: str) -> int:
    """The number of KPIs compared; these pages show the thirteen months that lead to today."""
    compared = 0
    for area in of_all_months(contract, last)["areas"]:
        rows = rows_of(opened(client, "kpis:area", contract.reference, area["code"]))
        months = raw.months_between(max(raw.month_before(last, MONTHS - 1), raw.key(contract.commences_on)), last)
        results = [each for kpi in area["kpis"] for each in kpi["results"]]
        counts = {month: counted(each for each in results if each["month"] == month) for month in months}
        by_month = {row[0]: as_numbers(row[1:-1]) for row in rows if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", row[0])}
        assert by_month == {month_in_words(month): counts[month] for month in reversed(months)}
        (together,) = (row for row in rows if row[0] == "Together")
        assert as_numbers(together[1:-1]) == [sum(column) for column in zip(*counts.values(), strict=True)]
        due = [month for month in months if counts[month][-1]]
        said = [month for month in due if counts[month][-2] < counts[month][-1]]
        month = (said or due or [last])[-1]
        shown = {row[0].split()[0]: row[1:4] for row in rows if re.match(r"[A-Z]+_KPI_\d+ ", row[0])}
        expected = {
            kpi["kpi"]: stand_of(contract, kpi, month)
            for kpi in area["kpis"]
            if any(months[0] <= each["month"] <= month for each in kpi["results"])
        }
        assert shown == expected, area["code"]
        compared += len(shown)
    return compared


def stand_of(contract: Contract, kpi: Json, month: str) -> list[str]:
    """Status, figure and levels of a KPI in its latest month, in the words of the page."""
    until = [each for each in kpi["results"] if each["month"] <= month]
    latest, run = until[-1], 1
    while run < len(until) and until[-1 - run]["contractual"] == latest["contractual"]:
        run += 1
    row = contract.kpis.get(code=kpi["kpi"])
    status = WORDS[latest["contractual"]]
    if run > 1 and latest["contractual"] != "target_met":
        status += f" {ordinal(run)} {'month' if row.due_mask == 0b1111_1111_1111 else 'time'} running"
    if latest["contractual"] == "relief_granted":
        status += f" measured {WORDS[latest['measured']].lower()}"
    if row.in_force_to and raw.key(row.in_force_to) < month:
        status += " no longer in force"
    figure = in_words(kpi, latest["value"])
    figure += " provisional" if latest["provisional"] and latest["value"] is not None else ""
    figure += f" {month_in_words(latest['month'])}" if latest["month"] != month else ""
    levels = " minimum ".join(level_in_words(kpi, latest[side]) for side in ("target", "minimum"))
    return [status, figure, levels]


def ordinal(number: int) -> str:
    words = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    ]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return words[number - 1] if number <= len(words) else f"{number}{ending}"


def assert_front_door(client: Client, contract: Contract, month: str) -> None:
    """The row of the contract among all contracts, which stands in its latest verified month."""
    numbers = raw.worked_out(contract, month, month, history_from=month)
    (counts,) = numbers["months"]
    (row,) = (row for row in rows_of(opened(client, "home")) if row[0].startswith(contract.title))
    worst_first = ("below_minimum", "below_target", "missing", "not_measured", "relief_granted", "target_met")
    assert row[1] == month_in_words(month)
    assert row[2] == " ".join(f"{counts[key]} {WORDS[key].lower()}" for key in worst_first if counts[key])
    assert row[3] == str(counts["in_force"])
    assert int(row[5]) == len(numbers["reliefs"])


# --- The contracts they are compared on ------------------------------------------------------------------------------


@pytest.fixture
def people(demonstration: Contract) -> Cast:
    set_demonstration_day(on=TODAY)
    return make_cast(demonstration, demonstration.service_areas.get(code="PM"), builders.contract("OTH"))


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_matrix_and_the_pages_of_kpis_and_areas_show_the_numbers_of_the_rows(
    demonstration: Contract, people: Cast
) -> None:
    client = client_of(people.board_member)
    assert assert_matrix(client, demonstration, "2018-02") > 500
    assert assert_kpi_pages(client, demonstration, "2018-02") > 1000
    assert assert_area_pages(client, demonstration, "2018-02") == 41


def test_scrolled_back_they_show_the_numbers_of_those_months(demonstration: Contract, people: Cast) -> None:
    client = client_of(people.board_member)
    assert assert_matrix(client, demonstration, "2017-10") > 300
    assert assert_kpi_pages(client, demonstration, "2017-10") > 600


def test_the_list_of_contracts_shows_the_numbers_of_the_rows(demonstration: Contract, people: Cast) -> None:
    client = client_of(people.clerk)
    assert_front_door(client, demonstration, "2018-01")
    assert "39 of 41 KPIs met their target" in text_of(opened(client, "home"))


@pytest.mark.parametrize("seed", range(40, 44))
def test_so_do_the_pages_of_any_contract(seed: int, today: date) -> None:
    contract = chance_contract(seed, today)
    recount(contract)
    cast = make_cast(contract, contract.service_areas.all()[0], builders.contract("OTH"))
    client = client_of(cast.board_member)
    assert assert_matrix(client, contract, "2018-02") > 20
    assert assert_kpi_pages(client, contract, "2018-02") > 20
    assert assert_area_pages(client, contract, "2018-02") > 1
