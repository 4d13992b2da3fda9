"""Importing what changed in a project and says no day: the business day dates it, and nothing is overwritten."""

from datetime import date
from pathlib import Path

import pytest

from contracts.models import Contract
from contracts.services import set_demonstration_day
from projects.models import Project, Rebaseline, Update
from projects.queries import load_portfolio, thresholds_of
from projects.rules.attention import AttentionRule, needs_attention
from reports.workbook import ImportOutcome, export_workbook, import_workbook
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = date(2018, 3, 1), date(2018, 3, 8), date(2018, 3, 15)
DATES = ["reference", "title", "stage", "original_start", "original_finish"]
P1 = ["P1", "Payroll link", "in flight", "2017-10-02", "2018-03-30"]
SHORT = ["confidence", "forecast_finish", "delay_cause"]
A, B = "2018-05-11", "2018-06-29"


def told(imported: Importer, on: date, columns: list[str], *cells: str, **sheets: list[list[str]]) -> ImportOutcome:
    """The outcome of one row of `projects`, imported that day; it went well, and a second time changed nothing."""
    set_demonstration_day(on=on)
    workbook = {"projects": [[*DATES, *columns], [*P1, *cells]], **sheets}
    outcome = imported(workbook, contract_reference="TST")
    assert [str(problem) for problem in outcome.problems] == []
    assert not imported(workbook, contract_reference="TST").has_changes
    return outcome


def agreed() -> list[tuple[str, date | None]]:
    rows = Rebaseline.objects.order_by("pk").values_list("agreed_finish", "agreed_on")
    return [(finish.isoformat(), on) for finish, on in rows]


def updates() -> list[tuple[date | None, str]]:
    return list(Update.objects.order_by("pk").values_list("updated_on", "confidence"))


