"""Whether a service area's month was handed in by the day it was due."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Timeliness(StrEnum):
    """What can be said of an area's month on a day."""

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "not due yet"
    IMPORTED = "imported"


def timeliness(submitted_on: date | None, due_on: date | None, *, is_handed_in: bool, on: date) -> Timeliness:
    """
    Handed in on the due day is on time; not handed in is missing only once that day has passed.

    A return that is handed in without a day came with an import: when its area did so is not known. ``due_on`` is
    ``None`` in a year that the calendar does not know, and without a due day nothing is late.
    """
    if submitted_on is not None:
        return Timeliness.LATE if due_on is not None and submitted_on > due_on else Timeliness.ON_TIME
    if is_handed_in:
        return Timeliness.IMPORTED
    return Timeliness.MISSING if due_on is not None and on > due_on else Timeliness.AWAITED


def in_words(counts: Mapping[str, int]) -> str:
    """`Of 6 returns 3 came in on time and 1 late; 2 are missing.` Those imported or not due yet are said apart."""
    on_time, late, missing, awaited, imported = (counts.get(each.value, 0) for each in Timeliness)
    asked = on_time + late + missing
    said = [
        f"Of {_returns(asked)} {on_time} came in on time and {late} late; {missing} {_are(missing)} missing."
        if asked
        else "",
        f"{_returns(imported)} came with the import." if imported else "",
        f"{_returns(awaited)} {_are(awaited)} not due yet." if awaited else "",
    ]
    return " ".join(part for part in said if part)


def _returns(number: int) -> str:
    return "1 return" if number == 1 else f"{number:,} returns"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
