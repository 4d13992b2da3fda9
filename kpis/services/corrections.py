"""
Corrections: from the day a month was first verified, no figure of it changes without a row that says so.

Whatever changes results (submitting a return, importing a workbook) asks :func:`leaves_corrections` and calls
:func:`correction_of` with the figure that stood before. Commentary is kept by the history alone: no printed number
moves by it.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from contracts.models import Person
from kpis.models import Correction, Result, Return


@dataclass(frozen=True, slots=True)
class Figure:
    """What a result says of its month: a value, a rate, or the reason why there is neither."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    not_measured_reason: str = ""


NOTHING: Final = Figure()
"""What stood before a result was first written."""


def figure_of(result: Result) -> Figure:
    return Figure(result.value, result.numerator, result.denominator, result.not_measured_reason)


def leaves_corrections(area_return: Return) -> bool:
    """Whether the month was verified once, be it open again now: a reopened month has not forgotten."""
    return area_return.verified_at is not None or area_return.state == Return.State.VERIFIED


def correction_of(result: Result, before: Figure, *, reason: str, by: Person | None, at: datetime) -> Correction | None:
    """The correction, not saved yet, for a figure that changed; nothing where it is the same in every part."""
    after = figure_of(result)
    if after == before:
        return None
    return Correction(
        result=result,
        value_before=before.value,
        numerator_before=before.numerator,
        denominator_before=before.denominator,
        not_measured_reason_before=before.not_measured_reason,
        value_after=after.value,
        numerator_after=after.numerator,
        denominator_after=after.denominator,
        not_measured_reason_after=after.not_measured_reason,
        reason=reason,
        corrected_at=at,
        corrected_by=by,
    )
