"""What every outage has to do with: the installation, the papers, chance, and how what came of it is told."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.urls import reverse
from django.utils import timezone

from bench.faulting.kills import POINTS
from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.world import OnItsWay, World, Wrong, waited
from config.processes.child import Child
from contracts.queries import today
from reports.models import Edition
from reports.services.work import run_again
from tests.faults.clock import VARIABLE, Clock


@dataclass
class Scene:
    """What an outage has to do with."""

    plant: Plant
    world: World
    chance: Random
    session: str

    def finish(self, paper: OnItsWay) -> dict[str, Any]:
        """Waits for the edition under way and judges it."""
        back = waited(paper.is_done, BACK_WITHIN_SECONDS)
        wrong = paper.judge()
        if back is None:
            wrong.lost.append(f"{paper.contract.reference}: the {paper.edition} was not made in time")
        attempts = max(paper.runs.values_list("attempts", flat=True), default=0)
        return {"back in": rounded(back), "attempts": attempts, **said(wrong)}

    def dismiss_workers(self) -> None:
        for worker in list(self.plant.workers):
            self.plant.dismiss(worker)

    def start_worker_by_a_clock_off_by(self, off: timedelta) -> Child:
        odd, right = Clock(self.plant.folder / "odd-clock"), self.plant.environment[VARIABLE]
        odd.set_off_by(off)
        self.plant.environment[VARIABLE] = str(odd.file)
        try:
            return self.plant.start_worker()
        finally:
            self.plant.environment[VARIABLE] = right

    def page_of(self, paper: OnItsWay) -> int:
        address = reverse("reports:exceptions", args=[paper.contract.reference])
        return self.plant.page(address, self.session)[0]


def held(scene: Scene, due_on: date | None = None) -> tuple[OnItsWay, str]:
    """A new paper, with the worker waiting at a random point of it."""
    point = scene.chance.choice(POINTS[Edition.DRAFT][:-1])
    scene.plant.set_gate(point)
    paper = scene.world.next_paper(due_on=due_on)
    waited(lambda: scene.plant.held() is not None, BACK_WITHIN_SECONDS)
    return paper, point


def again_if_failed(scene: Scene, paper: OnItsWay) -> str:
    """Three attempts may be over before it can be written: then a person who sees it begins it anew."""
    waited(lambda: paper.is_done() or paper.has_failed(), BACK_WITHIN_SECONDS)
    if not paper.has_failed():
        return "itself"
    run_again(run=paper.runs.get(state="failed"), by=scene.world.manager, on=today(), now=timezone.now())
    return "a person"


def said(wrong: Wrong) -> dict[str, Any]:
    return {"lost": wrong.lost, "doubled": wrong.doubled}


def reconnect() -> None:
    with suppress(DatabaseError, InterfaceError):
        connection.close()
    waited(lambda: bool(today()), BACK_WITHIN_SECONDS)


def rounded(seconds: float | None) -> float | None:
    return None if seconds is None else float(f"{seconds:.1f}")
