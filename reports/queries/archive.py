"""Every paper of a contract that somebody may see, with its files and until when it is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import ExtractYear
from django.urls import reverse

from contracts.models import Contract, Person
from contracts.readings import together
from contracts.rules.calendar import WorkingCalendar
from contracts.rules.held import Held
from contracts.rules.roles import REMOVES
from reports.models import Paper, PaperAct
from reports.queries.deeds import ISSUED, due_of
from reports.queries.lives import act_of
from reports.queries.public import name_of
from reports.queries.written import EditionFiles, editions_of, with_files
from reports.querysets import PaperQuerySet
from reports.rules.life import Life, life
from reports.rules.reading import reader_of
from reports.rules.retention import kept_until

ORDER: Final = ("-meeting__meeting_on", "meeting", "-kind", "number", "-revision")
"""The latest meeting first; of each the report before the rest, and the latest draft before earlier ones."""


@dataclass(frozen=True, slots=True)
class ArchiveQuestion:
    """What is asked for: a kind, a status, the year of the meeting; empty where it does not matter."""

    kind: str = ""
    status: str = ""
    year: int | None = None

    @property
    def asks(self) -> bool:
        return bool(self.kind or self.status or self.year)


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """
    A line of the archive. ``timing`` says whether the clear days held; ``is_superseded``: a later draft was built.

    ``kept_until`` and ``background_until`` are the last days of retention of the paper and its background papers.
    """

    name: str
    href: str
    meeting_on: date
    meeting_href: str
    revision: int
    status: str
    is_superseded: bool
    published_on: date | None
    address: str
    timing: str
    kept_until: date
    background_until: date
    is_past_retention: bool
    removal_href: str
    files: EditionFiles | None


@dataclass(frozen=True, slots=True)
class Archive:
    """The papers asked for as rows that are yet to be read, how many there are, and the years to choose from."""

    rows: QuerySet[Any]
    matching: int
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ArchiveReader:
    """Makes a line of a row; what it needs to know for all of them."""

    contract: Contract
    held: Held
    calendar: WorkingCalendar
    on: date

    def __call__(self, paper: Paper) -> ArchivedPaper:
        acts, meeting = life(act_of(row) for row in paper.acts.all()), paper.meeting
        if meeting is None:
            raise ValueError("The archive holds the papers of meetings.")
        board, reference = meeting.board, self.contract.reference
        until = kept_until(meeting.meeting_on, board.paper_years)
        editions = editions_of(paper, reference, reader_of(self.held, reference))
        may_go = paper.status in ISSUED and acts.removal_asked is None and self.held.holds(REMOVES, reference)
        is_past = until < self.on
        return ArchivedPaper(
            name=name_of(paper.kind, paper.number),
            href=reverse("reports:paper", args=[reference, paper.pk]),
            meeting_on=meeting.meeting_on,
            meeting_href=reverse("reports:meeting", args=[reference, meeting.pk]),
            revision=paper.revision,
            status=paper.status,
            is_superseded=paper.is_superseded,  # type: ignore[attr-defined]
            published_on=acts.published.published_on if acts.published else None,
            address=acts.published.address if acts.published else "",
            timing=self._timing(paper, acts),
            kept_until=until,
            background_until=kept_until(meeting.meeting_on, board.background_years),
            is_past_retention=is_past,
            removal_href=reverse("reports:ask_removal", args=[reference, paper.pk]) if is_past and may_go else "",
            files=editions[-1] if editions else None,
        )

    def _timing(self, paper: Paper, acts: Life) -> str:
        due = due_of(paper, self.calendar)
        held = None if due.is_after_agenda else acts.published_in_time(due.publish_by)
        return "" if held is None else "in time" if held else "late"


def load_archive(contract: Contract, person: Person, asked: ArchiveQuestion) -> Archive:
    """One query; another reads a page of the rows with all that hangs on them, however long it is."""
    seen = Paper.objects.visible_to(person).for_meetings().filter(contract=contract)
    years = seen.annotate(year=ExtractYear("meeting__meeting_on")).order_by("-year").values_list("year", flat=True)
    rows = seen
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.year:
        rows = rows.filter(meeting__meeting_on__year=asked.year)
    counted = rows.order_by().values("contract").annotate(number=Count("pk")).values_list("number", flat=True)
    numbers, there = together(counted, years.distinct())
    return Archive(_read_with(rows, contract), sum(numbers), tuple(there))


def _read_with(rows: PaperQuerySet, contract: Contract) -> QuerySet[Any]:
    same = {name: OuterRef(name) for name in ("contract", "meeting", "kind", "number")}
    later = Paper.objects.filter(**same, revision__gt=OuterRef("revision"))
    publications = PaperAct.objects.filter(paper=OuterRef("pk"), kind=PaperAct.Kind.PUBLISHED)
    acts = PaperAct.objects.select_related("by").order_by("at", "pk")
    read = with_files(rows).select_related("meeting__board", "contract").prefetch_related(Prefetch("acts", acts))
    annotated: QuerySet[Any] = read.annotate(
        is_superseded=Exists(later), published_at=Subquery(publications.values("published_at")[:1])
    )
    return annotated.order_by(*ORDER)
