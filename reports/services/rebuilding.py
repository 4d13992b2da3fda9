"""Building a draft again: the next revision of the same paper, of the figures and words as they stand now."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Person
from contracts.queries import load_ground
from contracts.rules.roles import WRITES_PAPERS
from contracts.services.refusals import Refused
from reports.models import Edition, Paper, PaperRun
from reports.queries.narratives import siblings
from reports.services.drafts import refuse_paper
from reports.services.narratives import hold_draft
from reports.services.news import announce
from reports.services.papers import next_draft


class NotYours(PermissionDenied):
    """Somebody asked who may not."""


class NotADraft(Refused):
    def __init__(self) -> None:
        super().__init__("This paper is a draft no longer: it is built again only once its sign-off is taken back.")


class NotBuiltAgain(Refused):
    def __init__(self) -> None:
        super().__init__("An operational report is written once for its month, and not built again.")


def rebuild(*, paper: Paper, by: Person, on: date, now: datetime, reason: str = "") -> PaperRun:
    """
    The run of the revision after this one, made known to the workers. Asked twice of one revision, it is one run.

    Raises :class:`NotYours`, :class:`NotADraft`, :class:`NotBuiltAgain` or one of
    :data:`reports.services.drafts.REFUSALS`.
    """
    meeting = paper.meeting
    if meeting is None:
        raise NotBuiltAgain
    if not load_ground(by).held.holds(WRITES_PAPERS, paper.contract.reference):
        raise NotYours("Officers and the contract manager have a draft built again.")
    if paper.of is None:
        refuse_paper(paper.contract, meeting, on=on, kind=paper.kind)
    with transaction.atomic():
        # Two at once come one after the other, and whoever signs off meanwhile is waited for.
        if hold_draft(paper):
            raise NotADraft
        later = PaperRun.objects.filter(**siblings(paper), edition=Edition.DRAFT, revision__gt=paper.revision)
        newest: PaperRun | None = later.order_by("-revision").first()
        if newest is not None and newest.state != PaperRun.State.FAILED:
            return newest
        run = next_draft(
            paper.contract,
            meeting,
            paper.kind,
            on=on,
            now=now,
            by=by,
            reason=reason.strip(),
            number=paper.number,
            of=paper.of,
        )
        announce(run.pk)
    return run
