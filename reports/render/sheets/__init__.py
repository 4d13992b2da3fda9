"""The paper as data tables for CSV and spreadsheet: one fact a cell, nothing worked into sentences."""

from collections.abc import Callable

from reports.render.document import Sheet
from reports.render.sheets import money, portfolio
from reports.render.sheets.kpis import changes, errata, exceptions, months, reliefs, results
from reports.render.sheets.projects import attention, key_projects, milestones, register
from reports.render.sheets.title import requests, title
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
"""The papers about the portfolio."""


def sheets(paper: BoardPaper) -> tuple[Sheet, ...]:
    """Every table of the paper; one without rows is there too, with its columns."""
    return tuple(sheet(paper) for sheet in SHEETS_OF.get(paper.kind, SHEETS))


def main_sheet(paper: BoardPaper) -> Sheet:
    """The table for whoever wants one: the register in a paper about the portfolio, else the results."""
    return register(paper) if paper.kind in SHEETS_OF else results(paper)
