"""From projects to the drawings of the pages: their lanes on the timeline, by scrutiny area."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from typing import Final

from django.utils.safestring import SafeString

from config.ui.charts import TIMELINE_NARROW, TIMELINE_WIDE, Lane, Step, StepState, Stretch, describe_lanes, timeline
from config.ui.charts.lanes import stretch_of
from config.ui.charts.timeline import portions
from config.ui.formats import DASH, day_short
from projects.rules.confidence import Confidence, Thresholds, worse
from projects.rules.counts import UNRATED
from projects.rules.facts import MilestoneFacts, ProjectFacts, Stage

NO_AREA: Final = "No scrutiny area"
MOST_STEPS: Final = 12
"""Of a project with more milestones those nearest to today are drawn and told; its own page lists all of them."""
MOST_KEPT: Final = 64
"""Drawings of some 20 kB each: about a dozen pages of them."""
MOST_LETTERS: Final = 40
"""Of a milestone's title."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A project as the table beside the drawing tells it; ``milestones`` are those drawn, in words."""

    project: ProjectFacts
    lane: Lane
    milestones: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Some projects of an area, drawn for wide and for narrow screens; ``rows`` are the same in words."""

    title: str
    wide: SafeString
    narrow: SafeString
    rows: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class AreaTimeline:
    """A scrutiny area's projects: the drawings of those with a date, and those that have none."""

    area: str
    pictures: tuple[Picture, ...]
    undated: tuple[ProjectFacts, ...]

    @property
    def number(self) -> int:
        return sum(len(picture.rows) for picture in self.pictures) + len(self.undated)


def drawn(project: ProjectFacts, thresholds: Thresholds, on: date) -> Drawn:
    """A project's dates as they are drawn; a bar has the worse of its two ratings."""
    found = [(milestone, step) for milestone in project.milestones if (step := _step(milestone, on))]
    nearest = sorted(found, key=lambda pair: abs((pair[1].on - on).days))[:MOST_STEPS]
    steps = tuple(sorted(nearest, key=lambda pair: pair[1].on))
    lane = Lane(
        reference=project.reference,
        title=project.title,
        rating=str(rating_of(project, thresholds) or UNRATED),
        planned_start=project.original_start,
        planned_finish=project.original_finish,
        finish=project.finish,
        commission_on=project.expected_commission_on if project.stage is Stage.PIPELINE else None,
        steps=tuple(step for _, step in steps),
    )
    return Drawn(project, lane, _told(steps, len(found) - len(steps)))


def rating_of(project: ProjectFacts, thresholds: Thresholds) -> Confidence | None:
    """The worse of the declared rating and that of the dates; of a completed project the dates alone speak."""
    computed = project.computed(thresholds)
    if project.is_completed:
        return computed
    return worse(project.declared, computed) if project.is_active else None


def area_timelines(projects: Sequence[ProjectFacts], thresholds: Thresholds, on: date) -> Iterator[AreaTimeline]:
    """Projects that stand by scrutiny area, drawn on one stretch of time for all areas."""
    rows = [drawn(project, thresholds, on) for project in projects]
    stretch = stretch_of([row.lane for row in rows], on)
    for number, (area, of_area) in enumerate(groupby(rows, key=lambda row: row.project.scrutiny_area)):
        own = list(of_area)
        dated = [row for row in own if row.lane.is_dated]
        yield AreaTimeline(
            area=area or NO_AREA,
            pictures=tuple(_pictures(area or NO_AREA, dated, stretch, on, f"t{number}")) if stretch else (),
            undated=tuple(row.project for row in own if not row.lane.is_dated),
        )


def _pictures(area: str, rows: Sequence[Drawn], stretch: Stretch, on: date, id: str) -> Iterator[Picture]:
    done = 0
    for number, part in enumerate(portions(rows)):
        among = f", projects {done + 1} to {done + len(part)} of {len(rows)}" if len(part) < len(rows) else ""
        done += len(part)
        title, lanes = f"{area}{among}", tuple(row.lane for row in part)
        wide, narrow = _drawn_twice(lanes, f"{id}-{number}", title, stretch, on)
        yield Picture(title, wide, narrow, tuple(part))


@lru_cache(maxsize=MOST_KEPT)
def _drawn_twice(
    lanes: tuple[Lane, ...], id: str, title: str, stretch: Stretch, on: date
) -> tuple[SafeString, SafeString]:
    """For wide and for narrow screens; drawn once for all who look while the same projects stand as they stand."""
    draw = partial(
        timeline,
        lanes,
        title=f"Timeline of {title}",
        desc=f"{describe_lanes(lanes, on)} The same dates stand in the table below.",
        stretch=stretch,
        on=on,
    )
    return draw(id=id, layout=TIMELINE_WIDE), draw(id=f"{id}n", layout=TIMELINE_NARROW)


def _told(steps: Sequence[tuple[MilestoneFacts, Step]], left_out: int) -> str:
    """`Design agreed, 1 Mar 2018 (overdue); Go live, 1 Apr 2018 and 3 more`; a dash where there is none."""
    told = (
        f"{_cut(milestone.title)}, {day_short(step.on)}{'' if step.state is StepState.DUE else f' ({step.state})'}"
        for milestone, step in steps
    )
    return ("; ".join(told) or DASH) + (f" and {left_out} more" if left_out else "")


def _cut(title: str) -> str:
    """A title of any length in the room of a cell; one hardly longer than that stays whole."""
    return title if len(title) <= MOST_LETTERS + 5 else f"{title[: MOST_LETTERS - 1]}…"


def _step(milestone: MilestoneFacts, on: date) -> Step | None:
    if milestone.actual_on is not None:
        return Step(milestone.actual_on, StepState.DONE)
    if milestone.due_on is None:
        return None
    return Step(milestone.due_on, StepState.OVERDUE if milestone.is_overdue(on) else StepState.DUE)