@pytest.fixture(params=["book", "book.xlsx"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def assert_export_changes_nothing(path: Path) -> None:
    outcome = import_workbook(export_workbook(Contract.objects.get(), path))
    assert [str(problem) for problem in outcome.problems] == []
    assert not outcome.has_changes, [str(change) for change in outcome.changes]


# --- Re-baselines ----------------------------------------------------------------------------------------------------


def test_an_agreed_finish_is_dated_by_the_business_day_or_the_day_of_its_row(
    small: ImportOutcome, imported: Importer
) -> None:
    told(imported, FIRST, ["agreed_finish"], A)
    assert agreed() == [(A, FIRST)]
    told(imported, SECOND, ["agreed_finish"], A)
    assert agreed() == [(A, FIRST)], "it was agreed then, and it stands"
    told(imported, THIRD, ["agreed_finish", "updated_on"], B, "2018-03-12")
    assert agreed() == [(A, FIRST), (B, date(2018, 3, 12))]


def test_an_agreed_finish_that_was_imported_reaches_the_board(small: ImportOutcome, imported: Importer) -> None:
    told(imported, SECOND, ["agreed_finish"], A)
    contract = Contract.objects.get()
    portfolio = load_portfolio(contract, THIRD)
    lines = needs_attention(portfolio.projects, THIRD, FIRST, None, thresholds_of(contract))
    assert AttentionRule.REBASELINED in {line.rule for line in lines}


@pytest.mark.parametrize("days", [(FIRST, SECOND, THIRD), (FIRST, FIRST, FIRST)])
def test_going_back_to_an_earlier_agreed_finish_is_a_rebaseline_of_its_own(
    small: ImportOutcome, imported: Importer, days: tuple[date, ...], path: Path
) -> None:
    for day, finish in zip(days, (A, B, A), strict=True):
        told(imported, day, ["agreed_finish"], finish)
    assert agreed() == list(zip((A, B, A), days, strict=True))
    assert_export_changes_nothing(path)
    told(imported, THIRD, ["agreed_finish"], "2018-03-30")
    assert len(agreed()) == 4, "back to the original finish"


def test_an_agreed_finish_older_than_the_one_on_record_is_refused(small: ImportOutcome, imported: Importer) -> None:
    told(imported, SECOND, ["agreed_finish"], A)
    set_demonstration_day(on=FIRST)
    late = {"projects": [[*DATES, "agreed_finish"], [*P1, B]]}
    assert places(imported(late, contract_reference="TST").problems) == [("projects", 2, "agreed_finish")]


def test_three_rebaselines_of_one_day_come_back_elsewhere_in_their_order(
    small: ImportOutcome, imported: Importer, path: Path
) -> None:
    for finish in (A, B, A):
        told(imported, FIRST, ["agreed_finish"], finish)
    export_workbook(Contract.objects.get(), path)
    Contract.objects.update(reference="OLD")
    assert not import_workbook(path).problems
    assert (
        list(
            Rebaseline.objects.filter(project__contract__reference="TST")
            .order_by("pk")
            .values_list("agreed_on", flat=True)
        )
        == [FIRST] * 3
    )
    assert load_portfolio(Contract.objects.get(reference="TST"), FIRST).projects[0].agreed_finish == date(2018, 5, 11)


# --- Updates ---------------------------------------------------------------------------------------------------------


def test_what_differs_from_the_latest_update_is_a_new_one_of_the_business_day(
    small: ImportOutcome, imported: Importer, path: Path
) -> None:
    told(imported, FIRST, SHORT, "green", "2018-03-30", "")
    assert updates() == [(None, "green")], "nobody said when"
    outcome = told(imported, SECOND, SHORT, "red", "2018-05-25", "The upgrade came late.")
    assert (outcome.tallies["updates"].created, outcome.tallies["updates"].changed) == (1, 0)
    told(imported, THIRD, SHORT, "green", "2018-03-30", "")
    assert updates() == [(None, "green"), (SECOND, "red"), (THIRD, "green")]
    assert_export_changes_nothing(path)


@pytest.mark.parametrize(
    "change", [("amber", "2018-03-30", ""), ("green", "2018-04-06", ""), ("green", "2018-03-30", "Illness.")]
)
def test_whatever_differs_makes_the_new_update(
    small: ImportOutcome, imported: Importer, change: tuple[str, str, str]
) -> None:
    told(imported, FIRST, [*SHORT, "updated_on"], "green", "2018-03-30", "", "2018-02-28")
    told(imported, SECOND, SHORT, *change)
    assert [on for on, _ in updates()] == [date(2018, 2, 28), SECOND]
    assert Update.objects.get(updated_on=date(2018, 2, 28)).confidence == "green"


def test_what_equals_the_latest_update_is_left_alone(small: ImportOutcome, imported: Importer) -> None:
    told(imported, FIRST, [*SHORT, "updated_on"], "green", "2018-03-30", "", "2018-02-28")
    outcome = told(imported, SECOND, ["confidence"], "green")
    assert outcome.tallies["updates"].left_alone == 1
    assert updates() == [(date(2018, 2, 28), "green")]


def test_of_two_changes_of_one_business_day_the_later_supersedes_and_both_stay(
    small: ImportOutcome, imported: Importer, path: Path
) -> None:
    for confidence in ("green", "amber", "red"):
        told(imported, FIRST, ["confidence"], confidence)
    assert updates() == [(None, "green"), (FIRST, "amber"), (FIRST, "red")]
    assert list(Update.objects.order_by("pk").values_list("number", flat=True)) == [1, 1, 2]
    assert_export_changes_nothing(path)


def test_an_undated_row_of_the_updates_sheet_never_overwrites_one(small: ImportOutcome, imported: Importer) -> None:
    columns = ["project", "updated_on", "confidence", "done"]
    told(imported, FIRST, [], updates=[columns, ["P1", "", "green", "Designed."]])
    told(imported, SECOND, [], updates=[columns, ["P1", "", "red", "Tested."]])
    assert updates() == [(None, "green"), (SECOND, "red")]
    told(
        imported, THIRD, [], updates=[columns, ["P1", "", "green", "Designed."], ["P1", "2018-03-08", "red", "Tested."]]
    )
    assert Update.objects.count() == 2, "the first of them is on record as it is"


def test_an_undated_row_is_held_against_the_updates_of_the_workbook(small: ImportOutcome, imported: Importer) -> None:
    sheet = [["project", "updated_on", "confidence", "delay_cause"], ["P1", "2018-02-28", "red", "The upgrade."]]
    told(imported, FIRST, ["confidence"], "red", updates=sheet)
    assert updates() == [(date(2018, 2, 28), "red")]
    told(imported, SECOND, ["confidence"], "amber", updates=sheet)
    assert updates() == [(date(2018, 2, 28), "red"), (SECOND, "amber")]


def test_a_project_on_record_is_the_same_however_often_it_is_told(small: ImportOutcome, imported: Importer) -> None:
    for day in (FIRST, SECOND, THIRD):
        told(imported, day, [*SHORT, "agreed_finish"], "red", "2018-05-25", "", A)
    assert (Project.objects.count(), Update.objects.count(), Rebaseline.objects.count()) == (1, 1, 1)


def test_updates_with_and_without_a_day_come_back_elsewhere(
    small: ImportOutcome, imported: Importer, path: Path
) -> None:
    told(imported, FIRST, ["confidence"], "green")
    told(imported, SECOND, ["confidence"], "red")
    set_demonstration_day(on=THIRD)
    export_workbook(Contract.objects.get(), path)
    Contract.objects.update(reference="OLD")
    assert not import_workbook(path).problems
    rows = Update.objects.filter(project__contract__reference="TST")
    assert set(rows.values_list("updated_on", "confidence")) == {(None, "green"), (SECOND, "red")}
