"""Times things by turns, so that whatever else the machine does falls on all of them alike."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

WARMING_UP: Final = 3
"""Rounds before the first that counts: they fill caches."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is timed, and what is done before it each time without being timed."""

    do: Callable[[], object]
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Took:
    """The middle processor and clock time in seconds, and how wide the middle half of the first is, as a part of it."""

    cpu: float
    wall: float
    spread: float


def by_turns(deeds: Mapping[str, Deed], rounds: int) -> dict[str, Took]:
    """Each deed once a round; the processor time is that of this process."""
    cpu: dict[str, list[float]] = {name: [] for name in deeds}
    wall: dict[str, list[float]] = {name: [] for name in deeds}
    for number in range(rounds + WARMING_UP):
        for name, deed in deeds.items():
            deed.prepare()
            gc.collect(1)  # what the one before left lying about is not this one's
            began, spent = time.perf_counter(), time.process_time()
            deed.do()
            spent, took = time.process_time() - spent, time.perf_counter() - began
            if number >= WARMING_UP:
                cpu[name].append(spent)
                wall[name].append(took)
    return {name: _took(cpu[name], wall[name]) for name in deeds}


def milliseconds(took: Mapping[str, Took]) -> dict[str, dict[str, float]]:
    """For the record; they vary with the neighbours."""
    return {name: {"cpu": round(each.cpu * 1e3, 2), "wall": round(each.wall * 1e3, 2)} for name, each in took.items()}


def _took(cpu: list[float], wall: list[float]) -> Took:
    middle = statistics.median(cpu)
    quarters = statistics.quantiles(cpu, n=4) if len(cpu) > 1 else [middle, middle, middle]
    return Took(middle, statistics.median(wall), (quarters[2] - quarters[0]) / middle if middle else 0.0)
