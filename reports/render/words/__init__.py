"""The paper in words: a snapshot becomes a `Document`, section by section, once for all formats."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from string import ascii_uppercase

from contracts.rules.months import day_long
from reports.render.document import Document, Section
from reports.render.words import addendum, exempt, frame, operational, slip
from reports.render.words.active import active_projects
from reports.render.words.appendices import register, results
from reports.render.words.changes import errata, exempt_errata, kpi_changes
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
from reports.render.words.words_of_people import (
    author,
    background,
    consultation,
    implications,
    introduction,
    recommendation,
)
from reports.rules.exempt import EXEMPT_ERRATA
from reports.snapshot import BoardPaper

__all__ = ["document"]

CLOSING = (implications, consultation, background, author)
"""What people wrote, after the substance and before the appendices."""
SECTIONS = (
    open_requests,
    recommendation,
    month_by_month,
    exceptions,
    reliefs,
    kpi_changes,
    errata,
    exempt_errata,
    attention,
    key_projects,
    *CLOSING,
    results,
    register,
    how_to_read,
)
"""In the order of the paper: what needs the Board's attention first, everything else in the appendices."""
OPERATIONAL = "operational"
SOMETIMES: dict[Callable[[BoardPaper], Section | None], str] = {
    errata: "errata",
    exempt_errata: EXEMPT_ERRATA[0],
    money: "money",
    implications: "implications",
    consultation: "consultation",
}
"""Sections that are not there when they are blank, by their key: what is withheld keeps its place and its number."""
SECTIONS_OF: dict[str, tuple[Callable[[BoardPaper], Section | None], ...]] = {
    addendum.ADDENDUM: (
        addendum.about,
        recommendation,
        addendum.changed,
        month_by_month,
        exceptions,
        reliefs,
        kpi_changes,
        errata,
        exempt_errata,
        *CLOSING,
        results,
        addendum.how_to_read,
    ),
    slip.SLIP: (errata, exempt_errata, slip.about),
    "projects": (
        open_requests,
        recommendation,
        standing,
        board_news,
        attention,
        key_list,
        plan_summary,
        money,
        *CLOSING,
        plan_items,
        active_projects,
        how_to_read_portfolio,
    ),
    OPERATIONAL: (how_to_read_portfolio,),
}
"""
The papers that are not like the report: an addendum, a slip of errata, and those about the portfolio. The operational
report begins with sections of its own, one for each area.
"""


def document(paper: BoardPaper) -> Document:
    """The whole paper in finished words. The texts must be `printable` already."""
    parts = SECTIONS_OF.get(paper.kind, SECTIONS)
    made: Iterable[Section] = (section for make in parts if (section := _made(make, paper)) is not None)
    if paper.kind == OPERATIONAL:
        made = chain(operational.sections(paper), made)
    made = chain(made, exempt.appendices(paper))
    return Document(
        title=frame.title(paper),
        board=paper.meeting.board,
        day=day_long(paper.meeting.meeting_on) if paper.meeting.meeting_on else "",
        mark=frame.mark(paper),
        facts=frame.title_facts(paper),
        headline=exempt.headline(paper) or paper.headline,
        introduction=() if exempt.is_exempt(paper) else introduction(paper),
        since_last=frame.since_last(paper),
        notes=frame.notes(paper),
        sections=exempt.shown(paper, _numbered(made)),
        made_on=paper.made_on,
        has_index=paper.kind == OPERATIONAL,
        fields=frame.fields(paper),
    )


def _made(make: Callable[[BoardPaper], Section | None], paper: BoardPaper) -> Section | None:
    """A section; where it is withheld from the public, what is said in its place."""
    withheld = exempt.withheld(paper, SOMETIMES.get(make, ""))
    if withheld is not None:
        return withheld
    section = make(paper)
    return section and (exempt.withheld(paper, section.key, is_appendix=section.is_appendix) or section)


def _numbered(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections by number and appendices by letter, so that members can name them at the table."""
    number, letter = 0, iter(ascii_uppercase)
    for section in sections:
        number += not section.is_appendix
        label = f"Appendix {next(letter)}:" if section.is_appendix else f"{number}."
        yield replace(section, title=f"{label} {section.title}")
