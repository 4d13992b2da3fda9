"""The key projects in the Board's own paper: on one drawing, and each with why it is there and where it stands."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from config.ui.status import look
from projects.rules.confidence import Confidence, worse
from reports.render.document import Block, Card, Cell, Column, Facts, Kind, Mark, Paragraph, Section, Subheading, Table
from reports.render.words.phrases import counted, day_or_dash, days_late
from reports.render.words.portfolio_news import part_of
from reports.render.words.projects import decided_in_words, near_misses
from reports.render.words.timeline import key_timeline, timeline_key_picture
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, KeyProject, ProjectLine
from reports.snapshot.projects import MilestoneLine

STEPS: Final = (
    Column("Milestone", width=2.5),
    Column("Original", Kind.DAY, width=1.35),
    Column("Agreed", Kind.DAY, width=1.35),
    Column("Forecast", Kind.DAY, width=1.35),
    Column("Actual", Kind.DAY, width=1.35),
    Column("Against original", width=1.8),
)


def key_list(paper: BoardPaper) -> Section:
    """The governed list in full."""
    section = paper.projects
    title = f"Key projects ({len(section.key)})"
    if not section.key:
        none = Paragraph("No key projects have been proposed or decided yet.")
        return Section("key", title, (none, *near_misses(paper)))
    part = part_of(paper)
    blocks: list[Block] = [
        Paragraph(
            f"{decided_in_words(paper)} Every active project is in Appendix B, so that members can check the choice."
        )
    ]
    drawings = key_timeline(section, part.as_of)
    if drawings:
        blocks += [
            Subheading("Timeline of the key projects"),
            timeline_key_picture(),
            *drawings,
            Paragraph(
                "What the drawing shows stands in words and dates with each project below.",
                is_quiet=True,
            ),
        ]
    lines = {line.reference: line for line in section.register}
    entered = {each.reference for each in part.key_changes if each.change == "entered"}
    blocks.append(Subheading("Each key project, by rank"))
    blocks += [_card(paper, each, lines.get(each.reference), is_new=each.reference in entered) for each in section.key]
    return Section("key", title, (*blocks, *near_misses(paper)))


def rating_of(project: KeyProject | ProjectLine) -> str:
    """The worse of the declared rating and that of the dates, while it is under way; by its dates when complete."""
    declared, computed = (
        Confidence(each) if each else None for each in (project.declared_confidence, project.computed_confidence)
    )
    if project.stage == "complete":
        declared = None
    elif project.stage not in ("in flight", "on hold"):
        return "unrated"
    return str(worse(declared, computed) or "unrated")


def _card(paper: BoardPaper, project: KeyProject, line: ProjectLine | None, *, is_new: bool) -> Card:
    key, area = rating_of(project), line.scrutiny_area if line else ""
    told = (f"rank {project.rank}", "new to the list" if is_new else "", project.stage, area)
    more = ", ".join(filter(None, told))
    return Card(
        title=project.title,
        code=project.reference,
        marks=(Mark(key, look(key).word, more),),
        picture=None,
        tables=(),
        facts=(Facts(tuple(_facts(project, line))),),
        details=_steps(paper, project),
    )


def _facts(project: KeyProject, line: ProjectLine | None) -> Iterator[tuple[str, str]]:
    yield "Why it is here", project.rationale or "no rationale recorded"
    if project.stage in ("in flight", "on hold"):
        yield "Confidence", ratings_in_words(project.declared_confidence, project.computed_confidence)
    if project.stage == "pipeline":
        yield "To be commissioned", day_or_dash(line.expected_commission_on if line else None)
    yield "Finish", finish_in_words(project)
    if line is not None and line.rebaselined:
        yield "Re-baselined", counted(line.rebaselined, "time")


def ratings_in_words(declared: str | None, computed: str | None) -> str:
    """`declared amber; red by its dates`"""
    said = f"declared {declared}" if declared else "not rated by its manager"
    return f"{said}; {computed} by its dates" if computed else f"{said}; its dates give no rating"


def finish_in_words(project: KeyProject | ProjectLine) -> str:
    """The dates that are known, each by its name, and how late the last of them is."""
    agreed = project.agreed_finish if project.agreed_finish != project.original_finish else None
    dates = (
        ("original", project.original_finish),
        ("agreed", agreed),
        ("forecast", project.forecast_finish if project.actual_finish is None else None),
        ("actual", project.actual_finish),
    )
    told = ", ".join(f"{name} {day_or_dash(day)}" for name, day in dates if day)
    if not told:
        return "no finish is planned or forecast"
    late = project.slippage_days_original
    if late is None:
        return told
    against = f"{days_late(late)} against the original"
    if agreed and project.slippage_days_agreed is not None:
        against += f", {days_late(project.slippage_days_agreed)} against the agreed"
    return f"{told}: {against}"


def _steps(paper: BoardPaper, project: KeyProject) -> tuple[Table, ...]:
    if not project.milestones:
        return ()
    on = part_of(paper).as_of
    is_active = project.stage in ("in flight", "on hold")
    rows = tuple(
        step_row(each, _days_late(each), is_overdue=is_active and _is_overdue(each, on)) for each in project.milestones
    )
    return (Table(f"{project.reference}: milestones", STEPS, rows),)


def step_row(each: MilestoneLine, late: int | None, *, is_overdue: bool) -> tuple[Cell, ...]:
    """A milestone; one that is overdue says so whatever was forecast."""
    note = "overdue" if is_overdue else ""
    return (
        Cell(each.title),
        Cell(day_or_dash(each.original_on)),
        Cell(day_or_dash(each.agreed_on)),
        Cell(day_or_dash(each.forecast_on)),
        Cell(day_or_dash(each.actual_on)),
        Cell(capitalised(days_late(late)), note=note),
    )


def _days_late(each: MilestoneLine) -> int | None:
    finish = each.actual_on or each.forecast_on
    return (finish - each.original_on).days if finish and each.original_on else None


def _is_overdue(each: MilestoneLine, on: date) -> bool:
    due = each.forecast_on or each.agreed_on or each.original_on
    return each.actual_on is None and due is not None and due < on
