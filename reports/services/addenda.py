"""
Addenda that write themselves, and those that somebody asks for.

What the database remembers decides: each addendum has one run for each of its revisions, so that asking twice, or twice
at once, leaves one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.roles import ASKS_FOR_ADDENDA
from contracts.services.refusals import Refused
from reports.models import Edition, Meeting, PaperRun
from reports.models.paper import Kind
from reports.queries.addenda import DueAddendum, due_addenda
from reports.queries.addendum_page import Wanted, addendum_wanted
from reports.services import claims
from reports.services.news import announce
from reports.services.runs import hurried, note_asking


class NotYours(PermissionDenied):
    """Somebody asked who may not."""


class ReasonMissing(Refused):
    def __init__(self) -> None:
        super().__init__("Say why the addendum is wanted.")


@dataclass(frozen=True, slots=True)
class StartedAddenda:
    """The runs that were made, and the addenda that are due but cannot be written."""

    run_ids: tuple[int, ...]
    hindered: tuple[DueAddendum, ...]


def start_due_addenda(*, on: date, now: datetime) -> StartedAddenda:
    """Starts every addendum that is due on a business day. Asked twice at once, each is started once."""
    due = due_addenda(on)
    started = [_start(each, now) for each in due if not each.hindrance]
    return StartedAddenda(
        run_ids=tuple(run_id for run_id in started if run_id is not None),
        hindered=tuple(each for each in due if each.hindrance),
    )


def ask_for_addendum(
    *, contract: Contract, meeting: Meeting, by: Person, on: date, now: datetime, reason: str
) -> PaperRun:
    """
    The run of an addendum to the meeting's report, made known to the workers: a new one, or more for one in draft.

    After the cut-off day its reason is printed. Raises :class:`NotYours`, :class:`ReasonMissing`, or what
    :func:`reports.queries.addendum_page.addendum_wanted` raises.
    """
    if not load_ground(by).held.holds(ASKS_FOR_ADDENDA, contract.reference):
        raise NotYours("Officers and the contract manager ask for addenda.")
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        # Two at once come one after the other.
        Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
        wanted = addendum_wanted(contract, meeting, on=on)
        run = _run(wanted, by=by, on=on, now=now, reason=reason.strip())
        if run.state == PaperRun.State.QUEUED:
            announce(run.pk)
    return run


def run_now(contract: Contract, meeting: Meeting, *, on: date, now: datetime) -> PaperRun:
    """The run of the addendum that is to be written next, for a caller who writes it at once."""
    return _run(addendum_wanted(contract, meeting, on=on), by=None, on=on, now=now, reason="")


def _run(wanted: Wanted, *, by: Person | None, on: date, now: datetime, reason: str) -> PaperRun:
    report, following = wanted.report, wanted.following
    run, is_new = PaperRun.objects.get_or_create(
        contract=report.paper.contract,
        meeting=report.paper.meeting,
        month=None,
        kind=Kind.ADDENDUM,
        number=following.number,
        revision=following.revision,
        edition=Edition.DRAFT,
        defaults={"of": report.paper, "asked_by": by, "reason": reason, "due_on": on, "queued_at": now},
    )
    if not is_new:
        return hurried(run, now, by, reason)
    if by is not None:
        note_asking(run, by=by, at=now)
    return run


def _start(due: DueAddendum, now: datetime) -> int | None:
    """The run, new or begun anew; ``None`` for the slower one of two: the table allows each revision one run."""
    with transaction.atomic():
        run, is_new = PaperRun.objects.get_or_create(
            contract_id=due.contract_id,
            meeting_id=due.meeting_id,
            month=None,
            kind=due.kind,
            number=due.number,
            revision=due.revision,
            edition=Edition.DRAFT,
            defaults={"of_id": due.of_id, "due_on": due.due_on, "queued_at": now},
        )
        is_started = is_new or claims.try_again(run.pk, now=now)
        if is_started:
            announce(run.pk)
    return run.pk if is_started else None
