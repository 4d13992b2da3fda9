"""What Celery runs for the kernel: sending what waits. Its twin is ``manage.py send_messages``."""

from celery import shared_task

from contracts.queries.clock import database_now
from contracts.services import messages

MINUTE = 60


@shared_task(time_limit=5 * MINUTE, soft_time_limit=4 * MINUTE, expires=MINUTE, max_retries=0)
def send_messages() -> str:
    """Sends the messages that wait; beat asks again soon, so nothing is retried here."""
    return str(messages.send_waiting(database_now()))
