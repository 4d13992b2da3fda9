"""Month by month: how many KPIs stood where. Every column adds up to the KPIs in force."""

from collections.abc import Sequence
from typing import Final

from config.ui.status import STATUSES
from contracts.rules.months import month_short, span_long
from kpis.rules.counts import share
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Table
from reports.render.words.phrases import as_sentence, in_lines
from reports.snapshot import BoardPaper, MonthCounts

MOST_MONTHS: Final = 7


def month_by_month(paper: BoardPaper) -> Section:
    months = paper.history.months
    if not any(month.in_force for month in months):
        return Section("months", "Month by month", (Paragraph("No KPI was in force in the months shown."),))
    by_month = {counts.month: counts for counts in months}
    tables = tuple(_table(paper, [by_month[month] for month in line]) for line in in_lines(list(by_month), MOST_MONTHS))
    return Section("months", "Month by month", (*tables, *_notes(paper)))


def _table(paper: BoardPaper, months: Sequence[MonthCounts]) -> Table:
    review = paper.review
    columns = tuple(
        Column(
            month_short(counts.month),
            Kind.FIGURE,
            width=1,
            note=f"month {counts.contract_month}",
            is_marked=review.from_ <= counts.month <= review.to,
        )
        for counts in months
    )
    rows = [
        (Cell(look=status), *(_share(getattr(month, status), month.in_force) for month in months))
        for status in STATUSES
    ]
    rows.append((Cell("KPIs in force"), *(Cell(f"{month.in_force:,}") for month in months)))
    span = span_long(months[0].month, months[-1].month)
    caption = f"KPIs by status, {span}; under review: {span_long(review.from_, review.to)}"
    return Table(caption, (Column("Status", width=1.9), *columns), tuple(rows), has_total=True)


def _share(part: int, whole: int) -> Cell:
    return Cell(f"{part:,} ({share(part, whole)})" if part else "0")


def _notes(paper: BoardPaper) -> tuple[Block, ...]:
    notes = [
        *(as_sentence(failure.sentence) for failure in paper.earlier_failures),
        _provisional(paper.history.months),
        "Percentages are of the KPIs in force, rounded to whole numbers; they may not add up to 100.",
    ]
    return tuple(Paragraph(note, is_quiet=True) for note in notes if note)


def _provisional(months: Sequence[MonthCounts]) -> str:
    parts = [
        f"{month.provisional:,} of {month.in_force:,} in {month_short(month.month)}"
        for month in months
        if month.provisional
    ]
    return f"Provisional: {'; '.join(parts)}." if parts else ""
