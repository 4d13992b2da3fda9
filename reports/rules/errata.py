"""
Errata: which corrections a paper had already seen when its figures were read, and what is said of those it had not.

The number of the latest correction is noted as the figures are read. That settles it but for corrections that were
being made at the very moment; of these the printed figure itself tells whether it was read before or after.
"""

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


def reading_in_words(moved: Moved) -> str:
    """What should be read: the new text, or that the printed one stands again."""
    return STANDS.format(moved.printed) if moved.should_read == moved.printed else moved.should_read


def moved_in_words(moved: Moved) -> str:
    """`should read 30 instead of 29`"""
    if moved.should_read == moved.printed:
        return f"stands again as printed: {moved.printed}"
    return f"should read {moved.should_read} instead of {moved.printed}"
