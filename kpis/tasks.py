"""
What Celery runs about KPIs: writing the reminders, and clearing up in the folder of evidence.

The twins are ``manage.py write_reminders`` and ``manage.py sweep_evidence``.
"""

from celery import shared_task
from django.utils import timezone

from contracts.queries import today
from kpis.services import evidence, reminders

MINUTE = 60


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def write_reminders() -> str:
    """Writes what is to be said today; beat asks again soon, so nothing is retried here."""
    return f"{reminders.write_reminders(on=today())} reminders written"


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def sweep_evidence() -> str:
    """Removes files that belong to no evidence; beat asks again."""
    return f"{evidence.sweep(timezone.now())} files removed"
