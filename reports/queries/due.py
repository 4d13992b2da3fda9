"""
Which papers are due: those of planned meetings whose draft date is reached and that nobody has started, or that have
failed and are due again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, draft_on
from reports.build.periods import dates_for, offsets_of, review_for
from reports.models import Meeting, PaperRun
from reports.models.paper import Kind
from reports.rules.review import NothingVerified


@dataclass(frozen=True, slots=True)
class DuePaper:
    """A paper that should be drafted by now; ``hindrance`` says in words why it cannot be, where that is so."""

    title: str
    contract_id: int
    meeting_id: int
    kind: str
    due_on: date
    hindrance: str = ""


def due_papers(on: date) -> tuple[DuePaper, ...]:
    """
    The reports due on a business day, earliest meeting first: draft date reached, meeting not past, not started yet.

    One that has failed is due again on the next business day.

    A meeting beyond the years of the calendar has no draft date: it is listed once it is planned, with the reason.
    """
    calendar = working_calendar()
    papers = (_due(contract, meeting, calendar, on) for contract, meeting in _not_started(on))
    return tuple(paper for paper in papers if paper)


def _not_started(on: date) -> Iterator[tuple[Contract, Meeting]]:
    meetings = (
        Meeting.objects.planned()
        .filter(meeting_on__gte=on)
        .order_by("meeting_on", "board")
        .select_related("board")
        .prefetch_related("board__contracts")
    )
    runs = PaperRun.objects.filter(kind=Kind.REPORT, meeting__meeting_on__gte=on)
    started = set(runs.exclude(state=PaperRun.State.FAILED, due_on__lte=on).values_list("contract", "meeting"))
    for meeting in meetings:
        for contract in meeting.board.contracts.all():
            if (contract.pk, meeting.pk) not in started:
                yield contract, meeting


def _due(contract: Contract, meeting: Meeting, calendar: WorkingCalendar, on: date) -> DuePaper | None:
    due_on, hindrance = on, ""
    try:
        due_on = draft_on(meeting.meeting_on, calendar, offsets_of(meeting.board, contract))
        if on < due_on:
            return None
        dates_for(contract, meeting, review_for(contract, meeting), calendar)
    except (NothingVerified, YearNotKnown) as refusal:
        hindrance = str(refusal)
    return DuePaper(f"{contract.reference}, {meeting}", contract.pk, meeting.pk, Kind.REPORT, due_on, hindrance)
