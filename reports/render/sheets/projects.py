"""The portfolio half of the paper as tables: what needs attention, the key list with its milestones, the register."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reports.render.document import Kind, Sheet, SheetColumn, Value
from reports.render.sheets.kpis import with_remarks
from reports.snapshot import BoardPaper

REFERENCE = SheetColumn("reference", "Reference", width=12)
TITLE = SheetColumn("title", "Project", width=44)
STAGE = SheetColumn("stage", "Stage")
DECLARED = SheetColumn("declared_confidence", "Declared confidence", Kind.STATUS, width=20)
COMPUTED = SheetColumn("computed_confidence", "Confidence by its dates", Kind.STATUS, width=22)
DATES = (
    SheetColumn("original_finish", "Original finish", Kind.DAY, width=15),
    SheetColumn("agreed_finish", "Agreed finish", Kind.DAY, width=15),
    SheetColumn("forecast_finish", "Forecast finish", Kind.DAY, width=15),
    SheetColumn("actual_finish", "Actual finish", Kind.DAY, width=15),
)
LATE = (
    SheetColumn("slippage_days_original", "Days late against original", Kind.FIGURE, width=24),
    SheetColumn("slippage_days_agreed", "Days late against agreed", Kind.FIGURE, width=24),
)
PERCENT = SheetColumn("slippage_percent", "Late in percent of plan", Kind.FIGURE, width=22)
UPDATED = SheetColumn("updated_on", "Last update", Kind.DAY)


def attention(paper: BoardPaper) -> Sheet:
    """One row for each rule that a project tripped."""
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("rule", "Rule", width=18),
        SheetColumn("detail", "What tripped it", width=50),
        STAGE,
        DECLARED,
        COMPUTED,
        *DATES,
        *LATE,
        SheetColumn("slippage_weeks_original", "Weeks late against original", Kind.FIGURE, width=25),
        PERCENT,
        SheetColumn("delay_cause", "Why", width=44),
        SheetColumn("delay_party", "Who caused it", width=24),
        SheetColumn("cost_effect", "What it costs", width=34),
        SheetColumn("knock_on", "What it holds up", width=34),
        SheetColumn("returns_to_green_on", "Green again", Kind.DAY),
        SheetColumn("is_green_unknown", "Green again: not known yet", Kind.FLAG, width=24),
        UPDATED,
        SheetColumn("unanswered", "Not answered", width=44),
    )
    sheet = Sheet("project_exceptions", "Projects to watch", columns, _rows(columns, paper.projects.exceptions))
    return with_remarks(sheet, paper, "project")


def key_projects(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("rank", "Rank", Kind.FIGURE, width=7),
        REFERENCE,
        TITLE,
        SheetColumn("rationale", "Why it is a key project", width=60),
        STAGE,
        DECLARED,
        COMPUTED,
        *DATES,
        *LATE,
    )
    return Sheet("key_projects", "Key projects", columns, _rows(columns, paper.projects.key))


def milestones(paper: BoardPaper) -> Sheet:
    """The milestones of the key projects."""
    dates = (
        SheetColumn("original_on", "Original", Kind.DAY),
        SheetColumn("agreed_on", "Agreed", Kind.DAY),
        SheetColumn("forecast_on", "Forecast", Kind.DAY),
        SheetColumn("actual_on", "Actual", Kind.DAY),
    )
    columns = (SheetColumn("project", "Project", width=12), SheetColumn("title", "Milestone", width=44), *dates)
    rows = tuple(
        (project.reference, each.title, each.original_on, each.agreed_on, each.forecast_on, each.actual_on)
        for project in paper.projects.key
        for each in project.milestones
    )
    return Sheet("milestones", "Milestones", columns, rows)


def register(paper: BoardPaper) -> Sheet:
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("kind", "Kind", width=15),
        SheetColumn("service_area", "Service area", width=13),
        SheetColumn("scrutiny_area", "Scrutiny area", width=20),
        SheetColumn("sponsor", "Sponsor", width=24),
        SheetColumn("manager", "Manager", width=24),
        SheetColumn("third_party", "Third parties", width=24),
        STAGE,
        DECLARED,
        COMPUTED,
        SheetColumn("original_start", "Original start", Kind.DAY, width=15),
        *DATES,
        SheetColumn("expected_commission_on", "Expected commissioning", Kind.DAY, width=22),
        *LATE,
        PERCENT,
        SheetColumn("rebaselined", "Times re-baselined", Kind.FIGURE, width=18),
        UPDATED,
        SheetColumn("key_rank", "Key project, rank", Kind.FIGURE, width=17),
        SheetColumn("illustrative", "Illustrative", Kind.FLAG),
    )
    return Sheet("projects", "All projects", columns, _rows(columns, paper.projects.register))


def _rows(columns: Iterable[SheetColumn], lines: Iterable[Any]) -> tuple[tuple[Value, ...], ...]:
    """Columns here bear the names of the snapshot's fields."""
    return tuple(tuple(_value(column, getattr(line, column.key)) for column in columns) for line in lines)


def _value(column: SheetColumn, value: Any) -> Value:
    if isinstance(value, tuple):
        return "; ".join(value)
    if column.kind is Kind.STATUS:
        return value or "unrated"
    if column.kind is Kind.FIGURE and isinstance(value, str):
        return Decimal(value)
    plain: Value = value
    return plain
