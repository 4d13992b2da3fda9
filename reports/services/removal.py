"""
Removing what a paper says: past its retention, or because it holds what should never have been published.

Two people do it together: one asks, another confirms. Gone then are the snapshots, every file and what the council
uploaded, of this revision and of the drafts before it; its title, the hashes, the reason and who did it stay. The
database itself lets nothing of it go without the acts of two different people.
"""

from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction

from contracts.models import Person
from contracts.rules.months import day_long
from contracts.rules.roles import REMOVES
from reports.models import FrozenFile, FrozenSnapshot, Paper, PaperAct, PaperFile, UploadedEdition
from reports.queries.lives import life_of
from reports.rules.life import Act as TheAct
from reports.rules.retention import kept_until
from reports.services.acts import ActRefused, NotAsItStands, hold, must_hold, record, refuse_unless, revisions, said
from reports.services.storage import remove_unowned

Status = Paper.Status
Act = PaperAct.Kind
ISSUED: Final = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
REMOVES_IN_WORDS: Final = "Clerks, contract managers and administrators remove a paper, two of them together."


class Ground(StrEnum):
    """Why the contents of a paper may go."""

    PAST_RETENTION = "past retention"
    IN_ERROR = "published in error"

    @property
    def words(self) -> str:
        return {
            Ground.PAST_RETENTION: "It is past its retention.",
            Ground.IN_ERROR: "It holds what was published in error.",
        }[self]


class StillKept(ActRefused):
    """Its retention has not ended."""

    field = "ground"


class SecondPerson(ActRefused):
    """Who asked does not confirm."""

    def __init__(self) -> None:
        super().__init__("You asked for the removal yourself: somebody else confirms it.")


@transaction.atomic
def ask_removal(paper: Paper, *, by: Person, ground: Ground | str, reason: str, at: datetime, on: date) -> PaperAct:
    """
    The first of the two. Raises :class:`NotYours`, :class:`NotAsItStands`, :class:`StillKept` or :class:`ActRefused`.
    """
    must_hold(by, paper, REMOVES, REMOVES_IN_WORDS)
    held = hold(paper)
    refuse_unless(held, ISSUED, "Only what was published or withdrawn is removed.")
    if life_of(held).removal_asked is not None:
        raise NotAsItStands("Its removal was asked for already.")
    _refuse_kept(held, Ground(ground), on)
    words = f"{Ground(ground).words} {said(reason, 'why it is removed', 'reason')}"
    return record(held, Act.REMOVAL_ASKED, by=by, at=at, words=words)


@transaction.atomic
def confirm_removal(paper: Paper, *, by: Person, at: datetime) -> PaperAct:
    """
    The second, somebody else: the contents go, at once in the database, and from the disk after the commit.

    Raises :class:`NotYours`, :class:`NotAsItStands` or :class:`SecondPerson`.
    """
    must_hold(by, paper, REMOVES, REMOVES_IN_WORDS)
    held = hold(paper)
    asked = _asked(held)
    if asked.by_pk == by.pk:
        raise SecondPerson
    # The act first: without it the database lets nothing go.
    act = record(held, Act.REMOVED, by=by, at=at, words=asked.words, status=Status.REMOVED)
    folders = _folders(held)
    FrozenSnapshot.objects.filter(frozen__paper=held).delete()
    UploadedEdition.objects.filter(paper=held).update(content=b"")
    for each in (held, *_drafts_before(held)):
        each.files.all().delete()
        each.snapshot = each.exempt_snapshot = each.headline = ""
        each.status = Status.REMOVED
        each.save(update_fields=["snapshot", "exempt_snapshot", "headline", "status"])
    transaction.on_commit(partial(remove_unowned, folders))
    return act


@transaction.atomic
def refuse_removal(paper: Paper, *, by: Person, reason: str, at: datetime) -> PaperAct:
    """Leaves the paper as it is; who asked may take it back so too."""
    must_hold(by, paper, REMOVES, REMOVES_IN_WORDS)
    held = hold(paper)
    _asked(held)
    return record(held, Act.REMOVAL_REFUSED, by=by, at=at, words=said(reason, "why it is not removed", "reason"))


def _asked(paper: Paper) -> TheAct:
    refuse_unless(paper, ISSUED, "Only what was published or withdrawn is removed.")
    asked = life_of(paper).removal_asked
    if asked is None:
        raise NotAsItStands("Nobody has asked for its removal, or it was refused.")
    return asked


def _refuse_kept(paper: Paper, ground: Ground, on: date) -> None:
    meeting = paper.meeting
    if ground != Ground.PAST_RETENTION or meeting is None:
        return
    until = kept_until(meeting.meeting_on, meeting.board.paper_years)
    if on <= until:
        raise StillKept(f"It is kept until {day_long(until)}: until then it goes only where it was published in error.")


def _drafts_before(paper: Paper) -> list[Paper]:
    """The revisions that led to it: they say the same, and went to nobody."""
    earlier = revisions(paper).filter(revision__lt=paper.revision, frozen=None).exclude(status=Status.REMOVED)
    return list(earlier)


def _folders(paper: Paper) -> list[str]:
    """Where the files lie that are about to go."""
    papers = [paper, *_drafts_before(paper)]
    paths = [
        *PaperFile.objects.filter(paper__in=papers).values_list("path", flat=True),
        *FrozenFile.objects.filter(frozen__paper=paper).values_list("path", flat=True),
    ]
    return sorted({PurePosixPath(path).parent.as_posix() for path in paths})
