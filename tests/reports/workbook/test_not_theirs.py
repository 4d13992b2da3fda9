"""A workbook is imported for one contract by somebody: it reaches no further than they do."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from contracts.models import Contract, Person, ServiceArea
from reports.models import Board, Meeting
from reports.services.uploads import import_previewed, preview_workbook
from tests import builders
from tests.people import Cast
from tests.reports.test_import_page import workbook

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2018, 3, 29), date(2018, 4, 26)
HEAD = "board,meeting_on,status\n"


@pytest.fixture
def foreign(other_contract: Contract) -> Meeting:
    """A meeting of a board that watches another contract."""
    return builders.meeting(builders.board(other_contract, name="Foreign Board"), FIRST)


@pytest.fixture
def own(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), FIRST)


def refusals(contract: Contract, cast: Cast, lines: str, who: str = "contract_manager") -> list[str]:
    outcome, kept = preview_workbook(
        contract=contract, by=getattr(cast, who), name="meetings.csv", content=(HEAD + lines).encode(), reason="",
        at=timezone.now(),
    )  # fmt: skip
    assert (kept is None) == bool(outcome.problems) or not outcome.has_changes
    return [f"{each.column}: {each.what}" for each in outcome.problems]


@pytest.mark.parametrize("board", ["Foreign Board", "No Such Board"])
def test_a_contract_manager_reaches_no_board_that_does_not_watch_their_contract(
    board: str, contract: Contract, own: Meeting, foreign: Meeting, cast: Cast
) -> None:
    """And is not told whether there is one of that name."""
    for status in ("planned", "cancelled"):
        said = refusals(contract, cast, f"{board},2018-03-29,{status}\n")
        assert said == [f"board: no board “{board}” watches {contract.reference}"]
    foreign.refresh_from_db()
    assert foreign.status == "planned"
    assert list(contract.boards.values_list("name", flat=True)) == ["Scrutiny Board"]
    assert Board.objects.count() == 2


@pytest.mark.parametrize("line", ["Scrutiny Board,2018-04-26,planned\n", "Scrutiny Board,2018-03-29,cancelled\n"])
def test_a_contract_manager_plans_and_cancels_no_meeting(
    line: str, contract: Contract, own: Meeting, cast: Cast
) -> None:
    assert refusals(contract, cast, line) == ["board: the clerk keeps the calendar of “Scrutiny Board”"]


def test_what_is_on_record_already_is_in_nobodys_way(contract: Contract, own: Meeting, cast: Cast) -> None:
    assert refusals(contract, cast, "Scrutiny Board,2018-03-29,planned\n") == []


def test_an_administrator_keeps_the_calendar_and_plans_by_workbook(
    contract: Contract, own: Meeting, foreign: Meeting, cast: Cast
) -> None:
    lines = "Scrutiny Board,2018-04-26,planned\nA New Board,2018-04-26,planned\n"
    assert refusals(contract, cast, lines, "administrator") == []


TERMS = ["reference", "title", "authority", "supplier", "commences_on"]


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"contract": [TERMS, ["TST", "Another", "Authority", "Supplier", "2015-04-01"]]}, "contract, row 2, title"),
        ({"service_areas": [["code", "name"], ["CSC", "Another"]]}, "service_areas, row 2, name"),
        ({"service_areas": [["code", "name"], ["NEW", "Another"]]}, "service_areas, row 2, name"),
    ],
    ids=["the contract", "an area", "a new area"],
)
def test_a_contract_manager_changes_neither_the_contract_nor_its_areas(
    sheets: dict[str, list[list[str]]], told: str, contract: Contract, area: ServiceArea, cast: Cast
) -> None:
    def preview(by: Person) -> list[str]:
        outcome, _ = preview_workbook(
            contract=contract, by=by, name="all.xlsx", content=workbook(sheets), reason="", at=timezone.now()
        )
        return [problem.place for problem in outcome.problems]

    assert told in preview(cast.contract_manager)
    assert preview(cast.administrator) == []


def test_a_contract_as_it_stands_is_in_nobodys_way(contract: Contract, area: ServiceArea, cast: Cast) -> None:
    sheets = {
        "contract": [
            TERMS,
            ["TST", contract.title, contract.authority, contract.supplier, contract.commences_on.isoformat()],
        ],
        "service_areas": [["code", "name"], [area.code, area.name]],
    }
    outcome, _ = preview_workbook(
        contract=contract, by=cast.contract_manager, name="all.xlsx", content=workbook(sheets), reason="",
        at=timezone.now(),
    )  # fmt: skip
    assert outcome.problems == ()


@pytest.mark.parametrize("who", ["officer", "clerk", "supplier", "board_member", "other_officer", "outsider"])
def test_nobody_imports_whom_the_table_of_roles_does_not_name(who: str, contract: Contract, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        refusals(contract, cast, "Scrutiny Board,2018-03-29,planned\n", who)
    with pytest.raises(PermissionDenied):
        import_previewed(contract=contract, by=getattr(cast, who), digest="", at=timezone.now())


def test_a_workbook_about_another_contract_is_told_nothing_of_that(
    contract: Contract, other_contract: Contract, cast: Cast
) -> None:
    """Neither by what would change there, nor by a hint at what a misspelled name may have meant."""
    builders.kpi(builders.area(other_contract, "ZZZ", "Zebra area"), "ZZZ_KPI_77", name="Zebras fed in time")
    sheets = {
        "contract": [["reference", "title", "authority", "supplier", "commences_on"],
                     [other_contract.reference, "Another", "A", "S", "2015-04-01"]],
        "service_areas": [["code", "name"], ["ZZZ", "Another"]],
        "results": [["kpi", "month", "value"], ["ZZZ_KPI_76", "2018-01", "3"], ["ZZZ_KPI_77", "2018-01", "3"]],
    }  # fmt: skip
    outcome, kept = preview_workbook(
        contract=contract, by=cast.contract_manager, name="all.xlsx", content=workbook(sheets), reason="",
        at=timezone.now(),
    )  # fmt: skip
    assert kept is None
    assert outcome.is_refused
    told = " ".join([*map(str, outcome.problems), *map(str, outcome.changes), outcome.contract])
    assert "Zebra" not in told
    assert "did you mean" not in told
    assert other_contract.title not in told
