"""
Errata: which corrections a paper had already seen when its figures were read, and what is said of those it had not.

The number of the latest correction is noted as the figures are read. That settles it but for corrections that were
being made at the very moment; of these the printed figure itself tells whether it was read before or after.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.rules.months import Month
from kpis.rules.corrections import Corrected
from kpis.rules.status import Reading
from reports.rules.sentences import day_in_words

NOT_THERE: Final = "not listed"
"""What a paper prints at a place that it does not have."""
LEFT_OUT: Final = "to be left out"
"""What it should say there where nothing should stand."""
STANDS: Final = "{} again, as printed"
CLAUSE: Final = re.compile(r"(?<=[.;:])\s+")
MORE: Final = "…"
"""Stands for the words of a sentence that are not repeated."""

Place = tuple[str, Month]
"""A KPI, by its code, and a month."""


class NothingToCorrect(ValueError):
    """A slip of errata needs an erratum that no issued paper has told yet."""

    def __init__(self) -> None:
        super().__init__("There is no erratum of this paper that was not told yet, so there is nothing to issue.")


@dataclass(frozen=True, slots=True)
class Read:
    """When a paper's figures were read: after which correction, or where nobody noted that, at which time."""

    number: int | None
    at: datetime

    def had_seen(self, correction: Corrected) -> bool:
        if self.number is None:
            return correction.at <= self.at
        return correction.number <= self.number


@dataclass(frozen=True, slots=True)
class Moved:
    """A printed text that a correction moved: where it stands, what the paper prints, what it should read since."""

    place: str
    printed: str
    should_read: str


def made_since(
    corrections: Iterable[Corrected], read: Read, prints: Callable[[Place, Reading], bool | None]
) -> tuple[Corrected, ...]:
    """
    The corrections that a paper had not seen, in their order.

    ``prints`` says whether the paper prints this reading at that place, ``None`` where it does not print the place.
    """
    chains: dict[Place, list[Corrected]] = {}
    ordered = sorted(corrections, key=lambda each: each.number)
    for each in ordered:
        chains.setdefault((each.code, each.month), []).append(each)
    seen = {each.number for place, chain in chains.items() for each in chain[: _seen(chain, read, place, prints)]}
    return tuple(each for each in ordered if each.number not in seen)


def _seen(chain: Sequence[Corrected], read: Read, place: Place, prints: Callable[[Place, Reading], bool | None]) -> int:
    """How many corrections of one figure the paper had seen: as noted, unless what it prints says otherwise."""
    noted = sum(read.had_seen(each) for each in chain)
    stood = [chain[0].before, *(each.after for each in chain)]
    fitting = [number for number, reading in enumerate(stood) if prints(place, reading)]
    return min(fitting, key=lambda number: abs(number - noted), default=noted)


def because_in_words(reason: str, by: str, at: datetime) -> str:
    """`Ten calls were counted twice. Corrected on 6 November 2017 by the Contract manager.`"""
    said = reason.strip()
    ending = "" if said.endswith((".", "!", "?", "…")) else "."
    who = (
        f"by the {by[:1].lower()}{by[1:]}" if by and not by[:2].isupper() else f"by the {by}" if by else "by an import"
    )
    return f"{said}{ending} Corrected on {day_in_words(at.date())} {who}."


def moved_in_words(moved: Moved) -> str:
    """`should read 30 instead of 29`"""
    if moved.should_read == moved.printed:
        return f"stands again as printed: {moved.printed}"
    return f"should read {moved.should_read} instead of {moved.printed}"


def what_differs(printed: str, should_read: str) -> tuple[str, str]:
    """
    Two versions of a sentence without the clauses that both begin or end with: `…` stands for those.

    `Two failed: one in A, one in B. Nine met.` and `One failed: one in A. Nine met.` differ by `Two failed: one in A,
    one in B. …` and `One failed: one in A. …`. Of what is to be left out its first clauses say enough.
    """
    old, new = CLAUSE.split(printed), CLAUSE.split(should_read)
    if should_read == LEFT_OUT:
        return _cut(old, 0, max(len(old) - 2, 0)), should_read
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    if first and min(len(old), len(new)) == first + last:
        first -= 1
    elif last and min(len(old), len(new)) == last:
        last -= 1
    return _cut(old, first, last), _cut(new, first, last)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many clauses both begin with."""
    return next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(other)))  # fmt: skip


def _cut(clauses: Sequence[str], first: int, last: int) -> str:
    kept = clauses[first : len(clauses) - last]
    before, after = (f"{MORE}\xa0" if first else ""), (f"\xa0{MORE}" if last else "")
    return f"{before}{' '.join(kept)}{after}"
