"""Asking for a slip of errata: a paper bound to another, which is then signed off and handed over like any paper."""

from datetime import date, datetime

from django.db import transaction

from contracts.models import Person
from contracts.rules.roles import WRITES_PAPERS
from reports.build.told_errata import ISSUED, errata_for_slip
from reports.models import Edition, Paper, PaperRun
from reports.models.paper import Kind
from reports.rules.errata import NothingToCorrect
from reports.services import papers
from reports.services.acts import ActRefused, hold, must_hold, refuse_unless
from reports.services.news import announce

Status = Paper.Status


class SlipSignedOff(ActRefused):
    """A slip that is signed off takes in nothing more, and no other is begun beside it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Slip {number} is signed off. Hand it to the clerk, or take its sign-off back, first.")


@transaction.atomic
def ask_for_slip(paper: Paper, *, by: Person, on: date, now: datetime) -> PaperRun:
    """
    The run of a slip of errata of an issued paper, made known to the workers; one in draft is built again.

    Raises :class:`reports.services.acts.NotYours`, :class:`reports.services.acts.NotAsItStands`,
    :class:`SlipSignedOff` or :class:`NothingToCorrect`.
    """
    must_hold(by, paper, WRITES_PAPERS, "Officers and the contract manager have a slip of errata written.")
    held = hold(paper)
    refuse_unless(held, ISSUED, "A slip of errata belongs to a paper that was handed to the clerk.")
    if not errata_for_slip(held):
        raise NothingToCorrect
    meeting = held.meeting
    if meeting is None:
        raise NothingToCorrect
    number = _number(held)
    run = papers.next_draft(held.contract, meeting, Kind.ERRATUM, on=on, now=now, by=by, number=number, of=held)
    if run.state == PaperRun.State.QUEUED:
        announce(run.pk)
    return run


def _number(paper: Paper) -> int:
    """That of the slip in draft, else the next one: slips are counted through a meeting, whatever they are of."""
    runs = PaperRun.objects.filter(
        contract=paper.contract, meeting=paper.meeting, kind=Kind.ERRATUM, edition=Edition.DRAFT
    )
    last = runs.filter(of=paper).order_by("-number", "-revision").first()
    if last is not None:
        written = Paper.objects.filter(run=last).first()
        if written is None or written.status == Status.DRAFT:
            return int(last.number)
        if written.status == Status.SIGNED_OFF:
            raise SlipSignedOff(last.number)
    highest: int | None = runs.order_by("-number").values_list("number", flat=True).first()
    return (highest or 0) + 1
