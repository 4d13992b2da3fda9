"""
What a monthly update says, and what it must keep to before it may be posted.

A date that was forecast and has passed with nothing done may stay as it is: it then counts as overdue, which is the
truth. What is newly forecast lies ahead; what is done lies behind. Original dates are asked of nobody here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from contracts.rules.months import month_long, month_of
from projects.rules.confidence import Confidence, Thresholds, worse
from projects.rules.details import Fault
from projects.rules.facts import MilestoneFacts, ProjectFacts
from projects.rules.sentences import lateness

AT_RISK: Final = frozenset({Confidence.RED, Confidence.AMBER})

ANSWERS: Final = {
    "delay_cause": "why it is late or at risk",
    "delay_party": "who caused it",
    "cost_effect": "what it costs",
    "knock_on": "what it holds up",
}
"""The questions asked of a red or amber project that are answered in words, by field."""


@dataclass(frozen=True, slots=True)
class MilestoneSaid:
    """What an update says of one milestone, by its title: when it is expected, or when it was done."""

    title: str
    forecast_on: date | None = None
    actual_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSaid:
    """What an update says, as far as anything was said yet."""

    confidence: Confidence | None = None
    forecast_finish: date | None = None
    done: str = ""
    next: str = ""
    delay_cause: str = ""
    delay_party: str = ""
    cost_effect: str = ""
    knock_on: str = ""
    returns_to_green_on: date | None = None
    is_green_unknown: bool = False
    milestones: tuple[MilestoneSaid, ...] = ()


def unfinished(project: ProjectFacts) -> tuple[MilestoneFacts, ...]:
    """The milestones that an update speaks of."""
    return tuple(milestone for milestone in project.milestones if milestone.actual_on is None)


def rated(project: ProjectFacts, finish: date | None, thresholds: Thresholds) -> Confidence | None:
    """The rating by its dates once this finish is forecast; nothing forecast leaves the one before standing."""
    return _forecast(project, finish).computed(thresholds)


def is_asked(declared: Confidence | None, computed: Confidence | None) -> bool:
    """Whether councillors ask why, who, how much and until when: by the worse of the two ratings."""
    return worse(declared, computed) in AT_RISK


def kept(said: UpdateSaid, computed: Confidence | None) -> UpdateSaid:
    """What is put on record: the answers belong to a red or amber project, a green one gives none."""
    if is_asked(said.confidence, computed):
        return said
    return replace(
        said,
        delay_cause="",
        delay_party="",
        cost_effect="",
        knock_on="",
        returns_to_green_on=None,
        is_green_unknown=False,
    )


def update_faults(project: ProjectFacts, said: UpdateSaid, thresholds: Thresholds, on: date) -> tuple[Fault, ...]:
    """Everything that is wrong with an update posted on a day; a milestone's place is that of the update's own."""
    found = [] if said.confidence else [Fault("confidence", "Choose how confident you are: green, amber or red.")]
    found += _finish_faults(project, said.forecast_finish, on)
    milestones = {milestone.title: milestone for milestone in project.milestones}
    for place, each in enumerate(said.milestones):
        if each.title in milestones:
            found += _milestone_faults(project, milestones[each.title], each, place, on)
    for field, question in (("done", "what was done since the last update"), ("next", "what is planned next")):
        if not getattr(said, field).strip():
            found.append(Fault(field, f"Say {question}. If it is nothing, write “Nothing”."))
    if is_asked(said.confidence, rated(project, said.forecast_finish, thresholds)):
        found += _answer_faults(said, on)
    return tuple(found)


def dates_in_words(project: ProjectFacts, finish: date | None, thresholds: Thresholds) -> str:
    """What the dates say once this finish is forecast: the rating, and how far behind the original finish it lies."""
    after = _forecast(project, finish)
    computed, late = after.computed(thresholds), after.slippage_original
    if computed is None or late is None:
        lacking = "forecast finish" if project.original_finish else "original finish"
        return f"The dates give no rating: there is no {lacking}."
    if late.days == 0:
        return f"By its dates it is {computed}: it keeps the original finish."
    share = f", {abs(late.percent):,}% of the time first planned" if late.percent is not None else ""
    behind = f"{lateness(late.days)} against the original finish ({abs(late.weeks):,} weeks{share})"
    return f"By its dates it is {computed}: {behind}."


def _forecast(project: ProjectFacts, finish: date | None) -> ProjectFacts:
    return project._replace(forecast_finish=finish or project.forecast_finish)


def _finish_faults(project: ProjectFacts, finish: date | None, on: date) -> Iterator[Fault]:
    before = project.forecast_finish
    if finish is None:
        if before:
            words = f"A forecast is moved, not taken back: {_day(before)} was forecast before. Enter a date."
            yield Fault("forecast_finish", words)
        elif project.original_finish:
            yield Fault("forecast_finish", "Enter the day on which you expect it to finish.")
        return
    if project.original_start and finish < project.original_start:
        words = f"The forecast finish cannot be before the original start, {_day(project.original_start)}."
        yield Fault("forecast_finish", words)
    elif finish < on and finish != before:
        words = f"A new forecast cannot lie in the past: today is {_day(on)}. When do you expect it to finish?"
        yield Fault("forecast_finish", words)


def _milestone_faults(
    project: ProjectFacts, milestone: MilestoneFacts, said: MilestoneSaid, place: int, on: date
) -> Iterator[Fault]:
    title, start = milestone.title, project.original_start
    if milestone.actual_on:
        if (said.actual_on or milestone.actual_on) != milestone.actual_on:
            words = f"{title}: it is on record as done on {_day(milestone.actual_on)}; an administrator mends that."
            yield Fault("actual", words, place)
        return
    if said.actual_on and said.actual_on > on:
        words = f"{title}: it cannot have been done in the future. Today is {_day(on)}."
        yield Fault("actual", words, place)
    elif said.actual_on and start and said.actual_on < start:
        words = f"{title}: it cannot have been done before the project’s original start, {_day(start)}."
        yield Fault("actual", words, place)
    if said.actual_on or said.forecast_on == milestone.forecast_on:
        return
    if said.forecast_on is None and milestone.forecast_on:
        words = f"{title}: a forecast is moved, not taken back. {_day(milestone.forecast_on)} was forecast before."
        yield Fault("forecast", words, place)
    elif said.forecast_on and start and said.forecast_on < start:
        words = f"{title}: it cannot be expected before the project’s original start, {_day(start)}."
        yield Fault("forecast", words, place)
    elif said.forecast_on and said.forecast_on < on:
        words = f"{title}: that day has passed. If it was done then, enter it as done; if not, enter a day to come."
        yield Fault("forecast", words, place)


def _answer_faults(said: UpdateSaid, on: date) -> Iterator[Fault]:
    for field, question in ANSWERS.items():
        if not getattr(said, field).strip():
            yield Fault(field, f"Say {question}. If nobody knows, write “Not known yet”.")
    green_on = said.returns_to_green_on
    if green_on and said.is_green_unknown:
        words = "You gave a day on which it returns to green and ticked that it is not known: leave one of the two."
        yield Fault("returns_to_green_on", words)
    elif green_on and green_on < on:
        words = f"The day on which it returns to green cannot lie in the past: today is {_day(on)}."
        yield Fault("returns_to_green_on", words)
    elif not green_on and not said.is_green_unknown:
        yield Fault("returns_to_green_on", "Say when it returns to green, or tick that it is not known yet.")


def _day(day: date) -> str:
    return f"{day.day} {month_long(month_of(day))}"
