"""
What all acts on a paper have in common: whose they are, that the paper is held meanwhile, and the row they leave.

An act and the status that it makes are written in one transaction. Two who act at once come one after the other, and
the later one meets the paper as the earlier one has left it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied

from contracts.models import Person
from contracts.queries import load_ground
from contracts.rules.roles import Role
from contracts.services.refusals import Refused
from reports.models import ActOrigin, Paper, PaperAct
from reports.models.paper import Kind
from reports.querysets import PaperQuerySet
from reports.services.storage import lock

Status = Paper.Status
FROZEN: Final = frozenset({Status.WITH_CLERK, Status.PUBLISHED})


class NotYours(PermissionDenied):
    """Somebody tried what belongs to others; the words say to whom."""


class ActRefused(Refused):
    """Nothing was done; the words say why, and what would be right."""


class NotAsItStands(ActRefused):
    """The paper is not where this act is done: somebody was quicker, or another step comes first."""


class NotForTheBoard(ActRefused):
    def __init__(self) -> None:
        super().__init__("An operational report is a working paper of the council: it is not signed off or published.")


def must_hold(by: Person, paper: Paper, roles: frozenset[Role], words: str) -> None:
    """Raises :class:`NotYours`, in these words, unless one of the roles is theirs for the paper's contract."""
    if not load_ground(by).held.holds(roles, paper.contract.reference):
        raise NotYours(words)


def hold(paper: Paper) -> Paper:
    """
    The paper as it now stands, with its contract, meeting and board.

    Until the transaction ends nobody else stores, signs or changes any revision of it: the meeting is taken first, as
    whoever stores a paper does.
    """
    if paper.meeting_id is None or paper.kind == Kind.OPERATIONAL:
        raise NotForTheBoard
    lock(paper.meeting_id)
    list(revisions(paper).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    held: Paper = Paper.objects.select_related("contract", "meeting__board", "of").get(pk=paper.pk)
    return held


def revisions(paper: Paper) -> PaperQuerySet:
    """All revisions of the same paper, itself among them."""
    return Paper.objects.filter(
        contract=paper.contract_id, meeting=paper.meeting_id, kind=paper.kind, number=paper.number
    )


def refuse_unless(paper: Paper, statuses: Collection[str], words: str) -> None:
    """Raises :class:`NotAsItStands` unless the paper is in one of the statuses."""
    if paper.status not in statuses:
        raise NotAsItStands(f"{words} This paper is {paper.get_status_display()} now.")


def said(words: str, what: str, field: str) -> str:
    """What was typed, on record as it is; raises :class:`ActRefused` where nothing was."""
    typed = words.replace("\r\n", "\n").strip()
    if not typed:
        refusal = ActRefused(f"Say {what}.")
        refusal.field = field
        raise refusal
    return typed


def record(
    paper: Paper,
    kind: PaperAct.Kind,
    *,
    by: Person,
    at: datetime,
    words: str = "",
    address: str = "",
    published_at: datetime | None = None,
    status: Paper.Status | None = None,
) -> PaperAct:
    """Leaves the row of an act and, where it makes another status, sets that."""
    act = PaperAct(paper=paper, kind=kind, by=by, at=at, words=words, address=address, published_at=published_at)
    act.full_clean()
    act.save()
    ActOrigin.objects.create(act=act)
    if status is not None:
        paper.status = status
        paper.save(update_fields=["status"])
    return act
