"""Importing projects: updates merged from two sheets, re-baselines, original dates that stay, the proposed key list."""

from datetime import date

import pytest

from contracts.queries import today
from projects.models import KeyEntry, KeyList, Milestone, Project, Rebaseline, Update
from reports.workbook import ImportOutcome
from tests import builders
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

DATES = ["reference", "title", "stage", "original_start", "original_finish"]
P1 = ["P1", "Payroll link", "in flight", "2017-10-02", "2018-03-30"]
UPDATE = ["project", "updated_on", "confidence", "done", "knock_on"]


def projects(imported: Importer, *rows: list[str], columns: list[str], **sheets: list[list[str]]) -> ImportOutcome:
    return imported({"projects": [[*DATES, *columns], *rows], **sheets}, contract_reference="TST")


def test_a_row_that_tells_a_confidence_is_the_update_of_its_day(small: ImportOutcome, imported: Importer) -> None:
    columns = ["confidence", "forecast_finish", "delay_cause", "updated_on"]
    row = [*P1, "red", "2018-05-25", "The supplier's upgrade.", "2018-02-28"]
    assert not projects(imported, row, columns=columns).problems
    update = Update.objects.get()
    assert (update.updated_on, update.confidence, update.forecast_finish) == (
        date(2018, 2, 28),
        "red",
        date(2018, 5, 25),
    )
    assert not projects(imported, row, columns=columns).has_changes
    later = [*P1, "amber", "2018-05-25", "", "2018-03-28"]
    projects(imported, later, columns=columns)
    assert list(Update.objects.order_by("updated_on").values_list("confidence", flat=True)) == ["red", "amber"]


def test_a_row_that_tells_nothing_is_no_update_and_one_without_a_day_is_one(
    small: ImportOutcome, imported: Importer
) -> None:
    projects(imported, [*P1, ""], ["P2", "Upgrade", "in flight", "", "", "green"], columns=["confidence"])
    assert list(Update.objects.values_list("project__reference", "updated_on")) == [("P2", None)]


def test_two_sheets_that_tell_of_one_day_make_one_update(small: ImportOutcome, imported: Importer) -> None:
    columns = ["confidence", "delay_party", "updated_on"]
    told = [UPDATE, ["P1", "2018-02-28", "", "Tested.", "Payroll."], ["P1", "2018-01-31", "green", "", ""]]
    assert not projects(imported, [*P1, "red", "Supplier", "2018-02-28"], columns=columns, updates=told).problems
    latest = Update.objects.get(updated_on=date(2018, 2, 28))
    assert (latest.confidence, latest.done, latest.knock_on, latest.delay_party) == (
        "red",
        "Tested.",
        "Payroll.",
        "Supplier",
    )


def test_two_sheets_may_not_contradict_each_other(small: ImportOutcome, imported: Importer) -> None:
    told = [UPDATE, ["P1", "2018-02-28", "green", "", ""]]
    outcome = projects(imported, [*P1, "red", "2018-02-28"], columns=["confidence", "updated_on"], updates=told)
    assert [str(problem) for problem in outcome.problems] == [
        "projects, row 2, confidence: “red” contradicts “green” in updates, row 2, expected the same in both sheets"
    ]


def test_an_agreed_finish_that_differs_is_a_rebaseline_once(small: ImportOutcome, imported: Importer) -> None:
    assert not projects(imported, [*P1, "2018-03-30"], columns=["agreed_finish"]).problems
    assert not Rebaseline.objects.exists()
    for _ in range(2):
        projects(imported, [*P1, "2018-05-11"], columns=["agreed_finish"])
        assert [(row.agreed_finish, row.agreed_on) for row in Rebaseline.objects.all()] == [
            (date(2018, 5, 11), today())
        ]
    projects(imported, [*P1, "2018-06-30"], columns=["agreed_finish"])
    assert Rebaseline.objects.count() == 2


def test_an_agreed_finish_is_held_against_the_rebaselines_of_the_workbook(
    small: ImportOutcome, imported: Importer
) -> None:
    columns = ["agreed_finish", "updated_on"]
    agreed = [
        ["project", "agreed_finish", "agreed_on", "agreed_by", "reason"],
        ["P1", "2018-05-11", "2018-02-01", "Programme Board", "The upgrade came late."],
        ["P1", "2018-04-20", "2018-01-10", "Programme Board", "Training."],
    ]
    outcome = projects(imported, [*P1, "2018-05-11", ""], columns=columns, rebaselines=agreed)
    assert not outcome.problems
    assert Rebaseline.objects.count() == 2
    outcome = projects(imported, [*P1, "2018-07-31", "2018-01-31"], columns=columns)
    assert [str(problem) for problem in outcome.problems] == [
        "projects, row 2, agreed_finish: it differs from 2018-05-11, which was agreed on 2018-02-01,"
        " expected that date, or a row in rebaselines that says when this was agreed"
    ]
    for _ in range(2):
        assert not projects(imported, [*P1, "2018-07-31", "2018-03-01"], columns=columns).problems
        assert Rebaseline.objects.count() == 3


