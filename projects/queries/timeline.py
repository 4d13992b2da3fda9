"""The projects of one page of the timeline, by scrutiny area, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.functions import Coalesce

from contracts.models import Contract
from projects.queries.portfolio import load_portfolio
from projects.queries.register import Register, RegisterQuestion, rows_asked_for
from projects.rules.facts import ProjectFacts, Stage

MOST_ON_A_PAGE: Final = 100
"""Drawn twice, for wide and narrow screens, and told in a table, so many weigh about 150 kB."""


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

    The register has counted all there are already. Two queries.
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
    paginator = Paginator(rows.values_list("project", "reference"), MOST_ON_A_PAGE)
    paginator.count = matching
    page = paginator.get_page(number)
    places = dict(page.object_list)
    known = {each.reference: each for each in load_portfolio(contract, on, among=places).projects}
    projects = tuple(known[reference] for reference in places.values())
    return TimelinePage(asked, matching, page, projects)
