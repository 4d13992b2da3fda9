"""The complete list of active projects: in the pipeline, in flight, on hold; beside them what finished or was cancelled
since the Board was last told."""

from reports.render.document import Block, Paragraph, Section
from reports.render.words.appendices import stage_tables
from reports.render.words.phrases import counted
from reports.render.words.portfolio_news import part_of
from reports.render.words.projects import portfolio_sentence
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, ProjectLine

ENDED = ("complete", "cancelled")


def active_projects(paper: BoardPaper) -> Section:
    """Every project that stands in the paper, and how many of the register do not."""
    section = paper.projects
    title = "All active projects"
    if not section.register:
        return Section("projects", title, (Paragraph("The register holds no project."),), is_appendix=True)
    shown = listed_projects(paper)
    earlier = len(section.register) - len(shown)
    blocks: list[Block] = [Paragraph(portfolio_sentence(paper))]
    if earlier:
        was, it = ("was", "is") if earlier == 1 else ("were", "are")
        blocks.append(
            Paragraph(
                f"{capitalised(counted(earlier, 'project'))} {was} complete or cancelled before the Board was last "
                f"told and {it} not listed here; the spreadsheet of this paper has them all."
            )
        )
    return Section("projects", title, (*blocks, *stage_tables(shown)), is_appendix=True, is_wide=True)


def listed_projects(paper: BoardPaper) -> tuple[ProjectLine, ...]:
    """The active ones, and those that ended since the Board was last told; where it never was, all of them."""
    part = part_of(paper)
    if part.since is None:
        return paper.projects.register
    news = {each.reference for each in part.news if each.kind in ("finished", "stage")}
    news |= {line.reference for line in paper.projects.exceptions if line.rule == "completed"}
    return tuple(line for line in paper.projects.register if line.stage not in ENDED or line.reference in news)
