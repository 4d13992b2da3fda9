"""Importing reliefs, meetings and requests of the Board."""

from datetime import date

import pytest

from kpis.models import Relief
from reports.models import Board, BoardRequest, ReviewPeriod
from reports.workbook import ImportOutcome
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

RELIEF = ["reference", "kpis", "from_month", "to_month", "cause", "narrative", "decision"]


def relief(reference: str, kpis: str, first: str, last: str, decision: str = "granted") -> list[str]:
    return [reference, kpis, first, last, "other", "A new system.", decision]


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ([relief("R1", "CSC_KPI_01", "2017-01", "2017-03"), relief("R2", "CSC_KPI_01", "2017-04", "")], []),
        ([relief("R1", "CSC_KPI_01", "2017-01", "2017-03"), relief("R2", "CSC_KPI_01", "2017-03", "")], [3]),
        ([relief("R1", "*", "2017-01", ""), relief("R2", "CSC_KPI_01", "2017-03", "")], []),
        ([relief("R1", "*", "2017-01", ""), relief("R2", "*", "2018-01", "2018-02")], [3]),
        ([relief("R1", "CSC_KPI_01", "2017-01", ""), relief("R2", "CSC_KPI_01", "2017-02", "", "refused")], []),
    ],
)
def test_granted_reliefs_touch_and_do_not_overlap(
    small: ImportOutcome, imported: Importer, rows: list[list[str]], refused: list[int]
) -> None:
    outcome = imported({"reliefs": [RELIEF, *rows]}, contract_reference="TST")
    assert places(outcome.problems) == [("reliefs", row, "from_month") for row in refused]


def test_a_relief_may_not_overlap_one_on_record(small: ImportOutcome, imported: Importer) -> None:
    imported({"reliefs": [RELIEF, relief("R1", "CSC_KPI_01;FA_KPI_01", "2017-01", "")]}, contract_reference="TST")
    outcome = imported({"reliefs": [RELIEF, relief("R2", "fa kpi 1", "2017-05", "")]}, contract_reference="TST")
    assert "“R1” (already on record) is granted for FA_KPI_01" in str(outcome.problems[0])
    ended = [relief("R1", "CSC_KPI_01;FA_KPI_01", "2017-01", "2017-04"), relief("R2", "FA_KPI_01", "2017-05", "")]
    assert not imported({"reliefs": [RELIEF, *ended]}, contract_reference="TST").problems


def test_a_relief_that_names_other_kpis_is_changed_once(small: ImportOutcome, imported: Importer) -> None:
    imported({"reliefs": [RELIEF, relief("R1", "CSC_KPI_01", "2017-01", "")]}, contract_reference="TST")
    wider = {"reliefs": [RELIEF, relief("R1", "CSC_KPI_01; CSC_KPI_02", "2017-01", "")]}
    outcome = imported(wider, contract_reference="TST")
    assert outcome.tallies["reliefs"].changed == 1
    assert [str(change) for change in outcome.changes] == [
        "reliefs, row 2, R1: kpis “CSC_KPI_01” → “CSC_KPI_01;CSC_KPI_02”"
    ]
    stored = Relief.objects.get()
    assert sorted(kpi.code for kpi in stored.kpis.all()) == ["CSC_KPI_01", "CSC_KPI_02"]
    assert stored.version == 2
    assert stored.history.latest().history_change_reason == "imported"
    assert not imported(wider, contract_reference="TST").has_changes


def test_a_meeting_belongs_to_its_board_once_and_a_blank_period_stays(small: ImportOutcome, imported: Importer) -> None:
    columns = ["board", "meeting_on", "status", "review_from", "review_to"]
    first = [
        columns,
        ["Scrutiny Board", "2017-05-25", "", "2017-01", "2017-03"],
        ["Scrutiny Board", "2017-06-29", "", "", ""],
    ]
    imported({"meetings": first}, contract_reference="TST")
    again = [columns, ["scrutiny board", "2017-05-25", "held", "", ""]]
    outcome = imported({"meetings": again}, contract_reference="TST")
    assert [str(change) for change in outcome.changes] == [
        "meetings, row 2, scrutiny board 2017-05-25: status “planned” → “held”"
    ]
    assert Board.objects.count() == 1
    assert ReviewPeriod.objects.get().review_to == date(2017, 3, 1)


def test_a_request_is_closed_with_an_answer_and_not_before_it_was_raised(
    small: ImportOutcome, imported: Importer
) -> None:
    columns = ["reference", "raised_on", "text", "status", "answer", "answered_on", "due_meeting"]
    rows = [
        ["B1", "2017-05-25", "Show it.", "closed", "", "", ""],
        ["B2", "2017-05-25", "Show it.", "answered", "Done.", "2017-05-24", ""],
        ["B3", "2017-05-25", "Show it.", "", "", "", "2017-06-29"],
    ]
    outcome = imported({"requests": [columns, *rows]}, contract_reference="TST")
    assert places(outcome.problems) == [("requests", 2, "answer"), ("requests", 3, "answered_on")]
    assert not imported({"requests": [columns, rows[2]]}, contract_reference="TST").problems
    assert BoardRequest.objects.get().due_meeting_on == date(2017, 6, 29)
