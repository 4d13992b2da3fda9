"""The project register: every project as one frozen row, filtered as the address asks, with counts that reconcile."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from contracts.models import Contract, ServiceArea
from projects.models import Project
from projects.queries.portfolio import load_portfolio, thresholds_of
from projects.rules.attention import needs_attention
from projects.rules.confidence import Confidence, Thresholds
from projects.rules.counts import UNRATED
from projects.rules.facts import ProjectFacts, Stage
from projects.rules.sentences import register_headline
from projects.rules.standing import Signal, Standing, rules_by_project, signals_of, standing

STAGE_ORDER = {stage: place for place, stage in enumerate(Stage)}
RATING_ORDER = {rating: place for place, rating in enumerate(Confidence)}


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """What the register is filtered by; blank fields ask nothing."""

    words: str = ""
    stage: str = ""
    confidence: str = ""
    signal: str = ""
    scrutiny_area: str = ""
    service_area: str = ""
    is_key: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return self != RegisterQuestion()


@dataclass(frozen=True, slots=True)
class RegisterChoices:
    """What there is to choose from: scrutiny areas in use, and service areas as (code, name)."""

    scrutiny_areas: tuple[str, ...]
    service_areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A project as the register lists it. An order is what its column sorts by; ``None`` stands last."""

    href: str
    reference: str
    reference_order: tuple[str | int, ...]
    title: str
    scrutiny_area: str
    service_area: str
    stage: str
    stage_order: int
    declared: str
    declared_order: int | None
    computed: str
    computed_order: int | None
    original_finish: date | None
    finish: date | None
    days_late: int | None
    rebaselined: int
    key_rank: int | None


@dataclass(frozen=True, slots=True)
class Register:
    """The rows asked for, and how the whole register stands."""

    rows: tuple[RegisterRow, ...]
    standing: Standing
    headline: str
    is_illustrative: bool


def load_choices(contract: Contract) -> RegisterChoices:
    """The areas a register can be filtered by, in two queries."""
    scrutiny_areas = (
        Project.objects.filter(contract=contract)
        .exclude(scrutiny_area="")
        .order_by("scrutiny_area")
        .values_list("scrutiny_area", flat=True)
        .distinct()
    )
    service_areas = ServiceArea.objects.filter(contract=contract).in_order().values_list("code", "name")
    return RegisterChoices(tuple(scrutiny_areas), tuple(service_areas))


def load_register(contract: Contract, on: date, asked: RegisterQuestion) -> Register:
    """The projects as known on a day. The number of queries does not depend on how many there are."""
    projects = load_portfolio(contract, on).projects
    thresholds = thresholds_of(contract)
    lines = needs_attention(projects, on, None, None, thresholds, contract.silent_days)
    tripped = rules_by_project(lines)
    signals = [signals_of(project, tripped.get(project.reference, ()), thresholds) for project in projects]
    stands = standing(projects, signals)
    rows = (
        _row(contract, project, thresholds)
        for project, carried in zip(projects, signals, strict=True)
        if _answers(asked, project, carried)
    )
    return Register(
        rows=tuple(sorted(rows, key=lambda row: row.reference_order)),
        standing=stands,
        headline=register_headline(stands),
        is_illustrative=any(project.source == "illustrative" for project in projects),
    )


def _answers(asked: RegisterQuestion, project: ProjectFacts, carried: frozenset[Signal]) -> bool:
    text = f"{project.reference} {project.title} {project.sponsor} {project.manager} {project.third_party}".casefold()
    return (
        all(word in text for word in asked.words.casefold().split())
        and asked.stage in ("", project.stage)
        and asked.confidence in ("", project.declared or UNRATED)
        and (not asked.signal or asked.signal in carried)
        and asked.scrutiny_area in ("", project.scrutiny_area)
        and asked.service_area in ("", project.service_area)
        and (project.is_key or not asked.is_key)
    )


def _row(contract: Contract, project: ProjectFacts, thresholds: Thresholds) -> RegisterRow:
    computed = project.computed(thresholds)
    slippage = project.slippage_original
    return RegisterRow(
        href=reverse("projects:project", args=[contract.reference, project.reference]),
        reference=project.reference,
        reference_order=tuple(_in_order(project.reference)),
        title=project.title,
        scrutiny_area=project.scrutiny_area,
        service_area=project.service_area,
        stage=project.stage.value,
        stage_order=STAGE_ORDER[project.stage],
        declared=str(project.declared or UNRATED),
        declared_order=RATING_ORDER[project.declared] if project.declared else None,
        computed=str(computed or UNRATED),
        computed_order=RATING_ORDER[computed] if computed else None,
        original_finish=project.original_finish,
        finish=project.finish,
        days_late=slippage.days if slippage else None,
        rebaselined=len(project.rebaselines),
        key_rank=project.key_rank,
    )


def _in_order(reference: str) -> Iterator[str | int]:
    """P2 before P10: text and numbers by turns, so that two references always compare."""
    for place, part in enumerate(re.split(r"([0-9]+)", reference.casefold())):
        yield int(part) if place % 2 else part
