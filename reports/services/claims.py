"""
Who writes which paper.

A run is taken by one conditional UPDATE, which one of any number of workers wins, and kept by a heartbeat. Whoever was
silent for longer than the lease may be replaced; every later write names the claim, so the one replaced can change
nothing any more. Heartbeats use the database's clock, never the business day: machines whose clocks differ agree on it.

An attempt that failed is followed by another one later: ``queued_at`` then lies in the future, and nobody gets the run
before. A run that has failed is due again on the next business day, which is kept in its ``due_on``.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from contracts.models import Person
from contracts.queries.clock import database_now
from reports.models import PaperRun
from reports.querysets import PaperRunQuerySet

BEATS_IN_A_LEASE = 4
MOST_JITTER = 0.25
DAY = timedelta(days=1)
UNFINISHED = (PaperRun.State.QUEUED, PaperRun.State.RUNNING)

logger = logging.getLogger(__name__)


class BeingWritten(Exception):
    """Another worker holds this run and shows signs of life, or the time of its next attempt has not come."""


class ClaimLost(Exception):
    """This worker was silent for too long and has been replaced; it must not write any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write one run's paper, as long as the row bears this token."""

    run_id: int
    token: str


def lease() -> timedelta:
    """Whoever has shown no sign of life for so long is dead."""
    return timedelta(seconds=settings.PAPER_LEASE_SECONDS)


def longest_wait() -> timedelta:
    """Between two attempts; a time farther ahead was written before the clock was set back."""
    return timedelta(seconds=settings.PAPER_RETRY_SECONDS * 2 ** (settings.PAPER_ATTEMPTS - 2) * (1 + MOST_JITTER))


def abandoned(now: datetime) -> PaperRunQuerySet:
    """The runs that nobody is working on."""
    return PaperRun.objects.abandoned(now, lease(), longest_wait())


def take(run_id: int, *, on: date, now: datetime) -> Claim | None:
    """
    The claim of a run for the first who asks; ``None`` when nothing is left to do.

    Each claim is an attempt; a run whose attempts are used up is given up here, on the business day ``on``. Raises
    :class:`BeingWritten`.
    """
    claim = Claim(run_id, secrets.token_hex(16))
    taken = (
        PaperRun.objects.claimable(run_id, now, lease())
        .filter(attempts__lt=settings.PAPER_ATTEMPTS)
        .exclude(state=PaperRun.State.QUEUED, attempts__gt=0, queued_at__gt=now, queued_at__lte=now + longest_wait())
        .update(
            state=PaperRun.State.RUNNING,
            stage=PaperRun.Stage.READING,
            claim=claim.token,
            attempts=F("attempts") + 1,
            started_at=now,
            heartbeat_at=now,
        )
    )
    if taken:
        return claim
    is_over = give_up(run_id, on=on, now=now) or not PaperRun.objects.filter(pk=run_id, state__in=UNFINISHED).exists()
    if not is_over:
        raise BeingWritten(f"Paper run {run_id} is being written by another worker, or waits for its next attempt.")
    return None


def give_up(run_id: int, *, on: date, now: datetime) -> bool:
    """Fails a run that nobody is writing and that has no attempt left: its workers ended without a word."""
    return bool(
        PaperRun.objects.claimable(run_id, now, lease())
        .filter(attempts__gte=settings.PAPER_ATTEMPTS)
        .update(
            state=PaperRun.State.FAILED,
            claim="",
            finished_at=now,
            due_on=on + DAY,
            error=(
                f"It was begun {settings.PAPER_ATTEMPTS} times, and the last time its worker ended without a word."
                " It may need more memory or more time than it is given."
            ),
        )
    )


def put_back(run_id: int, *, now: datetime) -> bool:
    """Queues a run again that nobody has started for a lease, or whose writer shows no sign of life."""
    return bool(
        PaperRun.objects.abandoned(now, lease(), longest_wait())
        .filter(pk=run_id)
        .update(state=PaperRun.State.QUEUED, stage=PaperRun.Stage.WAITING, claim="", queued_at=now)
    )


