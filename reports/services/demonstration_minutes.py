"""
What the Board of the demonstration resolved and asked for on 29 March 2018, and what became of what was open before.

Modelled on what the minutes say, in words of ours. The monthly project report was asked for in the discussion and left
out of the resolution; minuted as a request of its own it is not lost, and heads every paper until it is closed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.models import Contract, Person
from reports.models import BoardRequest, Meeting
from reports.services.requests import answer_request, close_request, minute_request

Kind, Status = BoardRequest.Kind, BoardRequest.Status


@dataclass(frozen=True, slots=True)
class Minuted:
    """One item of the minutes, and how many meetings later it is due."""

    kind: BoardRequest.Kind
    text: str
    raised_by: str
    owner: str
    meetings_later: int


MINUTES: Final = (
    Minuted(
        Kind.RESOLUTION,
        "That future reports on the performance of the contract come by exception only.",
        "The Board",
        "Contract Manager",
        1,
    ),
    Minuted(
        Kind.RESOLUTION,
        "That a report on all active projects is brought to the meeting in April or May.",
        "The Board",
        "Chief Information Officer",
        2,
    ),
    Minuted(
        Kind.RESOLUTION,
        "That a proposed list of 20 key projects, with the reason for each, is brought to the meeting in April or May.",
        "The Board",
        "Chief Information Officer",
        2,
    ),
    Minuted(
        Kind.REQUEST,
        "Report on the projects every month. It was asked for in the discussion and is not in the resolution.",
        "Chairman of the Board",
        "Chief Information Officer",
        1,
    ),
)

ANSWERED_BEFORE: Final = {
    "B003": (
        "Until the interface between Mosaic and the finance system passes its acceptance test. The relief is reviewed"
        " when that test is done."
    ),
    "B004": (
        "Leave is planned around the first week of term, twelve people from other teams are trained to take calls, and"
        " the line opens an hour earlier in that week."
    ),
}
"""What was answered at the meeting of 29 March, by reference. The first is closed; the second waits for September."""
CLOSED: Final = ("B003",)


def minute_resolutions(contract: Contract, meeting: Meeting, by: Person, on: date) -> tuple[BoardRequest, ...]:
    """The three resolutions of the meeting and the request; asked again, none is minuted twice. Those that are new."""
    coming = list(Meeting.objects.coming(contract, on).filter(meeting_on__gt=meeting.meeting_on))
    known = set(BoardRequest.objects.filter(contract=contract, meeting=meeting).values_list("text", flat=True))
    return tuple(
        minute_request(
            contract=contract,
            meeting=meeting,
            kind=each.kind,
            text=each.text,
            raised_by=each.raised_by,
            owner=each.owner,
            due=coming[min(each.meetings_later, len(coming)) - 1] if coming else None,
            by=by,
            on=on,
        )
        for each in MINUTES
        if each.text not in known
    )


def answer_what_was_open(contract: Contract, by: Person, on: date) -> tuple[BoardRequest, ...]:
    """What was open before the meeting and is answered at it, in part closed with that; done once. Those it changed."""
    waiting = BoardRequest.objects.filter(contract=contract, reference__in=ANSWERED_BEFORE, status=Status.OPEN)
    done = []
    for each in waiting.filter(answer="").order_by("reference"):
        do = close_request if each.reference in CLOSED else answer_request
        done.append(do(request=each, by=by, on=on, answer=ANSWERED_BEFORE[each.reference], version=each.version))
    return tuple(done)
