"""The projects of one page of the timeline, by scrutiny area, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contracts.models import Contract
from contracts.readings import together
from projects.models import Milestone, MilestoneForecast
from projects.queries.portfolio import OLDEST_FIRST
from projects.queries.register import Register, RegisterQuestion, rows_asked_for
from projects.rules.confidence import Confidence
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage

MOST_ON_A_PAGE: Final = 100
"""Drawn twice, for wide and narrow screens, and told in a table, so many weigh about 150 kB."""
SHOWN: Final = ("reference", "title", "scrutiny_area", "original_finish", "agreed_finish", "forecast_finish")
"""What the register's row says of a project; the rest is the project's own."""
FIELDS: Final = (*SHOWN, "original_start", "actual_finish", "expected_commission_on")
OF_PROJECT: Final = tuple(f"project__{name}" for name in FIELDS[len(SHOWN) :])
DATED: Final = ("title", "original_on", "agreed_on", "forecast_on", "actual_on")
"""Of a milestone, as its facts take it."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """
    What was asked in the end, how many answer it, and those of this page in the order in which they are drawn.

    Asked for nothing, it is the key projects; while there are none, those in flight.
    """

    asked: RegisterQuestion
    matching: int
    page: Page[Any]
    projects: tuple[ProjectFacts, ...]


def load_timeline(
    contract: Contract,
    on: date,
    asked: RegisterQuestion,
    register: Register,
    number: str = "",
    *,
    is_default: bool = False,
) -> TimelinePage:
    """
    By scrutiny area, those without one last; within it the first to finish first, those without a date last.

    The register has counted all there are already. One query.
    """
    matching = register.matching
    if is_default and register.keys:
        asked, matching = replace(asked, is_key=True), register.keys
    elif is_default:
        asked = replace(asked, stage=Stage.IN_FLIGHT.value)
        matching = register.standing.counts.by_stage[Stage.IN_FLIGHT]
    rows = rows_asked_for(contract, on, asked).order_by(
        F("scrutiny_order").asc(nulls_last=True),
        Coalesce("finish", "agreed_finish").asc(nulls_last=True),
        "reference_order",
    )
    paginator = Paginator(rows, MOST_ON_A_PAGE)
    paginator.count = matching
    page = paginator.get_page(number)
    in_view: Any = page.object_list
    return TimelinePage(asked, matching, page, tuple(_projects(in_view, on)))


def _projects(rows: QuerySet[Any], on: date) -> Iterator[ProjectFacts]:
    """What is drawn and told of the projects of some rows of the register, in their order. One query."""
    said = MilestoneForecast.objects.filter(Q(said_on=None) | Q(said_on__lte=on), milestone=OuterRef("pk"))
    latest = said.order_by(F("said_on").desc(nulls_last=True), "-pk").values("forecast_on")[:1]
    steps = Milestone.objects.filter(project__in=rows.values("project")).annotate(forecast_on=Subquery(latest))
    projects, milestones = together(
        rows.values_list("project", "stage", "declared", *SHOWN, *OF_PROJECT),
        steps.order_by("project", OLDEST_FIRST, "pk").values_list("project", *DATED),
    )
    by_project: defaultdict[int, list[MilestoneFacts]] = defaultdict(list)
    for project, *values in milestones:
        by_project[project].append(MilestoneFacts(*values))
    for project, stage, declared, *values in projects:
        yield ProjectFacts(
            stage=Stage(stage),
            declared=Confidence(declared) if declared else None,
            milestones=tuple(by_project[project]),
            **dict(zip(FIELDS, values, strict=True)),
        )
