"""Importing what was forecast of milestones: nothing said is overwritten, and an export changes nothing."""

from datetime import date
from pathlib import Path

import pytest

from contracts.models import Contract
from contracts.services import set_demonstration_day
from projects.models import MilestoneForecast, Update
from reports.workbook import ImportOutcome, export_workbook, import_workbook
from tests import builders
from tests.people import person
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

PROJECT = ["P1", "Payroll link", "in flight", "2017-10-02", "2018-03-30"]
COLUMNS = ["reference", "title", "stage", "original_start", "original_finish"]
FIRST, SECOND = date(2018, 3, 1), date(2018, 3, 8)


def told(
    imported: Importer, on: date, forecast_on: str, updated_on: str = "", **sheets: list[list[str]]
) -> ImportOutcome:
    """The outcome of one milestone, imported that day."""
    set_demonstration_day(on=on)
    projects = [[*COLUMNS, "updated_on"], [*PROJECT, updated_on]]
    milestones = [["project", "title", "original_on", "forecast_on"], ["P1", "Pilot", "2018-02-01", forecast_on]]
    return imported({"projects": projects, "milestones": milestones, **sheets}, contract_reference="TST")


def forecasts() -> list[tuple[str, date | None]]:
    rows = MilestoneForecast.objects.order_by("pk").values_list("forecast_on", "said_on")
    return [(forecast_on.isoformat(), said_on) for forecast_on, said_on in rows]


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_a_forecast_that_differs_is_a_new_one_and_an_export_changes_nothing(
    name: str, small: ImportOutcome, imported: Importer, tmp_path: Path
) -> None:
    for day, forecast_on in ((FIRST, "2018-04-01"), (FIRST, "2018-04-01"), (SECOND, "2018-05-01"), (SECOND, "")):
        assert not told(imported, day, forecast_on).problems
    assert forecasts() == [("2018-04-01", None), ("2018-05-01", SECOND)]
    told(imported, SECOND, "2018-04-01", "2018-03-10")
    assert forecasts()[2:] == [("2018-04-01", date(2018, 3, 10))]
    outcome = import_workbook(export_workbook(Contract.objects.get(), tmp_path / name))
    assert [str(problem) for problem in outcome.problems] == []
    assert not outcome.has_changes, [str(change) for change in outcome.changes]


def test_the_history_comes_back_elsewhere_in_its_order(
    small: ImportOutcome, imported: Importer, tmp_path: Path
) -> None:
    for forecast_on in ("2018-04-01", "2018-05-01", "2018-04-01"):
        told(imported, FIRST, forecast_on)
    before = forecasts()
    export_workbook(Contract.objects.get(), tmp_path / "book")
    Contract.objects.update(reference="OLD")
    assert not import_workbook(tmp_path / "book").problems
    assert len(before) == 3
    assert forecasts()[3:] == before


def test_a_forecast_older_than_the_one_on_record_is_refused(small: ImportOutcome, imported: Importer) -> None:
    told(imported, FIRST, "2018-04-01")
    told(imported, SECOND, "2018-05-01")
    assert places(told(imported, FIRST, "2018-06-01").problems) == [("milestones", 2, "forecast_on")]


def test_a_forecast_of_no_milestone_names_the_nearest(small: ImportOutcome, imported: Importer) -> None:
    sheet = [["project", "milestone", "forecast_on"], ["P1", "Pilto", "2018-04-01"]]
    outcome = told(imported, FIRST, "", milestone_forecasts=sheet)
    assert [str(problem) for problem in outcome.problems] == [
        "milestone_forecasts, row 2, milestone: P1 has no milestone “Pilto”, did you mean Pilot?"
    ]


def test_several_updates_of_a_day_come_back_with_their_numbers_and_none_is_changed(
    small: ImportOutcome, imported: Importer, tmp_path: Path
) -> None:
    told(imported, SECOND, "2018-04-01")
    project = Contract.objects.get().projects.get()
    somebody = person("manager@example.org", "Project manager")
    for number, done in enumerate(("Tested.", "Tested, and trained."), start=1):
        builders.update(project, SECOND, number=number, done=done, posted_by=somebody)
    builders.update(project, date(2018, 3, 9), "red", is_green_unknown=True)
    book = export_workbook(Contract.objects.get(), tmp_path / "book")
    outcome = import_workbook(book)
    assert not outcome.has_changes, [str(change) for change in outcome.changes]
    sheet = book / "updates.csv"
    changed = sheet.read_text(encoding="utf-8").replace("Tested.", "Nothing.")
    sheet.write_text(changed, encoding="utf-8")
    assert places(import_workbook(book).problems) == [("updates", 2, "number")]
    assert Update.objects.filter(done="Tested.").exists()
    Contract.objects.update(reference="OLD")
    sheet.write_text(changed.replace("Nothing.", "Tested."), encoding="utf-8")
    assert not import_workbook(book).problems
    copied = Update.objects.filter(project__contract__reference="TST").order_by("updated_on", "number")
    assert list(copied.values_list("number", "done", "is_green_unknown")) == [
        (1, "Tested.", False),
        (2, "Tested, and trained.", False),
        (1, "", True),
    ]
