"""The forward plan: month by month what is to happen, up to the contract's end, and what should have happened by now.

Work in flight or on hold brings its unfinished milestones, each on the day it is due by what was last said of it, and
its completion, on the day agreed with the supplier; a forecast stands beside that day and does not move it. The
pipeline brings the days on which its projects are expected to be commissioned. Nothing stands in the plan twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final

from contracts.rules.months import (
    Month,
    add_months,
    day_short,
    month_end,
    month_long,
    month_of,
    month_range,
    span_long,
)
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage
from projects.rules.sentences import movement

MONTHS_WITHOUT_AN_END: Final = 24
"""How far the plan reaches where the contract has no end, or has reached it."""


class PlanKind(StrEnum):
    """What is to happen."""

    MILESTONE = "milestone"
    COMPLETION = "completion"
    COMMISSIONING = "commissioning"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """
    Something to happen in a project, and the day it is planned for; ``None`` where nobody gave one.

    A milestone has its title and how many days later it is due than first planned; a completion the finish now forecast
    and how many days that lies from the agreed one.
    """

    kind: PlanKind
    project: ProjectFacts
    on: date | None
    title: str = ""
    forecast_on: date | None = None
    days_late: int | None = None

    @property
    def said(self) -> str:
        """How late it is expected, and against what; nothing where it is expected as planned."""
        late = self.days_late
        match self.kind:
            case PlanKind.COMMISSIONING:
                return ""
            case PlanKind.MILESTONE:
                return f"{movement(late)} than first planned" if late else ""
            case PlanKind.COMPLETION:
                return self._said_of_finish()

    def _said_of_finish(self) -> str:
        if self.on is None:
            return "no finish is agreed or forecast"
        if self.forecast_on is None:
            return "nobody has forecast it"
        if self.days_late is None:
            return "forecast; no finish is agreed"
        if not self.days_late:
            return ""
        return f"forecast {day_short(self.forecast_on)}, {movement(self.days_late)} than agreed"


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """A month with what is planned for it; or a run of months for which nothing is."""

    first: Month
    last: Month
    items: tuple[PlanItem, ...]

    @property
    def name(self) -> str:
        """`April 2019`, `April to June 2019`, `December 2018 to January 2019`."""
        if self.first != self.last and self.first.year == self.last.year:
            return f"{month_long(self.first).rpartition(' ')[0]} to {month_long(self.last)}"
        return span_long(self.first, self.last)


@dataclass(frozen=True, slots=True)
class PlanReach:
    """The months of a plan, and the last day of them that counts."""

    first: Month
    last: Month
    ends_on: date
    ends_with_contract: bool


@dataclass(frozen=True, slots=True)
class ForwardPlan:
    """Everything to come: each item stands in one of these alone."""

    first: Month
    last: Month
    ends_with_contract: bool
    overdue: tuple[PlanItem, ...]
    spans: tuple[PlanSpan, ...]
    beyond: tuple[PlanItem, ...]
    undated: tuple[PlanItem, ...]

    @property
    def planned(self) -> tuple[PlanItem, ...]:
        """What is to happen in the months of the plan."""
        return tuple(item for span in self.spans for item in span.items)

    @property
    def number(self) -> int:
        return len(self.overdue) + len(self.planned) + len(self.beyond) + len(self.undated)


def plan_items(project: ProjectFacts) -> Iterator[PlanItem]:
    """What is still to happen in a project, by what is known of it."""
    if project.stage is Stage.PIPELINE:
        yield commissioning(project)
    if not project.is_active:
        return
    for milestone in project.milestones:
        if milestone.actual_on is None:
            yield step(milestone, project)
    if project.actual_finish is None:
        yield completion(project)


def plan_reach(on: date, ends_on: date | None) -> PlanReach:
    """From the month of a day to that of the contract's end."""
    first = month_of(on)
    if ends_on is not None and ends_on >= on:
        return PlanReach(first, month_of(ends_on), ends_on, ends_with_contract=True)
    last = add_months(first, MONTHS_WITHOUT_AN_END - 1)
    return PlanReach(first, last, month_end(last), ends_with_contract=False)


