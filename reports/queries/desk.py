"""
A paper's desk: where it stands, what was done with it, what the person who looks may do now, and where everything else
about it is found.

Every page about a paper has its row in :data:`LINKS` or :data:`DOES`; who may and when stands beside its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.held import Held
from contracts.rules.roles import SEES_DRAFTS, TAKES_ZIP, WRITES_PAPERS, Role
from reports.models import FrozenSnapshot, Paper, UploadedEdition
from reports.models.paper import Audience, Kind
from reports.queries.deeds import FROZEN, ISSUED, Case, Status, deeds, read_case, siblings
from reports.queries.errata import errata_found, standing_among
from reports.queries.written import EditionFiles, FileLine, editions_of
from reports.rules.life import Life
from reports.rules.reading import Reader, reader_of
from reports.rules.standing import Standing

ALWAYS: Final = frozenset(Status)
BEFORE: Final = frozenset({Status.DRAFT, Status.SIGNED_OFF})
THERE: Final = ALWAYS - {Status.REMOVED}
OF_ANY_KIND: Final = frozenset(Kind)
PARTED: Final = OF_ANY_KIND - {Kind.OPERATIONAL}
"""The kinds of which parts can be kept from the public."""


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A page about a paper: its name, its words, who may open it, of papers in which status and of which kinds."""

    name: str
    text: str
    roles: frozenset[Role]
    statuses: frozenset[Status] = THERE
    kinds: frozenset[Kind] = OF_ANY_KIND


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, where it ``is_posted``, a button that does it at once."""

    text: str
    href: str
    look: str = ""
    is_posted: bool = False


@dataclass(frozen=True, slots=True)
class BoundPaper:
    """An addendum or a slip of this paper, or the paper that this one adds to."""

    text: str
    href: str
    status: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as the council edited it."""

    file: FileLine
    note: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Desk:
    """All of it for one person. ``newer`` is a later draft of the same paper, ``of`` the paper that it adds to."""

    case: Case
    is_for_workers: bool
    does: tuple[Link, ...]
    links: tuple[Link, ...]
    editions: tuple[EditionFiles, ...]
    uploaded: tuple[Uploaded, ...]
    bound: tuple[BoundPaper, ...]
    of: BoundPaper | None
    errata: int
    newer: BoundPaper | None
    public_href: str

    @property
    def paper(self) -> Paper:
        return self.case.paper

    @property
    def life(self) -> Life:
        return self.case.life

    @property
    def standing(self) -> Standing:
        return self.case.standing


@dataclass(frozen=True, slots=True)
class Family:
    """The papers that belong to one."""

    newer: Paper | None
    of: Paper | None
    bound: tuple[Paper, ...]


LINKS: Final = (
    DeskLink("reports:exempt", "What is not for publication", WRITES_PAPERS, kinds=PARTED),
    DeskLink("reports:readiness", "Is it ready for sign-off?", SEES_DRAFTS, BEFORE),
    DeskLink("reports:compare", "What changed since the last paper", SEES_DRAFTS),
    DeskLink("reports:errata", "Errata", SEES_DRAFTS, FROZEN, frozenset(OF_ANY_KIND - {Kind.ERRATUM})),
    DeskLink("reports:paper_zip", "Everything for the clerk, as one zip", TAKES_ZIP, FROZEN),
)
"""The pages about a paper, for those who work on papers. Whoever adds one adds its row here."""


def load_desk(paper: Paper, held: Held, person: int, on: date) -> Desk:
    """
    The desk of a paper that was read with its contract, meeting and board.

    One query, however much there is.
    """
    return read_now(read_desk(paper, held, person, on))


def read_desk(paper: Paper, held: Held, person: int, on: date) -> Reading[Desk]:
    """The same in one step beside whatever else is read."""
    reader = reader_of(held, paper.contract.reference)
    case, (related, edited, errata) = yield from beside(
        read_case(paper, held, person, on),
        ask(
            _related(paper),
            UploadedEdition.objects.filter(paper=paper).select_related("uploaded_by").defer("content"),
            errata_found(paper, with_exempt=held.reads_exempt(paper.contract.reference)),
        ),
    )
    family = _family(paper, related)
    return Desk(
        case=case,
        is_for_workers=reader.works_on_papers,
        does=tuple(Link(deed.text, _href(deed.name, paper), deed.look, deed.is_posted) for deed in deeds(case)),
        links=tuple(Link(link.text, _href(link.name, paper)) for link in LINKS if _is_open(link, case)),
        editions=editions_of(paper, paper.contract.reference, reader),
        uploaded=_uploaded(paper, edited, reader),
        bound=tuple(_line(each) for each in family.bound if reader.works_on_papers or each.status in ISSUED),
        of=_line(family.of) if family.of else None,
        errata=standing_among(errata) if paper.status in FROZEN else 0,
        newer=_line(family.newer) if family.newer and reader.works_on_papers else None,
        public_href=public_href(paper) if case.life.published else "",
    )


