"""
From a draft to the clerk: signed off by the contract manager, by a second person where the first answers for the
figures alone, and handed over.

Signing has the paper printed again as signed off, handing over has it printed as it will be published and frozen. Both
are a worker's work; until it is done a sign-off can be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from contracts.models import Person
from contracts.rules.roles import COUNTERSIGNS, SIGNS_OFF
from contracts.services.history import save_with_history
from reports.models import Edition, Meeting, Narrative, Paper, PaperAct, PaperRun
from reports.queries.exempt import is_parted_as_marked
from reports.queries.lateness import lateness_of
from reports.queries.lives import life_of
from reports.queries.readiness import load_findings
from reports.queries.signatures import why_another_signs
from reports.rules.life import Life
from reports.rules.readiness import Finding
from reports.rules.signatures import key_of
from reports.services.acts import ActRefused, NotAsItStands, hold, must_hold, record, refuse_unless, revisions, said
from reports.services.news import announce
from reports.services.paper_notices import tell_to_countersign
from reports.services.runs import edition_run, edition_runs
from reports.services.storage import UNDER_WAY, forget_edition
from reports.snapshot import from_json

Status = Paper.Status
Act = PaperAct.Kind
SIGNS_IN_WORDS: Final = "The contract manager signs a paper off and hands it to the clerk."


class NotReady(ActRefused):
    """What has to be put right before anybody can sign; ``findings`` are those that stand in the way."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("It cannot be signed off yet: " + " ".join(each.what for each in findings))
        self.findings = findings


class WordsMissing(ActRefused):
    """What is signed all the same is given a word each; ``findings`` are those without one."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("Say of each finding why the paper is signed off all the same.")
        self.findings = findings


class ReasonForLateness(ActRefused):
    """What goes to the clerk late says why, on the paper."""

    field = "lateness"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature has made of the paper; ``awaits`` says why somebody else signs too, blank where nobody does."""

    paper: Paper
    awaits: str = ""


@transaction.atomic
def sign_off(paper: Paper, *, by: Person, at: datetime, on: date, accepted: Mapping[str, str]) -> Signed:
    """
    The contract manager's signature. ``accepted`` is a word for each finding that does not stand in the way, by
    :func:`reports.rules.signatures.key_of` it.

    Where the signer entered or verified figures that the paper judges it stays a draft until somebody else has signed
    too. Raises :class:`NotYours`, :class:`NotAsItStands`, :class:`NotReady` or :class:`WordsMissing`.
    """
    must_hold(by, paper, SIGNS_OFF, SIGNS_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, {Status.DRAFT}, "Only a draft is signed off.")
    if (signed := life_of(held).signed) is not None:
        raise NotAsItStands(f"{signed.by} has signed it off already. It waits for a second signature.")
    _refuse_unsettled(held)
    act = record(held, Act.SIGNED_OFF, by=by, at=at, words=_accepted(held, on, accepted))
    why = why_another_signs(by, held)
    if why:
        tell_to_countersign(held, act, why)
        return Signed(held, why)
    return _complete(held, by=by, on=on, now=at)


@transaction.atomic
def countersign(paper: Paper, *, by: Person, at: datetime, on: date) -> Signed:
    """The second signature, by somebody else. Raises what :func:`sign_off` raises."""
    must_hold(by, paper, COUNTERSIGNS, "Officers, the contract manager and administrators sign as the second person.")
    held = hold(paper)
    refuse_unless(held, {Status.DRAFT}, "Only a draft waits for a second signature.")
    signed = life_of(held).signed
    if signed is None:
        raise NotAsItStands("The contract manager signs it off first.")
    if signed.by_pk == by.pk:
        raise ActRefused("You signed it off yourself: the second signature is somebody else’s.")
    _refuse_unsettled(held)
    _refuse_blocked(load_findings(held, on))
    record(held, Act.COUNTERSIGNED, by=by, at=at)
    return _complete(held, by=by, on=on, now=at)


@transaction.atomic
def take_back(paper: Paper, *, by: Person, at: datetime, reason: str) -> Paper:
    """
    Makes a draft again of what was signed off, as long as it was not handed over; its signatures count no more.

    Raises :class:`NotYours`, :class:`NotAsItStands` or :class:`ActRefused`.
    """
    must_hold(by, paper, SIGNS_OFF, SIGNS_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, {Status.DRAFT, Status.SIGNED_OFF}, "Only what was not handed over is taken back.")
    if life_of(held).signed is None:
        raise NotAsItStands("Nobody has signed it off.")
    if edition_runs(held, Edition.FINAL).filter(state__in=UNDER_WAY).exists():
        raise NotAsItStands("It is being handed to the clerk. Once it is there it can be withdrawn.")
    record(held, Act.TAKEN_BACK, by=by, at=at, words=said(reason, "why it is taken back", "reason"))
    held.status = Status.DRAFT
    held.save(update_fields=["status"])
    for run in edition_runs(held, Edition.SIGNED_OFF, Edition.FINAL):
        forget_edition(held, run)
    return held


