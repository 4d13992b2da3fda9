"""What every outage has to do with: the installation, the papers, chance, and how what came of it is told."""

from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.urls import reverse

from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.world import OnItsWay, World, Wrong, waited
from contracts.queries import today


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

    def page_of(self, paper: OnItsWay) -> int:
        address = reverse("reports:exceptions", args=[paper.contract.reference])
        return self.plant.page(address, self.session)[0]


def said(wrong: Wrong) -> dict[str, Any]:
    return {"lost": wrong.lost, "doubled": wrong.doubled}


def reconnect() -> None:
    with suppress(DatabaseError, InterfaceError):
        connection.close()
    waited(lambda: bool(today()), BACK_WITHIN_SECONDS)


def rounded(seconds: float | None) -> float | None:
    return None if seconds is None else float(f"{seconds:.1f}")
