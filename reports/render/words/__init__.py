"""The paper in words: a snapshot becomes a `Document`, section by section, once for all formats."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from string import ascii_uppercase

from contracts.rules.months import day_long
from reports.render.document import Document, Section
from reports.render.words import frame, operational
from reports.render.words.active import active_projects
from reports.render.words.appendices import register, results
from reports.render.words.changes import errata, kpi_changes
from reports.render.words.exceptions import exceptions
from reports.render.words.key_list import key_list
from reports.render.words.money import money
from reports.render.words.plan import plan_items, plan_summary
from reports.render.words.portfolio_news import board_news
from reports.render.words.portfolio_reading import how_to_read as how_to_read_portfolio
from reports.render.words.projects import attention, key_projects
from reports.render.words.reading import how_to_read
from reports.render.words.reliefs import reliefs
from reports.render.words.requests import open_requests
from reports.render.words.standing import standing
from reports.render.words.summary import month_by_month
from reports.snapshot import BoardPaper

__all__ = ["document"]

SECTIONS = (
    open_requests,
    month_by_month,
    exceptions,
    reliefs,
    kpi_changes,
    errata,
    attention,
    key_projects,
    results,
    register,
    how_to_read,
)
"""In the order of the paper: what needs the Board's attention first, everything else in the appendices."""
OPERATIONAL = "operational"
SECTIONS_OF: dict[str, tuple[Callable[[BoardPaper], Section | None], ...]] = {
    "projects": (
        open_requests,
        standing,
        board_news,
        attention,
        key_list,
        plan_summary,
        money,
        plan_items,
        active_projects,
        how_to_read_portfolio,
    ),
    OPERATIONAL: (how_to_read_portfolio,),
}
"""The papers about the portfolio; the operational report begins with sections of its own, one for each area."""


def document(paper: BoardPaper) -> Document:
    """The whole paper in finished words. The texts must be `printable` already."""
    parts = SECTIONS_OF.get(paper.kind, SECTIONS)
    made: Iterable[Section] = (section for make in parts if (section := make(paper)) is not None)
    if paper.kind == OPERATIONAL:
        made = chain(operational.sections(paper), made)
    return Document(
        title=frame.title(paper),
        board=paper.meeting.board,
        day=day_long(paper.meeting.meeting_on) if paper.meeting.meeting_on else "",
        mark=frame.mark(paper),
        facts=frame.title_facts(paper),
        headline=paper.headline,
        since_last=frame.since_last(paper),
        notes=frame.notes(paper),
        sections=tuple(_numbered(made)),
        made_on=paper.made_on,
        has_index=paper.kind == OPERATIONAL,
    )


def _numbered(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections by number and appendices by letter, so that members can name them at the table."""
    number, letter = 0, iter(ascii_uppercase)
    for section in sections:
        number += not section.is_appendix
        label = f"Appendix {next(letter)}:" if section.is_appendix else f"{number}."
        yield replace(section, title=f"{label} {section.title}")
