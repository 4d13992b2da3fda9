"""The exceptions page: the sentences, tables and cards of the paper, in the order a reader at a screen asks for."""

from dataclasses import dataclass

from django.urls import reverse

from reports.render.document import Section
from reports.render.words import frame
from reports.render.words.changes import kpi_changes
from reports.render.words.exceptions import exceptions
from reports.render.words.projects import attention
from reports.render.words.reliefs import reliefs
from reports.render.words.requests import open_requests
from reports.render.words.summary import month_by_month
from reports.snapshot import BoardPaper

SECTIONS = (month_by_month, exceptions, reliefs, kpi_changes, attention, open_requests)


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """A paper's words for the screen; ``links`` leads from the codes and references in them to their pages."""

    paper: BoardPaper
    since_last: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    links: dict[str, str]


def exceptions_page(paper: BoardPaper) -> ExceptionsPage:
    reference = paper.contract.reference
    links = {line.kpi: reverse("kpis:kpi", args=[reference, line.kpi]) for line in paper.exceptions}
    links |= {line.kpi: reverse("kpis:kpi", args=[reference, line.kpi]) for line in paper.kpi_changes}
    links |= {
        line.reference: reverse("projects:project", args=[reference, line.reference])
        for line in paper.projects.exceptions
    }
    return ExceptionsPage(
        paper=paper,
        since_last=frame.since_last(paper),
        notes=frame.notes(paper),
        sections=tuple(section(paper) for section in SECTIONS),
        links=links,
    )
