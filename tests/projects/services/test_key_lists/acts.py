"""What the tests of the key list share: six projects, a list decided in December, and the acts in short."""

from datetime import UTC, date, datetime, time
from typing import Any

from contracts.models import Contract
from projects.models import KeyList, Nomination, Project
from projects.rules.key_list import Draft
from projects.services.key_lists import put_to_board, record_decision, save_proposal
from projects.services.nominations import nominate
from tests.people import Cast

WHY = "It touches every school of the county."
DECEMBER, MEETING = date(2017, 12, 21), date(2018, 3, 29)
BOARD = "Scrutiny Board"


def draft(*names: str, words: str = WHY, **changes: Any) -> Draft:
    return Draft(entries=tuple((name, words) for name in names), **changes)


def propose(contract: Contract, cast: Cast, said: Draft, version: int = 0) -> KeyList:
    return save_proposal(contract=contract, by=cast.officer, on=date(2018, 3, 14), version=version, draft=said)


def put(contract: Contract, cast: Cast, version: int = 1) -> KeyList:
    return put_to_board(
        contract=contract, by=cast.officer, on=date(2018, 3, 14), version=version, meeting_on=MEETING, board=BOARD
    )


def decide(contract: Contract, cast: Cast, version: int = 2, amended: Draft | None = None) -> KeyList:
    return record_decision(
        contract=contract,
        by=cast.clerk,
        on=MEETING,
        version=version,
        decided_on=MEETING,
        decision="That the list be agreed.",
        amended=amended,
    )


def ranks(of: KeyList) -> list[tuple[int, str]]:
    return list(of.entries.order_by("rank").values_list("rank", "project__reference"))


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def nominated(project: Project, cast: Cast, reason: str = WHY) -> Nomination:
    return nominate(project=project, by=cast.board_member, at=at(date(2018, 3, 14)), reason=reason)
