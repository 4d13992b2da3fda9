"""
What became of a project between two days: what a monthly report tells, and what the Board has not heard yet.

"Between" means after the first day and no later than the second. Everything follows from rows that nobody overwrites;
only the stage has no such rows, so whoever asks brings its moves along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.rules.months import day_short
from projects.rules.attention import rebaseline_in_words
from projects.rules.confidence import Confidence, Thresholds, computed_confidence, worse
from projects.rules.facts import MilestoneFacts, MilestoneForecastFacts, ProjectFacts, Stage
from projects.rules.sentences import movement


class NewsKind(StrEnum):
    """What happened, in the order in which it is told."""

    STAGE = "stage"
    FINISHED = "finished"
    REBASELINED = "re-baselined"
    RATING = "rating"
    FORECAST = "forecast"
    MILESTONE_DONE = "milestone done"
    MILESTONE_MOVED = "milestone moved"
    UPDATED = "update"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a project, in words; ``days`` is how far a forecast moved, later being positive."""

    kind: NewsKind
    said: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class StageMove:
    """A project's stage before and after a stretch of time, and the day it got there."""

    before: Stage
    after: Stage
    on: date


def news_of(
    project: ProjectFacts, after: date, until: date, thresholds: Thresholds, moved: StageMove | None = None
) -> tuple[News, ...]:
    """Everything that happened to a project in the days between."""
    return tuple(_news(project, after, until, thresholds, moved))


def gravest_rating(project: ProjectFacts, on: date, thresholds: Thresholds) -> Confidence | None:
    """The worse of the declared rating and that of the dates, as both were known on a day."""
    return worse(declared_on(project, on), computed_on(project, on, thresholds))


def declared_on(project: ProjectFacts, on: date) -> Confidence | None:
    """What the latest update until a day declared; one without a day is the oldest."""
    said = [each for each in project.forecasts if (each.updated_on or date.min) <= on]
    return said[-1].confidence if said else None


def computed_on(project: ProjectFacts, on: date, thresholds: Thresholds) -> Confidence | None:
    """The rating by the dates that were known on a day, against the original finish."""
    is_finished = project.actual_finish is not None and project.actual_finish <= on
    finish = project.actual_finish if is_finished else project.forecast_in_force(on)
    original = project.original_finish
    days = (finish - original).days if finish and original else None
    return computed_confidence(days, original, finish, thresholds)


def _news(
    project: ProjectFacts, after: date, until: date, thresholds: Thresholds, moved: StageMove | None
) -> Iterator[News]:
    if moved is not None:
        yield News(NewsKind.STAGE, f"{moved.after} since {day_short(moved.on)}, {moved.before} before")
    if project.actual_finish is not None and after < project.actual_finish <= until:
        yield News(NewsKind.FINISHED, f"finished {day_short(project.actual_finish)}")
    for each in project.rebaselines:
        if each.agreed_on is not None and after < each.agreed_on <= until:
            yield News(NewsKind.REBASELINED, rebaseline_in_words(each))
    yield from _ratings(project, after, until, thresholds)
    before, now = project.forecast_in_force(after), project.forecast_in_force(until)
    if now is not None and now != before:
        yield News(NewsKind.FORECAST, _moved("forecast finish", before, now), _days(before, now))
    for milestone in project.milestones:
        yield from _milestone(milestone, after, until)
    told = [each.updated_on for each in project.forecasts if each.updated_on and after < each.updated_on <= until]
    if told:
        yield News(NewsKind.UPDATED, f"{_updates(len(told))} posted, the latest on {day_short(max(told))}")


def _ratings(project: ProjectFacts, after: date, until: date, thresholds: Thresholds) -> Iterator[News]:
    pairs = (
        ("declared", declared_on(project, after), declared_on(project, until)),
        ("by its dates", computed_on(project, after, thresholds), computed_on(project, until, thresholds)),
    )
    for whose, before, now in pairs:
        if before is not now:
            yield News(NewsKind.RATING, f"{whose} {now or 'not rated'}, {before or 'not rated'} before")


def _milestone(milestone: MilestoneFacts, after: date, until: date) -> Iterator[News]:
    if milestone.actual_on is not None and after < milestone.actual_on <= until:
        yield News(NewsKind.MILESTONE_DONE, f"{milestone.title}: done {day_short(milestone.actual_on)}")
        return
    before, now = _forecast_on(milestone, after), _forecast_on(milestone, until)
    if now is not None and now.forecast_on != (before.forecast_on if before else None):
        was = before.forecast_on if before else milestone.agreed_on or milestone.original_on
        if was != now.forecast_on:
            said = _moved("forecast", was, now.forecast_on)
            yield News(NewsKind.MILESTONE_MOVED, f"{milestone.title}: {said}", _days(was, now.forecast_on))


def _forecast_on(milestone: MilestoneFacts, on: date) -> MilestoneForecastFacts | None:
    said = [each for each in milestone.forecasts if (each.said_on or date.min) <= on]
    return said[-1] if said else None


def _moved(what: str, before: date | None, now: date) -> str:
    if before is None:
        return f"{what} {day_short(now)}, the first"
    return f"{what} moved from {day_short(before)} to {day_short(now)}, {movement((now - before).days)}"


def _days(before: date | None, now: date) -> int | None:
    return (now - before).days if before else None


def _updates(number: int) -> str:
    return "an update was" if number == 1 else f"{number:,} updates were"
