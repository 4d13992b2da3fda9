"""Small turns of phrase that several sections share: months, levels, figures and lateness in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final, Protocol

from contracts.rules.months import Month, add_months, day_short, month_long, month_short, span_long
from kpis.rules.figures import DASH, Polarity, Unit, level_in_words, show
from reports.rules.sentences import listed, number_in_words
from reports.snapshot import ResultLine

NOT_EXPLAINED: Final = "not explained when published"
NOT_ANSWERED: Final = "Not answered"


class Measure(Protocol):
    """A KPI with its results, as an exception or a line of Appendix A holds it."""

    @property
    def unit(self) -> str: ...
    @property
    def polarity(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def results(self) -> tuple[ResultLine, ...]: ...


def figure(measure: Measure, value: str | None) -> str:
    """A figure of the snapshot with its unit, every digit kept: `93.10%`; a dash for none."""
    return show(None if value is None else Decimal(value), Unit(measure.unit), measure.decimals)


def level(measure: Measure, value: str) -> str:
    """`at least 80%`"""
    return level_in_words(Decimal(value), Polarity(measure.polarity), Unit(measure.unit), measure.decimals)


def side(measure: Measure) -> str:
    return "at least" if Polarity(measure.polarity) is Polarity.HIGHER else "at most"


def levels(measure: Measure) -> tuple[str, ...]:
    """Target and minimum in a few words each, the latest first; earlier ones with the last month they were in force."""
    spells = [
        (pair, list(results)[-1].month)
        for pair, results in groupby(measure.results, lambda result: (result.target, result.minimum))
        if pair[0] is not None
    ]
    lines: list[str] = []
    for place, ((target, minimum), until) in enumerate(reversed(spells)):
        before = f"until {month_short(until)}: " if place else ""
        lines += [f"{before}target {level(measure, str(target))}", f"minimum {level(measure, str(minimum))}"]
    return tuple(lines) or ("no levels agreed",)


def months_in_words(months: Sequence[Month]) -> str:
    """`November 2017 to January 2018` for months that follow each other, else `August 2017 and October 2017`."""
    return listed([span_long(first, last) for first, last in _spans(months)])


def counted(number: int, one: str, many: str = "") -> str:
    """`no exceptions`, `one exception`, `12 exceptions`"""
    return f"{number_in_words(number)} {one if number == 1 else many or one + 's'}"


def as_sentence(text: str) -> str:
    """With a capital first letter and a full stop, where it has no ending of its own."""
    stripped = text.strip()
    ending = "" if stripped.endswith((".", "!", "?", "…", ":", ";")) else "."
    return f"{stripped[:1].upper()}{stripped[1:]}{ending}" if stripped else ""


def day_or_dash(day: date | None) -> str:
    return day_short(day) if day else DASH


def month_or(month: Month | None, otherwise: str) -> str:
    return month_long(month) if month else otherwise


def days_late(days: int | None) -> str:
    """`56 days late`, `3 days early`, `on time`; a dash when there is nothing to compare."""
    if days is None:
        return DASH
    if days == 0:
        return "on time"
    return f"{abs(days):,} {'day' if abs(days) == 1 else 'days'} {'late' if days > 0 else 'early'}"


def in_lines(months: Sequence[Month], most: int) -> tuple[tuple[Month, ...], ...]:
    """The months cut into as few even lines as hold `most` each: 12 months at most 7 a line are 6 and 6."""
    if not months:
        return ()
    lines = -(-len(months) // most)
    size = -(-len(months) // lines)
    return tuple(tuple(months[start : start + size]) for start in range(0, len(months), size))


def _spans(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    spans: list[tuple[Month, Month]] = []
    for month in sorted(months):
        if spans and add_months(spans[-1][1], 1) == month:
            spans[-1] = (spans[-1][0], month)
        else:
            spans.append((month, month))
    return spans
