"""Two people in threads that meet at a barrier, and how it is judged what came of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any, Final

from django.db import connection

from contracts.models import Person
from reports.services import news

TOGETHER_WITHIN_SECONDS: Final = 60

Act = Callable[[Person], Any]


@dataclass(slots=True)
class Pairs:
    """How many pairs there were, and what went wrong with them."""

    pairs: int
    done: int = 0
    told: int = 0
    """Those who were told that the other was quicker."""
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one of the two got."""

    value: Any = None
    refusal: Exception | None = None


class Pair:
    """Two people in threads that last, so that they meet at once and not one after the other."""

    def __init__(self, left: Person, right: Person, threads: ThreadPoolExecutor) -> None:
        self.people, self.threads = (left, right), threads

    def at_once(self, *acts: Act, may_refuse: tuple[type[Exception], ...]) -> list[Outcome]:
        """Each does its act, or both the same; what is raised beyond that is nobody's to hear, and comes out here."""
        barrier = Barrier(len(self.people))

        def do(who: Person, act: Act) -> Outcome:
            barrier.wait(TOGETHER_WITHIN_SECONDS)
            try:
                with news.written_here():
                    return Outcome(act(who))
            except may_refuse as refusal:
                return Outcome(refusal=refusal)

        both = acts if len(acts) > 1 else (*acts, *acts)
        return list(self.threads.map(do, self.people, both))


@contextmanager
def two(left: Person, right: Person) -> Iterator[Pair]:
    with ThreadPoolExecutor(2) as threads:
        yield Pair(left, right, threads)
        barrier = Barrier(2)

        def leave(_: int) -> None:
            barrier.wait(TOGETHER_WITHIN_SECONDS)
            connection.close()

        list(threads.map(leave, range(2)))


def judge_one(found: Pairs, number: int, outcomes: list[Outcome], written: int) -> None:
    """One of the two did it, the other was told, and one line of it is on record."""
    done = sum(each.refusal is None for each in outcomes)
    found.done += done
    found.told += len(outcomes) - done
    if (done, written) != (1, 1):
        found.wrong.append(f"pair {number}: {done} were told that it is done, {written} are on record")


def judge_same(found: Pairs, number: int, answers: set[Any], written: int) -> None:
    """Both asked for the same: it is done once, and both are answered with what is done."""
    found.done += written == 1
    found.told += len(answers) == 1
    if (len(answers), written) != (1, 1):
        found.wrong.append(f"pair {number}: {written} are on record, and they were answered {answers}")
