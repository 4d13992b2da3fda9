"""``kill -9``, at a chosen point of the work or at any moment, of whatever works; and its replacement."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any, Final

from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.world import OnItsWay, waited
from config.processes.child import Child
from reports.models import Edition

POINTS: Final = {
    Edition.DRAFT: ("waiting", "reading", "rendering", "set aside", "revealed", "stored"),
    Edition.SIGNED_OFF: ("waiting", "rendering", "set aside", "revealed", "stored"),
    Edition.FINAL: ("waiting", "rendering", "set aside", "frozen", "revealed", "stored"),
}
MESSAGE_POINTS: Final = ("claimed", "handing over", "delivered", "marked")
VICTIMS: Final = {"pool child": 10, "worker": 4, "group": 4, "beat": 3, "web": 2}
"""Who is killed, and how often of all times."""
WORKERS: Final = 2
LATEST_SECONDS: Final = 1.5
AT_A_POINT: Final = 0.6
AT_ANY_MOMENT: Final = "any moment"


@dataclass(frozen=True, slots=True)
class Kill:
    """Who, and where in the work; blank for any moment."""

    victim: str
    point: str
    delay: float

    def prepare(self, plant: Plant) -> None:
        """Before the work begins: the next to come to the point waits there."""
        if self.point:
            plant.set_gate(self.point)

    def strike(self, plant: Plant, is_done: Callable[[], bool]) -> dict[str, Any]:
        """While the work is under way; what was struck is replaced at once."""
        self._wait(plant, is_done)
        was_under_way = not is_done()
        return {**self.strike_now(plant), "was under way": was_under_way}

    def strike_now(self, plant: Plant) -> dict[str, Any]:
        """Whoever is held at the point by now, or else whoever comes first."""
        held = plant.held() if self.point else None
        told: dict[str, Any] = {"victim": self.victim, "at": self.point if held else AT_ANY_MOMENT}
        if self.victim == "beat":
            plant.kill_beat()
            plant.start_beat()
        elif self.victim == "web":
            plant.kill_web()
            told["page while down"] = plant.page("/accounts/login/")[0]
            plant.start_web()
        else:
            self._kill(plant, held)
        plant.clear_gate()
        return told

    def _wait(self, plant: Plant, is_done: Callable[[], bool]) -> None:
        if self.point:
            waited(lambda: plant.held() is not None or is_done(), BACK_WITHIN_SECONDS)
        else:
            sleep(self.delay)

    def _kill(self, plant: Plant, held: int | None) -> None:
        worker = next((each for each in plant.workers if held in plant.pool_of(each)), plant.workers[0])
        if self.victim == "pool child":
            for process in [held] if held else plant.pool_of(worker):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            return
        orphans = plant.pool_of(worker)
        if self.victim == "worker":
            worker.process.kill()
            worker.process.wait()
            plant.workers.remove(worker)
        else:
            plant.dismiss(worker)
        fill(plant)
        self._reap(orphans)

    def _reap(self, orphans: list[int]) -> None:
        """A pool's processes end when their worker has; one that is held would not, so it ends here as it would."""
        if self.victim != "worker":
            return
        ended = monotonic() + 1
        while monotonic() < ended and any(Path(f"/proc/{each}").exists() for each in orphans):
            sleep(0.05)
        for each in orphans:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)


def random_kill(chance: Random, points: tuple[str, ...]) -> Kill:
    victim = chance.choices(list(VICTIMS), list(VICTIMS.values()))[0]
    is_of_work = victim not in {"beat", "web"}
    point = chance.choice(points) if is_of_work and chance.random() < AT_A_POINT else ""
    return Kill(victim, point, chance.uniform(0, LATEST_SECONDS))


def fill(plant: Plant) -> list[Child]:
    """As many workers as there should be, whoever has ended meanwhile."""
    for worker in [each for each in plant.workers if each.process.poll() is not None]:
        plant.dismiss(worker)
    return [plant.start_worker() for _ in range(WORKERS - len(plant.workers))]


def attempts_of(paper: OnItsWay) -> int:
    return max(paper.runs.values_list("attempts", flat=True), default=0)
