"""What a project's own details must keep to, and what a change of stage must say.

Checked when somebody adds or edits a project; what came in by a workbook long ago may be less complete.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.rules.months import month_long, month_of
from projects.rules.facts import Stage

OVER: Final = frozenset({Stage.COMPLETE, Stage.CANCELLED})
STOPPED: Final = frozenset({Stage.ON_HOLD, Stage.CANCELLED})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and what would be right, with the field to look at; ``place`` is that of a milestone, from 0."""

    field: str
    words: str
    place: int | None = None


def date_faults(
    *, stage: Stage, start: date | None, finish: date | None, actual: date | None, on: date
) -> tuple[Fault, ...]:
    """The dates of a project against each other, its stage and the day it is."""
    found = []
    if start and finish and finish < start:
        found.append(Fault("original_finish", f"The original finish cannot be before the start, {_day(start)}."))
    if stage is Stage.COMPLETE and actual is None:
        found.append(Fault("actual_finish", "A complete project has a finish: enter the day it finished."))
    if actual and actual > on:
        found.append(Fault("actual_finish", f"The actual finish cannot be in the future: today is {_day(on)}."))
    if actual and start and actual < start:
        found.append(Fault("actual_finish", f"The actual finish cannot be before the start, {_day(start)}."))
    if actual and stage not in OVER:
        words = f"A project with an actual finish is not {_standing(stage)}: choose complete, or leave that day blank."
        found.append(Fault("stage", words))
    return tuple(found)


def stage_fault(*, before: Stage | None, after: Stage, why: str) -> Fault | None:
    """A change of stage that has to be explained and is not: a stop, or going on after the end."""
    if before is after or why.strip():
        return None
    if after in STOPPED:
        return Fault("why", f"Say why it is {'put on hold' if after is Stage.ON_HOLD else 'cancelled'}.")
    if before in OVER:
        return Fault("why", f"Say why it is {_standing(after)} again: it was {before}.")
    return None


def _standing(stage: Stage) -> str:
    return "in the pipeline" if stage is Stage.PIPELINE else stage.value


def _day(day: date) -> str:
    return f"{day.day} {month_long(month_of(day))}"
