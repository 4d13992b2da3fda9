"""Telling people of requests of the Board: that one is theirs, and that its answer is due, each occasion once."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse

from contracts.models import Message, Person
from contracts.rules.months import day_long
from contracts.services.messages import tell
from reports.models import BoardRequest
from reports.rules.requests import Occasion

SAID: Final = {
    Occasion.SOON: ("Due soon", "It is due at the meeting of {due}. The paper of that meeting is drafted on {draft}."),
    Occasion.DRAFT: ("Due now", "It is due at the meeting of {due}, whose paper is drafted on {draft}."),
    Occasion.OVERDUE: ("Overdue", "It was due at the meeting of {due}, and nobody has answered."),
}


def tell_assigned(request: BoardRequest, *, by: Person) -> None:
    """To whom it is assigned: it is theirs to answer."""
    if request.assigned_to is None:
        return
    due = f"It is due at the meeting of {day_long(request.due_meeting_on)}." if request.due_meeting_on else ""
    tell(
        (request.assigned_to,),
        contract=request.contract,
        kind=Message.Kind.REQUEST_ASSIGNED,
        key=f"request assigned {request.pk} {request.version}",
        subject=f"A request of the Board is yours: {request.reference}",
        body=_body(request, f"It is yours to answer. {due}".strip()),
        but=by,
    )


def tell_due(people: Iterable[Person], request: BoardRequest, occasion: Occasion, *, due: date, draft: date) -> int:
    """Once for each occasion and meeting: put off to another meeting, it is due anew. How many that makes."""
    subject, said = SAID[occasion]
    return tell(
        people,
        contract=request.contract,
        kind=Message.Kind.REQUEST_DUE,
        key=f"{occasion} {request.pk} {due.isoformat()}",
        subject=f"{subject}: request {request.reference} of the Board",
        body=_body(request, said.format(due=day_long(due), draft=day_long(draft))),
    )


def _body(request: BoardRequest, said: str) -> str:
    contract = request.contract
    path = reverse("reports:request", args=[contract.reference, request.pk])
    link = f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""
    asked = f"{request.raised_by or 'The Board'}, {day_long(request.raised_on)}:\n{request.text}"
    return f"{contract.title}\n\n{asked}\n\n{said}\n{link}"
