"""The forms about a board's calendar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.urls import reverse

from contracts.models import ClosedDay, Contract
from reports.models import Meeting
from tests import builders
from tests.posts.form import Form

BOTH = ("administrator",)
"""The clerk and administrators keep the calendar."""
DAY = {"day_day": "26", "day_month": "4", "day_year": "2018"}
RULE = {
    "ordinal": "-1",
    "weekday": "3",
    "every": "1",
    "first_day": "1",
    "first_month": "9",
    "first_year": "2018",
    "last_day": "31",
    "last_month": "10",
    "last_year": "2018",
    "skipped": "8",
    "starts_at": "10:30",
    "place": "County Hall",
    "days": "2018-09-27",
}
SETTINGS = {
    "clear_days": "6",
    "draft_days": "6",
    "sign_off_days": "3",
    "with_clerk_days": "1",
    "addendum_cut_off_days": "1",
    "recommendation": "That the report be noted.",
    "author": "Contract manager",
    "paper_years": "6",
    "background_years": "4",
    "version": "1",
}


def forms(contract: Contract, coming: Meeting) -> Iterator[Form]:
    """Adding, changing, cancelling and holding meetings, and what a board is set up with."""
    board = coming.board
    begun = builders.meeting(board, date(2018, 3, 8))
    cancelled = builders.meeting(board, date(2018, 6, 28), "cancelled")
    closed, _ = ClosedDay.objects.get_or_create(closed_on=date(2018, 12, 24), defaults={"reason": "Christmas Eve"})

    def form(name: str, of: int | None, fields: dict[str, str], *besides: str) -> Form:
        address = reverse(f"reports:{name}", args=[contract.reference, *([] if of is None else [of])])
        return Form(f"reports:{name}", "clerk", address, fields, besides, BOTH)

    details = {"starts_at": "10:30", "place": "County Hall"}
    version, reason = {"version": "1"}, {"reason": "The Chair is ill."}
    yield form("add_meeting", board.pk, DAY | details, "status", "board")
    yield form("add_series", board.pk, RULE, "shown")
    yield form("change_meeting", coming.pk, DAY | details | reason | version, "status", "board")
    yield form("cancel_meeting", coming.pk, reason | version, "status")
    yield form("plan_meeting_again", cancelled.pk, {**DAY, **version}, "reason")
    months = {"first_month": "11", "first_year": "2017", "last_month": "1", "last_year": "2018", "seen": ""}
    yield replace(
        form("meeting_months", coming.pk, {**months, "reason": "More is verified."}, "meeting"), who="contract_manager"
    )
    yield form("hold_meeting", begun.pk, version, "status")
    yield form("board_settings", board.pk, SETTINGS, "name", "contracts")
    yield form("closed_days", None, {**DAY, "reason": "Founder’s Day"}, "closed_on")
    yield form("remove_closed_day", closed.pk, {"reason": "It is open after all."}, "day")
