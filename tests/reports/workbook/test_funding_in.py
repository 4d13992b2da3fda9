"""The sheet `funding`: what was set aside by financial year comes in, goes out, and the second time changes nothing."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.models import Contract
from contracts.workbook.cells import Cell, CellRefused
from projects.models import Funding
from projects.workbook.funding_sheet import financial_year
from reports.workbook import export_workbook, import_workbook
from reports.workbook.importing import ImportOutcome
from tests import builders

HEAD = "financial_year,amount,purpose,agreed_on,agreed_by,source"
ROW = '2018-19,"£3,000,000",IT budget,2018-02-23,Full Council,illustrative'


def put(folder: Path, *rows: str, head: str = HEAD) -> Path:
    (folder / "funding.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return folder


def imported(contract: Contract, folder: Path, *rows: str, head: str = HEAD) -> ImportOutcome:
    return import_workbook(put(folder, *rows, head=head), contract_reference=contract.reference)


def test_it_comes_in_and_a_second_time_changes_nothing(contract: Contract, tmp_path: Path) -> None:
    first = imported(contract, tmp_path, ROW, "2019/20,10.50,Reserve,,,")
    assert not first.problems
    assert (first.tallies["funding"].created, Funding.history.count()) == (2, 2)
    row = Funding.objects.get(purpose="IT budget")
    assert (row.begins_on, row.amount, row.agreed_on, row.agreed_by, row.source) == (
        date(2018, 4, 1),
        Decimal(3000000),
        date(2018, 2, 23),
        "Full Council",
        "illustrative",
    )
    again = imported(contract, tmp_path, ROW, "2019/20,10.50,Reserve,,,")
    assert (again.tallies["funding"].left_alone, again.has_changes) == (2, False)


def test_another_amount_changes_the_sum_of_that_purpose_and_leaves_the_others(
    contract: Contract, tmp_path: Path
) -> None:
    builders.funding(contract, date(2018, 4, 1), purpose="it budget")
    builders.funding(contract, purpose="Reserve")
    outcome = imported(contract, tmp_path, "2018-19,5,IT budget,,,")
    assert [str(change) for change in outcome.changes] == ["funding, row 2, 2018-19 IT budget: amount 3000000 → 5"]
    assert Funding.objects.count() == 2
    assert Funding.objects.get(purpose="it budget").version == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2018,5,IT budget,,,", "financial_year", "is not a financial year"),
        ("2018-20,5,IT budget,,,", "financial_year", "is not a year after the other"),
        ("2018-19,-5,IT budget,,,", "amount", "is negative"),
        ("2018-19,,IT budget,,,", "amount", "the cell is blank"),
        ("2018-19,5,,,,", "purpose", "the cell is blank"),
        ("2018-19,5,IT budget,,,hearsay", "source", "hearsay"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(
    contract: Contract, tmp_path: Path, row: str, column: str, words: str
) -> None:
    outcome = imported(contract, tmp_path, row)
    assert [(each.sheet, each.row, each.column) for each in outcome.problems] == [("funding", 2, column)]
    assert words in str(outcome.problems[0])
    assert not Funding.objects.exists()


def test_a_year_and_purpose_stand_once(contract: Contract, tmp_path: Path) -> None:
    outcome = imported(contract, tmp_path, ROW, "2018/2019,4,it BUDGET,,,")
    assert [each.row for each in outcome.problems] == [3]


@pytest.mark.parametrize("written", ["2018-19", "2018/19", "2018–19", "2018-2019", date(2018, 4, 1)])
def test_a_year_is_read_as_people_write_it(written: Cell) -> None:
    assert financial_year(written) == date(2018, 4, 1)
    assert financial_year(datetime(2018, 4, 1)) == date(2018, 4, 1)  # noqa: DTZ001 - as a spreadsheet's cell has it


@pytest.mark.parametrize(
    "written", ["18-19", "2018-18", "1999-2001", "0000-01", date(2018, 4, 2), 2018, True, "१९९९-००"]
)
def test_what_is_no_year_is_refused(written: Cell) -> None:
    with pytest.raises(CellRefused):
        financial_year(written)


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_what_goes_out_comes_in_unchanged(contract: Contract, tmp_path: Path, name: str) -> None:
    builders.funding(contract, purpose="=1+1 @home", agreed_on=date(2017, 2, 24), source="published")
    outcome = import_workbook(export_workbook(contract, tmp_path / name))
    assert not outcome.problems
    assert not outcome.has_changes
