"""Every figure, level, status, count and line of a paper is the one that the raw rows of the contract give."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from contracts.models import Contract
from contracts.rules.months import month_key, parse_month
from contracts.services import set_demonstration_day
from reports.build import judge_period
from reports.render import render_csv_single
from tests.reports import raw
from tests.reports.chance import chance_contract
from tests.reports.raw import Json

TODAY = date(2018, 3, 14)
MONTHS = 13
OF_A_RESULT = (
    "month", "value", "target", "minimum", "measured", "contractual", "provisional", "relief", "numerator",
    "denominator",
)  # fmt: skip
OF_A_LINE = ("kpi", "rule", "state", "months", "run_length", "relief")
OF_A_RELIEF = ("reference", "kpis", "from_month", "to_month", "age_months", "is_stale")


def assert_paper(contract: Contract, first: str, last: str) -> None:
    """The JSON that the command prints, which is what every paper is rendered from."""
    out = StringIO()
    call_command(
        "exceptions", contract.reference, first=parse_month(first), last=parse_month(last), history_months=MONTHS,
        format="json", stdout=out,
    )  # fmt: skip
    paper: Json = json.loads(out.getvalue())
    numbers = raw.worked_out(contract, first, last, history_from=paper["history"]["from"])
    assert dict(_results(paper)) == dict(_results(numbers))
    assert paper["history"] == numbers["history"]
    assert paper["months"] == numbers["months"]
    assert _lines(paper) == _lines(numbers)
    assert {name: paper["since_last"][name] for name in numbers["since_last"]} == numbers["since_last"]
    assert [{name: each[name] for name in OF_A_RELIEF} for each in paper["reliefs"]] == numbers["reliefs"]


def _results(numbers: Json) -> Iterator[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    for area in numbers["areas"]:
        for kpi in area["kpis"]:
            told = (area["code"], kpi["kpi"], kpi["unit"], kpi["polarity"], str(kpi["decimals"]))
            yield told, [{name: each[name] for name in OF_A_RESULT} for each in kpi["results"]]


def _lines(numbers: Json) -> list[dict[str, Any]]:
    found = [{name: line[name] for name in OF_A_LINE} for line in numbers["exceptions"]]
    return sorted(found, key=lambda line: (line["kpi"], line["rule"]))


# --- The contracts they are compared on ------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "last"), [("2017-02", "2018-02"), ("2017-11", "2018-01"), ("2016-12", "2017-03")])
def test_a_paper_has_the_numbers_of_the_rows(first: str, last: str, demonstration: Contract) -> None:
    set_demonstration_day(on=TODAY)
    assert_paper(demonstration, first, last)


@pytest.mark.parametrize("seed", range(40, 48))
def test_so_has_the_paper_of_any_contract(seed: int, today: date) -> None:
    contract = chance_contract(seed, today)
    for first, last in (("2017-02", "2018-02"), ("2017-02", "2017-06"), ("2016-09", "2016-09"), ("2018-02", "2018-02")):
        assert_paper(contract, first, last)


def test_the_table_of_results_of_a_paper_has_the_numbers_of_the_rows(demonstration: Contract) -> None:
    set_demonstration_day(on=TODAY)
    paper = judge_period(demonstration, parse_month("2017-11"), parse_month("2018-01"), on=TODAY)
    table = list(csv.DictReader(StringIO(render_csv_single(paper).content.decode())))
    numbers = raw.worked_out(demonstration, "2017-11", "2018-01", history_from=month_key(paper.history.from_))
    assert [tuple(row[name] for name in ("kpi", *OF_A_RESULT)) for row in table] == [
        (kpi["kpi"], *(as_plain(each[name]) for name in OF_A_RESULT))
        for area in numbers["areas"]
        for kpi in area["kpis"]
        for each in kpi["results"]
    ]


def as_plain(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or ""
