"""
Telling the workers that a paper waits for them.

The row in the database is what counts, the message only saves waiting: where the broker is down it is not sent, and
``reconcile`` sends it later.
"""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

WRITE_PAPER = "reports.tasks.write_paper"
"""By name, because services stand below the tasks that call them."""

logger = logging.getLogger(__name__)


def announce(run_id: int) -> None:
    """Tells the workers of a run, once the present transaction is committed: before that they would not find it."""
    transaction.on_commit(partial(_send, run_id))


def _send(run_id: int) -> None:
    try:
        current_app.send_task(WRITE_PAPER, args=(run_id,))
    except OperationalError as refusal:
        logger.warning("The broker did not take the news of paper run %s; it is sent again later: %s", run_id, refusal)
