"""The appendices: every result and every project, so that members can check what the exceptions leave out."""

from collections.abc import Iterator, Sequence
from typing import Final

from contracts.rules.months import Month, month_range, month_short, span_long
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.render.words import disputes
from reports.render.words.exceptions import measured_note, result_cell
from reports.render.words.phrases import day_or_dash, days_late, in_lines, levels, months_in_words
from reports.render.words.projects import portfolio_sentence, rating
from reports.rules.sentences import capitalised
from reports.snapshot import AreaLine, BoardPaper, CheckLine, KeyProject, KpiLine, MilestoneLine, ProjectLine

MOST_MONTHS: Final = 6
MOST_UPRIGHT: Final = 2
"""So many months fit on an upright page."""
PROJECT: Final = (Column("Reference", width=1.1), Column("Project", width=2.8))
AREA: Final = (Column("Service area", width=0.9), Column("Scrutiny area", width=1.9))
DECLARED: Final = Column("Confidence", Kind.STATUS, width=1.75)
UPDATED: Final = Column("Last update", Kind.DAY, width=1.25)
ACTIVE: Final = (
    *PROJECT,
    *AREA,
    DECLARED,
    Column("Original finish", Kind.DAY, width=1.25),
    Column("Agreed finish", Kind.DAY, width=1.25),
    Column("Forecast finish", Kind.DAY, width=1.25),
    Column("Against original", width=1.15),
    UPDATED,
)
PIPELINE: Final = (
    *PROJECT,
    *AREA,
    Column("Expected commissioning", Kind.DAY, width=1.4),
    Column("Original finish", Kind.DAY, width=1.25),
    UPDATED,
)
COMPLETE: Final = (
    *PROJECT,
    *AREA,
    Column("Original finish", Kind.DAY, width=1.25),
    Column("Agreed finish", Kind.DAY, width=1.25),
    Column("Actual finish", Kind.DAY, width=1.25),
    Column("Against original", width=1.15),
)
CANCELLED: Final = (*PROJECT, *AREA, Column("Original finish", Kind.DAY, width=1.25), UPDATED)
STAGES: Final = ("in flight", "on hold", "pipeline", "complete", "cancelled")
MILESTONES: Final = (
    Column("Project", width=3),
    Column("Milestone", width=3),
    Column("Original", Kind.DAY),
    Column("Agreed", Kind.DAY),
    Column("Forecast", Kind.DAY),
    Column("Actual", Kind.DAY),
)


def results(paper: BoardPaper) -> Section:
    """Appendix A: every KPI in force in the months shown, by service area."""
    title = "Results by service area"
    if not paper.areas:
        none = Paragraph("No KPI was in force in the months shown.")
        return Section("results", title, (none,), is_appendix=True)
    blocks = [block for area in paper.areas for block in _area(paper, area)]
    return Section("results", title, tuple(blocks), is_appendix=True, is_wide=len(_months(paper)) > MOST_UPRIGHT)


def register(paper: BoardPaper) -> Section:
    """Appendix B: every project of the register by stage, then the milestones of the key ones."""
    projects = paper.projects.register
    title = "All projects"
    if not projects:
        return Section("projects", title, (Paragraph("The register holds no project."),), is_appendix=True)
    blocks: list[Block] = [Paragraph(portfolio_sentence(paper)), *stage_tables(projects)]
    milestones = tuple(_milestone(project, each) for project in paper.projects.key for each in project.milestones)
    if milestones:
        caption = "Milestones of the key projects, by rank"
        blocks += [Subheading("Milestones of the key projects"), Table(caption, MILESTONES, milestones)]
    return Section("projects", title, tuple(blocks), is_appendix=True, is_wide=True)


def stage_tables(projects: Sequence[ProjectLine]) -> Iterator[Block]:
    """Projects in a table for each stage, with the columns that matter in it."""
    for stage in STAGES:
        own = [project for project in projects if project.stage == stage]
        if own:
            yield Subheading(f"{capitalised(stage)} ({len(own)})")
            yield _stage(stage, own)


def _area(paper: BoardPaper, area: AreaLine) -> Iterator[Block]:
    yield Subheading(f"{area.name} ({area.code})")
    for line in in_lines(_months(paper), MOST_MONTHS):
        yield _results(paper, area, line)
    yield from disputes.of_table((kpi.kpi, kpi.results) for kpi in area.kpis)
    if area.checks:
        yield Paragraph(how_checked(area.checks), is_quiet=True)


