"""Mitigation relief in force: why, since when, how old, decided by whom, and what was measured all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from contracts.rules.months import day_short, month_long, span_long
from reports.page.addresses import Addresses
from reports.page.cards import Brief, brief
from reports.page.lines import chart_of, figures_of, levels_of, results_hit
from reports.render.words.phrases import counted
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExceptionLine, ReliefLine

RELIEF: Final = "relief_granted"
MOST_SHOWN: Final = 8
"""Of so many KPIs a relief's card tells everything; of more, one line each."""


@dataclass(frozen=True, slots=True)
class Relieved:
    """A KPI that missed a level under the relief; ``rows`` hold what was said of the miss."""

    code: str
    name: str
    href: str
    run: str
    figures: str
    levels: str
    rows: tuple[tuple[str, str], ...]
    chart: SafeString | str


@dataclass(frozen=True, slots=True)
class ReliefCard:
    """A relief with the KPIs it excused; one that is long open-ended carries a ``warning``."""

    anchor: str
    reference: str
    cause: str
    href: str
    age: str
    has_ended: bool
    warning: str
    rows: tuple[tuple[str, str], ...]
    kpis: tuple[Relieved, ...]
    others: tuple[Brief, ...]


def relief_cards(paper: BoardPaper, addresses: Addresses) -> tuple[ReliefCard, ...]:
    lines = [line for line in paper.exceptions if line.rule == "relief"]
    return tuple(
        _card(paper, relief, [line for line in lines if line.relief == relief.reference], addresses)
        for relief in paper.reliefs
    )


def _card(paper: BoardPaper, relief: ReliefLine, own: Sequence[ExceptionLine], addresses: Addresses) -> ReliefCard:
    missed = [line for line in own if _has_missed(paper, line)]
    age = f"{counted(relief.age_months, 'month')} old"
    return ReliefCard(
        anchor=f"relief-{relief.reference}",
        reference=relief.reference,
        cause=capitalised(relief.cause),
        href=addresses.relief(relief.reference),
        age=age,
        has_ended=relief.to_month is not None and relief.to_month <= paper.review.to,
        warning=f"Open-ended and {age}: it is time to set its last month." if relief.is_stale else "",
        rows=tuple(_rows(relief, own, missed)),
        kpis=tuple(_relieved(line, addresses) for line in missed[:MOST_SHOWN]),
        others=tuple(brief([line], addresses) for line in missed[MOST_SHOWN:]),
    )


def _rows(
    relief: ReliefLine, own: Sequence[ExceptionLine], missed: Sequence[ExceptionLine]
) -> Iterator[tuple[str, str]]:
    yield "Why", relief.narrative or "No reason recorded"
    yield "Months", _months(relief)
    by = relief.decided_by or "Not recorded"
    yield "Decided by", f"{by}, {day_short(relief.decided_on)}" if relief.decided_on else by
    if relief.is_blanket:
        yield "KPIs", f"All of the contract ({len(relief.kpis)})"
    others = [line for line in own if line not in missed]
    met = [line.kpi for line in others if _has_met(line)]
    silent = [line.kpi for line in others if line.kpi not in met]
    if met:
        yield "Met target all the same", listed(met)
    if silent:
        yield "Without a figure", listed(silent)


def _months(relief: ReliefLine) -> str:
    if relief.to_month is None:
        return f"{month_long(relief.from_month)} on, with no last month set"
    return span_long(relief.from_month, relief.to_month)


def _relieved(line: ExceptionLine, addresses: Addresses) -> Relieved:
    hit = [result for result in results_hit([line]) if result.contractual == RELIEF]
    told = (
        ("Cause", line.cause),
        ("Effect on council services", line.effect),
        ("Remedy", line.remedy),
        ("Expected recovery", month_long(line.recovery_month) if line.recovery_month else ""),
    )
    return Relieved(
        code=line.kpi,
        name=line.name,
        href=addresses.kpi(line.kpi),
        run=capitalised(line.run),
        figures=figures_of(line, hit),
        levels=levels_of(line, hit),
        rows=tuple(row for row in told if row[1]),
        chart=chart_of(line, f"relief-{line.kpi}"),
    )


def _has_met(line: ExceptionLine) -> bool:
    """Met its target in the covered months that have a figure, and at least one has."""
    covered = [result for result in line.results if result.month in line.months and result.value is not None]
    return bool(covered) and all(result.measured == "target_met" for result in covered)


def _has_missed(paper: BoardPaper, line: ExceptionLine) -> bool:
    return any(
        result.contractual == RELIEF and paper.review.from_ <= result.month <= paper.review.to
        for result in line.results
    )
