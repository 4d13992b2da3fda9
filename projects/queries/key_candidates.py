"""The projects that a key list can name: those on the page, and those found by their words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from contracts.models import Contract, Person
from contracts.queries import load_holders
from contracts.rules.roles import Role
from projects.models import Project, ScrutinyChair
from projects.querysets import referred_to

MOST_FOUND: Final = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project as a list names it."""

    pk: int
    reference: str
    title: str
    stage: str
    scrutiny_area: str


@dataclass(frozen=True, slots=True)
class Found:
    """The first projects that hold the words, and how many there are."""

    candidates: tuple[Candidate, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Chairs:
    """Every scrutiny area in use with who chairs it, and the members who can."""

    areas: tuple[tuple[str, Person | None], ...]
    members: tuple[Person, ...]


def load_named(contract: Contract, keys: Collection[int], references: Collection[str]) -> tuple[Candidate, ...]:
    """The contract's projects of these keys or references, archived ones too: the page says what is wrong with them."""
    return _candidates(Project.objects.filter(Q(pk__in=keys) | Q(reference__in=references), contract=contract))


def find_candidates(contract: Contract, words: str, on: date, but: Collection[int]) -> Found:
    """Projects of the register whose reference or title holds every word, or whose reference is so spelt."""
    if not words.split():
        return Found()
    held = Q()
    for word in words.split():
        held &= Q(reference__icontains=word) | Q(title__icontains=word)
    rows = Project.objects.filter(held | referred_to(words), contract=contract).in_register(on).exclude(pk__in=but)
    return Found(_candidates(rows.order_by("reference")[:MOST_FOUND]), rows.count())


def load_chairs(contract: Contract) -> Chairs:
    """In three queries. An area that no project has any more stays as long as somebody chairs it."""
    named = Project.objects.filter(contract=contract).exclude(scrutiny_area="").values_list("scrutiny_area", flat=True)
    held = {
        row.scrutiny_area: row.person
        for row in ScrutinyChair.objects.filter(contract=contract).select_related("person")
    }
    return Chairs(
        areas=tuple((area, held.get(area)) for area in sorted({*named.order_by().distinct(), *held})),
        members=load_holders(contract).of(Role.BOARD_MEMBER),
    )


def _candidates(rows: Iterable[Project]) -> tuple[Candidate, ...]:
    return tuple(Candidate(row.pk, row.reference, row.title, row.stage, row.scrutiny_area) for row in rows)
