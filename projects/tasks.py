"""What Celery runs about projects: writing the reminders. Its twin is ``manage.py write_update_reminders``."""

from celery import shared_task

from contracts.queries import today
from projects.services import reminders

MINUTE = 60


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def write_update_reminders() -> str:
    """Writes what is to be said today; beat asks again soon, so nothing is retried here."""
    return f"{reminders.write_reminders(on=today())} reminders written"
