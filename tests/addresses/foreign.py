"""
Addresses that nobody should get through: what is under one's own contract's address belongs to another contract.

Made from the listed addresses, so that none is left out: every part of an address that names a thing is swapped, one at
a time, for the same kind of thing of a foreign contract.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlencode

from django.http import QueryDict
from django.urls import resolve, reverse

from tests.addresses.stage import Address, Stage


@dataclass(frozen=True, slots=True)
class Names:
    """What the things of a stage are called."""

    area: str = "CSC"
    kpi: str = "CSC_KPI_01"
    project: str = "P001"
    questions: tuple[str, str] = ("Q001", "Q002")
    reliefs: tuple[str, str] = ("R001", "R002")
    board: str = "Scrutiny Board"
    typed: str = "csc kpi 1"
    """The KPI as people type it."""
    request: str = "B001"
    word: str = ""
    """Stands in whatever is written into the stage, so that it is known again wherever it is read."""

    def said(self, text: str) -> str:
        return f"{text} {self.word}".strip()

    def pairs(self, other: "Names") -> Mapping[str, str]:
        """What each thing's counterpart is called."""
        own = (self.area, self.kpi, self.typed, self.project, *self.questions, *self.reliefs)
        theirs = (other.area, other.kpi, other.typed, other.project, *other.questions, *other.reliefs)
        return dict(zip(own, theirs, strict=True))


NO_THINGS: Final = frozenset({"month", "kind", "name", "edition", "day"})
"""
Parts of an address that name no thing of a contract: months, kinds of paper, a file within a paper, and the council's
closed days, which are the same for every contract.
"""


def parts_of(address: str) -> tuple[str, dict[str, Any]]:
    """The name of the page that an address leads to, and its parts; without the question after it."""
    match = resolve(unquote(address.partition("?")[0]))
    return match.view_name, match.kwargs


def counterpart(address: Address, own: Stage, foreign: Stage, names: Mapping[str, str]) -> str:
    """The address with every part swapped, what it asks for included: that of the foreign contract itself."""
    here = address(own)
    page, parts = parts_of(here)
    there = parts_of(address(foreign))[1]
    asked = QueryDict(here.partition("?")[2])
    path = reverse(page, kwargs={part: names.get(str(value), there[part]) for part, value in parts.items()})
    return f"{path}?{urlencode({key: names.get(str(value), value) for key, value in asked.items()})}"


def swapped(
    address: Address, own: Stage, foreign: Stage, names: Mapping[str, str]
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """
    Each part swapped by itself: which it was, the address, and what else stands in it.

    The contract swapped leaves one's own things under a foreign contract's address; anything else swapped leaves a
    foreign thing under one's own.
    """
    page, parts = parts_of(address(own))
    if "contract" not in parts:
        return
    there = parts_of(address(foreign))[1]
    things = frozenset(parts) - NO_THINGS - {"contract"}
    for part in sorted(things):
        value = names.get(parts[part], there[part]) if isinstance(parts[part], str) else there[part]
        if value != parts[part]:
            yield part, reverse(page, kwargs={**parts, part: value}), things
    yield "contract", reverse(page, kwargs={**parts, "contract": foreign.contract.reference}), things


def named_differently(address: Address, own: Stage, foreign: Stage, names: Mapping[str, str]) -> list[str]:
    """The parts of an address that name a thing and for which there is no counterpart: what would not be tried."""
    page, parts = parts_of(address(own))
    if "contract" not in parts:
        return []
    tried = {part for part, _, _ in swapped(address, own, foreign, names)}
    return [f"{page}: {part}" for part in parts if part not in NO_THINGS and part not in tried]