@transaction.atomic
def hand_over(paper: Paper, *, by: Person, on: date, now: datetime, lateness: str = "") -> PaperRun:
    """
    The run that prints the final paper and freezes it, made known to the workers; asked twice, it is one run.

    ``lateness`` is the officer's reason, for a paper that goes out late; it is kept with the paper's words and printed.
    Raises :class:`NotYours`, :class:`NotAsItStands` or :class:`ReasonForLateness`.
    """
    must_hold(by, paper, SIGNS_OFF, SIGNS_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, {Status.SIGNED_OFF}, "Only what was signed off is handed over.")
    _refuse_other_day(held)
    late = lateness_of(held, on)
    reason = lateness.replace("\r\n", "\n").strip() or late.reason
    if late.is_needed and not reason:
        raise ReasonForLateness(f"{late.why} Give the reason for lateness: it is printed on the paper.")
    if late.is_needed:
        _keep_lateness(held, reason, by=by, at=now)
    run = edition_run(held, Edition.FINAL, by=by, on=on, now=now)
    if run.state == PaperRun.State.QUEUED:
        announce(run.pk)
    return run


def awaits_second(paper: Paper, life: Life) -> str:
    """
    `The Contract manager verified 9 returns of the months that it judges`: why a draft that was signed stays one.

    Blank where nobody has signed it, or nobody else needs to.
    """
    if paper.status != Status.DRAFT or life.signed is None:
        return ""
    return why_another_signs(Person.objects.get(pk=life.signed.by_pk), paper)


def _complete(paper: Paper, *, by: Person, on: date, now: datetime) -> Signed:
    """It has the last signature that it needs: it is signed off, and printed so."""
    paper.status = Status.SIGNED_OFF
    paper.save(update_fields=["status"])
    run = edition_run(paper, Edition.SIGNED_OFF, by=by, on=on, now=now)
    announce(run.pk)
    return Signed(paper)


def _refuse_unsettled(paper: Paper) -> None:
    """Only the newest revision is signed, with nothing newer on its way, for a meeting that stands where it says."""
    if revisions(paper).filter(revision__gt=paper.revision).exists():
        raise NotAsItStands("A newer draft was built since. Sign that one off.")
    drafts = PaperRun.objects.filter(
        contract=paper.contract_id,
        meeting=paper.meeting_id,
        kind=paper.kind,
        number=paper.number,
        edition=Edition.DRAFT,
        state__in=UNDER_WAY,
    )
    if drafts.exists():
        raise NotAsItStands("A newer draft is being built. Sign that one off once it is there.")
    if not is_parted_as_marked(paper):
        raise NotAsItStands("What is marked as not for publication changed since it was built. Build it again first.")
    _refuse_other_day(paper)


def _refuse_other_day(paper: Paper) -> None:
    meeting = paper.meeting
    if meeting is None or meeting.status == Meeting.Status.CANCELLED:
        raise NotAsItStands("Its meeting was cancelled.")
    if from_json(paper.snapshot).meeting.meeting_on != meeting.meeting_on:
        raise NotAsItStands("Its meeting was moved since it was built. Build it again, so that it names the right day.")


def _accepted(paper: Paper, on: date, accepted: Mapping[str, str]) -> str:
    """What the signer says of each finding, one a line."""
    findings = load_findings(paper, on)
    _refuse_blocked(findings)
    spoken = [" ".join(accepted.get(key_of(each), "").split()) for each in findings]
    if missing := tuple(each for each, word in zip(findings, spoken, strict=True) if not word):
        raise WordsMissing(missing)
    return "\n".join(f"{each.place}: {each.what} {word}" for each, word in zip(findings, spoken, strict=True))


def _refuse_blocked(findings: tuple[Finding, ...]) -> None:
    if blocking := tuple(each for each in findings if each.blocks):
        raise NotReady(blocking)


def _keep_lateness(paper: Paper, reason: str, *, by: Person, at: datetime) -> None:
    own = {"contract": paper.contract, "meeting": paper.meeting, "kind": paper.kind, "number": paper.number}
    row: Narrative = Narrative.objects.select_for_update().filter(**own).first() or Narrative(**own)
    if row.lateness.strip() == reason:
        return
    row.version += bool(row.pk)
    row.lateness = reason
    save_with_history(row, by=by, why="reason for lateness given at hand-over", at=at)
