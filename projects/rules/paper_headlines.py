"""The first sentences of the two papers about the portfolio, counted from the lines that the papers print."""

from collections.abc import Iterable, Mapping
from datetime import date

from contracts.rules.months import month_long, month_of
from projects.rules.attention import AttentionRule
from projects.rules.news import NewsKind

RULE_OF_A_PROJECT = tuple[str, str]
"""A rule's name and the reference of a project that trips it."""


def board_headline(active: int, tripped: Iterable[RULE_OF_A_PROJECT], *, has_told: bool) -> str:
    """
    How many projects are red and amber among those in flight or on hold, and how many slipped.

    ``has_told``: whether the Board was told before; without it, slipped means later than agreed.
    """
    if not active:
        return "No project is in flight or on hold."
    number = _by_rule(tripped)
    red, amber = number[AttentionRule.RED], number[AttentionRule.AMBER]
    slipped, silent = number[AttentionRule.SLIPPED], number[AttentionRule.SILENT]
    since = "slipped since the Board was last told" if has_told else _later(slipped)
    told = [f"{_number(slipped)} {since}"]
    if silent:
        told.append(f"{_number(silent)} {_is(silent)} silent")
    return f"Of {_counted(active, 'project')} in flight or on hold, {_rated(red, amber)}; {', '.join(told)}."


def operational_headline(
    on: date,
    since: date,
    active: int,
    tripped: Iterable[RULE_OF_A_PROJECT],
    news: Iterable[tuple[str, str, int | None]],
) -> str:
    """
    How the work under way stands on a day, and what happened since the report before, which told of the day ``since``.

    ``news`` is of each thing its kind, the project it happened to, and how many days a date moved.
    """
    if not active:
        return f"No project was in flight or on hold on {_day(on)}."
    number = _by_rule(tripped)
    told = list(news)
    later = {of for kind, of, days in told if kind == NewsKind.FORECAST and (days or 0) > 0}
    earlier = {of for kind, of, days in told if kind == NewsKind.FORECAST and (days or 0) < 0}
    parts = [
        f"{_number(len(_of_kind(told, NewsKind.UPDATED)))} had an update since {_day(since)}",
        f"{_number(number[AttentionRule.SILENT])} {_is(number[AttentionRule.SILENT])} silent",
        f"{_number(len(later))} {_is(len(later))} forecast later than in the report before",
    ]
    if earlier:
        parts.append(f"{_number(len(earlier))} earlier")
    finished = len(_of_kind(told, NewsKind.FINISHED))
    if finished:
        parts.append(f"{_number(finished)} finished")
    among = f"{_counted(active, 'project')} {_is(active)} in flight or on hold"
    rated = _rated(number[AttentionRule.RED], number[AttentionRule.AMBER])
    return f"On {_day(on)}, {among}: {rated}. {_capital(', '.join(parts))}."


def _by_rule(tripped: Iterable[RULE_OF_A_PROJECT]) -> Mapping[AttentionRule, int]:
    pairs = set(tripped)
    return {rule: sum(name == rule for name, _ in pairs) for rule in AttentionRule}


def _of_kind(news: Iterable[tuple[str, str, int | None]], wanted: NewsKind) -> set[str]:
    return {of for kind, of, _ in news if kind == wanted}


def _rated(red: int, amber: int) -> str:
    if not red and not amber:
        return "none is red or amber"
    return f"{_number(red)} {_is(red)} red and {_number(amber)} amber"


def _day(day: date) -> str:
    return f"{day.day} {month_long(month_of(day))}"


def _later(number: int) -> str:
    return f"{_is(number)} forecast to finish later than agreed"


def _is(number: int) -> str:
    return "is" if number < 2 else "are"


def _number(number: int) -> str:
    return f"{number:,}" if number else "none"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
