"""The forward plan: in the paper how much each month brings and what is overdue, in an appendix every item."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from contracts.rules.months import Month, month_long, month_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.render.words.phrases import as_sentence, day_or_dash
from reports.render.words.portfolio_news import part_of
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, Plan, PlanLine, PlanMonths

KINDS: Final = ("milestone", "completion", "commissioning")
COUNTS: Final = (
    Column("Month", width=2.2),
    Column("Milestones due", Kind.FIGURE, width=1.3),
    Column("Agreed completions", Kind.FIGURE, width=1.5),
    Column("To be commissioned", Kind.FIGURE, width=1.5),
    Column("In all", Kind.FIGURE, width=0.9),
)
ITEMS: Final = (
    Column("Project", width=3.4),
    Column("Day", Kind.DAY, width=1.1),
    Column("What", width=3),
    Column("How it stands", width=3),
    Column("Scrutiny area", width=2),
)


def plan_summary(paper: BoardPaper) -> Section:
    """How much each month brings; what should have happened by now in full."""
    plan = _plan(paper)
    title = "Forward plan"
    if not _number(plan):
        return Section("plan", title, (Paragraph("Nothing is planned: no project is in flight or in the pipeline."),))
    blocks: list[Block] = [Paragraph(f"{plan.headline} Every item is in Appendix A.")]
    if plan.overdue:
        blocks += [
            Subheading(f"Overdue ({len(plan.overdue)})"),
            Table("What should have happened by now", ITEMS[:-1], tuple(_row(each)[:-1] for each in plan.overdue)),
        ]
    blocks += [Subheading("Month by month"), _counts(plan)]
    if any(not span.items for span in plan.months):
        blocks.append(Paragraph("Months for which nothing is planned share a line.", is_quiet=True))
    return Section("plan", title, tuple(blocks))


def plan_items(paper: BoardPaper) -> Section:
    """Every item of every month. It stands there without any too: other sections name the appendices by letter."""
    plan = _plan(paper)
    if not _number(plan):
        none = Paragraph("Nothing is planned.")
        return Section("plan-items", "Forward plan by month", (none,), is_appendix=True)
    blocks: list[Block] = [
        Paragraph(
            "Milestones stand on the day they are due by the latest forecast; completions on the day agreed with the "
            "supplier, with the forecast beside it; commissioning on the day expected."
        )
    ]
    for span in plan.months:
        blocks += _span(span)
    later = "After the contract has ended" if plan.ends_with_contract else "Later"
    for name, items in ((later, plan.beyond), ("No date given", plan.undated)):
        if items:
            blocks += [Subheading(f"{name} ({len(items)})"), Table(name, ITEMS, tuple(map(_row, items)))]
    return Section("plan-items", "Forward plan by month", tuple(blocks), is_appendix=True, is_wide=True)


def span_in_words(first: Month, last: Month) -> str:
    return month_long(first) if first == last else f"{month_short(first)} to {month_short(last)}"


def _plan(paper: BoardPaper) -> Plan:
    plan = part_of(paper).plan
    if plan is None:
        raise ValueError(f"A paper of kind {paper.kind!r} has no forward plan.")
    return plan


def _number(plan: Plan) -> int:
    return sum(len(span.items) for span in plan.months) + len(plan.overdue) + len(plan.beyond) + len(plan.undated)


def _counts(plan: Plan) -> Table:
    """The last row adds up, and reconciles to the items of the appendix and the overdue ones."""
    parts: list[tuple[str, Sequence[PlanLine]]] = [("Overdue", plan.overdue)] if plan.overdue else []
    parts += [(span_in_words(span.first, span.last), span.items) for span in plan.months]
    if plan.beyond:
        parts.append(("After the contract’s end" if plan.ends_with_contract else "Later", plan.beyond))
    if plan.undated:
        parts.append(("No date given", plan.undated))
    rows = [_count(name, items) for name, items in parts]
    rows.append(_count("In all", [item for _, items in parts for item in items]))
    return Table("What is planned, by month", COUNTS, tuple(rows), has_total=True)


def _count(name: str, items: Sequence[PlanLine]) -> tuple[Cell, ...]:
    by_kind = Counter(item.kind for item in items)
    return (Cell(name), *(Cell(f"{by_kind[kind]:,}") for kind in KINDS), Cell(f"{len(items):,}"))


def _span(span: PlanMonths) -> list[Block]:
    name = span_in_words(span.first, span.last)
    if not span.items:
        return [Paragraph(f"{name}: nothing is planned.", is_quiet=True)]
    return [
        Subheading(f"{name} ({len(span.items)})"),
        Table(f"Planned for {name}", ITEMS, tuple(map(_row, span.items))),
    ]


def _row(item: PlanLine) -> tuple[Cell, ...]:
    key = f"key project, rank {item.key_rank}" if item.key_rank else ""
    hold = "on hold" if item.stage == "on hold" else ""
    what = item.title or {"completion": "Completion", "commissioning": "Commissioning"}.get(item.kind, item.kind)
    return (
        Cell(f"{item.reference} {item.project}", note=", ".join(filter(None, (key, hold)))),
        Cell(day_or_dash(item.on)),
        Cell(capitalised(what)),
        Cell(as_sentence(item.said)),
        Cell(item.scrutiny_area or DASH),
    )
