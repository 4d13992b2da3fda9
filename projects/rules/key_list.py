"""
The key projects: a list the Board decides, how one list differs from another, and what a proposal must say.

There is no scoring here: why a project is on the list is a text that members read. What the Board decided stays as it
was decided; what was in force on a day follows from the days of its decisions.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Final, TypeVar

from contracts.rules.months import month_long, month_of

FEWEST_WORDS: Final = 5
"""Fewer words than these are a label, not a reason that members can weigh."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A project's place on a list: its rank, and why members should watch it."""

    reference: str
    title: str
    rank: int
    rationale: str


@dataclass(frozen=True, slots=True)
class Considered:
    """A project that is not on a list, and why: it left it, or was considered and not chosen. Blank: nobody said."""

    reference: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListFacts:
    """One version of the list: a proposal, or what the Board decided on a day. Places stand by rank."""

    places: tuple[KeyPlace, ...] = ()
    left: tuple[Considered, ...] = ()
    near_misses: tuple[Considered, ...] = ()
    decided_on: date | None = None
    decision: str = ""
    amendments: str = ""
    put_to_board_on: date | None = None
    board: str = ""
    size_reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A project that stands on both lists at different ranks."""

    place: KeyPlace
    rank_before: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What becomes of one list in another; those that left come with the reason that the later list gives."""

    entered: tuple[KeyPlace, ...]
    left: tuple[Considered, ...]
    moved: tuple[Moved, ...]
    reworded: tuple[KeyPlace, ...]

    @property
    def is_none(self) -> bool:
        return not (self.entered or self.left or self.moved or self.reworded)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as it is typed: projects in order with their rationale, and why others left or were not chosen."""

    entries: tuple[tuple[str, str], ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    near_misses: tuple[tuple[str, str], ...] = ()
    size_reason: str = ""


@dataclass(frozen=True, slots=True)
class KeyFault:
    """What is wrong with a proposal and what would be right; the project it is about, where it is about one."""

    field: str
    words: str
    reference: str = ""


def in_force(lists: Iterable[KeyListFacts], on: date) -> KeyListFacts | None:
    """The list decided last by a day: it holds from the day of its decision until the day of the next."""
    decided = [each for each in lists if each.decided_on is not None and each.decided_on <= on]
    return max(decided, key=lambda each: each.decided_on or date.min, default=None)


def decided_before(lists: Iterable[KeyListFacts], later: KeyListFacts) -> KeyListFacts | None:
    """The list that the Board decided before a later one; before a proposal, that is the last decided."""
    held = later.decided_on or date.max
    decided = [each for each in lists if each.decided_on is not None and each.decided_on < held]
    return max(decided, key=lambda each: each.decided_on or date.min, default=None)


def told_before(decided: Sequence[date | None], told_on: date | None) -> int | None:
    """
    Which list the Board knew when it was last told of its key projects: the one in force on that day.

    Of the lists only the days of decision are asked, latest first; the first is the one shown, and a proposal has no
    day. Where none was in force on that day, or no day is given, it is the list decided before the one shown.
    """
    for place, day in enumerate(decided):
        if told_on is not None and day is not None and day <= told_on:
            return place
    return 1 if len(decided) > 1 else None


def differences(before: KeyListFacts | None, after: KeyListFacts) -> Differences:
    """Every project of either list is in one of: entered, left, moved, or on both at one rank."""
    held = {place.reference: place for place in before.places} if before else {}
    there = {place.reference for place in after.places}
    reasons = {each.reference: each.reason for each in after.left}
    return Differences(
        entered=tuple(place for place in after.places if place.reference not in held),
        left=tuple(
            Considered(place.reference, place.title, reasons.get(place.reference, ""))
            for place in held.values()
            if place.reference not in there
        ),
        moved=tuple(
            Moved(place, held[place.reference].rank)
            for place in after.places
            if place.reference in held and held[place.reference].rank != place.rank
        ),
        reworded=tuple(
            place
            for place in after.places
            if place.reference in held and not _same(held[place.reference].rationale, place.rationale)
        ),
    )


def standing_in_words(rank: int | None, *, is_decided: bool, proposals: Sequence[int | None]) -> str:
    """
    Where a project stands on the list in force and on what is proposed to follow it; blank where it is on neither.

    ``rank`` is that on the list shown, which before the first decision is the proposal itself; ``proposals`` holds the
    project's rank on the proposal that waits, ``None`` where it is not on it, and nothing where nothing is proposed.
    """
    proposed = proposals[0] if proposals else None
    if rank is None or not is_decided:
        return f"Proposed as a key project, rank {rank or proposed}" if rank or proposed else ""
    said = f"Key project, rank {rank}"
    if not proposals or proposed == rank:
        return said
    return f"{said}; proposed {f'for rank {proposed}' if proposed else 'to leave the list'}"


def amendments(proposed: KeyListFacts, decided: Draft) -> str:
    """What the Board changed of a proposal, in words: `P014 added at rank 3; P007 taken off`; blank where nothing."""
    before = [place.reference for place in proposed.places]
    after = [reference for reference, _ in decided.entries]
    rationales = {place.reference: place.rationale for place in proposed.places}
    told = [f"{each} added at rank {after.index(each) + 1}" for each in after if each not in rationales]
    told += [f"{each} taken off" for each in before if each not in after]
    if [each for each in before if each in after] != [each for each in after if each in rationales]:
        told.append("the order changed")
    told += [
        f"the rationale of {reference} reworded"
        for reference, words in decided.entries
        if reference in rationales and not _same(rationales[reference], words)
    ]
    return "; ".join(told)


def in_order(shown: Sequence[Key], typed: Mapping[Key, int]) -> list[Key]:
    """
    The projects in the order of the ranks typed beside them, ``shown`` being the order of the page; ranks are 1 to n.

    A single project that is given another's rank takes exactly that place, and those between make room.
    """

    def place(key: Key) -> tuple[int, int, int]:
        stood = shown.index(key) + 1
        wanted = typed.get(key, stood)
        # With one rank typed twice, who comes up stands before who was there, and who goes down stands behind.
        return wanted, (wanted > stood) - (wanted < stood), stood

    return sorted(shown, key=place)


def moves(before: Mapping[Key, int], after: Mapping[Key, int]) -> list[tuple[Key, int]]:
    """
    The steps that bring everybody from one rank to another, so that no rank is ever held twice on the way.

    Both name the same keys and give each rank once. Who stands in a circle waits at a rank that nobody has or wants.
    """
    stands, found = dict(before), []
    spare = next(rank for rank in count(1) if rank not in {*before.values(), *after.values()})
    waiting = {key: rank for key, rank in after.items() if before[key] != rank}
    while waiting:
        held = set(stands.values())
        free = next((key for key, rank in waiting.items() if rank not in held), None)
        key, rank = (free, waiting.pop(free)) if free is not None else (next(iter(waiting)), spare)
        stands[key] = rank
        found.append((key, rank))
    return found


def draft_faults(draft: Draft, stood: Collection[str], size: int) -> tuple[KeyFault, ...]:
    """Everything that a proposal lacks; ``stood`` are on the list in force, ``size`` is the agreed one."""
    return tuple(_draft_faults(draft, stood, size))


def size_warning(number: int, size: int) -> str:
    """A list of another size than the contract says is worth a word, and no mistake."""
    if number == size:
        return ""
    return f"The list has {_projects(number)}; this contract’s list is meant to have {size}."


def headline(lists: Sequence[KeyListFacts], on: date) -> str:
    """The page's sentence: how many there are, who decided and when, and what changed since the decision before."""
    now = in_force(lists, on)
    if now is None:
        return "The Board has not decided a list of key projects yet."
    told = f"{_projects(len(now.places), 'key ')}, decided by the Board on {_day(now.decided_on)}"
    before = decided_before(lists, now)
    if before is None:
        return f"{told}: the first list."
    found = differences(before, now)
    if not (found.entered or found.left):
        return f"{told}; the same projects as on {_day(before.decided_on)}."
    return f"{told}; {len(found.entered)} entered and {len(found.left)} left since {_day(before.decided_on)}."


