"""
Clocks that jump, clocks that differ, and the days on which calendars go wrong.

Beat, the workers and this process go by one clock that is set here; a machine may have another of its own. On the days
that turn there is no demonstration: the business day is the date in London by that clock, as in earnest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import sleep
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from bench.faulting.kills import fill
from bench.faulting.plant import BACK_WITHIN_SECONDS, LEASE_SECONDS
from bench.faulting.scene import Scene, again_if_failed, held, said
from bench.faulting.world import Wrong, is_all_settled, waited
from contracts.models import BusinessDay
from contracts.services import set_demonstration_day
from tests.reports.cases import DRAFT_ON

LONDON: Final = ZoneInfo("Europe/London")
JUMPS: Final = (timedelta(seconds=LEASE_SECONDS + 1), timedelta(hours=1), timedelta(days=1), timedelta(days=366))
SKEWS: Final = (timedelta(seconds=LEASE_SECONDS + 1), timedelta(seconds=45), timedelta(hours=1))
JUST_BEFORE: Final = timedelta(seconds=3)
TOGETHER: Final = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """An instant over which one paper is written, and the day in London at whose beginning another falls due."""

    instant: datetime
    due_on: date


TURNS: Final = {
    "summer time begins": Turn(datetime(2018, 3, 25, 1, tzinfo=UTC), date(2018, 3, 26)),
    "summer time ends": Turn(datetime(2018, 10, 28, 1, tzinfo=UTC), date(2018, 10, 29)),
    "29 february": Turn(datetime(2024, 2, 29, tzinfo=UTC), date(2024, 2, 29)),
    "the year ends": Turn(datetime(2019, 1, 1, tzinfo=UTC), date(2019, 1, 2)),
}


def clock_jumps_forward(scene: Scene) -> dict[str, Any]:
    """All machines' clocks, at a random point of a paper, while an e-mail is on its way; and back again when idle."""
    return _jump(scene, 1)


def clock_jumps_back(scene: Scene) -> dict[str, Any]:
    return _jump(scene, -1)


def _jump(scene: Scene, direction: int) -> dict[str, Any]:
    by = scene.chance.choice(JUMPS) * direction
    paper, point = held(scene)
    scene.world.next_message()
    scene.plant.clock.set_off_by(by)
    scene.plant.clear_gate()
    again = again_if_failed(scene, paper)
    found = scene.finish(paper)
    _expect_settled(found)
    scene.plant.clock.set_right()
    after = scene.finish(scene.world.next_paper())
    found["lost"] += after["lost"]
    found["doubled"] += after["doubled"]
    return {
        "at": point,
        "by seconds": by.total_seconds(),
        "begun again by": again,
        "back in after it is right": after["back in"],
        **found,
    }


def clock_skew(scene: Scene) -> dict[str, Any]:
    """Two machines that both live and work, one with a clock that differs by more than a lease."""
    off = scene.chance.choice(SKEWS) * scene.chance.choice((-1, 1))
    scene.dismiss_workers()
    scene.start_worker_by_a_clock_off_by(off)
    scene.plant.start_worker()
    papers = [scene.world.next_paper() for _ in range(TOGETHER)]
    scene.world.next_message()
    again = [again_if_failed(scene, paper) for paper in papers]
    found = scene.finish(papers[0])
    for paper in papers[1:]:
        other = scene.finish(paper)
        found["lost"] += other["lost"]
        found["doubled"] += other["doubled"]
        found["attempts"] = max(found["attempts"], other["attempts"])
    _expect_settled(found)
    scene.dismiss_workers()
    fill(scene.plant)
    return {"off by seconds": off.total_seconds(), "papers": TOGETHER, "begun again by": again, **found}


def turning(name: str) -> Callable[[Scene], dict[str, Any]]:
    """The fault of a day in :data:`TURNS`."""

    def turn(scene: Scene) -> dict[str, Any]:
        BusinessDay.objects.all().delete()
        try:
            return _turn(scene, TURNS[name])
        finally:
            scene.plant.clock.set_right()
            set_demonstration_day(on=DRAFT_ON)

    turn.__name__ = name
    return turn


def _turn(scene: Scene, turn: Turn) -> dict[str, Any]:
    clock = scene.plant.clock
    clock.set_to(turn.instant - JUST_BEFORE)
    over, point = held(scene, due_on=timezone.localdate(turn.instant - timedelta(days=1)))
    while clock.now() < turn.instant:
        sleep(0.1)
    scene.plant.clear_gate()
    found = scene.finish(over)

    begins = datetime.combine(turn.due_on, time(), tzinfo=LONDON)
    clock.set_to(begins - JUST_BEFORE)
    due = scene.world.next_paper(due_on=turn.due_on)
    wrong = Wrong(found.pop("lost"), found.pop("doubled"))
    while clock.now() < begins - timedelta(seconds=0.5):
        if due.runs.exists():
            wrong.doubled.append(f"{due.contract.reference}: begun before the day began in London")
        sleep(0.1)
    on_the_day = scene.finish(due)
    wrong.lost += on_the_day.pop("lost")
    wrong.doubled += on_the_day.pop("doubled")
    return {
        "at": point,
        "begins in UTC": begins.astimezone(UTC).isoformat(),
        "written over the turn": found,
        **on_the_day,
        **said(wrong),
    }


def _expect_settled(found: dict[str, Any]) -> None:
    if waited(is_all_settled, BACK_WITHIN_SECONDS) is None:
        found["lost"].append("an e-mail is still on its way")
