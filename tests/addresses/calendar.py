"""What the addresses of a board's calendar answer to whom: clerks and administrators keep it, everybody may take it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from contracts.models import ClosedDay
from tests.addresses.answers import NOT_TO_DO, OF_THE_CONTRACT, Statuses
from tests.addresses.stage import Address, Stage, at, meeting, reference

KEEPS: Final[Statuses] = NOT_TO_DO | dict.fromkeys(("clerk", "administrator"), 200)
# What is sent is empty: the form is shown again.
SAYS_NOTHING: Final[Statuses] = {who: 422 if status == 200 else status for who, status in KEEPS.items()}
SETS_MONTHS: Final[Statuses] = NOT_TO_DO | dict.fromkeys(("contract_manager", "administrator"), 200)
NO_MONTHS: Final[Statuses] = {who: 422 if status == 200 else status for who, status in SETS_MONTHS.items()}
DONE: Final[Statuses] = {who: 302 if status == 200 else status for who, status in KEEPS.items()}


def board(stage: Stage) -> int:
    return stage.contract.boards.get().pk


def closed_day(_: Stage) -> int:
    row, _is_new = ClosedDay.objects.get_or_create(closed_on=date(2018, 12, 24), defaults={"reason": "Christmas Eve"})
    return row.pk


PAGES: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    "reports:board_calendar": ((at("reports:board_calendar", reference, board), KEEPS),),
    "reports:add_meeting": ((at("reports:add_meeting", reference, board), KEEPS),),
    "reports:add_series": ((at("reports:add_series", reference, board), KEEPS),),
    "reports:board_settings": ((at("reports:board_settings", reference, board), KEEPS),),
    "reports:closed_days": ((at("reports:closed_days", reference), KEEPS),),
    "reports:remove_closed_day": ((at("reports:remove_closed_day", reference, closed_day), KEEPS),),
    "reports:change_meeting": ((at("reports:change_meeting", reference, meeting), KEEPS),),
    "reports:cancel_meeting": ((at("reports:cancel_meeting", reference, meeting), KEEPS),),
    "reports:plan_meeting_again": ((at("reports:plan_meeting_again", reference, meeting), KEEPS),),
    "reports:meeting_months": ((at("reports:meeting_months", reference, meeting), SETS_MONTHS),),
    "reports:board_ics": ((at("reports:board_ics", reference, board), OF_THE_CONTRACT),),
    "reports:meeting_ics": ((at("reports:meeting_ics", reference, meeting), OF_THE_CONTRACT),),
}
ACTIONS: Final[Mapping[str, tuple[tuple[Address, Statuses], ...]]] = {
    **{
        name: tuple((address, SAYS_NOTHING) for address, _ in rows)
        for name, rows in PAGES.items()
        if not name.endswith(("_ics", ":board_calendar"))
    },
    "reports:meeting_months": ((at("reports:meeting_months", reference, meeting), NO_MONTHS),),
    "reports:hold_meeting": ((at("reports:hold_meeting", reference, meeting), DONE),),
}
