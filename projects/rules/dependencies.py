"""Which project stands in which other's way: where one waits for the other, nothing may wait for itself."""

from collections import defaultdict, deque
from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    """How one project stands in the way of another."""

    HOLDS_UP = "holds up"
    DISPLACES = "displaces"
    """Urgent transactional work took the place of other work."""


def chain_between(holds_up: Iterable[tuple[str, str]], first: str, last: str) -> tuple[str, ...]:
    """The shortest chain in which each project holds up the next, from one to another; empty where there is none."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for holder, held_up in sorted(set(holds_up)):
        waiting[holder].append(held_up)
    chains: deque[tuple[str, ...]] = deque([(first,)])
    seen = {first}
    while chains:
        chain = chains.popleft()
        if chain[-1] == last:
            return chain
        for following in waiting[chain[-1]]:
            if following not in seen:
                seen.add(following)
                chains.append((*chain, following))
    return ()


def waiting_in_a_circle(holds_up: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """
    The first circle found: each project holds up the next, and the last one the first. Empty where there is none.

    ``holds_up`` are pairs of who holds up whom. The circle begins with the least of its references, so that the same
    circle is told the same way whatever the order of the pairs.
    """
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for holder, held_up in sorted(set(holds_up)):
        waiting[holder].append(held_up)
    settled: set[str] = set()
    for start in sorted(waiting):
        circle = _circle_from(start, waiting, settled)
        if circle:
            least = circle.index(min(circle))
            return (*circle[least:], *circle[:least])
    return ()


def _circle_from(start: str, waiting: dict[str, list[str]], settled: set[str]) -> list[str]:
    """Walks on from one project without recursion: a chain may be as long as the portfolio."""
    path, on_path = [start], {start}
    ahead = [iter(waiting.get(start, []))]
    while path:
        following = next((each for each in ahead[-1] if each not in settled), None)
        if following is None:
            settled.add(path[-1])
            on_path.discard(path.pop())
            ahead.pop()
        elif following in on_path:
            return path[path.index(following) :]
        else:
            path.append(following)
            on_path.add(following)
            ahead.append(iter(waiting.get(following, [])))
    return []
