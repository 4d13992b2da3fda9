"""
Telling the workers that a paper waits for them.

The row in the database is what counts, the message only saves waiting: where the broker is down it is not sent, and
``reconcile`` sends it later.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Final

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

WRITE_PAPER = "reports.tasks.write_paper"
"""By name, because services stand below the tasks that call them."""

_IS_WRITTEN_HERE: Final = ContextVar("is_written_here", default=False)

logger = logging.getLogger(__name__)


def announce(run_id: int) -> None:
    """Tells the workers of a run, once the present transaction is committed: before that they would not find it."""
    transaction.on_commit(partial(_send, run_id))


@contextmanager
def written_here() -> Iterator[None]:
    """Workers are told of no run meanwhile: whoever asks for it writes it at once, before there is a broker even."""
    token = _IS_WRITTEN_HERE.set(True)
    try:
        yield
    finally:
        _IS_WRITTEN_HERE.reset(token)


def _send(run_id: int) -> None:
    if _IS_WRITTEN_HERE.get():
        return
    try:
        current_app.send_task(WRITE_PAPER, args=(run_id,))
    except OperationalError as refusal:
        logger.warning("The broker did not take the news of paper run %s; it is sent again later: %s", run_id, refusal)
