"""
Kills in quick succession while several papers and e-mails are under way; then calm, in which everything must come back.

A kill need not wait for what the one before it broke, so the work is struck while it is being taken up again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import sleep
from typing import Any, Final

from django.utils import timezone

from bench.faulting.kills import MESSAGE_POINTS, POINTS, fill, random_kill
from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.world import EDITIONS, OnItsWay, World, Wrong, is_all_settled, waited
from contracts.queries import today
from reports.services.work import run_again

PAPERS_AT_ONCE: Final = 3
LONGEST_PAUSE_SECONDS: Final = 1.5
HELD_WITHIN_SECONDS: Final = 4.0


@dataclass
class Squall:
    """What is under way, and what the kills of this squall have come to."""

    plant: Plant
    world: World
    chance: Random
    papers: list[OnItsWay] = field(default_factory=list)
    begun_again: int = 0

    def strike(self) -> dict[str, Any]:
        """One kill, at a point of whatever is under way or at any moment."""
        self._have_enough()
        stages = [each.edition for each in self.papers]
        points = {point for edition in stages for point in POINTS[edition]} | set(MESSAGE_POINTS)
        kill = random_kill(self.chance, tuple(sorted(points)))
        kill.prepare(self.plant)
        if kill.point:
            waited(lambda: self.plant.held() is not None, HELD_WITHIN_SECONDS)
        else:
            sleep(self.chance.uniform(0, LONGEST_PAUSE_SECONDS))
        told = kill.strike_now(self.plant)
        fill(self.plant)
        return {"stage": "several", **told, "under way": sorted(stages)}

    def calm(self) -> tuple[float | None, Wrong]:
        """After how many seconds everything under way was done, and what is wrong with it."""
        wrong = Wrong()
        fill(self.plant)
        back = waited(self._is_all_done, BACK_WITHIN_SECONDS)
        if back is None:
            wrong.lost.append("not everything was back in time")
        for paper in self.papers:
            found = paper.judge()
            wrong.lost += found.lost
            wrong.doubled += found.doubled
            paper.reached += 1
        self.papers = [each for each in self.papers if each.reached < len(EDITIONS)]
        for paper in self.papers:
            paper.begin()
        return back, wrong

    def finish(self, note: Callable[[float | None, Wrong], None]) -> None:
        """Every paper goes on to the clerk, unharmed."""
        while self.papers:
            note(*self.calm())

    def _have_enough(self) -> None:
        while len(self.papers) < PAPERS_AT_ONCE:
            self.papers.append(self.world.next_paper())
        self.world.next_message()

    def _is_all_done(self) -> bool:
        """Three attempts may have been killed: then a person, who sees it failed, begins it anew."""
        for paper in self.papers:
            for run in paper.runs.filter(state="failed"):
                self.begun_again += run_again(run=run, by=self.world.manager, on=today(), now=timezone.now())
        return all(each.is_done() for each in self.papers) and is_all_settled()
