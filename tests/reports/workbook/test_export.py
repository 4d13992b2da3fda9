"""The export: every sheet of the format, such that importing it changes nothing, whatever the texts begin with."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from python_calamine import load_workbook

from contracts.models import Contract
from kpis.models import Result
from kpis.workbook.specs import RESULTS
from reports.models import Board
from reports.workbook import export_workbook, import_workbook
from reports.workbook.exporting import CannotExport
from reports.workbook.importing import SHEET_NAMES
from tests import builders

pytestmark = pytest.mark.django_db

HOSTILE = [
    "=1+1",
    "-5 and less",
    "+44",
    "@risk",
    "'=quoted",
    "''@twice",
    "'plain",
    "two\r\nlines",
    "£ – é",
    "a\tb",
    "a\x0bb _x0041_",
]


def read_folder(folder: Path) -> dict[str, list[list[str]]]:
    sheets = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            sheets[path.stem] = list(csv.reader(file))
    return sheets


@pytest.fixture
def rich(db: None) -> Contract:
    """A contract with something of everything, and texts that a spreadsheet would take for formulas."""
    contract = builders.contract("TST", title=HOSTILE[0], ends_on=date(2025, 3, 31), below_target_is_exception=False)
    csc = builders.area(contract)
    fa = builders.area(contract, "FA", "Financial Administration")
    calls = builders.kpi(csc, "CSC_KPI_01", definition="\n".join(HOSTILE))
    incidents = builders.kpi(
        csc,
        "CSC_KPI_02",
        "3",
        "5",
        unit="count",
        polarity="lower",
        decimals=0,
        in_force_to=date(2017, 9, 1),
        end_reason="=",
    )
    saving = builders.kpi(fa, "FA_KPI_01", "-1.5", "-20", unit="money", due_mask=0b1000_0010_0100)
    builders.level(calls, "2017-06", "91.5", "80.25", reason="+", agreed_by="@Board")
    for month, text in enumerate(HOSTILE, start=1):
        builders.result(calls, f"2017-{month:02}", "-93.123456", cause=text, effect=text, remedy=text)
    builders.result(calls, "2017-12", None, numerator=Decimal(651), denominator=Decimal("695.5"), source="published")
    builders.result(incidents, "2017-01", "2", recovery_month=date(2017, 5, 1))
    builders.result(saving, "2017-03", None, not_measured_reason="-")
    builders.returns(csc, "2017-01", "2017-04")
    builders.returns(csc, "2017-05", "2017-05", "submitted")
    builders.returns(csc, "2017-06", "2017-06", "returned")
    builders.returns(csc, "2017-07", "2017-12", "open")
    builders.returns(fa, "2017-03", "2017-03")
    builders.relief(contract, calls, incidents, first="2017-02", last="2017-03", decided_on=date(2017, 4, 1))
    builders.relief(contract, first="2017-05", narrative="=x")
    builders.relief(contract, calls, first="2017-02", decision="refused", reference="ask-1")
    board = builders.board(contract)
    held = builders.meeting(board, date(2017, 6, 29), "held")
    builders.review_period(contract, held, "2017-01", "2017-04")
    builders.meeting(board, date(2017, 7, 27))
    one = builders.project(
        contract, "P1", service_area=csc, budget=Decimal("1200.50"), benefit="-£5", source="illustrative"
    )
    two = builders.project(contract, "P2", stage="pipeline", original_start=None, original_finish=None)
    three = builders.project(contract, "P3", actual_finish=date(2018, 4, 1), stage="complete")
    builders.update(one, date(2018, 1, 31), "green", done="=done")
    builders.update(one, date(2018, 2, 28), "red", forecast_finish=date(2018, 5, 25), delay_cause="-", knock_on="@")
    builders.update(two, None, "amber")
    builders.rebaseline(one, date(2018, 5, 11), date(2018, 2, 1), reason="+")
    builders.rebaseline(one, date(2018, 4, 20), None)
    builders.milestone(one, "=Design", original_on=date(2017, 12, 1), actual_on=date(2017, 12, 5))
    builders.milestone(one, "Undated")
    builders.dependency(one, two, note="=First")
    builders.project(contract, "P4", kind="transactional", archived_on=date(2018, 2, 1), archived_reason="-Twice")
    builders.dependency(contract.projects.get(reference="P4"), three, "displaces")
    builders.key_list(contract, two, decided_on=date(2017, 12, 21), decision="=Agreed", board="+Board")
    second = builders.key_list(contract, one, two, decided_on=date(2018, 1, 25), amendments="-P3 taken off")
    builders.key_near_miss(second, three, "-Small")
    proposal = builders.key_list(contract, three, one, put_to_board_on=date(2018, 3, 29), size_reason="@Many")
    builders.key_exit(proposal, two, "=Done")
    builders.key_near_miss(proposal, two, "+Small")
    builders.request(
        contract, "B1", text="-\r\nShow it.", status="closed", answer="=Done", answered_on=date(2018, 1, 5)
    )
    return contract


def assert_nothing_changes(path: Path) -> None:
    outcome = import_workbook(path)
    assert [str(problem) for problem in outcome.problems] == []
    assert not outcome.has_changes, [str(change) for change in outcome.changes]


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_importing_the_export_over_itself_changes_nothing(rich: Contract, tmp_path: Path, name: str) -> None:
    histories = Result.history.count()
    assert_nothing_changes(export_workbook(rich, tmp_path / name))
    assert Result.history.count() == histories


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_importing_the_export_elsewhere_gives_the_same_export(rich: Contract, tmp_path: Path, name: str) -> None:
    """A contract of another name stands for the empty database: nothing of the first is in its way but the board."""
    export_workbook(rich, tmp_path / "before")
    path = export_workbook(rich, tmp_path / name)
    rich.reference = "OLD"
    rich.save()
    Board.objects.get().contracts.clear()
    outcome = import_workbook(path)
    assert [str(problem) for problem in outcome.problems] == []
    export_workbook(Contract.objects.get(reference="TST"), tmp_path / "after")
    assert read_folder(tmp_path / "after") == read_folder(tmp_path / "before")


def test_the_demonstration_comes_back_as_it_went_out(db: None, tmp_path: Path) -> None:
    assert not import_workbook(settings.DEMONSTRATION_DIR).problems
    contract = Contract.objects.get()
    assert_nothing_changes(settings.DEMONSTRATION_DIR)
    assert_nothing_changes(export_workbook(contract, tmp_path / "book"))
    assert_nothing_changes(export_workbook(contract, tmp_path / "book.xlsx"))


def test_every_sheet_is_written_even_when_it_is_empty(db: None, tmp_path: Path) -> None:
    sheets = read_folder(export_workbook(builders.contract(), tmp_path / "book"))
    assert set(sheets) == set(SHEET_NAMES)
    assert sheets["results"] == [[column.name for column in RESULTS.columns]]
    assert sheets["levels"] == [["kpi", "effective_from", "target", "minimum", "reason", "agreed_by"]]


def test_no_text_begins_like_a_formula_and_a_negative_number_stays_a_number(rich: Contract, tmp_path: Path) -> None:
    sheets = read_folder(export_workbook(rich, tmp_path / "book"))
    january = sheets["results"][1]
    assert january[2] == "-93.123456"
    numbers = {"value", "target", "minimum"}
    for header, *rows in sheets.values():
        for row in rows:
            words = [cell for name, cell in zip(header, row, strict=True) if name not in numbers]
            assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_spreadsheet_has_numbers_as_numbers_days_as_days_and_text_as_text(rich: Contract, tmp_path: Path) -> None:
    workbook = load_workbook(export_workbook(rich, tmp_path / "book.xlsx"))

    def sheet(name: str) -> list[dict[str, Any]]:
        rows: list[list[Any]] = workbook.get_sheet_by_name(name).to_python()
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    assert sheet("results")[0]["value"] == -93.123456
    assert sheet("projects")[0]["original_start"] == date(2017, 10, 2)
    assert sheet("projects")[0]["budget"] == 1200.5
    assert sheet("contract")[0]["title"] == "'=1+1"
    assert sheet("contract")[0]["below_target_is_exception"] == "no"


def test_a_text_too_long_for_a_spreadsheet_is_said_and_not_cut(rich: Contract, tmp_path: Path) -> None:
    row = Result.objects.earliest("month")
    row.cause = "x" * 32_768
    row.save()
    with pytest.raises(CannotExport, match=r"results, row 2, cause: the text is too long"):
        export_workbook(rich, tmp_path / "book.xlsx")


@pytest.mark.parametrize("name", ["book.ods", "book.csv"])
def test_other_formats_are_refused(rich: Contract, tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotExport, match=r"neither an \.xlsx file nor a folder"):
        export_workbook(rich, tmp_path / name)