def _months(paper: BoardPaper) -> tuple[Month, ...]:
    """Those of the history; an addendum leaves the months that were told before to the report."""
    return month_range(paper.review.from_ if paper.kind == "addendum" else paper.history.from_, paper.history.to)


def how_checked(checks: Sequence[CheckLine]) -> str:
    """How the verified months were checked, in one sentence: the ways in the order in which they first came."""
    by_way: dict[str, list[Month]] = {}
    for check in checks:
        by_way.setdefault(_way(check), []).append(check.month)
    return f"How it was checked: {'; '.join(f'{way} for {months_in_words(own)}' for way, own in by_way.items())}."


def _way(check: CheckLine) -> str:
    if check.sample is not None:
        return f"a sample of {check.sample:,} re-performed"
    return check.how or "not on record"


def _results(paper: BoardPaper, area: AreaLine, months: Sequence[Month]) -> Table:
    numbers = {counts.month: counts.contract_month for counts in paper.history.months}
    columns = (
        Column("KPI", width=2.5),
        Column("Target and minimum", width=1.8),
        *(
            Column(
                month_short(month),
                Kind.FIGURE,
                width=1.1,
                note=f"month {numbers[month]}" if month in numbers else "",
                is_marked=paper.review.from_ <= month <= paper.review.to,
            )
            for month in months
        ),
    )
    caption = f"{area.name}: results and contractual status, {span_long(months[0], months[-1])}"
    return Table(caption, columns, tuple(_kpi(kpi, months) for kpi in area.kpis))


def _kpi(kpi: KpiLine, months: Sequence[Month]) -> tuple[Cell, ...]:
    by_month = {result.month: result for result in kpi.results}
    cells = []
    for month in months:
        result = by_month.get(month)
        if result is None:
            cells.append(Cell("not due"))
            continue
        shown = result_cell(kpi, result)
        note = "; ".join(filter(None, (measured_note(result), shown.note)))
        cells.append(Cell(shown.text, result.contractual, note, shown.is_provisional))
    return (Cell(kpi.kpi, note=kpi.name), Cell("\n".join(levels(kpi))), *cells)


def _stage(stage: str, projects: Sequence[ProjectLine]) -> Table:
    columns, row = {
        "in flight": (ACTIVE, _active),
        "on hold": (ACTIVE, _active),
        "pipeline": (PIPELINE, _pipeline),
        "complete": (COMPLETE, _complete),
        "cancelled": (CANCELLED, _cancelled),
    }[stage]
    return Table(f"Projects {stage}", columns, tuple(row(project) for project in projects))


def _who(project: ProjectLine) -> tuple[Cell, ...]:
    key = f"Key project, rank {project.key_rank}" if project.key_rank else ""
    return (
        Cell(project.reference),
        Cell(project.title, note=key),
        Cell(project.service_area or DASH),
        Cell(project.scrutiny_area or DASH),
    )


def _active(project: ProjectLine) -> tuple[Cell, ...]:
    again = f"re-baselined {project.rebaselined}×" if project.rebaselined else ""
    return (
        *_who(project),
        rating(project.declared_confidence, project.computed_confidence),
        Cell(day_or_dash(project.original_finish)),
        Cell(day_or_dash(project.agreed_finish), note=again),
        Cell(day_or_dash(project.forecast_finish)),
        Cell(days_late(project.slippage_days_original)),
        Cell(day_or_dash(project.updated_on)),
    )


def _pipeline(project: ProjectLine) -> tuple[Cell, ...]:
    return (
        *_who(project),
        Cell(day_or_dash(project.expected_commission_on)),
        Cell(day_or_dash(project.original_finish)),
        Cell(day_or_dash(project.updated_on)),
    )


def _complete(project: ProjectLine) -> tuple[Cell, ...]:
    return (
        *_who(project),
        Cell(day_or_dash(project.original_finish)),
        Cell(day_or_dash(project.agreed_finish)),
        Cell(day_or_dash(project.actual_finish)),
        Cell(days_late(project.slippage_days_original)),
    )


def _cancelled(project: ProjectLine) -> tuple[Cell, ...]:
    return (*_who(project), Cell(day_or_dash(project.original_finish)), Cell(day_or_dash(project.updated_on)))


def _milestone(project: KeyProject, milestone: MilestoneLine) -> tuple[Cell, ...]:
    return (
        Cell(f"{project.reference} {project.title}"),
        Cell(milestone.title),
        Cell(day_or_dash(milestone.original_on)),
        Cell(day_or_dash(milestone.agreed_on)),
        Cell(day_or_dash(milestone.forecast_on)),
        Cell(day_or_dash(milestone.actual_on)),
    )
