"""The project register: every project as one frozen row, filtered as the address asks, with counts that reconcile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from contracts.models import Contract
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.attention import AttentionLine, needs_attention, unanswered
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import UNRATED, PortfolioCounts, portfolio_counts
from projects.rules.facts import ProjectFacts
from projects.rules.slippage import Slippage

GRAVITY = {"red": 0, "amber": 1, "green": 2, UNRATED: 3}


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """What the register is filtered by; blank fields ask nothing."""

    words: str = ""
    stage: str = ""
    confidence: str = ""
    scrutiny_area: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A project as the register lists it."""

    href: str
    reference: str
    title: str
    kind: str
    service_area: str
    scrutiny_area: str
    stage: str
    declared: str
    declared_order: int
    computed: str
    computed_order: int
    original_finish: date | None
    finish: date | None
    days_late: int | None
    rebaselined: int
    key_rank: int | None


@dataclass(frozen=True, slots=True)
class Register:
    """The rows asked for, and the counts of the whole portfolio."""

    rows: tuple[RegisterRow, ...]
    counts: PortfolioCounts
    scrutiny_areas: tuple[str, ...]
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One project with what its dates say and which rules it trips."""

    project: ProjectFacts
    computed: Confidence | None
    slippage_original: Slippage | None
    slippage_agreed: Slippage | None
    attention: tuple[AttentionLine, ...]
    unanswered: tuple[str, ...]


def load_register(contract: Contract, on: date, asked: RegisterQuestion) -> Register:
    """The projects as known on a day. The number of queries does not depend on how many there are."""
    projects = load_portfolio(contract, on).projects
    thresholds = thresholds_of(contract)
    keeps = _filter(asked)
    return Register(
        rows=tuple(_row(contract, project, thresholds) for project in projects if keeps(project)),
        counts=portfolio_counts(projects),
        scrutiny_areas=tuple(sorted({project.scrutiny_area for project in projects if project.scrutiny_area})),
        is_illustrative=any(project.source == "illustrative" for project in projects),
    )


def load_project(contract: Contract, reference: str, on: date, last_paper_on: date | None = None) -> ProjectPage | None:
    """One project as known on a day; ``None`` where the contract has no such reference."""
    portfolio = load_portfolio(contract, on, reference)
    if not portfolio.projects:
        return None
    project = portfolio.projects[0]
    thresholds = thresholds_of(contract)
    attention = needs_attention((project,), on, last_paper_on, None, thresholds, contract.silent_days)
    return ProjectPage(
        project=project,
        computed=project.computed(thresholds),
        slippage_original=project.slippage_original,
        slippage_agreed=project.slippage_agreed,
        attention=attention,
        unanswered=unanswered(project) if any(line.rule in ("red", "amber") for line in attention) else (),
    )


def _filter(asked: RegisterQuestion) -> Callable[[ProjectFacts], bool]:
    words = asked.words.casefold().split()

    def keeps(project: ProjectFacts) -> bool:
        text = f"{project.reference} {project.title} {project.sponsor} {project.manager}".casefold()
        return (
            all(word in text for word in words)
            and asked.stage in ("", project.stage)
            and asked.confidence in ("", project.declared or UNRATED)
            and asked.scrutiny_area in ("", project.scrutiny_area)
            and (project.is_key or not asked.key)
        )

    return keeps


def _row(contract: Contract, project: ProjectFacts, thresholds: Thresholds) -> RegisterRow:
    declared = str(project.declared or UNRATED)
    computed = str(project.computed(thresholds) or UNRATED)
    slippage = project.slippage_original
    return RegisterRow(
        href=reverse("projects:project", args=[contract.reference, project.reference]),
        reference=project.reference,
        title=project.title,
        kind=project.kind,
        service_area=project.service_area,
        scrutiny_area=project.scrutiny_area,
        stage=project.stage.value,
        declared=declared,
        declared_order=GRAVITY[declared],
        computed=computed,
        computed_order=GRAVITY[computed],
        original_finish=project.original_finish,
        finish=project.finish,
        days_late=slippage.days if slippage else None,
        rebaselined=len(project.rebaselines),
        key_rank=project.key_rank,
    )
