"""The CSV files are well formed, hold the snapshot's figures to the digit, and run nowhere as a formula."""

import csv
from io import StringIO
from itertools import chain
from typing import Any

import pytest

from contracts.rules.months import month_key
from reports.render import render_csv_single
from reports.render.neutral import DANGEROUS, PLAIN_NUMBER
from reports.snapshot import to_dict
from tests.reports.render.rendered import csv_named, files, paper

NAMED = (
    "contract,kpi,name,service_area,month,contract_month,value,target,minimum,"
    "measured,contractual,provisional,relief,rules"
)
TABLES = ["results", "paper", "requests", "months", "exceptions", "reliefs", "kpi-changes", "errata"]
PROJECT_TABLES = ["project-exceptions", "key-projects", "milestones", "projects"]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline=""), strict=True))


def of_results(sample: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Area and KPI with each of its results, as the JSON has them."""
    areas = to_dict(paper(sample))["areas"]
    return [(area["code"], kpi["kpi"], result) for area in areas for kpi in area["kpis"] for result in kpi["results"]]


@pytest.mark.parametrize("sample", ["small", "nothing_failed", "many_failures", "long_history"])
def test_the_one_file_holds_every_result_to_the_digit(sample: str) -> None:
    found = rows(render_csv_single(paper(sample)).content)
    expected = of_results(sample)
    assert len(found) == len(expected)
    for row, (area, kpi, result) in zip(found, expected, strict=True):
        assert (row["service_area"], row["kpi"]) == (area, kpi)
        for key in ("month", "value", "target", "minimum", "measured", "contractual", "relief"):
            assert row[key] == (result[key] or "")
        assert row["contract_month"] == str(result["contract_month"])
        assert row["provisional"] == ("yes" if result["provisional"] else "no")


def test_the_one_file_names_the_rules_tripped_in_each_month() -> None:
    found = rows(render_csv_single(paper("many_failures")).content)
    by_place = {(row["kpi"], row["month"]): row["rules"].split(";") for row in found if row["rules"]}
    lines = [
        (line.kpi, month_key(month), line.rule) for line in paper("many_failures").exceptions for month in line.months
    ]
    assert sorted((kpi, month, rule) for (kpi, month), rules in by_place.items() for rule in rules) == sorted(lines)


def test_the_columns_are_the_agreed_ones() -> None:
    first = render_csv_single(paper("small")).content.decode().partition("\r\n")[0]
    assert first.replace('"', "").startswith(NAMED)


def test_there_is_one_file_for_each_table_and_the_results_come_first() -> None:
    names = [file.name for file in files("small", "csv")]
    stem = "2018-03-29-overview-and-scrutiny-management-board-css-report-r1"
    assert names == [f"{stem}-{table}-public.csv" for table in (*TABLES, *PROJECT_TABLES)]
    assert files("small", "csv")[0].content == render_csv_single(paper("small")).content


@pytest.mark.parametrize(
    "sample", ["small", "hostile", "empty", "without_meeting", "board_projects", "no_projects", "month_of_projects"]
)
def test_every_file_is_utf_8_without_a_mark_with_even_rows_and_windows_line_ends(sample: str) -> None:
    for file in files(sample, "csv"):
        text = file.content.decode()
        assert not text.startswith("\ufeff")
        assert text.endswith("\r\n")
        table = list(csv.reader(StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in table}) == 1


@pytest.mark.parametrize("sample", ["hostile", "hostile_projects", "hostile_month"])
def test_no_text_begins_like_a_formula(sample: str) -> None:
    cells = chain.from_iterable(
        chain.from_iterable(csv.reader(StringIO(file.content.decode(), newline=""))) for file in files(sample, "csv")
    )
    live = [cell for cell in cells if cell.strip()[:1] and cell.strip()[0] in DANGEROUS]
    assert not [cell for cell in live if not PLAIN_NUMBER.fullmatch(cell)]


def test_days_early_stay_numbers() -> None:
    found = rows(csv_named("many_failures", "projects"))
    assert any(row["slippage_days_original"].lstrip("-").isdigit() for row in found)
    assert not [row for row in found if row["slippage_days_original"].startswith("'")]


def test_the_register_is_the_snapshots() -> None:
    found = rows(csv_named("nothing_failed", "projects"))
    register = to_dict(paper("nothing_failed"))["projects"]["register"]
    assert [row["reference"] for row in found] == [line["reference"] for line in register]
    for row, line in zip(found, register, strict=True):
        for key in ("original_finish", "forecast_finish", "slippage_days_original", "slippage_percent", "stage"):
            assert row[key] == str("" if line[key] is None else line[key])
        assert row["declared_confidence"] == (line["declared_confidence"] or "unrated")


def test_the_months_are_the_snapshots_and_say_which_are_under_review() -> None:
    found = rows(csv_named("small", "months"))
    for row, counts in zip(found, to_dict(paper("small"))["history"]["months"], strict=True):
        assert {key: row[key] for key in counts} == {key: str(value) for key, value in counts.items()}
    assert [row["in_review"] for row in found] == ["no"] * 3 + ["yes"] * 3
