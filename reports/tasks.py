"""
What Celery runs: ids in, one service call.

Each task has a twin among the management commands. Beat asks the first and the last one again and again, so these are
not retried and not kept for later; a message about a paper that goes astray is sent again by ``reconcile``.
"""

from celery import Task, shared_task
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from contracts.queries import today
from contracts.queries.clock import database_now
from contracts.rules.pulses import WORK
from contracts.services import pulses
from reports.services import errata, papers, request_reminders
from reports.services.claims import BeingWritten

MINUTE = 60


@shared_task(time_limit=2 * MINUTE, soft_time_limit=MINUTE, expires=MINUTE, max_retries=0)
def start_due_papers() -> str:
    """Starts what is due today."""
    return str(papers.start_due(on=today(), now=database_now()))


@shared_task(
    bind=True,
    time_limit=settings.CELERY_TASK_TIME_LIMIT,
    soft_time_limit=settings.CELERY_TASK_SOFT_TIME_LIMIT,
    autoretry_for=(DatabaseError,),
    retry_backoff=2,
    retry_backoff_max=MINUTE,
    retry_jitter=True,
    max_retries=20,
    throws=(papers.PaperRefused,),
)
def write_paper(self: "Task[[int], None]", run_id: int) -> None:
    """Writes one paper; looks again at the time of the next attempt, or when another worker's lease would be over."""
    try:
        papers.write_paper(run_id, on=today())
    except papers.AttemptFailed as failure:
        raise self.retry(exc=failure, countdown=failure.again_in) from failure
    except BeingWritten as held:
        raise self.retry(exc=held, countdown=settings.PAPER_LEASE_SECONDS) from held


@shared_task(time_limit=2 * MINUTE, soft_time_limit=MINUTE, expires=MINUTE, max_retries=0)
def reconcile() -> str:
    """Sends again what was lost on the way; its end is the sign that beat, broker and workers work together."""
    done = papers.reconcile(on=today(), now=database_now())
    pulses.show_life(WORK, at=database_now())
    return str(done)


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def find_errata() -> str:
    """Finds what corrections have moved in issued papers; where it is cut short, the next one goes on from there."""
    return str(errata.find_errata(now=timezone.now()))


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def write_request_reminders() -> str:
    """Writes what is to be said today of the Board's requests; beat asks again soon, so nothing is retried here."""
    return f"{request_reminders.write_reminders(on=today())} reminders written"
