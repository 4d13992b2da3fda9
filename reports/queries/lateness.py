"""Whether a paper goes to the clerk late, and the reason that was given for it."""

from dataclasses import dataclass
from datetime import date

from contracts.queries import working_calendar
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, publish_by
from contracts.rules.months import day_long
from reports.models import Narrative, Paper
from reports.models.paper import Kind
from reports.snapshot import from_json

DEFAULT_FOR_ADDENDUM = "The figures were not verified when the report was published."


@dataclass(frozen=True, slots=True)
class Lateness:
    """``why`` says what makes it late, blank where nothing does; ``reason`` is the officer's, as it would print."""

    why: str
    reason: str

    @property
    def is_needed(self) -> bool:
        return bool(self.why)


def lateness_of(paper: Paper, on: date) -> Lateness:
    """
    For a paper that is handed over on a day, read with its contract, meeting and board.

    An addendum is always late; where nobody gave a reason it is offered one. A slip of errata never is: it is no item
    of the agenda.
    """
    why = why_late(paper, on)
    reason = written_lateness(paper)
    if not reason and paper.snapshot:
        words = from_json(paper.snapshot).words
        reason = words.lateness if words else ""
    if not reason and why and paper.kind == Kind.ADDENDUM:
        reason = DEFAULT_FOR_ADDENDUM
    return Lateness(why, reason)


def written_lateness(paper: Paper) -> str:
    """The reason that people wrote for the paper, blank where nobody did."""
    of_it = Narrative.objects.filter(
        contract=paper.contract_id, meeting=paper.meeting_id, kind=paper.kind, number=paper.number
    )
    said: str | None = of_it.values_list("lateness", flat=True).first()
    return (said or "").strip()


def why_late(paper: Paper, on: date, calendar: WorkingCalendar | None = None) -> str:
    """What makes it late; blank where nothing does. One query where the calendar is not given."""
    meeting = paper.meeting
    if meeting is None or paper.kind == Kind.ERRATUM:
        return ""
    if paper.kind == Kind.ADDENDUM:
        return "An addendum comes after the agenda, so it gives the reason for its lateness."
    try:
        latest = publish_by(meeting.meeting_on, calendar or working_calendar(), meeting.board.clear_days)
    except YearNotKnown:
        return ""
    if on <= latest:
        return ""
    clear = meeting.board.clear_days
    return f"To leave {clear} clear days before the meeting it had to be published by {day_long(latest)}."
