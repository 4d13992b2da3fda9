"""
Reminders of what is owed: returns before, on and after the day they are due, explanations after the day promised.

Asked for as often as one likes: each step is written once for each person. Days are business days; when a message
goes out is the affair of :mod:`contracts.services.messages`.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db import transaction

from contracts.models import Contract, Message
from contracts.queries import Holders, load_holders, working_calendar
from contracts.rules.calendar import WorkingCalendar, YearNotKnown
from contracts.rules.months import Month, day_long, month_key, month_long
from contracts.rules.roles import Role
from contracts.services.messages import tell
from kpis.models import Result
from kpis.queries.owed import Owed, load_owed
from kpis.rules.reminders import Occasion, Reminder, is_escalated, overdue_step, reminder
from kpis.services.notices import link, page_of_return

KINDS = {
    Occasion.DUE_SOON: Message.Kind.DUE_SOON,
    Occasion.DUE_TODAY: Message.Kind.DUE_TODAY,
    Occasion.OVERDUE: Message.Kind.OVERDUE,
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Awaited:
    """Misses of one area and month whose explanation was promised by the same day and has not come."""

    area: int
    area_code: str
    area_name: str
    month: Month
    by: date
    codes: tuple[str, ...]


def write_reminders(*, on: date) -> int:
    """Writes what is to be said on a business day and was not said before; how many messages that makes."""
    calendar = working_calendar()
    written = 0
    for contract in Contract.objects.order_by("pk"):
        try:
            written += _remind(contract, on, calendar)
        except YearNotKnown as refusal:
            logger.error("No reminders for %s: %s", contract.reference, refusal)
    return written


@transaction.atomic
def _remind(contract: Contract, on: date, calendar: WorkingCalendar) -> int:
    holders = load_holders(contract)
    if not holders.holdings:
        return 0
    returns = sum(_remind_of_return(contract, owed, on, calendar, holders) for owed in load_owed(contract, on))
    explanations = sum(
        _remind_of_explanation(contract, awaited, on, calendar, holders) for awaited in _awaited(contract, on)
    )
    return returns + explanations


def _remind_of_return(contract: Contract, owed: Owed, on: date, calendar: WorkingCalendar, holders: Holders) -> int:
    """A reopened month was handed in on time or late once already; who has to mend it was told when it was reopened."""
    if owed.due_on is None or owed.is_reopened:
        return 0
    due = reminder(owed.due_on, on, calendar, contract.remind_working_days)
    if due is None:
        return 0
    written = tell(
        holders.of(Role.OFFICER, owed.area.pk),
        contract=contract,
        kind=KINDS[due.occasion],
        key=f"{due.occasion} {due.step} {_place(owed.area.pk, owed.month, owed.due_on)}",
        subject=_subject(owed, due),
        body=_body(contract, owed, on),
    )
    if due.occasion is Occasion.OVERDUE and is_escalated(owed.due_on, on, calendar):
        written += tell(
            holders.of(Role.CONTRACT_MANAGER),
            contract=contract,
            kind=Message.Kind.OVERDUE,
            key=f"escalated {_place(owed.area.pk, owed.month, owed.due_on)}",
            subject=f"Not handed in: {owed.area.name}, {month_long(owed.month)}",
            body=_body(contract, owed, on) + "\nIts officers have been reminded.\n",
        )
    return written


def _remind_of_explanation(
    contract: Contract, awaited: Awaited, on: date, calendar: WorkingCalendar, holders: Holders
) -> int:
    step = overdue_step(awaited.by, on, calendar)
    if not step:
        return 0
    return tell(
        (*holders.of(Role.OFFICER, awaited.area), *holders.of(Role.SUPPLIER)),
        contract=contract,
        kind=Message.Kind.EXPLANATION_AWAITED,
        key=f"explanation awaited {step} {_place(awaited.area, awaited.month, awaited.by)}",
        subject=f"Explanation awaited: {awaited.area_name}, {month_long(awaited.month)}",
        body=(
            f"{contract.title}\n\n"
            f"The supplier was to explain these results of {month_long(awaited.month)} by {day_long(awaited.by)}:"
            f" {', '.join(awaited.codes)}.\n"
            "Without an explanation a paper prints “not explained when published”.\n"
            f"{link(page_of_return(contract, awaited.area_code, awaited.month))}"
        ),
    )


def _subject(owed: Owed, due: Reminder) -> str:
    said = {Occasion.DUE_SOON: "Due soon", Occasion.DUE_TODAY: "Due today", Occasion.OVERDUE: "Overdue"}[due.occasion]
    return f"{said}: {owed.area.name}, {month_long(owed.month)}"


def _body(contract: Contract, owed: Owed, on: date) -> str:
    due_on = owed.due_on or on
    is_was = "is" if due_on >= on else "was"
    sent_back = "\nIt was sent back and has not been handed in again." if owed.state == "returned" else ""
    return (
        f"{contract.title}\n\n"
        f"The return of {owed.area.name} for {month_long(owed.month)} {is_was} due on {day_long(due_on)}.\n"
        f"{owed.entered} of {owed.in_force} KPIs are entered.{sent_back}\n"
        f"{link(page_of_return(contract, owed.area.code, owed.month))}"
    )


def _place(area: int, month: Month, day: date) -> str:
    """An area's month and the day it hangs on: with a new due date there is something new to say."""
    return f"{area} {month_key(month)} {day.isoformat()}"


def _awaited(contract: Contract, on: date) -> Iterator[Awaited]:
    """By area, month and day promised, in one query."""
    place = ("kpi__service_area", "kpi__service_area__code", "kpi__service_area__name", "month")
    rows = (
        Result.objects.of_contract(contract)
        .filter(explanation_awaited_on__lt=on, cause="", effect="")
        .order_by("month", "kpi__service_area", "explanation_awaited_on", "kpi__code")
        .values_list(*place, "explanation_awaited_on", "kpi__code")
    )
    for (area, code, name, month, by), each in groupby(rows, key=itemgetter(0, 1, 2, 3, 4)):
        yield Awaited(area, code, name, Month(month), by, tuple(row[-1] for row in each))
