"""
The runs of papers: found, or made where there are none.

Whoever asks makes a run known to the workers himself; asked for twice, it is one. What went further than a draft is not
built again.
"""

from datetime import date, datetime

from contracts.models import Access, Contract, Person
from contracts.rules.months import Month
from contracts.services.accesses import note_access
from reports.models import Edition, Meeting, Paper, PaperRun
from reports.models.paper import name_of_paper
from reports.querysets import PaperRunQuerySet
from reports.services import claims

Status = Paper.Status
SETTLED = (Status.SIGNED_OFF, Status.WITH_CLERK, Status.PUBLISHED)


class PaperSettled(ValueError):
    """A paper that is signed off, with the clerk or published stays as it is."""


def refuse_frozen(contract: Contract, meeting: Meeting | None, kind: str, number: int = 0) -> None:
    """
    Raises :class:`PaperSettled` where a revision of the paper is signed off, with the clerk or published.

    One that was withdrawn or removed makes room for another revision.
    """
    if meeting is None:
        return
    settled: Paper | None = Paper.objects.filter(
        contract=contract, meeting=meeting, kind=kind, number=number, status__in=SETTLED
    ).first()
    if settled is not None:
        how = "take its sign-off back first" if settled.status == Status.SIGNED_OFF else "withdraw it first"
        raise PaperSettled(f"Revision {settled.revision} is {settled.status}: to build the paper again, {how}.")


def run_for(
    contract: Contract,
    meeting: Meeting | None,
    kind: str,
    *,
    on: date,
    now: datetime,
    month: Month | None = None,
    by: Person | None = None,
) -> PaperRun:
    """
    The run of a paper's first revision, for a caller who writes it at once: made if there is none.

    It is for a meeting, an operational report for a month. One that has failed gets all its attempts anew, one that
    waits for its next attempt waits no longer.
    """
    run, is_new = PaperRun.objects.get_or_create(
        contract=contract,
        meeting=meeting,
        month=month,
        kind=kind,
        number=0,
        revision=1,
        edition=Edition.DRAFT,
        defaults={"due_on": on, "queued_at": now},
    )
    if not is_new:
        return hurried(run, now, by)
    if by is not None:
        note_asking(run, by=by, at=now)
    return run


def next_draft(
    contract: Contract,
    meeting: Meeting,
    kind: str,
    *,
    on: date,
    now: datetime,
    by: Person | None = None,
    reason: str = "",
    number: int = 0,
    of: Paper | None = None,
) -> PaperRun:
    """
    The run of a paper's next revision, not yet made known: the first one, or a draft that is built again.

    While the newest draft is still being written it is that one; one that has failed gets all its attempts anew. An
    addendum or a slip names its number and the paper it is bound to. Raises :class:`PaperSettled`.
    """
    refuse_frozen(contract, meeting, kind, number)
    drafts = PaperRun.objects.filter(
        contract=contract, meeting=meeting, kind=kind, number=number, edition=Edition.DRAFT
    ).order_by("-revision")
    newest: PaperRun | None = drafts.first()
    if newest is not None and newest.state != PaperRun.State.FINISHED:
        return hurried(newest, now, by, reason)
    run, is_new = PaperRun.objects.get_or_create(
        contract=contract,
        meeting=meeting,
        month=None,
        kind=kind,
        number=number,
        revision=newest.revision + 1 if newest else 1,
        edition=Edition.DRAFT,
        defaults={"of": of, "asked_by": by, "reason": reason, "due_on": on, "queued_at": now},
    )
    if is_new and by is not None:
        note_asking(run, by=by, at=now)
    return run


def edition_run(paper: Paper, edition: Edition, *, by: Person, on: date, now: datetime) -> PaperRun:
    """The run that prints a paper again, signed off or final; not yet made known. One that has failed begins anew."""
    run, is_new = PaperRun.objects.get_or_create(
        contract=paper.contract,
        meeting=paper.meeting,
        month=paper.month,
        kind=paper.kind,
        number=paper.number,
        revision=paper.revision,
        edition=edition,
        defaults={"of": paper.of, "asked_by": by, "due_on": on, "queued_at": now},
    )
    return run if is_new else hurried(run, now)


def edition_runs(paper: Paper, *editions: Edition) -> PaperRunQuerySet:
    """The runs that print this revision again."""
    return PaperRun.objects.filter(
        contract=paper.contract_id,
        meeting=paper.meeting_id,
        kind=paper.kind,
        number=paper.number,
        revision=paper.revision,
        edition__in=editions,
    )


def note_asking(run: PaperRun, *, by: Person, at: datetime) -> None:
    """That somebody had a paper written, or begun again; what comes of it is the machine's."""
    subject = f"{name_of_paper(run)}, {run.get_edition_display()}"
    note_access(Access.Kind.ASKED, person=by, subject=f"{subject}: {run.reason}" if run.reason else subject, at=at)


def hurried(run: PaperRun, now: datetime, by: Person | None = None, reason: str = "") -> PaperRun:
    """With all its attempts where it has failed, and without waiting for the next one; noted where that moved it."""
    is_moved = claims.try_again(run.pk, now=now, by=by, reason=reason) or claims.bring_forward(run.pk, now=now)
    run.refresh_from_db()
    if is_moved and by is not None:
        note_asking(run, by=by, at=now)
    return run
