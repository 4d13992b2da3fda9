"""Setting the months that a meeting judges for a contract, where they are not to be those that follow by themselves."""

from datetime import date, datetime

from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.months import Month, day_long, month_end, month_long, month_of, span_long
from contracts.rules.roles import ASKS_FOR_PAPERS
from contracts.services.history import save_with_history
from contracts.services.refusals import NothingTyped
from reports.models import Meeting, Paper, ReviewPeriod
from reports.models.paper import Kind
from reports.services.meetings import CalendarRefused, NotYours
from reports.services.news import announce
from reports.services.runs import PaperSettled, next_draft, refuse_frozen
from reports.services.storage import lock

Months = tuple[Month, Month]


class MonthsRefused(CalendarRefused):
    """Why the months stay as they are; ``field`` is the one to look at."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


class MonthsMovedOn(CalendarRefused):
    """Somebody else set other months meanwhile; ``now`` are those that stand there."""

    def __init__(self, now: Months | None) -> None:
        stands = f"{span_long(*now)} stand there now" if now else "they follow by themselves now"
        super().__init__(f"Somebody else has changed the months since you opened the page: {stands}.")
        self.now = now


def months_kept(contract: Contract, meeting: Meeting) -> Months | None:
    """The months set or kept for a meeting; nothing where they follow from what is verified."""
    kept = ReviewPeriod.objects.filter(contract=contract, meeting=meeting).first()
    return (Month(kept.review_from), Month(kept.review_to)) if kept else None


@transaction.atomic
def set_months(
    *,
    contract: Contract,
    meeting: Meeting,
    by: Person,
    on: date,
    now: datetime,
    seen: Months | None,
    first: Month,
    last: Month,
    reason: str,
) -> bool:
    """
    Has the meeting judge these months; its draft is built again where there is one. Whether anything was changed.

    ``seen`` are the months that the page showed as kept. Raises :class:`reports.services.meetings.NotYours` or
    :class:`CalendarRefused`.
    """
    if not load_ground(by).held.holds(ASKS_FOR_PAPERS, contract.reference):
        raise NotYours("The contract manager and administrators set the months of a report.")
    held = lock(meeting.pk) or meeting
    stands = months_kept(contract, held)
    if stands == (first, last):
        return False
    if stands != seen:
        raise MonthsMovedOn(stands)
    _refuse(contract, held, first, last, reason)
    row = ReviewPeriod.objects.filter(contract=contract, meeting=held).first()
    row = row or ReviewPeriod(contract=contract, meeting=held)
    row.review_from, row.review_to = first, last
    save_with_history(row, by=by, why=reason.strip()[:100])
    if Paper.objects.filter(contract=contract, meeting=held, kind=Kind.REPORT).exists():
        why = f"The months of the report were set to {span_long(first, last)}."
        announce(next_draft(contract, held, Kind.REPORT, on=on, now=now, by=by, reason=why).pk)
    return True


def _refuse(contract: Contract, meeting: Meeting, first: Month, last: Month, reason: str) -> None:
    if meeting.status != Meeting.Status.PLANNED:
        raise MonthsRefused(f"The meeting of {day_long(meeting.meeting_on)} is {meeting.status}.")
    try:
        refuse_frozen(contract, meeting, Kind.REPORT)
    except PaperSettled as refusal:
        raise MonthsRefused(str(refusal)) from refusal
    if last < first:
        raise MonthsRefused(f"Choose a last month that is not before {month_long(first)}.", "last")
    if first < month_of(contract.commences_on):
        raise MonthsRefused(f"The contract begins in {month_long(month_of(contract.commences_on))}.", "first")
    if month_end(last) >= meeting.meeting_on:
        raise MonthsRefused(f"{month_long(last)} does not end before the meeting.", "last")
    if not reason.strip():
        raise NothingTyped("reason", "why these months")
