"""Whether a service area's month was handed in by the day it was due."""

from datetime import date
from enum import StrEnum


class Timeliness(StrEnum):
    """What can be said of an area's month on a day."""

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "not due yet"
    IMPORTED = "imported"


def timeliness(submitted_on: date | None, due_on: date | None, *, is_imported: bool, on: date) -> Timeliness:
    """
    Handed in on the due day is on time; not handed in is missing only once that day has passed.

    An imported return came with its history: when its area handed it in is not known. ``due_on`` is ``None`` in a year
    that the calendar does not know, and without a due day nothing is late.
    """
    if submitted_on is not None:
        return Timeliness.LATE if due_on is not None and submitted_on > due_on else Timeliness.ON_TIME
    if is_imported:
        return Timeliness.IMPORTED
    return Timeliness.MISSING if due_on is not None and on > due_on else Timeliness.AWAITED
