"""The paper as data tables for CSV and spreadsheet: one fact a cell, nothing worked into sentences."""

from reports.render.document import Sheet
from reports.render.sheets.kpis import changes, errata, exceptions, months, reliefs, results
from reports.render.sheets.projects import attention, key_projects, milestones, register
from reports.render.sheets.title import requests, title
from reports.snapshot import BoardPaper

__all__ = ["results", "sheets"]

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


def sheets(paper: BoardPaper) -> tuple[Sheet, ...]:
    """Every table of the paper; one without rows is there too, with its columns."""
    return tuple(sheet(paper) for sheet in SHEETS)
