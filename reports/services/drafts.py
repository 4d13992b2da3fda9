"""
What may be drafted, and as of which day: asked by whoever prints a draft and by whoever stores one, so that both refuse
the same things in the same words.
"""

from datetime import date

from contracts.models import Contract
from contracts.rules.calendar import YearNotKnown
from reports.build import build_paper
from reports.models import Meeting
from reports.models.paper import Kind
from reports.rules.review import NothingVerified
from reports.snapshot import BoardPaper


class KindNotBuilt(ValueError):
    """A kind of paper that has its name already, but no content of its own yet."""


class MeetingCancelled(ValueError):
    """A meeting that will not be held needs no paper."""


REFUSALS = (KindNotBuilt, MeetingCancelled, NothingVerified, YearNotKnown)
"""What another attempt would meet again, until people change the data."""


def refuse_unbuilt(kind: str) -> None:
    """Raises :class:`KindNotBuilt` rather than have the exception report printed under another title."""
    if kind != Kind.REPORT:
        label = Kind(kind).label
        raise KindNotBuilt(f"This version writes the exception report only; it does not write the {label} yet.")


def refuse_cancelled(meeting: Meeting) -> None:
    """Raises :class:`MeetingCancelled`."""
    if meeting.status == Meeting.Status.CANCELLED:
        raise MeetingCancelled(f"The meeting of {meeting.meeting_on.isoformat()} was cancelled.")


def draft_paper(contract: Contract, meeting: Meeting, *, on: date, kind: str, revision: int) -> BoardPaper:
    """
    The draft for a meeting as things are known on the business day ``on``; for a meeting in the past, on its own day.

    Raises one of :data:`REFUSALS`.
    """
    refuse_unbuilt(kind)
    refuse_cancelled(meeting)
    return build_paper(contract, meeting, on=min(on, meeting.meeting_on), kind=kind, revision=revision)
