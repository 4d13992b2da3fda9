"""What the addresses of the Board's requests, and of the work on the papers, answer to whom."""

from collections.abc import Mapping
from typing import Final

from tests.addresses.answers import ASKS_FOR_PAPERS, NOT_TO_DO, OF_THE_CONTRACT, Statuses
from tests.addresses.stage import Address, Stage, at, reference

MINUTES: Final[Statuses] = NOT_TO_DO | dict.fromkeys(("clerk", "contract_manager", "administrator"), 200)
# What is sent is empty: a form that is theirs is shown again, whoever else is assigned to it is not asked.
SAYS_NOTHING: Final[Statuses] = {who: 422 if status == 200 else status for who, status in MINUTES.items()}
NOT_CLOSED: Final[Statuses] = {who: 409 if status == 200 else status for who, status in MINUTES.items()}
SEES_THE_WORK: Final[Statuses] = NOT_TO_DO | dict.fromkeys(("contract_manager", "administrator"), 200)


def asked(stage: Stage) -> int:
    """A request of the Board that waits for its answer."""
    return stage.contract.board_requests.get().pk


def finished(stage: Stage) -> int:
    return stage.draft.run_id


PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:requests": ((at("reports:requests", reference), OF_THE_CONTRACT),),
    "reports:requests_csv": ((at("reports:requests_csv", reference), OF_THE_CONTRACT),),
    "reports:request": ((at("reports:request", reference, asked), OF_THE_CONTRACT),),
    "reports:minute_request": ((at("reports:minute_request", reference), MINUTES),),
    "reports:work": ((at("reports:work", reference), SEES_THE_WORK),),
}
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:minute_request": ((at("reports:minute_request", reference), MINUTES),),
    "reports:answer_request": ((at("reports:answer_request", reference, asked), SAYS_NOTHING),),
    "reports:hand_request": ((at("reports:hand_request", reference, asked), SAYS_NOTHING),),
    "reports:move_due": ((at("reports:move_due", reference, asked), SAYS_NOTHING),),
    "reports:reopen_request": ((at("reports:reopen_request", reference, asked), NOT_CLOSED),),
    "reports:run_again": ((at("reports:run_again", reference, finished), ASKS_FOR_PAPERS),),
}