def public_href(paper: Paper) -> str:
    """Where the public reads it; read with its frozen halves."""
    addresses = [half.address for half in paper.frozen.all() if half.audience == Audience.PUBLIC]
    return reverse("public_paper", args=addresses) if addresses else ""


def _is_open(link: DeskLink, case: Case) -> bool:
    return case.paper.status in link.statuses and case.paper.kind in link.kinds and case.holds(link.roles)


def _href(name: str, paper: Paper) -> str:
    return reverse(name, args=[paper.contract.reference, paper.pk])


def _related(paper: Paper) -> QuerySet[Paper]:
    return (
        Paper.objects.filter(
            Q(pk=paper.of_id) | Q(of=paper) | Q(pk__in=siblings(paper).filter(revision__gt=paper.revision))
        )
        .light()
        .select_related("contract")
        .order_by("kind", "number", "revision")
    )


def _family(paper: Paper, rows: Iterable[Paper]) -> Family:
    """A later draft of the same paper, the paper it adds to, and those that add to it."""
    newer = of = None
    bound: dict[tuple[str, int], Paper] = {}
    for row in rows:
        if row.pk == paper.of_id:
            of = row
        elif row.of_id == paper.pk:
            bound[row.kind, row.number] = row
        else:
            newer = row
    return Family(newer, of, tuple(bound.values()))


def _line(row: Paper) -> BoundPaper:
    number = f" {row.number}" if row.number else f", revision {row.revision}"
    text = f"{row.get_kind_display()[:1].upper()}{row.get_kind_display()[1:]}{number}"
    return BoundPaper(text, reverse("reports:paper", args=[row.contract.reference, row.pk]), row.status)


def _uploaded(paper: Paper, rows: Iterable[UploadedEdition], reader: Reader) -> tuple[Uploaded, ...]:
    """The files that the council edited, for who may open them."""
    return tuple(
        Uploaded(_uploaded_file(paper, row), row.note, str(row.uploaded_by), timezone.localtime(row.uploaded_at).date())
        for row in rows
        if reader.opens_frozen(paper.status, is_exempt=row.audience == Audience.EXEMPT)
    )


def _uploaded_file(paper: Paper, row: UploadedEdition) -> FileLine:
    href = reverse("reports:uploaded_edition", args=[paper.contract.reference, paper.pk, row.pk])
    return FileLine(row.name, row.name, "", href, row.size, row.sha256, row.audience == Audience.EXEMPT)


def text_of(paper: Paper, audience: str) -> str:
    """
    The snapshot of a half of a paper as it is now: the frozen one as soon as there is one. Empty where it was removed.

    A draft's says draft even once it is signed off: who shows it says how it stands.
    """
    return texts_of([paper], audience)[paper.pk]


def texts_of(papers: Iterable[Paper], audience: str) -> dict[int, str]:
    """The same of several papers, by key. One query."""
    removed = {paper.pk: paper.status == Status.REMOVED for paper in papers}
    return read_now(_read_texts(removed, audience))


def read_text(paper: Paper, audience: str) -> Reading[str]:
    """That of one paper in one step beside whatever else is read."""
    texts = yield from _read_texts({paper.pk: paper.status == Status.REMOVED}, audience)
    return texts[paper.pk]


def _read_texts(removed: Mapping[int, bool], audience: str) -> Reading[dict[int, str]]:
    """Of papers by key, each with whether it was removed."""
    frozen = FrozenSnapshot.objects.filter(frozen__paper=OuterRef("pk"), frozen__audience=audience)
    asked = Paper.objects.filter(pk__in=list(removed)).annotate(frozen_text=Subquery(frozen.values("text")[:1]))
    drafted = "exempt_snapshot" if audience == Audience.EXEMPT else "snapshot"
    (rows,) = yield (asked.order_by().values_list("pk", "frozen_text", drafted),)
    return {pk: kept if kept is not None else "" if removed[pk] else draft for pk, kept, draft in rows}


def title_of(paper: Paper) -> str:
    """As its frozen half bears it, and before that as its draft does; read with its frozen halves."""
    frozen = [half.title for half in paper.frozen.all() if half.audience == Audience.PUBLIC]
    number = f" {paper.number}" if paper.number else ""
    return frozen[0] if frozen else f"{paper.contract.title}: {paper.get_kind_display()}{number}"
