"""Having a run begun again that has failed, or that waits for its next attempt: with all its attempts, at once."""

from datetime import date, datetime

from django.db import transaction

from contracts.models import Person
from contracts.queries import load_ground
from contracts.rules.months import Month
from reports.models import Edition, PaperRun
from reports.models.paper import BOUND
from reports.services import claims
from reports.services.asking import NotYours
from reports.services.drafts import refuse_paper
from reports.services.news import announce
from reports.services.runs import note_asking

State = PaperRun.State


def run_again(*, run: PaperRun, by: Person, on: date, now: datetime) -> bool:
    """
    Queues the run with all its attempts and makes it known; whether there was anything to begin again.

    One that is being written, or is written, is left alone: asked twice, it begins once. Raises :class:`NotYours`, or
    one of :data:`reports.services.drafts.REFUSALS` where a first draft could not be written as things stand.
    """
    if not load_ground(by).held.asks_for_papers(run.contract.reference):
        raise NotYours("The contract manager and administrators have runs begun again.")
    if run.edition == Edition.DRAFT and run.kind not in BOUND:
        month = Month(run.month) if run.month else None
        refuse_paper(run.contract, run.meeting, on=on, kind=run.kind, month=month)
    with transaction.atomic():
        held = PaperRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        is_begun = claims.try_again(held.pk, now=now)
        if held.state == State.QUEUED and held.attempts:
            claims.bring_forward(held.pk, now=now)
            is_begun = True
        if is_begun:
            note_asking(held, by=by, at=now)
            announce(held.pk)
    return is_begun
