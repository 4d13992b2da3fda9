"""
What the public reads without signing in: published papers, with what was added to them and what was found wrong.

A paper is here once it was published. One that was withdrawn or removed after that leaves its title and the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from reports.models import FrozenFile, FrozenPaper, Paper, PaperAct
from reports.models.paper import BOUND, Audience, Kind
from reports.queries.errata import PaperErrata, errata_of
from reports.queries.lives import lives_of
from reports.queries.written import EditionFiles, public_files
from reports.rules.life import Life

PER_PAGE: Final = 100
Status = Paper.Status


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published paper in a list, or beside another one; ``gone`` says what became of it where it is gone."""

    text: str
    contract: str
    href: str
    published_on: date | None
    gone: str


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """The papers of one meeting of a board."""

    board: str
    meeting_on: date
    papers: tuple[PublicLine, ...]


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """A published paper; ``text`` is its snapshot as JSON, and empty where the paper is gone."""

    title: str
    address: str
    sha256: str
    kind: str
    revision: int
    board: str
    contract: str
    meeting_on: date
    status: str
    life: Life
    of: PublicLine | None
    bound: tuple[PublicLine, ...]
    errata: PaperErrata
    files: EditionFiles | None
    text: str

    @property
    def needs_clear_days(self) -> bool:
        """What is bound to a paper follows it, in no time of its own."""
        return self.kind not in BOUND

    @property
    def is_gone(self) -> bool:
        return self.status != Status.PUBLISHED

    def mark(self, *looks: str) -> str:
        """
        What the page shows, in one word: it differs as soon as anything on the page does.

        ``looks`` are what else it depends on.
        """
        shown = (self.sha256, self.status, self.life.seen, self.of, self.bound, self.errata.seen)
        return sha256(repr((shown, looks)).encode()).hexdigest()


def published() -> QuerySet[Any]:
    """The public halves of papers that were published, whatever became of them since."""
    was_published = Exists(PaperAct.objects.filter(paper=OuterRef("paper"), kind=PaperAct.Kind.PUBLISHED))
    is_out = Q(paper__status=Status.PUBLISHED)
    is_gone = Q(paper__status__in=[Status.WITHDRAWN, Status.REMOVED])
    halves = FrozenPaper.objects.filter(audience=Audience.PUBLIC, paper__meeting__isnull=False)
    return halves.filter(is_out | (is_gone & was_published)).select_related("paper__meeting__board", "paper__contract")


def load_public_papers(number: int) -> tuple[tuple[PublicMeeting, ...], "Page[FrozenPaper]"]:
    """A page of all that was published, by meeting, the latest first. Three queries."""
    rows = published().order_by(
        "-paper__meeting__meeting_on", "paper__meeting", "paper__contract", "-paper__kind", "pk"
    )
    page = Paginator(_light(rows), PER_PAGE).get_page(number)
    lives = lives_of(half.paper_id for half in page.object_list)
    return tuple(_meetings(list(page.object_list), lives)), page


def load_public_paper(address: str) -> PublicPaper | None:
    """The paper at an address; ``None`` where nothing was published there. Five queries."""
    half = published().select_related("snapshot").filter(address=address).first()
    meeting = half.paper.meeting if half else None
    if half is None or meeting is None:
        return None
    paper: Paper = half.paper
    others = _light(
        published().filter(Q(paper__of=paper) | Q(paper=paper.of_id)).order_by("paper__kind", "paper__number")
    )
    related = list(others)
    lives = lives_of([paper.pk, *(each.paper_id for each in related)])
    is_gone = paper.status != Status.PUBLISHED
    lines = {each.paper_id: _line(each, lives[each.paper_id]) for each in related}
    return PublicPaper(
        title=half.title,
        address=half.address,
        sha256=half.sha256,
        kind=paper.kind,
        revision=paper.revision,
        board=meeting.board.name,
        contract=paper.contract.title,
        meeting_on=meeting.meeting_on,
        status=paper.status,
        life=lives[paper.pk],
        of=lines.pop(paper.of_id, None),
        bound=tuple(lines.values()),
        errata=PaperErrata(()) if is_gone else errata_of(paper),
        files=None if is_gone else public_files(half, paper),
        text="" if is_gone else half.snapshot.text,
    )


def load_public_file(address: str, name: str) -> tuple[FrozenPaper, FrozenFile] | None:
    """A public file of a paper that was published, and the half that it belongs to. One query."""
    halves = published()
    file = (
        FrozenFile.objects.filter(name=name, frozen__address=address, frozen__in=halves)
        .select_related("frozen__paper")
        .first()
    )
    return (file.frozen, file) if file else None


def _light(halves: QuerySet[Any]) -> QuerySet[Any]:
    """Without the drafts' snapshots, which no list shows."""
    return halves.defer("paper__snapshot", "paper__exempt_snapshot")


def _meetings(halves: list[FrozenPaper], lives: dict[int, Life]) -> Iterator[PublicMeeting]:
    for meeting, of_it in groupby(halves, key=lambda half: half.paper.meeting):
        if meeting is not None:
            lines = tuple(_line(half, lives[half.paper_id]) for half in of_it)
            yield PublicMeeting(meeting.board.name, meeting.meeting_on, lines)


def _line(half: FrozenPaper, life: Life) -> PublicLine:
    paper = half.paper
    gone = "" if paper.status == Status.PUBLISHED else paper.status
    return PublicLine(
        text=name_of(paper.kind, paper.number),
        contract=paper.contract.title,
        href=reverse("public_paper", args=[half.address]),
        published_on=life.published.published_on if life.published else None,
        gone=gone,
    )


def name_of(kind: str, number: int) -> str:
    """`Exception report`, `Addendum 1`."""
    label = Kind(kind).label
    return f"{label[:1].upper()}{label[1:]}{f' {number}' if number else ''}"
