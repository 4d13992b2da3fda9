"""Figures that the supplier disputes: marked where they stand, with the note beside them, and counted as they stand.

Open disputes print, those not upheld with their answer, and those upheld until the figure is corrected; what the
supplier took back does not, nor what was corrected since. Where nothing is disputed nothing is said of it.
"""

from collections.abc import Iterable
from typing import Final

from contracts.rules.months import month_short
from kpis.rules import disputes as rules
from reports.render.document import Facts
from reports.snapshot import BoardPaper, KpiLine, ResultLine

DISPUTED: Final = "disputed"


def mark(result: ResultLine) -> str:
    """The word in the cell of a disputed figure."""
    return DISPUTED if result.dispute else ""


def told(result: ResultLine) -> str:
    """The supplier's note and what was answered."""
    dispute = result.dispute
    if dispute is None:
        return ""
    return rules.told(rules.State(dispute.state), dispute.note, dispute.claimed, dispute.answer)


def of_kpi(results: Iterable[ResultLine]) -> tuple[Facts, ...]:
    """The notes on the disputed figures of one KPI, by month; or nothing."""
    rows = tuple((month_short(result.month), told(result)) for result in results if result.dispute)
    return (Facts(rows, title="Disputed by the supplier"),) if rows else ()


def of_table(shown: Iterable[tuple[str, Iterable[ResultLine]]]) -> tuple[Facts, ...]:
    """The notes on the disputed results that a table shows by KPI, under how many there are; or nothing."""
    rows = tuple(
        (f"{kpi}, {month_short(result.month)}", told(result)) for kpi, own in shown for result in own if result.dispute
    )
    title = f"{len(rows):,} {'figure' if len(rows) == 1 else 'figures'} disputed by the supplier"
    return (Facts(rows, title),) if rows else ()


def counted(paper: BoardPaper) -> str:
    """How many of the figures shown are disputed, in a sentence; nothing for none."""
    return rules.counted_in_words(sum(_disputed(kpi) for area in paper.areas for kpi in area.kpis))


def _disputed(kpi: KpiLine) -> int:
    return sum(result.dispute is not None for result in kpi.results)
