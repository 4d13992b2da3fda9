"""What the cards say of a line in the same words: its figures against its levels, and its small chart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.safestring import SafeString

from contracts.rules.months import month_short
from reports.render.words import disputes
from reports.render.words.phrases import figure, level
from reports.render.words.pictures import history_picture
from reports.rules.sentences import listed
from reports.snapshot import ExceptionLine, ResultLine

MOST_FIGURES: Final = 6
MOST_POINTS: Final = 13
"""A small chart holds a year and the same month before it; the KPI's own page has them all."""


def results_hit(lines: Sequence[ExceptionLine]) -> list[ResultLine]:
    """The results of the months in which one of these lines of a KPI holds, oldest first."""
    months = {month for line in lines for month in line.months}
    return [result for result in lines[0].results if result.month in months]


def figures_of(line: ExceptionLine, hit: Sequence[ResultLine]) -> str:
    """`60.47% in Nov 2017 and 66.28% in Jan 2018 (provisional)`, the latest of many."""
    told = [result for result in hit if result.value is not None]
    said = [f"{figure(line, result.value)} in {month_short(result.month)}{_note(result)}" for result in told]
    if len(said) > MOST_FIGURES:
        earlier = len(said) - MOST_FIGURES + 1
        said = [f"{earlier} earlier months", *said[1 - MOST_FIGURES :]]
    return listed(said)


def levels_of(line: ExceptionLine, hit: Sequence[ResultLine]) -> str:
    """`target at least 75%, minimum at least 65%`, as in force in the last of these months."""
    last = next((result for result in reversed(hit) if result.target is not None), None)
    if last is None or last.target is None or last.minimum is None:
        return ""
    return f"target {level(line, last.target)}, minimum {level(line, last.minimum)}"


def chart_of(line: ExceptionLine, id: str) -> SafeString | str:
    """The last thirteen months at most, with both levels; `id` must be the page's only one."""
    shown = replace(line, results=line.results[-MOST_POINTS:]) if len(line.results) > MOST_POINTS else line
    picture = history_picture(shown, line.kpi, id)
    return picture.svg if picture else ""


def _note(result: ResultLine) -> str:
    notes = ("provisional" if result.provisional else "", disputes.mark(result))
    said = ", ".join(filter(None, notes))
    return f" ({said})" if said else ""