def test_the_same_rebaseline_twice_is_refused(small: ImportOutcome, imported: Importer) -> None:
    agreed = [
        ["project", "agreed_finish", "agreed_on"],
        ["P1", "2018-05-11", "2018-02-01"],
        ["P1", "2018-05-11", "2018-02-01"],
    ]
    outcome = projects(imported, P1, columns=[], rebaselines=agreed)
    assert places(outcome.problems) == [("rebaselines", 3, "agreed_finish")]


@pytest.mark.parametrize("reference", ["key", "Timeline", "P014/edit", ".."])
def test_a_reference_without_an_address_of_its_own_is_refused(
    reference: str, small: ImportOutcome, imported: Importer
) -> None:
    (problem,) = projects(imported, [reference, "Lost", "pipeline", "", ""], columns=[]).problems
    assert problem.place == "projects, row 2, reference"
    assert str(problem).endswith("expected another reference, such as P-001")
    assert not Project.objects.filter(title="Lost").exists()


def test_two_references_are_not_told_apart_by_capitals_alone(small: ImportOutcome, imported: Importer) -> None:
    known = ["P77", "Known", "pipeline", "", ""]
    assert not projects(imported, known, columns=[]).problems
    told = projects(imported, known, ["p77", "Other", "pipeline", "", ""], columns=[]).problems
    assert [str(each) for each in told] == [
        "projects, row 3, reference: “p77” differs from P77 in capitals alone, expected P77, or a reference of its own"
    ]


def test_an_original_date_never_changes_without_a_reason(small: ImportOutcome, imported: Importer) -> None:
    planned = [["project", "title", "original_on"], ["P1", "Design agreed", "2017-12-01"]]
    projects(imported, [*P1[:3], "", P1[4]], columns=[], milestones=planned)
    assert not projects(imported, P1, columns=[]).problems, "a date that was never given may be"
    moved = [["project", "title", "original_on"], ["P1", "Design agreed", "2017-12-15"]]
    outcome = projects(imported, [*P1[:4], "2018-05-11"], columns=[], milestones=moved)
    assert places(outcome.problems) == [("projects", 2, "original_finish"), ("milestones", 2, "original_on")]
    sheets = {"projects": [DATES, [*P1[:4], "2018-05-11"]], "milestones": moved}
    assert not imported(sheets, contract_reference="TST", reason="Typed wrongly.").problems
    assert Project.objects.get().original_finish == date(2018, 5, 11)
    assert Milestone.objects.get().original_on == date(2017, 12, 15)


# --- The key list ----------------------------------------------------------------------------------------------------


def ranked(imported: Importer, *ranks: str) -> ImportOutcome:
    rows = [
        [f"P{n}", "Project", "in flight", "", "", rank, "It matters." if rank else ""]
        for n, rank in enumerate(ranks, 1)
    ]
    return projects(imported, *rows, columns=["key_rank", "rationale"])


def places_on_list() -> dict[str, int]:
    return dict(KeyEntry.objects.order_by("rank").values_list("project__reference", "rank"))


def test_ranks_become_the_proposal_and_may_be_swapped_and_dropped(small: ImportOutcome, imported: Importer) -> None:
    assert not ranked(imported, "1", "2", "").problems
    assert places_on_list() == {"P1": 1, "P2": 2}
    assert KeyList.objects.get().decided_on is None
    assert not ranked(imported, "2", "1", "").problems
    assert places_on_list() == {"P2": 1, "P1": 2}
    ranked(imported, "", "1", "2")
    assert places_on_list() == {"P2": 1, "P3": 2}
    assert not ranked(imported, "", "1", "2").has_changes
    assert KeyEntry.history.filter(history_type="-").exists()


def test_a_rank_is_held_once_and_says_why(small: ImportOutcome, imported: Importer) -> None:
    assert places(ranked(imported, "1", "1").problems) == [("projects", 3, "key_rank")]
    row = ["P1", "Project", "in flight", "", ""]
    columns = ["key_rank", "rationale"]
    assert places(projects(imported, [*row, "1", ""], columns=columns).problems) == [("projects", 2, "rationale")]
    assert places(projects(imported, [*row, "", "Why."], columns=columns).problems) == [("projects", 2, "key_rank")]
    ranked(imported, "1", "2")
    outcome = projects(imported, [*row, "2", "Why."], columns=columns)
    assert [str(problem) for problem in outcome.problems] == [
        "projects, row 2, key_rank: P2 on record already holds rank 2, expected a rank of its own"
    ]


def test_the_list_the_board_decided_is_not_proposed_again_and_not_touched(
    small: ImportOutcome, imported: Importer
) -> None:
    ranked(imported, "", "")
    one, two = Project.objects.order_by("reference")
    builders.key_list(one.contract, one, two, decided_on=date(2018, 4, 26), rationale="It matters.")
    assert not ranked(imported, "1", "2").has_changes
    assert not ranked(imported, "", "").has_changes
    assert ranked(imported, "2", "1").has_changes
    assert KeyList.objects.count() == 2
    assert KeyList.objects.get(decided_on=None).entries.get(rank=1).project == two
