"""The exceptions page of ten years stays light, and costs the queries of one KPI and one month."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from contracts.models import Contract
from contracts.rules.months import add_months, month_key, parse_month
from tests import builders
from tests.people import make_cast
from tests.reports.exceptions_html import counted, html_of, judged, plain, section, signed_in

MOST_BYTES = 150_000


class TestTenYears:
    """45 KPIs over 120 months, 20 of them exceptions."""

    @pytest.fixture
    def large(self, today: date) -> Contract:
        return ten_years(45, 20)

    def test_it_stays_under_150_kilobytes_and_loads_nothing_from_elsewhere(self, large: Contract) -> None:
        client = signed_in(large, large.service_areas.all()[0])
        for asked in ((), ("2018-02", "2018-02"), ("2008-03", "2018-02")):
            html = html_of(client, large, *asked)
            assert counted(html, "exceptions") == 20
            assert len(html.encode()) < MOST_BYTES
            loaded = re.findall(r'(?:<(?:link|script|img|iframe)[^>]*(?:href|src)|url\()="?([^">]+)', html)
            assert loaded
            assert all(address.startswith("/static/") for address in loaded), loaded

    def test_it_costs_the_queries_of_one_kpi_and_one_month(self, large: Contract) -> None:
        small = ten_years(1, 1, months=1, reference="SMALL")
        client = Client()
        client.force_login(make_cast(large, large.service_areas.all()[0], small).clerk)
        html_of(client, small)  # whatever is found out once and remembered
        alone = {contract.reference: cost(client, contract) for contract in (large, small)}
        assert alone["BIG"].queries == alone["SMALL"].queries > 0
        assert alone["BIG"].rows > alone["SMALL"].rows > 0
        for number in range(99):
            ten_years(1, 1, months=1, reference=f"C{number}")
        beside_others = {contract.reference: cost(client, contract) for contract in (large, small)}
        assert beside_others == alone


def test_the_whole_of_the_demonstration_weighs_less_than_150_kilobytes(demonstration: Contract, today: date) -> None:
    """Thirty-five months in which most KPIs missed, were relieved, missing and changed; every count is still told."""
    client = signed_in(demonstration, demonstration.service_areas.all()[0])
    html = html_of(client, demonstration, "2015-04", "2018-02")
    assert counted(html, "exceptions") > 20
    assert counted(html, "changes") == len(judged(demonstration, "2015-04", "2018-02").kpi_changes) > 20
    assert "The latest 20 of" in plain(section(html, "changes"))
    assert len(html.encode()) < MOST_BYTES


def ten_years(kpis: int, failing: int, months: int = 120, reference: str = "BIG") -> Contract:
    """So many KPIs in five areas; the failing ones missed their minimum in the last months, with long explanations."""
    first = add_months(parse_month("2018-02"), 1 - months)
    contract = builders.contract(reference, commences_on=first, history_months=6)
    areas = [builders.area(contract, code, f"Area {code}") for code in ("CSC", "IMT", "PM", "ACF", "FA")[:kpis]]
    for number in range(kpis):
        area = areas[number % len(areas)]
        kpi = builders.kpi(area, f"{area.code}_KPI_{number:02}", in_force_from=first)
        builders.results(kpi, month_key(first), ["95"] * (months - 1))
        builders.result(
            kpi,
            "2018-02",
            "70" if number < failing else "95",
            cause="The contractor's second shift could not be staffed after the move. " * 3,
            effect="Residents waited up to nine working days longer for an answer. " * 2,
            remedy="The Service Manager has taken on six advisers and reviews the rota weekly. " * 2,
            recovery_month=date(2018, 5, 1),
        )
    for area in areas:
        builders.returns(area, month_key(first), "2018-02")
    return contract


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page asks of the database, and how many rows it is given, those gathered into JSON one by one."""

    queries: int
    rows: int


def cost(client: Client, contract: Contract) -> Cost:
    queries, rows, is_counting = 0, 0, False

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal queries, rows, is_counting
        if not is_counting:
            is_counting, queries = True, queries + 1
            if "SELECT" in sql:
                with connection.cursor() as cursor:
                    cursor.execute(sql, params)
                    rows += sum(rows_in(cell) for row in cursor.fetchall() for cell in row)
            is_counting = False
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        html_of(client, contract)
    return Cost(queries, rows)


def rows_in(cell: object) -> int:
    """How many rows a cell stands for: those of its JSON, else a part of the one it stands in."""
    if isinstance(cell, str) and cell.startswith("["):
        cell = json.loads(cell)
    return len(cell) if isinstance(cell, list) else 1
