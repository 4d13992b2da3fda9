"""What only the papers about the portfolio have, as tables: news, key list changes, the plan, updates, steps."""

from typing import Final

from reports.render.document import Kind, Sheet, SheetColumn, Value
from reports.render.sheets.projects import REFERENCE, TITLE
from reports.render.words.portfolio_news import part_of
from reports.snapshot import BoardPaper, PlanLine, ProjectNews

QUESTIONS: Final = (
    SheetColumn("how_far_behind", "How far behind", width=34),
    SheetColumn("why", "Why", width=44),
    SheetColumn("who_caused_it", "Who caused it", width=24),
    SheetColumn("what_it_costs", "What it costs", width=34),
    SheetColumn("what_it_holds_up", "What it holds up", width=34),
    SheetColumn("when_it_returns_to_green", "When it returns to green", width=26),
)
"""One column for each question of :func:`projects.rules.attention.answers`, by its words."""


def news(paper: BoardPaper) -> Sheet:
    """One row for each thing that happened."""
    part = part_of(paper)
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("kind", "What happened", width=18),
        SheetColumn("said", "In words", width=70),
        SheetColumn("days", "Days moved", Kind.FIGURE),
    )
    told = (*(each for report in part.reports for each in report.news), *part.news)
    return Sheet("news", "What changed", columns, tuple(map(_news, told)))


def key_changes(paper: BoardPaper) -> Sheet:
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("change", "Change"),
        SheetColumn("rank", "Rank", Kind.FIGURE, width=7),
        SheetColumn("rank_before", "Rank before", Kind.FIGURE),
        SheetColumn("reason", "Why", width=60),
    )
    rows = tuple(
        (each.reference, each.title, each.change, each.rank, each.rank_before, each.reason)
        for each in part_of(paper).key_changes
    )
    return Sheet("key_changes", "Key list changes", columns, rows)


def plan(paper: BoardPaper) -> Sheet:
    """Everything to come, and what is overdue, by day; items without a day last."""
    columns = (
        SheetColumn("part", "Part of the plan", width=16),
        SheetColumn("on", "Day", Kind.DAY),
        SheetColumn("kind", "Kind", width=15),
        REFERENCE,
        SheetColumn("project", "Project", width=44),
        SheetColumn("title", "Milestone", width=44),
        SheetColumn("stage", "Stage"),
        SheetColumn("scrutiny_area", "Scrutiny area", width=30),
        SheetColumn("key_rank", "Key project, rank", Kind.FIGURE, width=17),
        SheetColumn("forecast_on", "Forecast", Kind.DAY),
        SheetColumn("days_late", "Days late", Kind.FIGURE),
        SheetColumn("said", "How it stands", width=44),
    )
    found = part_of(paper).plan
    parts: tuple[tuple[str, tuple[PlanLine, ...]], ...] = ()
    if found is not None:
        planned = tuple(item for span in found.months for item in span.items)
        parts = (
            ("overdue", found.overdue),
            ("planned", planned),
            ("later", found.beyond),
            ("no date", found.undated),
        )
    rows = tuple(_planned(name, item) for name, items in parts for item in items)
    return Sheet("plan", "Forward plan", columns, rows)


def updates(paper: BoardPaper) -> Sheet:
    """What was last said of every project under way."""
    columns = (
        REFERENCE,
        TITLE,
        SheetColumn("rating", "Rating", Kind.STATUS),
        SheetColumn("standing", "In words", width=50),
        SheetColumn("updated_on", "Last update", Kind.DAY),
        SheetColumn("silent", "Silent", width=34),
        SheetColumn("done", "Done", width=60),
        SheetColumn("next", "Next", width=60),
        *QUESTIONS,
    )
    lines = {line.reference: line for line in paper.projects.register}
    rows = tuple(
        (
            report.reference,
            lines[report.reference].title,
            report.rating,
            report.why,
            lines[report.reference].updated_on,
            report.silent,
            report.done,
            report.next,
            *_answers(report.answers),
        )
        for report in part_of(paper).reports
    )
    return Sheet("updates", "Updates", columns, rows)


def reported_milestones(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("project", "Project", width=12),
        SheetColumn("title", "Milestone", width=44),
        SheetColumn("original_on", "Original", Kind.DAY),
        SheetColumn("agreed_on", "Agreed", Kind.DAY),
        SheetColumn("forecast_on", "Forecast", Kind.DAY),
        SheetColumn("actual_on", "Actual", Kind.DAY),
        SheetColumn("days_late", "Days late against original", Kind.FIGURE, width=24),
        SheetColumn("is_overdue", "Overdue", Kind.FLAG),
    )
    rows = tuple(
        (
            report.reference,
            each.title,
            each.original_on,
            each.agreed_on,
            each.forecast_on,
            each.actual_on,
            each.days_late,
            each.is_overdue,
        )
        for report in part_of(paper).reports
        for each in report.milestones
    )
    return Sheet("milestones", "Milestones", columns, rows)


def rebaselines(paper: BoardPaper) -> Sheet:
    columns = (
        SheetColumn("project", "Project", width=12),
        SheetColumn("agreed_finish", "Agreed finish", Kind.DAY, width=15),
        SheetColumn("agreed_on", "Agreed on", Kind.DAY),
        SheetColumn("agreed_by", "Agreed by", width=34),
        SheetColumn("reason", "Why", width=60),
    )
    rows = tuple(
        (report.reference, each.agreed_finish, each.agreed_on, each.agreed_by, each.reason)
        for report in part_of(paper).reports
        for each in report.rebaselines
    )
    return Sheet("rebaselines", "Re-baselines", columns, rows)


def _news(each: ProjectNews) -> tuple[Value, ...]:
    return (each.reference, each.title, each.kind, each.said, each.days)


def _planned(part: str, item: PlanLine) -> tuple[Value, ...]:
    return (
        part,
        item.on,
        item.kind,
        item.reference,
        item.project,
        item.title,
        item.stage,
        item.scrutiny_area,
        item.key_rank,
        item.forecast_on,
        item.days_late,
        item.said,
    )


def _answers(answers: tuple[tuple[str, str], ...]) -> tuple[Value, ...]:
    """Not answered in so many words, where it was asked; nothing where it was not."""
    if not answers:
        return ("",) * len(QUESTIONS)
    return tuple(answer or "not answered" for _, answer in answers)
