"""The forward plan: month by month what is to happen, up to the contract's end, and what should have happened by now.

Work in flight or on hold brings its unfinished milestones, each on the day it is due by what was last said of it, and
its completion, on the day agreed with the supplier; a forecast stands beside that day and does not move it. The
pipeline brings the days on which its projects are expected to be commissioned. Nothing stands in the plan twice.
"""

from collections.abc import Iterable, Iterator, Sequence
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
        yield PlanItem(PlanKind.COMMISSIONING, project, project.expected_commission_on)
    if not project.is_active:
        return
    for milestone in project.milestones:
        if milestone.actual_on is None:
            yield _milestone(milestone, project)
    if project.actual_finish is None:
        yield _completion(project)


def forward_plan(projects: Iterable[ProjectFacts], on: date, ends_on: date | None) -> ForwardPlan:
    """The plan as known on a day, from the month of that day to that of the contract's end."""
    items = sorted((item for project in projects for item in plan_items(project)), key=_order)
    first = month_of(on)
    has_end = ends_on is not None and ends_on >= on
    last = month_of(ends_on) if ends_on and has_end else add_months(first, MONTHS_WITHOUT_AN_END - 1)
    end = ends_on if ends_on and has_end else month_end(last)
    coming = [item for item in items if item.on is not None and on <= item.on <= end]
    return ForwardPlan(
        first=first,
        last=last,
        ends_with_contract=has_end,
        overdue=tuple(item for item in items if item.on is not None and item.on < on),
        spans=tuple(_spans(coming, first, last)),
        beyond=tuple(item for item in items if item.on is not None and item.on > end),
        undated=tuple(item for item in items if item.on is None),
    )


def plan_headline(plan: ForwardPlan) -> str:
    """How much is to come, how much should have come, and how much lies behind the contract's end."""
    counted = {kind: sum(item.kind is kind for item in plan.planned) for kind in PlanKind}
    end = f"Up to the contract’s end in {month_long(plan.last)}" if plan.ends_with_contract else _next_months(plan)
    told = [
        _counted(counted[PlanKind.MILESTONE], "milestone"),
        _counted(counted[PlanKind.COMPLETION], "completion"),
        f"{_counted(counted[PlanKind.COMMISSIONING], 'project')} to be commissioned",
    ]
    said = f"{end}: {told[0]}, {told[1]} and {told[2]}." if plan.planned else f"{end} nothing is planned."
    late = f"{len(plan.overdue):,} {'is' if len(plan.overdue) == 1 else 'are'} overdue." if plan.overdue else ""
    return " ".join(filter(None, (said, late, _after(plan))))


def _after(plan: ForwardPlan) -> str:
    if not plan.beyond or not plan.ends_with_contract:
        return ""
    number = len(plan.beyond)
    return f"{number:,} {'is' if number == 1 else 'are'} planned for after the contract has ended."


def _next_months(plan: ForwardPlan) -> str:
    return f"From {month_long(plan.first)} to {month_long(plan.last)}"


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun if number == 1 else noun + 's'}" if number < 1000 else f"{number:,} {noun}s"


def _milestone(milestone: MilestoneFacts, project: ProjectFacts) -> PlanItem:
    return PlanItem(
        PlanKind.MILESTONE,
        project,
        milestone.due_on,
        title=milestone.title,
        forecast_on=milestone.forecast_on,
        days_late=milestone.days_late,
    )


def _completion(project: ProjectFacts) -> PlanItem:
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
