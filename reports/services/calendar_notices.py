"""Telling officers, contract managers and clerks that a meeting was moved, cancelled or planned again: each once."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from contracts.models import Contract, Message, Person
from contracts.queries import load_holders, working_calendar
from contracts.rules.calendar import YearNotKnown, publish_by
from contracts.rules.months import day_long, day_short
from contracts.rules.roles import Role
from contracts.services.messages import tell
from projects.queries.key_duties import clerks
from reports.models import Meeting


def tell_changed(meeting: Meeting, contracts: Iterable[Contract], what: str, old: date, *, by: Person) -> None:
    """In the transaction of the change. Who works for several contracts of the board is told once."""
    for contract in contracts:
        holders = load_holders(contract)
        people = (*holders.of(Role.CONTRACT_MANAGER), *holders.of(Role.OFFICER), *clerks())
        path = reverse("reports:meeting", args=[contract.reference, meeting.pk])
        link = f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""
        tell(
            people,
            contract=contract,
            kind=Message.Kind.MEETING_CHANGED,
            key=f"meeting {meeting.pk} {meeting.version}",
            subject=f"Meeting {what}: {day_short(old)}{_to(meeting, old)}",
            body=f"{contract.title}\n\n{_said(meeting, what, old)}\n{link}",
            but=by,
        )


def _to(meeting: Meeting, old: date) -> str:
    return "" if meeting.meeting_on == old else f" to {day_short(meeting.meeting_on)}"


def _said(meeting: Meeting, what: str, old: date) -> str:
    to = "" if meeting.meeting_on == old else f" It is now on {day_long(meeting.meeting_on)}."
    lines = [f"The meeting of {meeting.board} on {day_long(old)} was {what}.{to}"]
    if meeting.reason:
        lines.append(f"Reason: {meeting.reason}")
    if meeting.status == Meeting.Status.PLANNED:
        try:
            day = publish_by(meeting.meeting_on, working_calendar(), meeting.board.clear_days)
        except YearNotKnown:
            lines.append("No holidays are known for that year yet, so its dates cannot be worked out.")
        else:
            lines.append(f"Its papers are to be published by {day_long(day)}.")
    return "\n".join(lines)
