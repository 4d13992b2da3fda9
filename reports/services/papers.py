"""
Papers that write themselves: what is due is started, a run is written to its end once, what was lost is sent again.

The database remembers, the broker only carries the news (:mod:`reports.services.news`). Every step here may be asked
for twice, or die at any point, and still each run leaves one paper.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction

from contracts.queries.clock import database_now
from kpis.queries.corrected import latest_correction
from reports.models import Edition, Meeting, PaperRun
from reports.queries.addenda import DueAddendum
from reports.queries.due import DuePaper, due_papers
from reports.services import claims, editions, storage
from reports.services.addenda import start_due_addenda
from reports.services.claims import Claim
from reports.services.drafts import REFUSALS, refuse_cancelled
from reports.services.editions import Halves, NotSignedOff
from reports.services.news import announce
from reports.services.runs import PaperSettled, edition_run, next_draft, refuse_frozen, run_for
from reports.services.storage import PrintedFile

RECONCILED_AT_ONCE = 100
TAKEN_BACK = (*REFUSALS, NotSignedOff, PaperSettled)
"""What another attempt would meet again: the run is taken back, and begun anew once people have changed something."""

__all__ = [
    "AttemptFailed",
    "PaperRefused",
    "edition_run",
    "next_draft",
    "reconcile",
    "refuse_frozen",
    "run_for",
    "start_due",
    "write_paper",
]

logger = logging.getLogger(__name__)


class PaperRefused(Exception):
    """A paper that cannot be written as things stand; its run is taken back until they change."""


class AttemptFailed(Exception):
    """A paper could not be written this time; its run is queued again, for ``again_in`` seconds from now."""

    def __init__(self, text: str, again_in: float) -> None:
        super().__init__(text)
        self.again_in = again_in


class MeetingMoved(Exception):
    """The meeting was moved while its draft was built; the next attempt reads the new day."""


@dataclass(frozen=True, slots=True)
class Started:
    """What looking for due papers has led to: the runs made, and the papers that cannot be written yet and why."""

    run_ids: tuple[int, ...]
    hindered: tuple[DuePaper | DueAddendum, ...]

    def __str__(self) -> str:
        return f"{len(self.run_ids)} started, {len(self.hindered)} due but not possible yet"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was found lying about: runs sent again, runs given up, sets of files that no paper will have."""

    sent_again: int
    given_up: int
    swept: int

    def __str__(self) -> str:
        return f"{self.sent_again} sent again, {self.given_up} given up, {self.swept} unfinished sets of files removed"


def start_due(*, on: date, now: datetime) -> Started:
    """
    Starts every paper that is due on a business day and has no run, or has failed on a day before.

    Asked twice at once, each is started once.
    """
    due = due_papers(on)
    started = [_start(each, now) for each in due if not each.hindrance]
    added = start_due_addenda(on=on, now=now)
    return Started(
        run_ids=(*(run_id for run_id in started if run_id is not None), *added.run_ids),
        hindered=(*(each for each in due if each.hindrance), *added.hindered),
    )


def write_paper(run_id: int, *, on: date) -> bool:
    """
    Writes the paper of a run as things are known on the business day ``on``; whether this call wrote it.

    A run that is finished or has failed is left alone. Raises :class:`reports.services.claims.BeingWritten` where
    another worker is at it, :class:`AttemptFailed` where it should be tried again, and :class:`PaperRefused` where that
    would be of no use: then the run is gone, and is started anew once nothing hinders it.
    """
    claim = claims.take(run_id, on=on, now=database_now())
    if claim is None:
        return False
    with claims.kept_alive(claim):
        try:
            _write(claim, on)
        except claims.ClaimLost as loss:
            logger.warning("%s What this one has done is thrown away.", loss)
            return False
        except TAKEN_BACK as refusal:
            claims.withdraw(claim)
            logger.warning("Paper run %s is taken back: %s", run_id, refusal)
            raise PaperRefused(str(refusal)) from refusal
        except Exception as error:
            _give_back(claim, error, on)
            return False
        finally:
            storage.drop(claim.token)
    return True


