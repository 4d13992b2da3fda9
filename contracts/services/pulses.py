"""
Signs of life of what works without being asked: beat, each worker, and the work that beat has workers do.

One row each, which says when it was last heard of. Who dies silently leaves a row that grows old; a worker that was
told to end takes its row with it, and one whose row is a day old is forgotten.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError

from contracts.models import Pulse

BEAT: Final = "beat"
WORK: Final = "work"
"""Shown by the work that beat asks for again and again: the news went out, a worker took it up and came to its end."""
WORKER: Final = "worker "
FORGOTTEN_AFTER: Final = timedelta(days=1)
LONGEST: Final = 120

logger = logging.getLogger(__name__)


def name_of_worker(host: str) -> str:
    return f"{WORKER}{host}"[:LONGEST]


def show_life(of: str, *, at: datetime) -> None:
    """Notes that it was heard of just now."""
    Pulse.objects.update_or_create(of=of, defaults={"at": at})


def show_life_if_possible(of: str, *, at: datetime) -> bool:
    """The same for who must go on without a database; whether it was noted."""
    try:
        show_life(of, at=at)
    except DatabaseError as trouble:
        logger.warning("No sign of life of %s could be left: %s", of, trouble)
        return False
    return True


def forget(of: str) -> None:
    """It ended in good order, so nobody is to miss it."""
    Pulse.objects.filter(of=of).delete()


def forget_workers_of_old(*, at: datetime) -> None:
    """Workers that were not heard of for a day: the machine has another name, or is no more."""
    Pulse.objects.filter(of__startswith=WORKER, at__lt=at - FORGOTTEN_AFTER).delete()
