"""The paper as data tables for CSV and spreadsheet: one fact a cell, nothing worked into sentences."""

from collections.abc import Callable

from reports.render.document import Sheet
from reports.render.sheets import money, portfolio
from reports.render.sheets.kpis import changes, errata, exceptions, exempt_errata, months, reliefs, results
from reports.render.sheets.projects import attention, key_projects, milestones, register
from reports.render.sheets.title import exempt_appendices, requests, title
from reports.render.words import exempt
from reports.render.words.slip import SLIP
from reports.snapshot import BoardPaper

__all__ = ["main_sheet", "results", "sheets"]

SHEETS = (
    title,
    requests,
    months,
    exceptions,
    reliefs,
    changes,
    errata,
    attention,
    key_projects,
    milestones,
    results,
    register,
)
"""In the order of the paper."""
SHEETS_OF: dict[str, tuple[Callable[[BoardPaper], Sheet], ...]] = {
    "addendum": (title, months, exceptions, reliefs, changes, errata, results),
    SLIP: (title, errata),
    "projects": (
        title,
        requests,
        portfolio.news,
        portfolio.key_changes,
        attention,
        key_projects,
        milestones,
        portfolio.plan,
        money.years,
        money.stages,
        money.funding,
        money.overspends,
        register,
    ),
    "operational": (
        title,
        portfolio.news,
        attention,
        portfolio.updates,
        portfolio.reported_milestones,
        portfolio.rebaselines,
        register,
    ),
}
"""The papers that are not like the report: an addendum has no projects, those about the portfolio have no KPIs."""
OF_PROJECTS = ("projects", "operational")
SECTION_OF: dict[str, str] = {
    "requests": "requests",
    "months": "months",
    "exceptions": "exceptions",
    "reliefs": "reliefs",
    "kpi_changes": "changes",
    "errata": "errata",
    "results": "results",
    "project_exceptions": "attention",
    "key_projects": "key",
    "milestones": "key",
    "projects": "projects",
    "news": "news",
    "key_changes": "news",
    "plan": "plan",
    "money_years": "money",
    "money_stages": "money",
    "funding": "money",
    "overspends": "money",
}
"""The section whose data a table holds; a table that is not named here stands in every half."""


EXEMPT_ALONE = (exempt_errata, exempt_appendices)
"""Tables that an exempt part has besides, where there is anything in them; no public paper has them."""


def sheets(paper: BoardPaper) -> tuple[Sheet, ...]:
    """
    Every table of the paper; one without rows is there too, with its columns. Tables of sections that are not for
    publication stand in the exempt part alone, and no others do.
    """
    made = (sheet(paper) for sheet in SHEETS_OF.get(paper.kind, SHEETS))
    own = (sheet(paper) for sheet in EXEMPT_ALONE) if exempt.is_exempt(paper) else ()
    return (
        *(sheet for sheet in made if _stands_in(paper, sheet.key)),
        *(sheet for sheet in own if sheet.rows),
    )


def main_sheet(paper: BoardPaper) -> Sheet:
    """The table for whoever wants one: the register of a paper about projects, a slip's errata, else the results."""
    by_kind = errata if paper.kind == SLIP else register if paper.kind in OF_PROJECTS else results
    wanted = by_kind(paper)
    return wanted if _stands_in(paper, wanted.key) else sheets(paper)[-1]


def _stands_in(paper: BoardPaper, key: str) -> bool:
    withheld = any(line.section == SECTION_OF.get(key) for line in paper.exempt)
    return key not in SECTION_OF or withheld == exempt.is_exempt(paper)
