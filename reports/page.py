"""The exceptions page: the words of the paper, in the order and brevity a reader at a screen asks for.

Its cards say in one line what the paper's tables spell out, and its projects stand in one table: what they are made of
is one link away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from contracts.rules.months import day_short, month_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Card, Cell, Column, Kind, Paragraph, Section, Table
from reports.render.words import disputes, frame
from reports.render.words.changes import kpi_changes
from reports.render.words.exceptions import exceptions
from reports.render.words.phrases import as_sentence, day_or_dash, days_late, figure, level
from reports.render.words.projects import portfolio_sentence
from reports.render.words.reliefs import reliefs
from reports.render.words.requests import open_requests
from reports.render.words.summary import month_by_month
from reports.rules.sentences import listed
from reports.snapshot import BoardPaper, ExceptionLine, ProjectException, ResultLine

ASKED = ("red", "amber")
PROJECTS = (
    Column("Project", width=2.4),
    Column("Why it stands here", Kind.STATUS, width=1.6),
    Column("Against original", width=1.3),
    Column("Cause", width=3),
    Column("Green again", width=1.2),
)


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """
    A paper's words for the screen.

    ``links`` leads from the codes and references in them to their pages; ``figures`` holds a card's one line of actual
    against levels, by KPI.
    """

    paper: BoardPaper
    since_last: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    links: dict[str, str]
    figures: dict[str, str]


def exceptions_page(paper: BoardPaper) -> ExceptionsPage:
    """The page of a paper, drafted or judged for any period."""
    sections = (
        month_by_month(paper),
        _without_tables(exceptions(paper)),
        _without_tables(reliefs(paper)),
        kpi_changes(paper),
        _projects(paper),
        open_requests(paper),
    )
    return ExceptionsPage(
        paper=paper,
        since_last=frame.since_last(paper),
        notes=frame.notes(paper),
        sections=sections,
        links=_links(paper),
        figures={line.kpi: _figures(line) for line in reversed(paper.exceptions) if line.rule != "recovered"},
    )


def _links(paper: BoardPaper) -> dict[str, str]:
    reference = paper.contract.reference
    kpis = {line.kpi for line in paper.exceptions} | {change.kpi for change in paper.kpi_changes}
    projects = {line.reference for line in paper.projects.exceptions}
    return {code: reverse("kpis:kpi", args=[reference, code]) for code in kpis} | {
        project: reverse("projects:project", args=[reference, project]) for project in projects
    }


def _without_tables(section: Section) -> Section:
    return replace(section, blocks=tuple(_without_table(block) for block in section.blocks))


def _without_table(block: Block) -> Block:
    return replace(block, tables=()) if isinstance(block, Card) else block


def _figures(line: ExceptionLine) -> str:
    """`60.47% in Nov 2017, 61.88% in Dec 2017 and 66.28% in Jan 2018; target at least 75%, minimum at least 65%`."""
    hit = [result for result in line.results if result.month in line.months]
    if not hit:
        return ""
    said = listed([f"{_marked(line, result)} in {month_short(result.month)}" for result in hit])
    last = hit[-1]
    if last.target is None or last.minimum is None:
        return said
    return f"{said}; target {level(line, last.target)}, minimum {level(line, last.minimum)}"


def _marked(line: ExceptionLine, result: ResultLine) -> str:
    """The figure, with a word where the supplier disputes it."""
    shown = figure(line, result.value)
    return f"{shown} ({disputes.mark(result)})" if result.dispute else shown


def _projects(paper: BoardPaper) -> Section:
    by_project: dict[str, list[ProjectException]] = {}
    for line in paper.projects.exceptions:
        by_project.setdefault(line.reference, []).append(line)
    title = f"Projects that need attention ({len(by_project)})"
    blocks: tuple[Block, ...] = (Paragraph(portfolio_sentence(paper)),)
    if not by_project:
        return Section("attention", title, (*blocks, Paragraph("No project is red, amber, late, overdue or silent.")))
    rows = tuple(_project(lines) for lines in by_project.values())
    return Section("attention", title, (*blocks, Table("Projects that need attention", PROJECTS, rows)))


def _project(lines: Sequence[ProjectException]) -> tuple[Cell, ...]:
    gravest = lines[0]
    is_asked = gravest.rule in ASKED
    unknown = "Not answered" if is_asked else DASH
    return (
        Cell(gravest.reference, note=gravest.title),
        Cell("" if is_asked else gravest.rule.capitalize(), look=gravest.rule if is_asked else "", note=_why(lines)),
        Cell(days_late(gravest.slippage_days_original), note=f"original {day_or_dash(gravest.original_finish)}"),
        Cell(as_sentence(gravest.delay_cause) or unknown),
        Cell(day_short(gravest.returns_to_green_on) if gravest.returns_to_green_on else unknown),
    )


def _why(lines: Iterable[ProjectException]) -> str:
    """What tripped the gravest rule, and the names of the others."""
    gravest, *others = lines
    return "; ".join([gravest.detail, *(line.rule for line in others)])