def try_again(run_id: int, *, now: datetime, by: Person | None = None, reason: str = "") -> bool:
    """
    Queues a run that has failed, with all its attempts.

    Who has it begun again for a reason of theirs has asked for it from then on: whoever takes it prints that reason.
    """
    asking = {"asked_by": by, "reason": reason} if by is not None and reason else {}
    return bool(
        PaperRun.objects.filter(pk=run_id, state=PaperRun.State.FAILED).update(
            state=PaperRun.State.QUEUED,
            stage=PaperRun.Stage.WAITING,
            attempts=0,
            queued_at=now,
            finished_at=None,
            error="",
            **asking,
        )
    )


def bring_forward(run_id: int, *, now: datetime) -> bool:
    """Has a run that waits for its next attempt wait no longer; whether it did."""
    return bool(
        PaperRun.objects.filter(pk=run_id, state=PaperRun.State.QUEUED, queued_at__gt=now).update(queued_at=now)
    )


def enter(claim: Claim, stage: PaperRun.Stage) -> None:
    """Goes on to the next stage, which is a sign of life too. Raises :class:`ClaimLost`."""
    entered = PaperRun.objects.held_by(claim.run_id, claim.token).update(stage=stage, heartbeat_at=database_now())
    if not entered:
        raise ClaimLost(f"Paper run {claim.run_id} was taken over by another worker.")


def finish(claim: Claim) -> None:
    """Ends the run inside the caller's transaction, which then alone can touch it. Raises :class:`ClaimLost`."""
    finished = PaperRun.objects.held_by(claim.run_id, claim.token).update(
        state=PaperRun.State.FINISHED, stage=PaperRun.Stage.DONE, claim="", finished_at=database_now(), error=""
    )
    if not finished:
        raise ClaimLost(f"Paper run {claim.run_id} was taken over by another worker.")


def withdraw(claim: Claim) -> None:
    """Takes the run back as if it had never been started, so that it can be started once nothing hinders it."""
    with transaction.atomic():
        run = PaperRun.objects.held_by(claim.run_id, claim.token).select_for_update().first()
        if run is not None:
            run.delete()


def release(claim: Claim, error: str, *, on: date) -> float | None:
    """
    Gives the claim back after an attempt that failed; ``on`` is the business day.

    The seconds until the next attempt may begin; ``None`` where that was the last one, or the claim is lost.
    """
    now = database_now()
    attempts = PaperRun.objects.held_by(claim.run_id, claim.token).values_list("attempts", flat=True).first()
    if attempts is None:
        return None
    if attempts >= settings.PAPER_ATTEMPTS:
        PaperRun.objects.held_by(claim.run_id, claim.token).update(
            state=PaperRun.State.FAILED, claim="", finished_at=now, due_on=on + DAY, error=error
        )
        return None
    wait = _wait_after(attempts)
    is_back = PaperRun.objects.held_by(claim.run_id, claim.token).update(
        state=PaperRun.State.QUEUED,
        stage=PaperRun.Stage.WAITING,
        claim="",
        queued_at=now + timedelta(seconds=wait),
        error=error,
    )
    return wait if is_back else None


@contextmanager
def kept_alive(claim: Claim) -> Iterator[None]:
    """Shows signs of life all the while, from a thread and a connection of its own: a long render shows none."""
    stop = Event()
    thread = Thread(target=_beat_until, args=(claim, stop), name=f"heartbeat of paper run {claim.run_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _wait_after(attempts: int) -> float:
    """Seconds: twice as long after each attempt, and a little more by chance, so that not all come back at once."""
    wait: float = settings.PAPER_RETRY_SECONDS * 2 ** (attempts - 1)
    return wait * (1 + MOST_JITTER * secrets.SystemRandom().random())


def _beat_until(claim: Claim, stop: Event) -> None:
    try:
        while not stop.wait(settings.PAPER_LEASE_SECONDS / BEATS_IN_A_LEASE):
            if not _beat(claim):
                return
    finally:
        connection.close()


def _beat(claim: Claim) -> bool:
    """Whether the claim still holds, as far as is known: a database that cannot be asked is asked again."""
    try:
        return bool(PaperRun.objects.held_by(claim.run_id, claim.token).update(heartbeat_at=database_now()))
    except (DatabaseError, InterfaceError) as refusal:
        logger.warning("Paper run %s: the heartbeat could not be written: %s", claim.run_id, refusal)
        connection.close()
        return True
