"""What changed since the last paper: KPIs added, ended or given new levels, and figures printed wrongly before."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, repeat
from operator import attrgetter
from typing import Final

from contracts.rules.months import month_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Facts, Paragraph, Section, Table
from reports.render.words.slip import SLIP
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
    Column("Where", width=3),
    Column("Printed", width=1.3),
    Column("Should read", width=1.3),
    Column("Because", width=2.6),
)
SAME: Final = "The same correction"
OF_EARLIER_PAPERS: Final = "Corrections to figures printed in earlier papers"
LONGEST_IN_TABLE: Final = 80
"""In letters: what is longer is a sentence, and too much for a cell."""


def kpi_changes(paper: BoardPaper) -> Section:
    since = "the report" if paper.kind == "addendum" else "the last paper"
    blocks: tuple[Block, ...] = (Paragraph(f"No KPI was added, ended or given a new target or minimum since {since}."),)
    if paper.kpi_changes:
        rows = tuple(_change(change) for change in paper.kpi_changes)
        blocks = (Table(f"KPIs added, ended or given new levels since {since}", CHANGES, rows),)
    return Section("changes", f"KPI changes ({len(paper.kpi_changes)})", blocks)


def errata(paper: BoardPaper) -> Section | None:
    """Left out where there is nothing to correct: a paper does not claim that nothing was ever wrong."""
    if not paper.errata:
        return None
    found = groupby(paper.errata, key=attrgetter("paper", "because"))
    blocks = tuple(block for (name, because), lines in found for block in _corrected(name, because, tuple(lines)))
    title = "What should read otherwise" if paper.kind == SLIP else "Corrections to earlier papers"
    return Section("errata", f"{title} ({len(paper.errata)})", blocks)


def _change(change: KpiChange) -> tuple[Cell, ...]:
    return (
        Cell(change.kpi, note=change.name),
        Cell(capitalised(change.change)),
        Cell(month_short(change.month)),
        Cell(capitalised(change.detail) or DASH),
        Cell(change.reason or "no reason recorded"),
    )


def _corrected(name: str, because: str, lines: Sequence[ErratumLine]) -> Iterator[Block]:
    """
    What one correction moved in one paper: the numbers in a table, which gives the reason once, and whole sentences
    one below the other.
    """
    numbers = [line for line in lines if max(len(line.printed), len(line.should_read)) <= LONGEST_IN_TABLE]
    if numbers:
        caption = f"Corrections to the {name[:1].lower()}{name[1:]}" if name else OF_EARLIER_PAPERS
        reasons = chain((because,), repeat(SAME))
        yield Table(caption, ERRATA, tuple(map(_erratum, numbers, reasons)))
    for line in lines:
        if line in numbers:
            continue
        texts = (("Printed", line.printed), ("Should read", line.should_read))
        yield Facts(texts if numbers else (*texts, ("Because", because)), line.place)


def _erratum(erratum: ErratumLine, because: str) -> tuple[Cell, ...]:
    return (Cell(erratum.place), Cell(erratum.printed), Cell(erratum.should_read), Cell(because))
