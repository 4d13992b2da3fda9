"""Importing who holds up whom and which projects have left the register."""

from datetime import date

import pytest

from projects.models import Dependency, Project
from reports.workbook import ImportOutcome
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

PROJECTS = [
    ["reference", "title", "stage", "kind"],
    ["P1", "Ledger", "in flight", "transformation"],
    ["P2", "Payroll", "in flight", "transformation"],
    ["P3", "Depot move", "in flight", "transactional"],
]
HEAD = ["project", "kind", "other", "note"]


def joined(imported: Importer, *rows: list[str]) -> ImportOutcome:
    return imported({"projects": PROJECTS, "dependencies": [HEAD, *rows]}, contract_reference="TST")


def test_dependencies_come_in_once_and_a_note_may_change(small: ImportOutcome, imported: Importer) -> None:
    rows = [["P1", "", "P2", "The ledger first."], ["P3", "displaces", "P1", ""]]
    assert not joined(imported, *rows).problems
    assert [str(each) for each in Dependency.objects.order_by("pk")] == ["P1 holds up P2", "P3 displaces P1"]
    assert not joined(imported, *rows).has_changes
    assert joined(imported, ["P1", "holds up", "P2", "Only its accounts."]).has_changes
    assert Dependency.objects.get(kind="holds up").note == "Only its accounts."
    assert Dependency.objects.count() == 2


def test_what_makes_no_sense_is_reported_with_its_cell(small: ImportOutcome, imported: Importer) -> None:
    outcome = joined(
        imported,
        ["P1", "holds up", "P2", ""],
        ["P2", "holds up", "P1", ""],
        ["P1", "displaces", "P2", ""],
        ["P1", "holds up", "P1", ""],
        ["P1", "holds up", "P9", ""],
        ["P1", "holds up", "P2", "Again."],
    )
    assert places(outcome.problems) == [
        ("dependencies", 3, "other"),
        ("dependencies", 4, "project"),
        ("dependencies", 5, "other"),
        ("dependencies", 6, "other"),
        ("dependencies", 7, "other"),
    ]
    assert "then nothing could begin: P1 holds up P2 holds up P1" in str(outcome.problems[0])
    assert not Dependency.objects.exists()


def test_a_project_is_archived_with_its_reason(small: ImportOutcome, imported: Importer) -> None:
    gone = [["project", "archived_on", "reason"], ["P2", "2018-03-01", "Entered twice."]]
    for is_new in (True, False):
        outcome = imported({"projects": PROJECTS, "archived": gone}, contract_reference="TST")
        assert not outcome.problems
        assert outcome.has_changes is is_new
    project = Project.objects.get(reference="P2")
    assert (project.archived_on, project.archived_reason) == (date(2018, 3, 1), "Entered twice.")
    bad = [
        ["project", "archived_on", "reason"],
        ["P1", "", "Why."],
        ["P3", "2018-03-01", ""],
        ["P9", "2018-03-01", "?"],
    ]
    outcome = imported({"archived": bad}, contract_reference="TST")
    assert places(outcome.problems) == [
        ("archived", 2, "archived_on"),
        ("archived", 3, "reason"),
        ("archived", 4, "project"),
    ]
