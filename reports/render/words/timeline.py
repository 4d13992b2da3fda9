"""The key projects of a frozen paper on one stretch of time: the drawing of the pages, for PDF and Word."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.safestring import SafeString

from config.ui.charts import Lane, Step, StepState, describe_lanes, timeline, timeline_key
from config.ui.charts.lanes import stretch_of
from config.ui.charts.timeline import portions
from config.ui.charts.timeline_key import key_words
from projects.rules.confidence import Confidence, worse
from projects.rules.counts import UNRATED
from projects.rules.facts import Stage
from reports.render.document import Picture
from reports.snapshot import KeyProject, ProjectLine, ProjectSection
from reports.snapshot.projects import MilestoneLine

SIZE: Final = re.compile(r'width="(?P<width>[0-9]+)" height="(?P<height>[0-9]+)"')
ACTIVE: Final = frozenset({Stage.IN_FLIGHT.value, Stage.ON_HOLD.value})


def key_timeline(section: ProjectSection, on: date, id: str = "key-timeline") -> tuple[Picture, ...]:
    """
    The key projects by rank, a sheet of them in each drawing; none where no key project has a date.

    ``on`` is the day the paper speaks of. ``id`` must be the paper's only one.
    """
    register = {line.reference: line for line in section.register}
    lanes = [key_lane(key, register.get(key.reference), on) for key in section.key]
    dated = [lane for lane in lanes if lane.is_dated]
    stretch = stretch_of(dated, on)
    if stretch is None:
        return ()
    return tuple(
        _picture(
            timeline(
                part,
                id=f"{id}-{number}",
                title="Timeline of the key projects",
                desc=describe_lanes(part, on),
                stretch=stretch,
                on=on,
            ),
            f"Timeline of the key projects: {describe_lanes(part, on)}",
        )
        for number, part in enumerate(portions(dated))
    )


def timeline_key_picture(id: str = "timeline-key") -> Picture:
    """What the shapes mean, to stand above the timelines once."""
    return _picture(timeline_key(id=id), f"Key to the timeline: {key_words()}")


def key_lane(key: KeyProject, line: ProjectLine | None, on: date) -> Lane:
    """A key project's dates; when it was to begin, and be commissioned, its line of the register knows."""
    return Lane(
        reference=key.reference,
        title=key.title,
        rating=_rating(key),
        planned_start=line.original_start if line else None,
        planned_finish=key.original_finish,
        finish=key.actual_finish or key.forecast_finish,
        commission_on=line.expected_commission_on if line and key.stage == Stage.PIPELINE.value else None,
        steps=tuple(_steps(key.milestones, on)),
    )


def _rating(key: KeyProject) -> str:
    declared, computed = (Confidence(each) if each else None for each in _ratings(key))
    return str(worse(declared, computed) or UNRATED)


def _ratings(key: KeyProject) -> tuple[str | None, str | None]:
    """Declared and computed, as far as they speak in the project's stage."""
    if key.stage == Stage.COMPLETE.value:
        return None, key.computed_confidence
    return (key.declared_confidence, key.computed_confidence) if key.stage in ACTIVE else (None, None)


def _steps(milestones: tuple[MilestoneLine, ...], on: date) -> Iterator[Step]:
    for each in milestones:
        due = each.forecast_on or each.agreed_on or each.original_on
        if each.actual_on is not None:
            yield Step(each.actual_on, StepState.DONE)
        elif due is not None:
            yield Step(due, StepState.OVERDUE if due < on else StepState.DUE)


def _picture(svg: SafeString, alt: str) -> Picture:
    """The size stands in the drawing itself, which knows how many projects it holds."""
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("the drawing does not say how large it is")
    return Picture(svg, alt, int(found["width"]), int(found["height"]))
