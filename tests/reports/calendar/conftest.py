"""A board whose meetings are those of the field: held in December, one planned on 1 March, one on 29 March."""

from dataclasses import dataclass
from datetime import date

import pytest

from contracts.models import Contract, Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from reports.models import Board, Meeting, Paper
from reports.services import editions, papers
from reports.services.storage import PrintedFile
from tests import builders
from tests.people import person
from tests.reports.calendar.desk import desk
from tests.reports.cases import a_contract
from tests.reports.services.conftest import papers_folder, sent

__all__ = ["desk", "papers_folder", "sent"]

ON = date(2018, 2, 20)
DECEMBER_21, MARCH_1, MARCH_29 = date(2017, 12, 21), date(2018, 3, 1), date(2018, 3, 29)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The contract with its board, three of its meetings, and those who work for it."""

    contract: Contract
    board: Board
    december: Meeting
    first: Meeting
    second: Meeting
    clerk: Person
    manager: Person
    officer: Person
    member: Person


@pytest.fixture
def quick_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """One small file; the real ones are tested where they are made."""
    monkeypatch.setattr(editions.Halves, "print", lambda _: [PrintedFile("csv", "a.csv", b"month,status\n")])


@pytest.fixture
def calendar(db: None) -> Calendar:
    contract = a_contract()
    board = builders.board(contract, name="Overview and Scrutiny Board")
    december = builders.meeting(board, DECEMBER_21, "held")
    builders.review_period(contract, december, "2017-09", "2017-10")
    people = {}
    for role in (Role.CLERK, Role.CONTRACT_MANAGER, Role.OFFICER, Role.BOARD_MEMBER):
        people[role] = person(f"{role.name.lower()}@example.org", role.value)
        grant_role(person=people[role], role=role, contract=None if role is Role.CLERK else contract)
    return Calendar(
        contract,
        board,
        december,
        builders.meeting(board, MARCH_1),
        builders.meeting(board, MARCH_29),
        people[Role.CLERK],
        people[Role.CONTRACT_MANAGER],
        people[Role.OFFICER],
        people[Role.BOARD_MEMBER],
    )


def written(run_id: int, on: date) -> Paper:
    """The paper of a run, written now."""
    assert papers.write_paper(run_id, on=on)
    return Paper.objects.get(run=run_id)
