"""What the Board asked for and is still waiting for."""

from datetime import date

from contracts.rules.months import day_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Paragraph, Section, Table
from reports.rules.requests import is_overdue
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, RequestLine

COLUMNS = (
    Column("Reference", width=1.1),
    Column("What was asked", width=4.6),
    Column("Owner", width=1.7),
    Column("Where it stands", width=2.7),
)


OF_KPIS = "Questions that were asked of a KPI stand in the exception report and are not repeated here."


def open_requests(paper: BoardPaper) -> Section:
    """Requests stay at the head of every paper until they are closed; an answered one is not closed yet."""
    waiting = [request for request in paper.requests if request.status != "closed"]
    about = "about its projects" if paper.kind == "projects" else "on this contract"
    blocks: tuple[Block, ...] = (Paragraph(f"The Board has no open request {about}."),)
    if waiting:
        rows = tuple(_row(request, paper.made_on) for request in waiting)
        blocks = (Table("Requests of the Board that are not closed", COLUMNS, rows),)
        if paper.kind == "projects":
            blocks = (*blocks, Paragraph(OF_KPIS, is_quiet=True))
    return Section("requests", "Open requests of the Board", blocks)


def _row(request: RequestLine, on: date) -> tuple[Cell, ...]:
    by = f" by {request.raised_by}" if request.raised_by else ""
    is_was = "was due" if is_overdue(request.status, request.due_meeting, on) else "due"
    due = f", {is_was} on {day_short(request.due_meeting)}" if request.due_meeting else ""
    return (
        Cell(request.reference),
        Cell(request.text, note=f"{capitalised(request.kind)} of {day_short(request.raised_on)}{by}"),
        Cell(request.owner or DASH),
        Cell(f"{capitalised(request.status)}{due}", note=request.answer),
    )
