"""The exceptions page: the front of the paper as a reader at a screen asks for it.

What is new comes first, one card a KPI; everything that counts something leads to what it counts. The figures are those
of the frozen paper, put into words by the same phrases; nothing is judged here.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from contracts.rows import KEPT
from contracts.rules.months import Month, month_key, month_short
from kpis.rules.disputes import counted_in_words
from reports.build import Front
from reports.page.addresses import Addresses, addresses_of
from reports.page.cards import Brief, ExceptionCard, brief, card, lines_by_kpi
from reports.page.gaps import Gap, gaps_of
from reports.page.months import Months, months_of
from reports.page.news import News, lead, news_of
from reports.page.projects import ProjectRow, project_rows
from reports.page.recovered import Recovered, recovered_of
from reports.page.reliefs import ReliefCard, relief_cards
from reports.render.words import frame
from reports.render.words.phrases import counted
from reports.render.words.projects import portfolio_sentence
from reports.snapshot import BoardPaper, KpiChange

__all__ = ["ExceptionsPage", "exceptions_page"]

MISSES: Final = frozenset({"below_minimum", "below_target"})
GAPS: Final = frozenset({"missing", "not_measured"})
MOST_CARDS: Final = 20
"""So many KPIs have a card of their own, the gravest; more are one line each: the page stays one that can be read."""
MOST_CARDS_OF_YEARS: Final = 14
"""The same of more than a year, where each card has more to tell."""
YEAR: Final = 12
MOST_CHANGES: Final = 20


@dataclass(frozen=True, slots=True)
class Earlier:
    """The months of an earlier paper, as something to choose."""

    words: str
    query: str


@dataclass(frozen=True, slots=True, eq=False)
class ExceptionsPage:
    """The front of a paper for the screen. ``well`` says in one sentence that nothing stands out, where that is so."""

    paper: BoardPaper
    addresses: Addresses
    lead: str
    news: tuple[News, ...]
    notes: tuple[str, ...]
    well: str
    is_well: bool
    exceptions: int
    cards: tuple[ExceptionCard, ...]
    others: tuple[Brief, ...]
    recovered: tuple[Recovered, ...]
    months: Months | None
    reliefs: tuple[ReliefCard, ...]
    without_figure: int
    gaps: tuple[Gap, ...]
    changes: tuple[KpiChange, ...]
    portfolio: str
    projects: tuple[ProjectRow, ...]
    projects_in_all: int
    periods: tuple[Earlier, ...]


@lru_cache(maxsize=KEPT)
def exceptions_page(front: Front) -> ExceptionsPage:
    """The page of a period."""
    paper = front.paper
    addresses = addresses_of(paper.contract.reference)
    misses = [line for line in paper.exceptions if line.rule in MISSES]
    by_kpi = lines_by_kpi(misses)
    gaps = [line for line in paper.exceptions if line.rule in GAPS]
    most = MOST_CARDS if len(paper.months) <= YEAR else MOST_CARDS_OF_YEARS
    return ExceptionsPage(
        paper=paper,
        addresses=addresses,
        lead=lead(paper),
        news=news_of(paper),
        notes=(*frame.notes(paper), *filter(None, [counted_in_words(front.disputed)])),
        well=_well(paper) if not misses else "",
        is_well=not misses and _has_figures(paper),
        exceptions=len(by_kpi),
        cards=tuple(card(paper, own, front.awaited, addresses) for own in by_kpi[:most]),
        others=tuple(brief(own, addresses) for own in by_kpi[most:]),
        recovered=recovered_of(paper, addresses),
        months=months_of(paper, addresses),
        reliefs=relief_cards(paper, addresses),
        without_figure=len({line.kpi for line in gaps}),
        gaps=gaps_of(gaps, addresses),
        changes=_latest_changes(paper),
        portfolio=portfolio_sentence(paper),
        projects=project_rows(paper, addresses),
        projects_in_all=paper.since_last.projects_needing_attention,
        periods=tuple(
            Earlier(_span(each.review_from, each.review_to), _asked(each.review_from, each.review_to))
            for each in front.occasion.periods
            if each.review_from and each.review_to
        ),
    )


def _latest_changes(paper: BoardPaper) -> tuple[KpiChange, ...]:
    """All of them as the paper lists them; where they are many, those of the latest months, latest first."""
    if len(paper.kpi_changes) <= MOST_CHANGES:
        return paper.kpi_changes
    return tuple(sorted(paper.kpi_changes, key=lambda change: change.month, reverse=True)[:MOST_CHANGES])


def _span(first: Month, last: Month) -> str:
    return month_short(first) if first == last else f"{month_short(first)} to {month_short(last)}"


def _asked(first: Month, last: Month) -> str:
    return f"?from={month_key(first)}&to={month_key(last)}"


def _has_figures(paper: BoardPaper) -> bool:
    return any(month.in_force > month.missing + month.not_measured for month in paper.months)


def _well(paper: BoardPaper) -> str:
    """Said where no KPI missed a level: what that leaves open is said too, never more than is known."""
    in_force = max((month.in_force for month in paper.months), default=0)
    if not in_force:
        return "No KPI was in force in these months."
    if not _has_figures(paper):
        return "There is no figure to judge in these months yet."
    # Where below target is no exception in this contract, some may have been.
    bands = "its minimum" if any(month.below_target for month in paper.months) else "its target or minimum"
    relief = any(month.relief_granted for month in paper.months)
    missing = max(month.missing + month.not_measured for month in paper.months)
    words = f"No KPI fell below {bands}{' without mitigation relief' if relief else ''}"
    if not missing:
        return f"{words}: all {counted(in_force, 'KPI')} in force were measured." if in_force > 1 else f"{words}."
    return f"{words}, as far as there are figures."
