"""The import as a whole: all or nothing, every mistake at once, the same from CSV, .xlsx and .ods."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from contracts.models import Contract, Person, ServiceArea
from kpis.models import Kpi, Level, Relief, Result, Return
from projects.models import Project
from reports.models import Board, BoardRequest, Meeting, ReviewPeriod
from reports.workbook import ImportOutcome, import_workbook, importing
from tests import workbooks
from tests.reports.workbook.conftest import Importer
from tests.workbooks import SMALL, places

pytestmark = pytest.mark.django_db

Write = Callable[[Path, workbooks.Sheets], Path]
FORMATS = [
    pytest.param(lambda path, sheets: workbooks.folder(path / "book", sheets), id="csv"),
    pytest.param(
        lambda path, sheets: workbooks.folder(path / "book", sheets, encoding="utf-8-sig", line_end="\r\n"),
        id="csv from Excel",
    ),
    pytest.param(lambda path, sheets: workbooks.xlsx(path / "book.xlsx", sheets), id="xlsx"),
    pytest.param(lambda path, sheets: workbooks.ods(path / "book.ods", sheets), id="ods"),
]

# Each row that is wrong says in its last comment what is.
MISTAKEN: workbooks.Sheets = {
    "contract": [
        ["reference", "title", "authority", "supplier", "commences_on", "ends_on", "colour"],  # no such column
        ["TST", "Support services", "Exampleshire", "", "2017-01-01", "2016-12-31"],  # no supplier; ends too early
    ],
    "service_areas": [["code", "name"], ["CSC", "Customer Service Centre"], ["CSC", "Again"]],  # twice
    "kpis": [
        ["code", "service_area", "name", "unit", "polarity", "decimals", "in_force_from", "in_force_to"],
        ["CSC_KPI_01", "CSC", "Calls answered in time", "percent", "higher", "2", "2017-01", ""],
        ["CSC_KPI_02", "CSC", "Incidents", "count", "lower", "", "2017-01", "2017-06"],
        ["CSC_KPI_03", "CSV", "Visits", "count", "higher", "", "2017-01", ""],  # no such area
        ["CSC_KPI_04", "CSC", "Letters", "percant", "higher", "", "2017-01", ""],  # no such unit
    ],
    "levels": [
        ["kpi", "effective_from", "target", "minimum"],
        ["csc kpi 1", "2017-01", "90", "80"],
        ["CSC_KPI_02", "2017-01", "3", "2"],  # the wrong way round
        ["CSC_KPI_01", "2017-13", "90", "80"],  # no such month
        ["CSC_KPI_02", "2017-02", "3.5", "5"],  # more decimals than the KPI
    ],
    "results": [
        ["kpi", "month", "value", "numerator", "denominator", "not_measured_reason", "state"],
        ["CSC_KPI_01", "2017-01", "93.1", "", "", "", ""],
        ["CSC KPI01", "Jan-17", "93.1", "", "", "", ""],  # twice
        [],
        ["CSC_KPI_10", "2017-01", "1", "", "", "", ""],  # no such KPI
        ["CSC_KPI_01", "2017-02", "NaN", "", "", "", ""],  # no number
        ["CSC_KPI_01", "2017-03", "50", "9", "10", "", ""],  # does not follow
        ["CSC_KPI_02", "2017-07", "1", "", "", "", ""],  # not in force
        ["CSC_KPI_01", "2016-12", "1", "", "", "", ""],  # not in force yet
        ["CSC_KPI_01", "2017-04", "", "", "", "", "provisionel"],  # neither figure nor reason; no such state
        ["CSC_KPI_01", "2017-05", "", "9", "0", "", ""],  # nothing to divide by
        ["CSC_KPI_01", "2017-06", "1.2345678", "", "", "", ""],  # too many decimals
    ],
    "reliefs": [
        ["reference", "kpis", "from_month", "to_month", "cause", "narrative", "decision"],
        ["R1", "CSC_KPI_01", "2017-01", "2017-06", "other", "A new system.", "granted"],
        ["R2", "CSC_KPI_01;CSC_KPI_02", "2017-06", "", "other", "Another.", "granted"],  # overlaps
        ["R3", "*", "2017-06", "2017-05", "weather", "Snow.", "refused"],  # ends before it begins; no such cause
    ],
    "meetings": [
        ["board", "meeting_on", "status", "review_from", "review_to"],
        ["Scrutiny Board", "29/03/2018", "planned", "2017-01", ""],  # no date; half a period
    ],
    "projects": [
        ["reference", "title", "stage", "original_start", "original_finish", "budget", "key_rank", "rationale"],
        ["P1", "Payroll link", "in flight", "2017-10-02", "2017-09-30", "1200", "1", ""],  # ends early; no rationale
        ["P2", "Upgrade", "flying", "", "", "-5", "1", "It matters."],  # no such stage; negative; rank held
    ],
    "milestones": [["project", "title", "original_on"], ["P9", "Design agreed", "2018-01-01"]],  # no such project
}
MISTAKES = [
    ("contract", 1, "colour"),
    ("contract", 2, "supplier"),
    ("contract", 2, "ends_on"),
    ("service_areas", 3, "code"),
    ("kpis", 4, "service_area"),
    ("kpis", 5, "unit"),
    ("levels", 3, "minimum"),
    ("levels", 4, "effective_from"),
    ("levels", 5, "target"),
    ("results", 3, "kpi"),
    ("results", 5, "kpi"),
    ("results", 6, "value"),
    ("results", 7, "value"),
    ("results", 8, "month"),
    ("results", 9, "month"),
    ("results", 10, "state"),
    ("results", 10, "value"),
    ("results", 11, "denominator"),
    ("results", 12, "value"),
    ("reliefs", 3, "from_month"),
    ("reliefs", 4, "cause"),
    ("reliefs", 4, "to_month"),
    ("meetings", 2, "meeting_on"),
    ("meetings", 2, "review_to"),
    ("projects", 2, "original_finish"),
    ("projects", 2, "rationale"),
    ("projects", 3, "stage"),
    ("projects", 3, "budget"),
    ("projects", 3, "key_rank"),
    ("milestones", 2, "project"),
]
EVERYTHING: list[Any] = [
    Contract,
    ServiceArea,
    Kpi,
    Level,
    Result,
    Return,
    Relief,
    Board,
    Meeting,
    Project,
    BoardRequest,
]


@pytest.mark.parametrize("write", FORMATS)
def test_every_mistake_is_reported_with_its_place_and_nothing_is_written(tmp_path: Path, write: Write) -> None:
    outcome = import_workbook(write(tmp_path, MISTAKEN))
    assert sorted(places(outcome.problems)) == sorted(MISTAKES)
    assert all(problem.what and problem.right for problem in outcome.problems)
    assert not any(model.objects.exists() for model in EVERYTHING)
    assert not any(model.history.exists() for model in EVERYTHING)


@pytest.mark.parametrize("write", FORMATS)
def test_every_format_gives_the_same_contract(tmp_path: Path, write: Write) -> None:
    sheets = {
        **SMALL,
        "results": workbooks.results(
            ["csc kpi 1", "Mar-17", "93.1%", ""], ["CSC-KPI-2", "March 2017", "2", "provisional"]
        ),
        "meetings": [
            ["board", "meeting_on", "review_from", "review_to"],
            ["Scrutiny Board", "2017-05-25", "2017-03", "2017-04"],
        ],
    }
    outcome = import_workbook(write(tmp_path, sheets))
    assert not outcome.problems
    assert [(area.code, area.name) for area in ServiceArea.objects.in_order()] == [
        ("CSC", "Customer Service Centre"),
        ("FA", "Financial Administration"),
    ]
    assert list(Kpi.objects.values_list("code", "decimals", "due_mask")) == [
        ("CSC_KPI_01", 2, 4095),
        ("CSC_KPI_02", 0, 4095),
        ("FA_KPI_01", 2, 4095),
    ]
    assert Result.objects.get(kpi__code="CSC_KPI_01").value == Decimal("93.1")
    assert Return.objects.get().state == "submitted"
    period = ReviewPeriod.objects.get()
    assert (period.review_from, period.review_to) == (date(2017, 3, 1), date(2017, 4, 1))
    assert period.contract.boards.get().name == "Scrutiny Board"
    assert import_workbook(write(tmp_path, sheets)).has_changes is False


@pytest.mark.parametrize("write", [workbooks.xlsx, workbooks.ods])
def test_cells_of_a_spreadsheet_mean_what_they_show(tmp_path: Path, write: Any) -> None:
    sheets = {
        **SMALL,
        "results": workbooks.results(
            ["CSC_KPI_01", date(2017, 3, 15), 0.1 + 0.2, ""], ["CSC_KPI_02", "2017-03", 2, ""]
        ),
        "meetings": [["board", "meeting_on"], ["Scrutiny Board", date(2017, 5, 25)]],
    }
    assert not import_workbook(write(tmp_path / f"book.{write.__name__}", sheets)).problems
    result = Result.objects.get(kpi__code="CSC_KPI_01")
    assert (result.month, result.value) == (date(2017, 3, 1), Decimal("0.3"))
    assert Meeting.objects.get().meeting_on == date(2017, 5, 25)


def test_a_check_says_what_would_be_done_and_writes_nothing(imported: Importer) -> None:
    outcome = imported(SMALL, check=True)
    assert not outcome.problems
    assert {name: tally.created for name, tally in outcome.tallies.items() if tally.created} == {
        "contract": 1,
        "service_areas": 2,
        "kpis": 3,
        "levels": 3,
    }
    assert not Contract.objects.exists()
    assert not Contract.history.exists()


def test_a_check_of_a_change_names_it_before_and_after(small: ImportOutcome, imported: Importer) -> None:
    areas = [["code", "name"], ["FA", "Finance"]]
    outcome = imported({"service_areas": areas}, contract_reference="TST", check=True)
    assert [str(change) for change in outcome.changes] == [
        "service_areas, row 2, FA: name “Financial Administration” → “Finance”"
    ]
    assert ServiceArea.objects.get(code="FA").name == "Financial Administration"


def test_a_column_that_is_not_there_leaves_its_field_alone_and_a_blank_cell_clears_it(imported: Importer) -> None:
    columns, kpi, *_ = SMALL["kpis"]
    imported(
        {**SMALL, "kpis": [[*columns, "definition"], [*kpi, "Within 20 seconds."]], "levels": []}
        | {"levels": SMALL["levels"][:2]}
    )
    imported({"kpis": [columns, kpi]}, contract_reference="TST")
    assert Kpi.objects.get().definition == "Within 20 seconds."
    imported({"kpis": [[*columns, "definition"], [*kpi, ""]]}, contract_reference="TST")
    assert Kpi.objects.get().definition == ""


def test_a_sheet_alone_needs_the_contract_named(small: ImportOutcome, imported: Importer) -> None:
    row = {"results": workbooks.results(["FA_KPI_01", "2017-01", "96", ""])}
    assert "expected a contract sheet, or the reference" in str(imported(row).problems[0])
    unknown = imported(row, contract_reference="TTS").problems
    assert str(unknown[0]) == "contract, reference: there is no contract “TTS”, did you mean TST?"
    assert not imported(row, contract_reference="TST").problems


def test_the_contract_named_and_the_contract_of_the_sheet_are_one(imported: Importer) -> None:
    assert places(imported(SMALL, contract_reference="CSS").problems) == [("contract", 2, "reference")]
    assert not imported(SMALL, contract_reference="TST").problems


def test_an_unknown_sheet_names_the_nearest(imported: Importer) -> None:
    outcome = imported({**SMALL, "result": [["kpi"]]})
    assert [str(problem) for problem in outcome.problems] == [
        "result: there is no such sheet in the format, did you mean results?"
    ]


def test_a_workbook_holds_one_contract(imported: Importer) -> None:
    columns, row = SMALL["contract"]
    assert places(imported({"contract": [columns, row, ["TWO", *row[1:]]]}).problems) == [("contract", 3, "reference")]
    assert places(imported({"contract": [columns]}).problems) == [("contract", 2, "reference")]


def test_two_contracts_may_use_the_same_codes(small: ImportOutcome, imported: Importer) -> None:
    columns, row = SMALL["contract"]
    assert not imported({**SMALL, "contract": [columns, ["TWO", *row[1:]]]}).problems
    assert Kpi.objects.filter(code="CSC_KPI_01").count() == 2


def test_history_says_who_imported_and_why(imported: Importer) -> None:
    imported(SMALL)
    person = Person.objects.create_superuser("administrator@example.gov.uk", None, job_title="System administrator")
    imported(
        {"service_areas": [["code", "name"], ["FA", "Finance"]]}, contract_reference="TST", by=person, reason="Renamed."
    )
    newest, oldest = ServiceArea.objects.get(code="FA").history.all()
    assert (newest.history_user, newest.history_change_reason) == (person, "Renamed.")
    assert (oldest.history_user, oldest.history_change_reason) == (None, "imported")


def test_what_the_database_refuses_at_the_last_moment_is_a_problem_and_leaves_nothing(
    imported: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collide(*_: object) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(importing, "import_requests", collide)
    outcome = imported(SMALL)
    assert [problem.what for problem in outcome.problems] == ["the database refused it (“UNIQUE constraint failed”)"]
    assert not Contract.objects.exists()
