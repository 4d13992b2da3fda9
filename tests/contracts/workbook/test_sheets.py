"""A sheet's header and rows: names in any order, every mistake reported once, rows numbered as in a spreadsheet."""

from collections.abc import Sequence
from typing import Any

import pytest

from contracts.workbook import cells, numbers
from contracts.workbook.problems import Problems
from contracts.workbook.sheets import Column, Row, Seen, SheetSpec, Table, as_it_is, one_of, read_rows, required

SPEC = SheetSpec(
    "projects",
    (
        required("reference", cells.text, "a reference such as P-001"),
        one_of("stage", ["pipeline", "in flight"], hint="a stage"),
        Column("budget", numbers.money),
        Column("actual_finish", cells.day),
        Column("sponsor", cells.text, default=""),
        Column("value", as_it_is),
    ),
)


def read(*rows: Sequence[Any]) -> tuple[list[Row], list[str]]:
    problems = Problems()
    table = Table("projects", lambda: enumerate(rows, start=1))
    return list(read_rows(table, SPEC, problems)), [str(problem) for problem in problems]


def test_columns_may_stand_in_any_order_and_spelling() -> None:
    rows, problems = read(["Stage", "Actual finish", "REFERENCE"], ["in flight", "2018-03-29", "P1"])
    assert not problems
    assert rows[0]["reference"] == "P1"
    assert rows[0]["stage"] == "in flight"
    assert rows[0].given == {"stage", "actual_finish", "reference"}


def test_an_absent_or_blank_cell_is_the_default() -> None:
    rows, problems = read(["reference", "stage", "sponsor"], ["P1", "pipeline", "  "])
    assert not problems
    assert rows[0]["sponsor"] == ""
    assert rows[0]["budget"] is None


def test_blank_rows_are_left_out_and_counted() -> None:
    rows, _ = read(["reference", "stage"], ["P1", "pipeline"], [], ["", None, " "], ["P2", "pipeline"])
    assert [(row.number, row["reference"]) for row in rows] == [(2, "P1"), (5, "P2")]


def test_an_unknown_column_names_the_nearest_and_the_other_cells_are_still_read() -> None:
    rows, problems = read(["reference", "stage", "bugdet", "actual_finish"], ["P1", "pipeline", "x", "soon"])
    assert problems == [
        "projects, row 1, bugdet: “bugdet” is not a column of this sheet, did you mean budget?",
        "projects, row 2, actual_finish: “soon” is not a date, expected one such as 2018-03-29",
    ]
    assert rows[0]["reference"] == "P1"


def test_an_unknown_column_far_from_all_still_names_one() -> None:
    _, problems = read(["reference", "stage", "q"], ["P1", "pipeline", "x"])
    assert "did you mean " in problems[0]


def test_a_missing_required_column_is_reported_once() -> None:
    _, problems = read(["reference"], ["P1"], ["P2"])
    assert problems == ["projects, row 1, stage: the column is missing, expected a stage in it"]


def test_a_blank_required_cell_is_reported_in_its_row() -> None:
    _, problems = read(["reference", "stage"], ["P1", ""], ["", "pipeline"])
    assert problems == [
        "projects, row 2, stage: the cell is blank, expected a stage",
        "projects, row 3, reference: the cell is blank, expected a reference such as P-001",
    ]


def test_a_column_that_is_there_twice_is_refused() -> None:
    _, problems = read(["reference", "stage", "Reference"], ["P1", "pipeline", "P2"])
    assert problems == ["projects, row 1, reference: the column is there twice, expected it once"]


def test_a_cell_under_no_name_is_refused_and_a_blank_one_is_not() -> None:
    _, problems = read(["reference", "stage", ""], ["P1", "pipeline", "", ""], ["P2", "pipeline", "", "stray"])
    assert problems == [
        "projects, row 3, column 4: “stray” stands under no column name, expected a name above it, or nothing"
    ]


@pytest.mark.parametrize("rows", [[], [[]], [["", None]], [["", ""], ["reference", "stage"]]])
def test_a_sheet_without_column_names_says_which_are_expected(rows: list[list[Any]]) -> None:
    found, problems = read(*rows)
    assert not found
    assert problems[0].startswith(
        "projects, row 1: the first row is blank, expected the column names: reference, stage,"
    )


def test_every_bad_cell_of_a_row_is_reported() -> None:
    _, problems = read(["reference", "stage", "budget", "actual_finish"], ["P1", "flying", "-1", "29/03/2018"])
    assert [problem.partition(":")[0] for problem in problems] == [
        "projects, row 2, stage",
        "projects, row 2, budget",
        "projects, row 2, actual_finish",
    ]


def test_a_cell_kept_as_it_is_can_be_understood_later() -> None:
    rows, _ = read(["reference", "stage", "value"], ["P1", "pipeline", "12%"], ["P2", "pipeline", ""])
    assert rows[0].understand("value", lambda cell: numbers.number(cell, numbers.Mark.PERCENT)) == 12
    assert rows[1].understand("value", numbers.number) is None
    assert rows[0].understand("value", numbers.number) is None
    assert not rows[0].is_sound("value")
    assert rows[0].is_sound("reference")
    assert [str(problem) for problem in rows[0].problems] == [
        "projects, row 2, value: “12%” is a percentage, and here is none due, expected a number such as 12"
    ]


def test_a_second_row_of_the_same_key_names_the_first() -> None:
    rows, _ = read(["reference", "stage"], ["P1", "pipeline"], [], ["P1", "pipeline"])
    seen = Seen()
    assert [seen.is_new(row["reference"], row, "reference", "P1") for row in rows] == [True, False]
    assert [str(problem) for problem in rows[0].problems] == [
        "projects, row 4, reference: row 2 already gives P1, expected it once"
    ]


def test_problems_come_in_the_order_of_the_sheets_with_the_file_first() -> None:
    problems = Problems()
    problems.add("levels", 9, "target", "a", "b")
    problems.add("levels", 2, "target", "a", "b")
    problems.add("kpis", 3, "code", "a", "b")
    problems.add("sheet7", None, "", "a", "b")
    assert [problem.place for problem in problems.in_order(["kpis", "levels"])] == [
        "sheet7",
        "kpis, row 3, code",
        "levels, row 2, target",
        "levels, row 9, target",
    ]
