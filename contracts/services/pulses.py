"""
Signs of life of what works without being asked: beat, each worker, and the work that beat has workers do.

One row each, which says when it was last heard of. Who dies silently leaves a row that grows old; a worker that was
told to end takes its row with it, and one whose row is a day old is forgotten.

They are dated by the database's clock, so that they can be compared; whose own differs from it leaves a row that says
so. A worker leaves the same sign in the folder of the files: where it is missing, that is not the folder in which the
worker writes.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from contracts.models import Pulse
from contracts.queries.clock import database_now
from contracts.rules.pulses import WORKER, clock_of, mark_of

CLOCKS_DIFFER: Final = timedelta(seconds=5)
"""Machines that ask a time server differ by less than a tenth of a second."""
FORGOTTEN_AFTER: Final = timedelta(days=1)

logger = logging.getLogger(__name__)


def show_life(of: str, *, at: datetime) -> None:
    """Notes that it was heard of just now, a worker also in the folder of the files."""
    Pulse.objects.update_or_create(of=of, defaults={"at": at})
    if of.startswith(WORKER):
        _leave_mark(of, at)


def show_life_if_possible(of: str, *, at: datetime) -> bool:
    """
    The same for who must go on without a database, and whether its clock, by which it is now ``at``, is right.

    Says whether it was noted.
    """
    try:
        true = database_now()
        show_life(of, at=true)
        _compare_clocks(of, at, true)
    except DatabaseError as trouble:
        logger.warning("No sign of life of %s could be left: %s", of, trouble)
        return False
    return True


def forget(of: str) -> None:
    """It ended in good order, so nobody is to miss it."""
    Pulse.objects.filter(of__in=(of, clock_of(of))).delete()
    with suppress(OSError):
        mark_of(settings.VAR_DIR, of).unlink(missing_ok=True)


def forget_workers_of_old() -> None:
    """Workers that were not heard of for a day: the machine has another name, or is no more."""
    old = Pulse.objects.filter(of__startswith=WORKER, at__lt=database_now() - FORGOTTEN_AFTER)
    for of in old.values_list("of", flat=True):
        forget(of)


def _leave_mark(of: str, at: datetime) -> None:
    """Written aside and renamed, so that nobody reads half of it."""
    mark = mark_of(settings.VAR_DIR, of)
    aside = mark.with_name(f".{mark.name}")
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(at.isoformat(), encoding="ascii")
        aside.rename(mark)
    except OSError as trouble:
        logger.warning("No sign of life of %s could be left in the folder of the files: %s", of, trouble)


def _compare_clocks(of: str, at: datetime, true: datetime) -> None:
    if abs(at - true) > CLOCKS_DIFFER:
        logger.warning("The clock of this machine is off by %.0f seconds", (at - true).total_seconds())
        show_life(clock_of(of), at=true)
    else:
        Pulse.objects.filter(of=clock_of(of)).delete()
