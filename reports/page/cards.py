"""The exceptions as cards: one for each KPI that missed a level, gravest first, with the answers the Board asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString

from contracts.rules.months import Month, day_short, month_long
from reports.page.addresses import Addresses
from reports.page.lines import chart_of, figures_of, levels_of, results_hit
from reports.render.words import disputes
from reports.render.words.phrases import months_in_words
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExceptionLine

ASKED: Final = ("cause", "effect on services", "remedy and its owner", "expected recovery")


@dataclass(frozen=True, slots=True)
class Standing:
    """Why the card stands here: the rule, since how long, and in which months of the period."""

    rule: str
    run: str
    months: str


@dataclass(frozen=True, slots=True)
class Account:
    """What was said of the last month under one rule; ``heading`` tells two rules apart. ``open`` was not said yet."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    open: str


@dataclass(frozen=True, slots=True)
class ExceptionCard:
    """A KPI that missed a level. ``anchor`` is its place on the page, so that the exception can be linked."""

    anchor: str
    code: str
    name: str
    href: str
    ask_href: str
    standing: tuple[Standing, ...]
    figures: str
    levels: str
    accounts: tuple[Account, ...]
    chart: SafeString | str


@dataclass(frozen=True, slots=True)
class Brief:
    """A KPI in one line, where too many stand before it."""

    anchor: str
    code: str
    name: str
    href: str
    rule: str
    run: str
    figures: str


def lines_by_kpi(lines: Sequence[ExceptionLine]) -> list[list[ExceptionLine]]:
    """The lines of each KPI together, where its gravest stands."""
    found: dict[str, list[ExceptionLine]] = {}
    for line in lines:
        found.setdefault(line.kpi, []).append(line)
    return list(found.values())


def brief(lines: Sequence[ExceptionLine], addresses: Addresses) -> Brief:
    """The lines of one KPI in a line."""
    gravest = lines[0]
    hit = results_hit(lines)
    said = ", ".join(part for part in (figures_of(gravest, hit), levels_of(gravest, hit)) if part)
    return Brief(
        gravest.kpi, gravest.kpi, gravest.name, addresses.kpi(gravest.kpi), gravest.rule, capitalised(gravest.run), said
    )


def card(
    paper: BoardPaper, lines: Sequence[ExceptionLine], awaited: Mapping[tuple[str, Month], date], addresses: Addresses
) -> ExceptionCard:
    """The lines of one KPI as a card, gravest first."""
    gravest = lines[0]
    hit = results_hit(lines)
    return ExceptionCard(
        anchor=gravest.kpi,
        code=gravest.kpi,
        name=gravest.name,
        href=addresses.kpi(gravest.kpi),
        ask_href=addresses.ask_about(gravest.kpi, gravest.months[-1], gravest.rule),
        standing=tuple(Standing(line.rule, capitalised(line.run), months_in_words(line.months)) for line in lines),
        figures=figures_of(gravest, hit),
        levels=levels_of(gravest, hit),
        accounts=tuple(_accounts(paper, lines, awaited)),
        chart=chart_of(gravest, f"exception-{gravest.kpi}"),
    )


def _accounts(
    paper: BoardPaper, lines: Sequence[ExceptionLine], awaited: Mapping[tuple[str, Month], date]
) -> Iterator[Account]:
    """Of each month once: two rules tripped in one month share what was said of it."""
    told: set[Month] = set()
    for line in lines:
        last = line.months[-1]
        if last not in told:
            told.add(last)
            yield _account(paper, line, awaited.get((line.kpi, last)), is_alone=len(lines) == 1)
    notes = tuple((month_long(result.month), disputes.told(result)) for result in results_hit(lines) if result.dispute)
    if notes:
        yield Account("Disputed by the supplier", notes, "")


def _account(paper: BoardPaper, line: ExceptionLine, awaited: date | None, *, is_alone: bool) -> Account:
    recovery = _recovery(paper, line)
    answers = (line.cause, line.effect, line.remedy, recovery)
    names = ("Cause", "Effect on council services", "Remedy", "Expected recovery")
    rows = tuple(
        (name if answer is not recovery or line.state != "recovered" else "Recovered", answer)
        for name, answer in zip(names, answers, strict=True)
        if answer
    )
    lacking = [asked for asked, answer in zip(ASKED, answers, strict=True) if not answer]
    heading = "" if is_alone else f"On {month_long(line.months[-1])}"
    return Account(heading, rows, _open(lacking, awaited))


def _open(lacking: Sequence[str], awaited: date | None) -> str:
    if not lacking:
        return ""
    if awaited is not None:
        return f"Explanation awaited from the supplier by {day_short(awaited)}."
    if len(lacking) >= len(ASKED) - 1 and "cause" in lacking:
        return "Not explained yet."
    return f"Not explained yet: {listed(lacking)}."


def _recovery(paper: BoardPaper, line: ExceptionLine) -> str:
    if line.state == "recovered":
        closing = max((result.month for result in line.results if result.month <= paper.review.to), default=None)
        return f"Target met in {month_long(closing)}" if closing else "Target met"
    return month_long(line.recovery_month) if line.recovery_month else ""
