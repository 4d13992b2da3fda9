"""
Having a paper written that nobody has started, or again one that has failed: a person asks, a worker writes.

Asked twice, it is written once. What could not be written is refused before anything is begun.
"""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground, working_calendar
from contracts.rules.months import Month, day_long
from contracts.rules.roles import ASKS_FOR_PAPERS
from reports.models import Meeting, PaperRun
from reports.queries.meetings import draft_day
from reports.services.drafts import refuse_paper
from reports.services.news import announce
from reports.services.runs import run_for


class NotYours(PermissionDenied):
    """Somebody asked who may not."""


class TooEarly(ValueError):
    """
    A meeting's papers are not asked for before their draft date: the months that the report judges are kept once they
    are judged, so a draft made early would leave out what is verified by then.
    """


def ask_for_paper(
    *,
    contract: Contract,
    meeting: Meeting | None,
    kind: str,
    by: Person,
    on: date,
    now: datetime,
    month: Month | None = None,
) -> PaperRun:
    """
    The run of the paper, made known to the workers unless it is written already.

    Raises :class:`NotYours`, :class:`TooEarly` or one of :data:`reports.services.drafts.REFUSALS`.
    """
    if not load_ground(by).held.holds(ASKS_FOR_PAPERS, contract.reference):
        raise NotYours("The contract manager and administrators have papers written.")
    refuse_paper(contract, meeting, on=on, kind=kind, month=month)
    begins_on = draft_day(contract, meeting, working_calendar()) if meeting else None
    if begins_on is not None and on < begins_on:
        raise TooEarly(f"It is written by itself on {day_long(begins_on)}, its draft date.")
    with transaction.atomic():
        run = run_for(contract, meeting, kind, on=on, now=now, month=month, by=by)
        if run.state == PaperRun.State.QUEUED:
            announce(run.pk)
    return run