def forward_plan(projects: Iterable[ProjectFacts], on: date, ends_on: date | None) -> ForwardPlan:
    """The plan as known on a day."""
    items = sorted((item for project in projects for item in plan_items(project)), key=_order)
    reach = plan_reach(on, ends_on)
    coming = [item for item in items if item.on is not None and on <= item.on <= reach.ends_on]
    return ForwardPlan(
        first=reach.first,
        last=reach.last,
        ends_with_contract=reach.ends_with_contract,
        overdue=tuple(item for item in items if item.on is not None and item.on < on),
        spans=tuple(_spans(coming, reach.first, reach.last)),
        beyond=tuple(item for item in items if item.on is not None and item.on > reach.ends_on),
        undated=tuple(item for item in items if item.on is None),
    )


def plan_headline(plan: ForwardPlan) -> str:
    """How much is to come, how much should have come, and how much lies behind the contract's end."""
    counted = Counter(item.kind for item in plan.planned)
    reach = PlanReach(plan.first, plan.last, month_end(plan.last), plan.ends_with_contract)
    return counted_headline(reach, counted, len(plan.overdue), len(plan.beyond))


def counted_headline(reach: PlanReach, planned: Mapping[PlanKind, int], overdue: int, beyond: int) -> str:
    """The same of a plan that was only counted; ``planned`` is what the months of it bring, by kind."""
    end = f"Up to the contract’s end in {month_long(reach.last)}" if reach.ends_with_contract else _next_months(reach)
    told = [
        _counted(planned.get(PlanKind.MILESTONE, 0), "milestone"),
        _counted(planned.get(PlanKind.COMPLETION, 0), "completion"),
        f"{_counted(planned.get(PlanKind.COMMISSIONING, 0), 'project')} to be commissioned",
    ]
    said = f"{end}: {told[0]}, {told[1]} and {told[2]}." if any(planned.values()) else f"{end} nothing is planned."
    late = f"{overdue:,} {'is' if overdue == 1 else 'are'} overdue." if overdue else ""
    after = f"{beyond:,} {'is' if beyond == 1 else 'are'} planned for after the contract has ended."
    return " ".join(filter(None, (said, late, after if beyond and reach.ends_with_contract else "")))


def _next_months(reach: PlanReach) -> str:
    return f"From {month_long(reach.first)} to {month_long(reach.last)}"


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun if number == 1 else noun + 's'}" if number < 1000 else f"{number:,} {noun}s"


def commissioning(project: ProjectFacts) -> PlanItem:
    return PlanItem(PlanKind.COMMISSIONING, project, project.expected_commission_on)


def step(milestone: MilestoneFacts, project: ProjectFacts) -> PlanItem:
    """An unfinished milestone, on the day it is due by what was last said of it."""
    return PlanItem(
        PlanKind.MILESTONE,
        project,
        milestone.due_on,
        title=milestone.title,
        forecast_on=milestone.forecast_on,
        days_late=milestone.days_late,
    )


def completion(project: ProjectFacts) -> PlanItem:
    """A project's end, on the day agreed; on the one forecast where none is agreed."""
    agreed, forecast = project.baseline_finish, project.forecast_finish
    return PlanItem(
        PlanKind.COMPLETION,
        project,
        agreed or forecast,
        forecast_on=forecast,
        days_late=(forecast - agreed).days if forecast and agreed else None,
    )


def _order(item: PlanItem) -> tuple[date, str, date, str]:
    """By day; on one day by project, its milestones before its completion."""
    is_end = date.max if item.kind is PlanKind.COMPLETION else date.min
    return (item.on or date.max, item.project.reference, is_end, item.title)


def _spans(items: Sequence[PlanItem], first: Month, last: Month) -> Iterator[PlanSpan]:
    """Month by month; those without anything in one run."""
    by_month = {month: tuple(own) for month, own in groupby(items, key=lambda item: month_of(item.on or date.max))}
    for is_full, months in groupby(month_range(first, last), key=lambda month: month in by_month):
        run = list(months)
        if is_full:
            yield from (PlanSpan(month, month, by_month[month]) for month in run)
        else:
            yield PlanSpan(run[0], run[-1], ())
