"""What changed since the last paper: KPIs added, ended or given new levels, and figures printed wrongly before."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from contracts.rules.months import month_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Paragraph, Section, Table
from reports.render.words import exempt
from reports.render.words.slip import SLIP
from reports.rules.errata import what_differs
from reports.rules.exempt import EXEMPT_ERRATA
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, ErratumLine, ExemptErratum, KpiChange

CHANGES = (
    Column("KPI", width=2.6),
    Column("Change", width=1.4),
    Column("Month", width=1),
    Column("What changed", width=2.4),
    Column("Why", width=2.4),
)
FIGURES = (Column("Where", width=4.4), Column("Printed", width=1.5), Column("Should read", width=1.5))
SENTENCES = (Column("Where", width=2.1), Column("Printed", width=2.8), Column("Should read", width=2.8))
OF_EARLIER_PAPERS: Final = "earlier papers"
LONGEST_FIGURE: Final = 40
"""In letters: what is longer is a sentence, and stands in a table with room for sentences."""


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


def exempt_errata(paper: BoardPaper) -> Section | None:
    """What should read otherwise in the exempt part of earlier papers: for the exempt part of this one alone."""
    if not exempt.is_exempt(paper) or not paper.exempt_errata:
        return None
    found = groupby(paper.exempt_errata, key=attrgetter("paper", "because"))
    blocks = tuple(block for (name, because), lines in found for block in _corrected(name, because, tuple(lines)))
    key, title = EXEMPT_ERRATA
    return Section(key, f"{title} ({len(paper.exempt_errata)})", blocks)


def _change(change: KpiChange) -> tuple[Cell, ...]:
    return (
        Cell(change.kpi, note=change.name),
        Cell(capitalised(change.change)),
        Cell(month_short(change.month)),
        Cell(capitalised(change.detail) or DASH),
        Cell(change.reason or "no reason recorded"),
    )


def _corrected(name: str, because: str, lines: Sequence[ErratumLine | ExemptErratum]) -> Iterator[Block]:
    """
    What one correction moved in one paper: the reason once, the figures in one table, sentences in another.

    Of sentences those words are left out that both versions begin or end with.
    """
    of = f"the {name[:1].lower()}{name[1:]}" if name else OF_EARLIER_PAPERS
    yield Paragraph(because)
    sentences = [line for line in lines if max(len(line.printed), len(line.should_read)) > LONGEST_FIGURE]
    figures = [line for line in lines if line not in sentences]
    if figures:
        yield Table(f"Figures to correct in {of}", FIGURES, tuple(map(_figure, figures)))
    if sentences:
        yield Table(f"Sentences to correct in {of}", SENTENCES, tuple(map(_sentence, sentences)))


def _figure(erratum: ErratumLine | ExemptErratum) -> tuple[Cell, ...]:
    return (Cell(erratum.place), Cell(erratum.printed), Cell(erratum.should_read))


def _sentence(erratum: ErratumLine | ExemptErratum) -> tuple[Cell, ...]:
    return (Cell(erratum.place), *map(Cell, what_differs(erratum.printed, erratum.should_read)))