def reconcile(*, on: date, now: datetime) -> Reconciled:
    """
    Sends the news again of runs that nobody works on; gives up those without an attempt left, on the business day
    ``on``; removes files without a paper. Any time, anyone.
    """
    abandoned = claims.abandoned(now).order_by("queued_at").values_list("pk", flat=True)
    given_up = sent_again = 0
    for run_id in abandoned[:RECONCILED_AT_ONCE]:
        if claims.give_up(run_id, on=on, now=now):
            given_up += 1
        elif _send_again(run_id, now):
            sent_again += 1
    return Reconciled(sent_again, given_up, storage.sweep())


def _start(due: DuePaper, now: datetime) -> int | None:
    """The run, new or begun anew; ``None`` for the slower one of two: the table allows each paper one run."""
    with transaction.atomic():
        if due.run_id is not None:
            is_started = claims.try_again(due.run_id, now=now)
            if is_started:
                announce(due.run_id)
            return due.run_id if is_started else None
        run, is_new = PaperRun.objects.get_or_create(
            contract_id=due.contract_id,
            meeting_id=due.meeting_id,
            month=due.month,
            kind=due.kind,
            number=0,
            revision=1,
            edition=Edition.DRAFT,
            defaults={"due_on": due.due_on, "queued_at": now},
        )
        is_started = is_new or claims.try_again(run.pk, now=now)
        if is_started:
            announce(run.pk)
    return run.pk if is_started else None


def _send_again(run_id: int, now: datetime) -> bool:
    with transaction.atomic():
        is_back = claims.put_back(run_id, now=now)
        if is_back:
            announce(run_id)
    return is_back


def _write(claim: Claim, on: date) -> None:
    run = PaperRun.objects.select_related("contract", "meeting__board", "of", "asked_by").get(pk=claim.run_id)
    # Before the figures are read: a correction made from now on is an erratum, unless they turn out to hold it.
    known = latest_correction(run.contract)
    halves = editions.prepare(run, on=on)
    claims.enter(claim, PaperRun.Stage.RENDERING)
    files = halves.print()
    claims.enter(claim, PaperRun.Stage.STORING)
    storage.set_aside(claim.token, files)
    _store(claim, run, halves, files, known, on)


def _store(claim: Claim, run: PaperRun, halves: Halves, files: list[PrintedFile], known: int, on: date) -> None:
    """The paper, its files and the end of the run become true together, and only for who still holds the claim."""
    folder = storage.folder_of(run)
    with transaction.atomic():
        if run.meeting_id is None:
            storage.lock_months(run.contract_id)
        elif meeting := storage.lock(run.meeting_id):
            refuse_cancelled(meeting)
            _refuse_moved(run, halves, meeting)
        claims.finish(claim)
        editions.keep(run, halves, files, folder, last_correction=known, on=on)
        # Last, so that nothing refuses any more once the files can be seen; until the commit no one else gets this far.
        storage.reveal(claim.token, folder)


def _refuse_moved(run: PaperRun, halves: Halves, meeting: Meeting) -> None:
    """A draft that was built while its meeting was moved names the old day: it is built again at the next attempt."""
    if run.edition == Edition.DRAFT and halves.public.meeting.meeting_on not in (None, meeting.meeting_on):
        raise MeetingMoved(f"the meeting was moved to {meeting.meeting_on.isoformat()} while it was written.")


def _give_back(claim: Claim, error: Exception, on: date) -> None:
    """Records what went wrong for people to read, and asks for another attempt where there is one left."""
    run = PaperRun.objects.held_by(claim.run_id, claim.token).first()
    if run is None:
        logger.warning("Paper run %s was lost to another worker, and then failed here.", claim.run_id, exc_info=error)
        return
    stage = PaperRun.Stage(run.stage)
    logger.error("Paper run %s: an attempt failed while %s.", claim.run_id, stage.label, exc_info=error)
    again_in = claims.release(claim, f"It failed while {stage.label}: {_in_words(error)}", on=on)
    if again_in is not None:
        raise AttemptFailed(f"Paper run {claim.run_id}: {_in_words(error)}", again_in) from error


def _in_words(error: Exception) -> str:
    if isinstance(error, SoftTimeLimitExceeded):
        return f"it took longer than {settings.CELERY_TASK_SOFT_TIME_LIMIT} seconds."
    return f"{str(error) or 'no reason given'} ({type(error).__name__})"
