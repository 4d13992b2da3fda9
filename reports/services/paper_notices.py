"""
Telling people what became of a paper, in the transaction of the act: each occasion once, with a link and never a file.

What went to the clerk is told to clerks and contract managers; what was published or withdrawn to the Board as well.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse

from contracts.models import Message, Person
from contracts.queries import load_holders, working_calendar
from contracts.rules.calendar import YearNotKnown, publish_by
from contracts.rules.months import day_long, day_short
from contracts.rules.roles import COUNTERSIGNS, Role
from contracts.services.messages import tell
from projects.queries.key_duties import clerks
from reports.models import Paper, PaperAct
from reports.models.paper import Audience, Kind

MANAGERS: Final = (Role.CONTRACT_MANAGER,)
BOARD: Final = (Role.CONTRACT_MANAGER, Role.BOARD_MEMBER)


def tell_to_countersign(paper: Paper, act: PaperAct, why: str) -> None:
    """To those who may sign beside who signed first."""
    holders = load_holders(paper.contract)
    people = tuple(person for role in sorted(COUNTERSIGNS) for person in holders.of(role))
    said = f"{act.by} has signed it off. Somebody else signs too: {why}."
    _tell(paper, people, Message.Kind.PAPER_TO_SIGN, act, "A paper waits for a second signature", said)


def tell_handed_over(paper: Paper, act: PaperAct, on: date) -> None:
    """To clerks and contract managers: it is frozen, and its files are there to be published."""
    said = f"It was handed over on {day_long(on)}. Its files are frozen{_due(paper)}."
    _tell(paper, _people(paper, MANAGERS), Message.Kind.PAPER_HANDED_OVER, act, "With the clerk", said)


def tell_published(paper: Paper, act: PaperAct, on: date, timing: str) -> None:
    """To the Board's members too, with the address at which everybody reads it."""
    said = f"It was published on {day_long(on)}{f', {timing}' if timing else ''}."
    people = _people(paper, BOARD)
    _tell(paper, people, Message.Kind.PAPER_PUBLISHED, act, "Published", said, path=_public_path(paper))


def tell_withdrawn(paper: Paper, act: PaperAct, *, was_published: bool) -> None:
    """To whoever was told of it: to the Board only what it was told is published."""
    path = _public_path(paper) if was_published else ""
    people = _people(paper, BOARD if was_published else MANAGERS)
    said = f"It was withdrawn.\nReason: {act.words}"
    _tell(paper, people, Message.Kind.PAPER_WITHDRAWN, act, "Withdrawn", said, path=path)


def _people(paper: Paper, roles: Iterable[Role]) -> tuple[Person, ...]:
    holders = load_holders(paper.contract)
    return (*clerks(), *(person for role in roles for person in holders.of(role)))


def _tell(
    paper: Paper, people: Iterable[Person], kind: Message.Kind, act: PaperAct, what: str, said: str, *, path: str = ""
) -> None:
    path = path or reverse("reports:paper", args=[paper.contract.reference, paper.pk])
    link = f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""
    name = _name(paper)
    tell(
        people,
        contract=paper.contract,
        kind=kind,
        key=f"{kind} {act.pk}",
        subject=f"{what}: {paper.contract.reference}, {name}",
        body=f"{paper.contract.title}\n\n{name}, revision {paper.revision}\n\n{said}\n{link}",
        but=act.by,
    )


def _name(paper: Paper) -> str:
    """`exception report for 29 Mar 2018`, `addendum 1 for 29 Mar 2018`."""
    number = f" {paper.number}" if paper.number else ""
    when = f" for {day_short(paper.meeting.meeting_on)}" if paper.meeting else ""
    return f"{paper.get_kind_display()}{number}{when}"


def _due(paper: Paper) -> str:
    meeting = paper.meeting
    if meeting is None or paper.kind in (Kind.ADDENDUM, Kind.ERRATUM):
        return ""
    try:
        latest = publish_by(meeting.meeting_on, working_calendar(), meeting.board.clear_days)
    except YearNotKnown:
        return ""
    return f", and are to be published by {day_long(latest)}"


def _public_path(paper: Paper) -> str:
    address: str | None = paper.frozen.filter(audience=Audience.PUBLIC).values_list("address", flat=True).first()
    return reverse("public_paper", args=[address]) if address else ""
