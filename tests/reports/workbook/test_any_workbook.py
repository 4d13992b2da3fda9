"""Whatever stands in a workbook, the import answers: it takes it whole, or names what is wrong and writes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.models import Contract, ServiceArea
from kpis.models import Result
from reports.workbook import import_workbook
from reports.workbook.importing import SHEETS
from tests import workbooks
from tests.workbooks import SMALL

pytestmark = pytest.mark.django_db

# A row for every sheet of the format, each cell right as it stands.
RIGHT: dict[str, dict[str, Any]] = {
    "contract": dict(zip(SMALL["contract"][0], SMALL["contract"][1], strict=True))
    | {"ends_on": "2022-12-31", "below_target_is_exception": "no", "history_months": "12"},
    "service_areas": {"code": "CSC", "name": "Customer Service Centre"},
    "kpis": {
        "code": "CSC_KPI_01",
        "service_area": "CSC",
        "name": "Calls",
        "definition": "Within 20 seconds.",
        "unit": "percent",
        "polarity": "higher",
        "decimals": "2",
        "due_months": "1;2;3",
        "in_force_from": "2017-01",
        "in_force_to": "2018-12",
        "end_reason": "The duty passed on.",
    },
    "levels": {
        "kpi": "CSC_KPI_01",
        "effective_from": "2017-01",
        "target": "90",
        "minimum": "80",
        "reason": "Agreed.",
        "agreed_by": "Contract Manager",
    },
    "results": {
        "kpi": "CSC_KPI_01",
        "month": "2017-01",
        "value": "90",
        "numerator": "9",
        "denominator": "10",
        "not_measured_reason": "",
        "state": "verified",
        "cause": "Storm.",
        "effect": "None.",
        "remedy": "None.",
        "recovery_month": "2017-02",
        "source": "published",
    },
    "reliefs": {
        "reference": "R1",
        "kpis": "CSC_KPI_01",
        "from_month": "2017-01",
        "to_month": "2017-03",
        "cause": "other",
        "narrative": "A new system.",
        "decision": "granted",
        "decided_by": "Contract Manager",
        "decided_on": "2017-02-01",
    },
    "meetings": {
        "board": "Board",
        "meeting_on": "2017-03-30",
        "status": "held",
        "review_from": "2017-01",
        "review_to": "2017-02",
    },
    "projects": {
        "reference": "P1",
        "title": "Link",
        "kind": "transformation",
        "budget": "1",
        "forecast_cost": "2",
        "spent_to_date": "3",
        "benefit": "£5",
        "service_area": "CSC",
        "scrutiny_area": "Money",
        "stage": "in flight",
        "confidence": "red",
        "sponsor": "Director",
        "manager": "Manager",
        "third_party": "None",
        "original_start": "2017-01-01",
        "original_finish": "2017-02-01",
        "agreed_finish": "2017-03-01",
        "forecast_finish": "2017-04-01",
        "actual_finish": "2017-05-01",
        "delay_cause": "Storm.",
        "delay_party": "Nobody",
        "cost_effect": "None",
        "returns_to_green_on": "2017-06-01",
        "expected_commission_on": "2017-01-01",
        "updated_on": "2017-03-01",
        "key_rank": "1",
        "rationale": "It matters.",
        "source": "illustrative",
    },
    "milestones": {
        "project": "P1",
        "title": "Design",
        "original_on": "2017-01-01",
        "agreed_on": "2017-01-01",
        "forecast_on": "2017-01-01",
        "actual_on": "2017-01-01",
    },
    "milestone_forecasts": {
        "project": "P1",
        "milestone": "Design",
        "forecast_on": "2017-01-01",
        "said_on": "2016-12-01",
    },
    "updates": {
        "project": "P1",
        "updated_on": "2017-02-01",
        "number": "1",
        "confidence": "green",
        "forecast_finish": "2017-02-01",
        "done": "Much.",
        "next": "More.",
        "delay_cause": "",
        "delay_party": "",
        "cost_effect": "",
        "knock_on": "",
        "returns_to_green_on": "",
        "is_green_unknown": "yes",
    },
    "rebaselines": {
        "project": "P1",
        "agreed_finish": "2017-03-01",
        "agreed_on": "2017-02-01",
        "agreed_by": "Board",
        "reason": "Storm.",
    },
    "dependencies": {"project": "P1", "kind": "holds up", "other": "P2", "note": "The upgrade comes first."},
    "archived": {"project": "P2", "archived_on": "2017-03-01", "reason": "Entered twice."},
    "key_lists": {
        "decided_on": "2017-03-30",
        "put_to_board_on": "2017-03-30",
        "board": "Board",
        "decision": "Agreed.",
        "amendments": "P1 added at rank 1",
        "size_reason": "Two began.",
    },
    "key_entries": {"decided_on": "2017-03-30", "project": "P1", "rank": "1", "rationale": "It matters."},
    "key_reasons": {"decided_on": "2017-03-30", "project": "P2", "kind": "near miss", "reason": "It is small."},
    "requests": {
        "reference": "B1",
        "kind": "question",
        "raised_on": "2017-03-30",
        "text": "Why?",
        "raised_by": "Member",
        "owner": "Manager",
        "due_meeting": "2017-04-27",
        "status": "closed",
        "answer": "Because.",
        "answered_on": "2017-04-20",
    },
    "funding": {
        "financial_year": "2017-18",
        "amount": "3000000",
        "purpose": "IT budget",
        "agreed_on": "2017-02-24",
        "agreed_by": "Full Council",
        "source": "illustrative",
    },
}
CELLS = [(sheet, column) for sheet, row in RIGHT.items() for column in row]
hostile = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-+eE%£ ':/;*#", max_size=20),
    st.floats(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from(
        [
            "=1+1",
            "@SUM(A1)",
            "\u202eevil",
            "\x1b[2J",
            "a\x00b",
            "NaN",
            "1e400",
            "9" * 400,
            "x" * 40_000,
            "29/03/2018",
            "١٢",
            "CSC_KPI_02",
            "*",
            "CSC_KPI_01;CSC_KPI_09",
            "2017-02-29",
            "0000-00",
            "平成29年",
            "verified",
            "percent",
            "£1,200",
            "12.5%",
        ]
    ),
)


def sheets_of(rows: dict[str, dict[str, Any]]) -> workbooks.Sheets:
    """A row of each sheet, and a second project for the first to hold up."""
    sheets = {name: [list(row), list(row.values())] for name, row in rows.items()}
    other = {"reference": "P2", "title": "Upgrade", "stage": "pipeline"}
    sheets["projects"].append([other.get(column, "") for column in rows["projects"]])
    return sheets


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def test_the_right_row_of_every_sheet_names_every_column_and_is_taken() -> None:
    assert {spec.name: set(spec.names) for spec in SHEETS} == {name: set(row) for name, row in RIGHT.items()}


def test_it_is_taken_as_it_stands(folder: Path) -> None:
    assert [str(problem) for problem in import_workbook(workbooks.folder(folder, sheets_of(RIGHT))).problems] == []


def test_whatever_stands_in_a_cell_nothing_is_half_written(folder: Path) -> None:
    ended: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None)
    @given(
        changes=st.lists(st.tuples(st.sampled_from(CELLS), hostile), min_size=1, max_size=4),
        write=st.sampled_from(["csv", "xlsx"]),
    )
    def imported(changes: list[tuple[tuple[str, str], Any]], write: str) -> None:
        rows = {name: dict(row) for name, row in RIGHT.items()}
        for (sheet, column), cell in changes:
            rows[sheet][column] = cell
        with transaction.atomic():
            path = _written(folder, sheets_of(rows), write)
            outcome = import_workbook(path)
            ended["refused" if outcome.problems else "taken"] += 1
            if outcome.problems:
                assert not Contract.objects.exists()
                assert not ServiceArea.objects.exists()
                assert all(problem.sheet in RIGHT and problem.right for problem in outcome.problems)
            else:
                assert Contract.objects.count() == 1
                assert Result.objects.count() == 1
                assert not import_workbook(path).has_changes
            transaction.set_rollback(True)

    imported()
    assert min(ended["refused"], ended["taken"]) > 10, ended


def _written(folder: Path, sheets: workbooks.Sheets, write: str) -> Path:
    """As CSV, every cell as it prints; as .xlsx, numbers that a spreadsheet can hold and text that it can."""
    if write == "csv":
        return workbooks.folder(folder / "book", sheets)
    return workbooks.xlsx(
        folder / "book.xlsx", {name: [[_kept(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    )


def _kept(cell: Any) -> Any:
    if isinstance(cell, float) and not abs(cell) < 1e300:
        return str(cell)
    return cell[:32_000] if isinstance(cell, str) else cell
