"""Fault after fault on the same installation, each judged by itself, and everything once more at the end."""

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import Any, Final

from django.urls import reverse

from bench.faulting.kills import MESSAGE_POINTS, POINTS, attempts_of, fill, random_kill
from bench.faulting.outages import OUTAGES
from bench.faulting.plant import BACK_WITHIN_SECONDS, Plant
from bench.faulting.scene import Scene, reconnect, said
from bench.faulting.squalls import Squall
from bench.faulting.world import EDITIONS, SETTLED, OnItsWay, World, Wrong, has_no_strays, is_all_settled, waited
from contracts.models import Message
from contracts.services.messages import message_id
from tests.faults.races import RACES

RARER: Final = 20
"""Each pair on a paper needs a paper: there are fewer of them."""


@dataclass
class LongRun:
    """The line of each fault, and what they come to."""

    plant: Plant
    world: World
    seed: int
    write: Callable[[dict[str, Any]], None]
    ends: float
    """When no other fault is begun any more, by the clock that only goes forward."""
    kills_before: int = 0
    """Those that another run of the same seed has struck."""
    chance: Random = field(default_factory=Random)
    kinds: Counter[str] = field(default_factory=Counter)
    victims: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    slowest: float = 0.0
    struck_under_way: int = 0
    """Kills by which the paper or e-mail was not done yet."""
    begun_again: int = 0
    """Runs of which three attempts were killed, begun anew by a person."""
    races: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session = self.world.session()

    def _draw_lots(self, kind: str, number: int) -> None:
        """Each fault has a chance of its own, so that a run goes on where another was ended."""
        self.chance.seed(f"{self.seed} {kind} {number}")

    def kill(self, kills: int) -> None:
        """Paper after paper from draft to clerk and an e-mail with each; one kill at every stage."""
        paper: OnItsWay | None = None
        while self.kinds["kill"] + self.kills_before < kills and monotonic() < self.ends:
            self._draw_lots("kill", self.kinds["kill"] + self.kills_before)
            try:
                if paper is None or paper.reached < len(EDITIONS):
                    paper = self._kill_at_edition(paper)
                else:
                    self._kill_at_message()
                    paper = None
            except Exception as fault:
                self._note_fault("kill", fault)
                paper = None

    def squalls(self, kills: int, in_a_row: int) -> None:
        """So many kills in quick succession, then calm; until all are struck and every paper is with the clerk."""
        self._draw_lots("squall", 0)
        squall = Squall(self.plant, self.world, self.chance)
        while self.kinds["kill"] < kills and monotonic() < self.ends:
            try:
                for _ in range(min(in_a_row, kills - self.kinds["kill"])):
                    began = monotonic()
                    self._take_down("kill", squall.strike(), None, Wrong(), began)
                self._note_calm(*squall.calm())
            except Exception as fault:
                self._note_fault("kill", fault)
        squall.finish(self._note_calm)
        self.begun_again += squall.begun_again

    def _note_calm(self, back: float | None, wrong: Wrong) -> None:
        self.slowest = max(self.slowest, back or 0.0)
        self.lost += wrong.lost
        self.doubled += wrong.doubled
        self.write({"calm after": self.kinds["kill"], "back in": back and float(f"{back:.1f}"), **said(wrong)})

    def _kill_at_edition(self, paper: OnItsWay | None) -> OnItsWay:
        edition = EDITIONS[paper.reached if paper else 0]
        kill = random_kill(self.chance, POINTS[edition])
        began = monotonic()
        kill.prepare(self.plant)
        paper = paper or self.world.next_paper()
        paper.begin()
        told = kill.strike(self.plant, paper.is_done)
        back = waited(paper.is_done, BACK_WITHIN_SECONDS)
        wrong = paper.judge()
        if back is None:
            wrong.lost.append(f"{paper.contract.reference}: the {edition} was not made in time")
        found = {**told, "stage": edition, "attempts": attempts_of(paper), "page": self._page(paper)}
        self._take_down("kill", found, back, wrong, began)
        paper.reached += 1
        fill(self.plant)
        return paper

    def _kill_at_message(self) -> None:
        """Of one e-mail alone, when those that tell of the paper are out."""
        waited(is_all_settled, BACK_WITHIN_SECONDS)
        kill = random_kill(self.chance, MESSAGE_POINTS)
        began = monotonic()
        kill.prepare(self.plant)
        message = self.world.next_message()

        def is_settled() -> bool:
            return Message.objects.filter(pk=message.pk, state__in=SETTLED).exists()

        told = kill.strike(self.plant, is_settled)
        back = waited(is_settled, BACK_WITHIN_SECONDS)
        message.refresh_from_db()
        copies = self.plant.mail.accepted[message_id(message)]
        wrong = Wrong()
        if back is None or (message.state == "sent" and not copies):
            wrong.lost.append(f"message {message.pk}: {message.state}, {copies} copies")
        if copies > 1:
            wrong.doubled.append(f"message {message.pk}: {copies} copies")
        found = {**told, "stage": "message", "attempts": message.attempts, "became": message.state, "copies": copies}
        self._take_down("kill", found, back, wrong, began)
        fill(self.plant)

    def outages(self, names: list[str], times: int) -> None:
        scene = Scene(self.plant, self.world, self.chance, self.session)
        for number, name in enumerate(names * times):
            self._draw_lots(name, number // len(names))
            if monotonic() > self.ends:
                return
            began = monotonic()
            try:
                found = OUTAGES[name](scene)
            except Exception as fault:
                self._note_fault(name, fault)
                continue
            wrong = Wrong(found.pop("lost"), found.pop("doubled"))
            self._take_down(name, found, found.pop("back in", 0.0), wrong, began)
            fill(self.plant)

    def race(self, pairs: int) -> None:
        """
        Pairs who do the same thing at once: of each one is told that the other was quicker.

        Beat and workers rest meanwhile: what the pairs act on is made at once and not by them.
        """
        self.plant.kill_beat()
        for worker in list(self.plant.workers):
            self.plant.dismiss(worker)
        for name, race in RACES.items():
            began = monotonic()
            ran = race(pairs if name == "returns" else pairs // RARER)
            found = {"pairs": ran.pairs, "done": ran.done, "told": ran.told}
            self.races[name] = found | {"wrong": len(ran.wrong)}
            self._take_down(f"race: {name}", found, 0.0, Wrong(lost=ran.wrong), began)
        self.plant.start_beat()
        fill(self.plant)

    def summary(self) -> dict[str, Any]:
        """Everything judged once more, when nothing is under way any more."""
        if waited(is_all_settled, BACK_WITHIN_SECONDS) is None:
            self.lost.append("messages were still waiting in the end")
        if waited(has_no_strays, BACK_WITHIN_SECONDS) is None:
            self.doubled.append("what writers have left was still there in the end")
        for wrong in (self.world.judge_messages(), self.world.judge_papers()):
            self.lost += wrong.lost
            self.doubled += wrong.doubled
        states = Counter(Message.objects.values_list("state", flat=True))
        return {
            "kills": self.kinds["kill"],
            "lost": self.lost,
            "doubled": self.doubled,
            "longest way back": float(f"{self.slowest:.1f}"),
            "allowed": BACK_WITHIN_SECONDS,
            "faults": sum(self.kinds.values()),
            "kills while it was under way": self.struck_under_way,
            "kinds": dict(self.kinds),
            "kills by victim": dict(self.victims),
            "kills by point": dict(self.points),
            "papers": self.world.made_papers(),
            "messages": dict(states),
            "e-mails accepted": sum(self.plant.mail.accepted.values()),
            "begun again by a person": self.begun_again,
            "races": self.races,
        }

    def _note_fault(self, kind: str, fault: Exception) -> None:
        """The bench itself did not get on: nothing is proved then, so it counts as lost."""
        self.plant.clear_gate()
        reconnect()
        traceback.print_exception(fault)
        self._take_down(kind, {"victim": "", "stage": "", "at": ""}, None, Wrong(lost=[repr(fault)]), monotonic())
        fill(self.plant)

    def _page(self, paper: OnItsWay) -> int:
        """Whether the page of the contract's exceptions answers."""
        address = reverse("reports:exceptions", args=[paper.contract.reference])
        return self.plant.page(address, self.session)[0]

    def _take_down(self, kind: str, found: dict[str, Any], back: float | None, wrong: Wrong, began: float) -> None:
        self.kinds[kind] += 1
        if kind == "kill":
            self.victims[found["victim"]] += 1
            self.points[f"{found['stage']}: {found['at']}"] += 1
            self.struck_under_way += bool(found.get("was under way", True))
        self.slowest = max(self.slowest, back or 0.0)
        self.lost += wrong.lost
        self.doubled += wrong.doubled
        number = sum(self.kinds.values())
        seconds = float(f"{monotonic() - began:.1f}")
        back_in = None if back is None else float(f"{back:.1f}")
        self.write({"fault": number, "kind": kind, **found, "back in": back_in, "took": seconds, **said(wrong)})
