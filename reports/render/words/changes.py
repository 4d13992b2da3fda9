"""What changed since the last paper: KPIs added, ended or given new levels, and figures printed wrongly before."""

from contracts.rules.months import month_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Paragraph, Section, Table
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, ErratumLine, KpiChange

CHANGES = (
    Column("KPI", width=2.6),
    Column("Change", width=1.1),
    Column("Month", width=1),
    Column("What changed", width=2.4),
    Column("Why", width=2.4),
)
ERRATA = (
    Column("Where", width=2.4),
    Column("Printed", width=1),
    Column("Should read", width=1),
    Column("Because", width=3),
)


def kpi_changes(paper: BoardPaper) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph("No KPI was added, ended or given a new target or minimum since the last paper."),
    )
    if paper.kpi_changes:
        rows = tuple(_change(change) for change in paper.kpi_changes)
        blocks = (Table("KPIs added, ended or given new levels since the last paper", CHANGES, rows),)
    return Section("changes", f"KPI changes ({len(paper.kpi_changes)})", blocks)


def errata(paper: BoardPaper) -> Section | None:
    """Left out where there is nothing to correct: a paper does not claim that nothing was ever wrong."""
    if not paper.errata:
        return None
    rows = tuple(_erratum(erratum) for erratum in paper.errata)
    table = Table("Corrections to figures printed in earlier papers", ERRATA, rows)
    return Section("errata", f"Corrections to earlier papers ({len(paper.errata)})", (table,))


def _change(change: KpiChange) -> tuple[Cell, ...]:
    return (
        Cell(change.kpi, note=change.name),
        Cell(capitalised(change.change)),
        Cell(month_short(change.month)),
        Cell(capitalised(change.detail) or DASH),
        Cell(change.reason or "no reason recorded"),
    )


def _erratum(erratum: ErratumLine) -> tuple[Cell, ...]:
    return (Cell(erratum.place), Cell(erratum.printed), Cell(erratum.should_read), Cell(erratum.because))
