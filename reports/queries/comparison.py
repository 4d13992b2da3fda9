"""Two papers of a contract beside each other, and how much a draft differs from the one before it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet

from contracts.models import Person
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.months import day_short
from reports.build.halves import Halves
from reports.build.paper import one_reading
from reports.differences import Difference, differences
from reports.models import Paper
from reports.models.paper import Audience, Kind
from reports.queries.desk import read_text, text_of, texts_of
from reports.queries.narratives import siblings
from reports.snapshot import BoardPaper, from_json

OF_KPIS: Final = frozenset({Kind.REPORT.value, Kind.ADDENDUM.value, Kind.ERRATUM.value})
KEPT: Final = 256
_COUNTED: Final[dict[tuple[str, str], int]] = {}
"""How many places differ between two papers by their hashes: these never change, so they are counted once a process."""
NOW: Final = "now"
"""Compared with what would be built now, instead of with another paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """The differences of one section."""

    section: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Another paper to compare with."""

    pk: str
    words: str
    is_chosen: bool

    @property
    def pair(self) -> tuple[str, str]:
        return self.pk, self.words


@dataclass(frozen=True, slots=True)
class Comparison:
    """``before`` and ``after`` say in words which papers they are; ``before`` is blank where nothing is earlier."""

    before: str
    after: str
    parts: tuple[Part, ...]
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        return next((each.pk for each in self.choices if each.is_chosen), "")

    @property
    def number(self) -> int:
        return sum(len(part.differences) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many places of a draft differ from the paper before it, which ``since`` names."""

    number: int
    since: str


def load_comparison_with_now(paper: Paper, person: Person, now: Reading[Halves]) -> Comparison:
    """The public part of a draft against what it would say built at this moment, which ``now`` reads beside it."""
    with one_reading():
        (others,), text, built = read_now(beside(ask(_others(paper, person)), read_text(paper, Audience.PUBLIC), now))
    found = differences(from_json(text), built.public)
    return Comparison(named(paper), "built now", _parts(found), _choices(others, NOW, has_now=True))


def load_comparison(paper: Paper, person: Person, *, wanted: str = "") -> Comparison | None:
    """
    The paper against another one that the person may see: the one with the key ``wanted``, or the one before.

    ``None`` where there is no such other paper.
    """
    others = list(_others(paper, person))
    other = before(paper, others) if not wanted else next((each for each in others if str(each.pk) == wanted), None)
    choices = _choices(others, str(other.pk) if other else "", has_now=paper.status == Paper.Status.DRAFT)
    if other is None:
        return None if wanted else Comparison("", named(paper), (), choices)
    first, second = sorted((other, paper), key=_age)
    found = differences(printed(first), printed(second))
    return Comparison(named(first), named(second), _parts(found), choices)


def changes_since_last(paper: Paper, person: Person) -> Changes | None:
    """What the desk says in a word: how much differs from the paper before, if there is one."""
    other = before(paper, list(_others(paper, person)))
    if other is None:
        return None
    pair = (other.sha256, paper.sha256)
    if (number := _COUNTED.get(pair)) is None:
        texts = texts_of([other, paper], Audience.PUBLIC)
        number = len(differences(from_json(texts[other.pk]), from_json(texts[paper.pk])))
        while len(_COUNTED) >= KEPT:
            _COUNTED.pop(next(iter(_COUNTED)), None)
        _COUNTED[pair] = number
    return Changes(number, named(other))


def before(paper: Paper, others: list[Paper]) -> Paper | None:
    """
    The revision before; of a first one, the last published paper of its kind before it.

    An addendum or a slip is held against an earlier one of the same paper, and not against that paper itself: it tells
    other months, or other numbers, so that every place of it would differ.
    """
    own = siblings(paper)
    earlier = [each for each in others if siblings(each) == own and each.revision < paper.revision]
    if earlier:
        return max(earlier, key=lambda each: each.revision)
    published = [
        each
        for each in others
        if (each.kind, each.of_id) == (paper.kind, paper.of_id)
        and each.status == Paper.Status.PUBLISHED
        and _age(each) < _age(paper)
    ]
    return max(published, key=_age, default=None)


def printed(paper: Paper) -> BoardPaper:
    """What the public part of a paper prints: as it was frozen, as soon as it was."""
    return from_json(text_of(paper, Audience.PUBLIC))


def named(paper: Paper) -> str:
    """`exception report for 29 Mar 2018, revision 2 (draft)`"""
    number = f" {paper.number}" if paper.number else ""
    meeting = f" for {day_short(paper.meeting.meeting_on)}" if paper.meeting else ""
    return f"{paper.get_kind_display()}{number}{meeting}, revision {paper.revision} ({paper.status})"


def _others(paper: Paper, person: Person) -> QuerySet[Any]:
    """Papers of the contract's meetings that say things of the same sort, those of the latest meeting first."""
    kinds = OF_KPIS if paper.kind in OF_KPIS else {paper.kind}
    seen = Paper.objects.visible_to(person).for_meetings().filter(contract=paper.contract_id, kind__in=kinds)
    there = seen.exclude(pk=paper.pk).exclude(status=Paper.Status.REMOVED).select_related("meeting")
    return there.light().order_by("-meeting__meeting_on", "kind", "number", "-revision")


def _age(paper: Paper) -> tuple[date, bool, int, int, int]:
    meeting_on = paper.meeting.meeting_on if paper.meeting else paper.made_on
    return meeting_on, bool(paper.number), paper.number, paper.revision, paper.pk


def _choices(others: list[Paper], chosen: str, *, has_now: bool) -> tuple[Choice, ...]:
    now = (Choice(NOW, "what would be built now", chosen == NOW),) if has_now else ()
    return now + tuple(Choice(str(each.pk), named(each), str(each.pk) == chosen) for each in others)


def _parts(found: tuple[Difference, ...]) -> tuple[Part, ...]:
    return tuple(Part(section, tuple(own)) for section, own in groupby(found, key=lambda each: each.section))
