"""The frozen paper as a whole."""

from dataclasses import dataclass
from datetime import date

from reports.snapshot.issue import BoundTo, ExemptErratum, ExemptLine, ExemptText, RemarkLine, Words
from reports.snapshot.kpis import (
    AreaLine,
    EarlierFailure,
    ExceptionLine,
    History,
    KpiChange,
    MonthCounts,
    ReliefLine,
    Review,
)
from reports.snapshot.portfolio import PortfolioPart
from reports.snapshot.projects import ProjectSection


@dataclass(frozen=True, slots=True)
class ContractHead:
    reference: str
    title: str
    authority: str
    supplier: str


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """The meeting a paper is for and the dates worked back from it; all empty when judged without a meeting."""

    board: str
    meeting_on: date | None
    publish_by: date | None
    data_due_on: date | None
    draft_on: date | None
    sign_off_on: date | None
    with_clerk_on: date | None
    addendum_cut_off_on: date | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A resolution, question or request of the Board."""

    reference: str
    kind: str
    raised_on: date
    raised_by: str
    text: str
    owner: str
    due_meeting: date | None
    status: str
    answer: str


@dataclass(frozen=True, slots=True)
class ErratumLine:
    """What should read otherwise: where it stands, and in which paper."""

    place: str
    printed: str
    should_read: str
    because: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What changed since the Board last met, counted in KPIs."""

    last_meeting_on: date | None
    recovered: int
    new: int
    worsening: int
    continuing: int
    reliefs_continuing: int
    reliefs_begun: int
    reliefs_ended: int
    projects_slipped: int
    projects_needing_attention: int


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """
    The whole paper. ``made_on`` is the business day it was built.

    ``portfolio`` stands in papers about the portfolio alone. It and all that follows is left out of the JSON where it
    says nothing. ``headline`` is what the paper prints; where people wrote it, ``headline_generated`` is what was
    worked out. ``number`` and ``of`` are those of an addendum or a slip, ``why`` says why it was written. An exempt
    paper holds the sections named in ``exempt``; a public one says of them that they are not for publication.
    ``template`` is the SHA-256 of the Word template that the paper fills; the plain one has none. ``exempt_errata`` and
    ``exempt_appendices`` are printed by an exempt paper alone, and no public one has any.
    """

    schema: int
    kind: str
    status: str
    revision: int
    made_on: date
    contract: ContractHead
    meeting: MeetingHead
    review: Review
    history: History
    headline: str
    since_last: SinceLast
    months: tuple[MonthCounts, ...]
    exceptions: tuple[ExceptionLine, ...]
    reliefs: tuple[ReliefLine, ...]
    kpi_changes: tuple[KpiChange, ...]
    earlier_failures: tuple[EarlierFailure, ...]
    projects: ProjectSection
    requests: tuple[RequestLine, ...]
    errata: tuple[ErratumLine, ...]
    areas: tuple[AreaLine, ...]
    provisional_areas: tuple[str, ...]
    has_illustrative: bool
    portfolio: PortfolioPart | None = None
    number: int = 0
    of: BoundTo | None = None
    why: str = ""
    headline_generated: str = ""
    words: Words | None = None
    remarks: tuple[RemarkLine, ...] = ()
    audience: str = "public"
    exempt: tuple[ExemptLine, ...] = ()
    template: str = ""
    exempt_errata: tuple[ExemptErratum, ...] = ()
    exempt_appendices: tuple[ExemptText, ...] = ()