def _draft_faults(draft: Draft, stood: Collection[str], size: int) -> Iterator[KeyFault]:
    references = [reference for reference, _ in draft.entries]
    if not references:
        yield KeyFault("", "A list has at least one project: add those that members should watch.")
    for reference, words in draft.entries:
        if len(words.split()) < FEWEST_WORDS:
            told = f"{reference}: say in at least {FEWEST_WORDS} words why members should watch it."
            yield KeyFault("rationale", told, reference)
    for reference in sorted(set(stood) - set(references)):
        if not draft.left.get(reference, "").strip():
            yield KeyFault("left", f"{reference}: say why it leaves the list.", reference)
    for reference, reason in draft.near_misses:
        if reference in references:
            yield KeyFault("near", f"{reference} is on the list: it cannot also be a near miss.", reference)
        elif not reason.strip():
            yield KeyFault("near", f"{reference}: say why it was considered and not chosen.", reference)
    if len(references) > size and not draft.size_reason.strip():
        told = (
            f"{len(references)} projects are more than the {size} agreed for this contract: say why, or take some off."
        )
        yield KeyFault("size_reason", told)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _projects(number: int, kind: str = "") -> str:
    return f"{number} {kind}{'project' if number == 1 else 'projects'}"


def _day(day: date | None) -> str:
    return f"{day.day} {month_long(month_of(day))}" if day else "a day not recorded"
