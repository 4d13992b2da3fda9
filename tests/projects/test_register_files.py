"""The list in view leaves as CSV and as a spreadsheet: all of it, every column, nothing that runs."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from contracts.models import Contract, ServiceArea
from projects.workbook.register_sheet import COLUMNS
from tests import builders


@pytest.fixture(autouse=True)
def portfolio(contract: Contract, area: ServiceArea, today: date) -> None:
    late = builders.project(contract, "P10", title="=1+1", service_area=area, sponsor="@cmd", source="illustrative")
    builders.update(late, date(2018, 3, 1), "red", forecast_finish=date(2018, 5, 25))
    builders.rebaseline(late, date(2018, 5, 11), date(2018, 2, 1))
    builders.project(contract, "P2", title='Quotes " and, commas', stage="pipeline", original_finish=None)
    for number in range(60):
        builders.project(contract, f"X{number}", stage="complete")


def body(client: Client, name: str, contract: Contract, **asked: str) -> bytes:
    response = client.get(reverse(f"projects:{name}", args=[contract.reference]), asked)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{contract.reference}-projects.')
    return b"".join(response)


def csv_rows(client: Client, contract: Contract, **asked: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body(client, "register_csv", contract, **asked).decode(), newline="")))


def test_the_csv_has_every_row_and_column_neutralised_and_with_plain_figures(
    member: Client, contract: Contract
) -> None:
    rows = csv_rows(member, contract)
    assert len(rows) == 62
    assert list(rows[0]) == [heading for heading, _, _ in COLUMNS]
    assert [row["Reference"] for row in rows[:3]] == ["P2", "P10", "X0"]
    assert rows[0]["Title"] == 'Quotes " and, commas'
    assert {key: value for key, value in rows[1].items() if value} == {
        "Reference": "P10", "Title": "'=1+1", "Kind": "transformation", "Stage": "in flight", "Service area": "CSC",
        "Sponsor": "'@cmd", "Declared confidence": "red", "Confidence by its dates": "red",
        "Original finish": "2018-03-30", "Agreed finish": "2018-05-11", "Forecast finish": "2018-05-25",
        "Forecast or actual finish": "2018-05-25", "Days late against the original finish": "56",
        "Days late against the agreed finish": "14", "Late, % of the time first planned": "31.3",
        "Times re-baselined": "1", "Last update": "2018-03-01", "Questions unanswered": "5", "Illustrative": "yes",
    }  # fmt: skip


def test_the_files_follow_the_filter_and_the_order_in_view(member: Client, contract: Contract) -> None:
    asked = {"q": "p", "sort": "-reference", "page": "2", "stage": "complete"}
    assert [row["Reference"] for row in csv_rows(member, contract, **asked)][:2] == ["X59", "X58"]
    assert csv_rows(member, contract, q="nothing like it") == []


def sheet(client: Client, contract: Contract) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(body(client, "register_xlsx", contract)))
    return book.get_sheet_by_name("projects").to_python()


def test_the_spreadsheet_has_numbers_as_numbers_and_days_as_days(member: Client, contract: Contract) -> None:
    head, first, second, *others = sheet(member, contract)
    assert head == [heading for heading, _, _ in COLUMNS]
    assert len(others) == 60
    told = dict(zip(head, second, strict=True))
    assert told["Title"] == "'=1+1"
    assert told["Days late against the original finish"] == 56
    assert told["Late, % of the time first planned"] == 31.3
    assert told["Last update"] == date(2018, 3, 1)
    assert dict(zip(head, first, strict=True))["Original finish"] == ""


def cost(client: Client, name: str, contract: Contract, **asked: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        body(client, name, contract, **asked)
    return len(captured)


@pytest.mark.parametrize("name", ["register_csv", "register_xlsx"])
def test_a_long_file_costs_no_more_queries_than_a_short_one(name: str, member: Client, contract: Contract) -> None:
    assert cost(member, name, contract, q="P10") == cost(member, name, contract, q="p")
    before = cost(member, name, contract)
    for number in range(60):
        builders.project(contract, f"Y{number}")
    assert cost(member, name, contract) == before
