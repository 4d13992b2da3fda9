"""Importing what the Board decided of the key projects: history that is added and never changed."""

from datetime import date

import pytest

from contracts.models import Contract
from projects.models import KeyList, Project, RegisterRow
from reports.workbook import ImportOutcome
from tests import builders
from tests.reports.workbook.conftest import Importer
from tests.workbooks import places

pytestmark = pytest.mark.django_db

LISTS = ["decided_on", "board", "decision"]
ENTRIES = ["decided_on", "project", "rank", "rationale"]
REASONS = ["decided_on", "project", "kind", "reason"]
JANUARY = "2018-01-25"


@pytest.fixture
def contract(small: ImportOutcome) -> Contract:
    found = Contract.objects.get()
    for number in (1, 2, 3):
        builders.project(found, f"P{number}")
    return found


def bring(imported: Importer, **sheets: list[list[str]]) -> ImportOutcome:
    return imported(sheets, contract_reference="TST")


def decided(imported: Importer, *entries: list[str], words: str = "Agreed.") -> ImportOutcome:
    rows = [[JANUARY, *entry, "It matters."] for entry in entries]
    lists = [LISTS, [JANUARY, "Board", words]]
    return bring(imported, key_lists=lists, key_entries=[ENTRIES, *rows])


def test_a_decided_list_is_brought_in_once(contract: Contract, imported: Importer) -> None:
    assert not decided(imported, ["P2", "1"], ["P1", "2"]).problems
    assert not decided(imported, ["P2", "1"], ["P1", "2"]).has_changes
    assert list(KeyList.objects.get().entries.values_list("project__reference", "rank")) == [("P2", 1), ("P1", 2)]
    assert dict(RegisterRow.objects.values_list("reference", "key_rank")) == {"P1": 2, "P2": 1, "P3": None}


@pytest.mark.parametrize(
    ("entries", "words", "place"),
    [
        ([["P2", "1"], ["P1", "2"]], "Agreed as amended.", ("key_lists", 2, "decision")),
        ([["P1", "1"], ["P2", "2"]], "Agreed.", ("key_entries", 2, "rank")),
        ([["P2", "1"], ["P1", "2"], ["P3", "3"]], "Agreed.", ("key_entries", 4, "rank")),
    ],
)
def test_a_decided_list_on_record_is_never_changed(
    contract: Contract, imported: Importer, entries: list[list[str]], words: str, place: tuple[str, int, str]
) -> None:
    decided(imported, ["P2", "1"], ["P1", "2"])
    outcome = decided(imported, *entries, words=words)
    assert place in places(outcome.problems)
    assert "stays as it was decided" in str(outcome.problems[0])
    assert KeyList.objects.get().decision == "Agreed."


def test_ranks_of_a_decided_list_have_no_gaps(contract: Contract, imported: Importer) -> None:
    outcome = decided(imported, ["P2", "1"], ["P1", "3"])
    assert [str(problem) for problem in outcome.problems] == [
        "key_entries, row 3, rank: nobody holds rank 2 of list decided on 2018-01-25, expected 2"
    ]


def test_an_entry_names_a_list_that_there_is(contract: Contract, imported: Importer) -> None:
    outcome = bring(imported, key_entries=[ENTRIES, [JANUARY, "P1", "1", "It matters."]])
    assert places(outcome.problems) == [("key_entries", 2, "decided_on")]


def test_reasons_belong_to_a_list_or_to_the_proposal(contract: Contract, imported: Importer) -> None:
    decided(imported, ["P2", "1"])
    proposal = builders.key_list(contract, Project.objects.get(reference="P1"))
    rows = [["", "P2", "left", "It is complete."], ["", "P3", "near miss", "It is small."]]
    assert not bring(imported, key_reasons=[REASONS, *rows]).problems
    assert proposal.exits.get().reason == "It is complete."
    assert proposal.near_misses.get().reason == "It is small."
    late = bring(imported, key_reasons=[REASONS, [JANUARY, "P3", "near miss", "It is small."]])
    assert places(late.problems) == [("key_reasons", 2, "reason")]


def test_a_proposal_before_a_meeting_is_not_changed_by_a_sheet_of_projects(
    contract: Contract, imported: Importer
) -> None:
    one, two, _ = Project.objects.order_by("reference")
    proposal = builders.key_list(contract, one, put_to_board_on=date(2018, 3, 29), rationale="It matters.")
    columns = ["reference", "title", "stage", "key_rank", "rationale"]

    def ranked(first: str, second: str) -> ImportOutcome:
        row = [[each.reference, each.title, each.stage] for each in (one, two)]
        return bring(
            imported,
            projects=[columns, [*row[0], first, "It matters."], [*row[1], second, "It matters." if second else ""]],
        )

    assert not ranked("1", "").has_changes
    assert places(ranked("2", "1").problems) == [("projects", 2, "key_rank"), ("projects", 3, "key_rank")]
    KeyList.objects.filter(pk=proposal.pk).update(put_to_board_on=None)
    assert not ranked("2", "1").problems
    proposal.refresh_from_db()
    assert proposal.version == 2, "a page that showed the proposal before is stale now"
