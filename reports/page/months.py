"""Month by month: how many KPIs stood where; every month adds up to the KPIs in force, every count leads to its KPIs.

A few months stand side by side as in the paper. More of them stand below each other, the latest first, and those
longer ago than a year fold away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from config.ui.status import STATUSES
from contracts.rules.months import month_short, span_long
from kpis.rules.counts import share
from reports.page.addresses import Addresses
from reports.render.words.phrases import as_sentence
from reports.snapshot import BoardPaper, MonthCounts

MOST_ACROSS: Final = 7
MOST_OPEN: Final = 13


class Count(NamedTuple):
    """So many KPIs, their share of those in force, and the KPIs themselves; no address for none."""

    number: int
    share: str
    href: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month with its six counts; ``is_marked`` where it is under review."""

    name: str
    number: int
    is_marked: bool
    counts: tuple[Count, ...]
    in_force: Count


@dataclass(frozen=True, slots=True)
class Months:
    """The months shown. ``earlier`` fold away; both lists are empty in the other's stead where they stand across."""

    caption: str
    is_across: bool
    shown: tuple[MonthRow, ...]
    earlier: tuple[MonthRow, ...]
    notes: tuple[str, ...]

    @property
    def across(self) -> tuple[tuple[bool, tuple[Count, ...]], ...]:
        """Of each month shown whether it is marked, and its counts, for a table that has them in its columns."""
        return tuple((month.is_marked, month.counts) for month in self.shown)


def months_of(paper: BoardPaper, addresses: Addresses) -> Months | None:
    """None where no KPI was in force in any month shown."""
    history = paper.history.months
    if not any(month.in_force for month in history):
        return None
    rows = tuple(_row(paper, month, addresses) for month in history)
    span = span_long(history[0].month, history[-1].month)
    caption = f"KPIs by status, {span}"
    if len(rows) <= MOST_ACROSS:
        return Months(caption, True, rows, (), tuple(_notes(paper)))
    latest = rows[::-1]
    return Months(caption, False, latest[:MOST_OPEN], latest[MOST_OPEN:], tuple(_notes(paper)))


def _row(paper: BoardPaper, month: MonthCounts, addresses: Addresses) -> MonthRow:
    whole = month.in_force
    counts = ((status, getattr(month, status)) for status in STATUSES)
    return MonthRow(
        name=month_short(month.month),
        number=month.contract_month,
        is_marked=paper.review.from_ <= month.month <= paper.review.to,
        counts=tuple(
            Count(number, share(number, whole), addresses.standing(month.month, status)) if number else Count(0, "", "")
            for status, number in counts
        ),
        in_force=Count(whole, "", addresses.month(month.month) if whole else ""),
    )


def _notes(paper: BoardPaper) -> Iterator[str]:
    if paper.history.from_ < paper.review.from_:
        yield f"Under review: {span_long(paper.review.from_, paper.review.to)}, the shaded months."
    yield from (as_sentence(failure.sentence) for failure in paper.earlier_failures)
    parts = [
        f"{month.provisional:,} of {month.in_force:,} in {month_short(month.month)}"
        for month in paper.history.months
        if month.provisional
    ]
    if parts:
        yield f"Provisional: {'; '.join(parts)}."
    yield "Percentages are of the KPIs in force, rounded to whole numbers; they may not add up to 100."
