"""The project register: filtered as the address asks, sorted and paged in the database, with counts that reconcile.

Whatever the number of projects it is one query for all the numbers and for what there is to choose from, and one for
the page in view, which reads the rows that :mod:`projects.services.register` keeps. Only what nobody counts beforehand,
such as the projects whose title holds a word, is counted by another.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from contracts.models import Contract
from projects.models import RegisterRow
from projects.queries.register_counts import RegisterNumbers, What, load_numbers
from projects.querysets import carrying, referred_to
from projects.rules.counts import UNRATED
from projects.rules.facts import Stage
from projects.rules.sentences import register_headline
from projects.rules.standing import Signal, Standing

IN_ORDER: Final = ("reference_order", "project_id")
"""How projects follow each other where nothing else is asked."""


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """What the register is filtered by; blank fields ask nothing."""

    words: str = ""
    stage: str = ""
    confidence: str = ""
    computed: str = ""
    signal: str = ""
    scrutiny_area: str = ""
    service_area: str = ""
    kind: str = ""
    sponsor: str = ""
    is_key: bool = False
    is_archived: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return self != RegisterQuestion()

    @property
    def asks_more(self) -> bool:
        """Whether something is asked besides words, attention, stage and scrutiny area."""
        plain = (self.confidence, self.computed, self.service_area, self.kind, self.sponsor)
        return any(plain) or self.is_key or self.is_archived


@dataclass(frozen=True, slots=True)
class Register:
    """
    The rows asked for, not read yet; and how the whole register stands, whatever was asked.

    It is behind where a project has no row that holds on the day: then somebody has to restate those before it shows.
    """

    rows: QuerySet[Any]
    matching: int
    archived: int
    standing: Standing
    headline: str
    is_illustrative: bool
    is_behind: bool
    keys: int
    """How many key projects it holds."""


def rows_asked_for(contract: Contract, on: date, asked: RegisterQuestion) -> QuerySet[Any]:
    """The register's rows that answer the question, in the register's order."""
    rows = RegisterRow.objects.holding(contract, on).filter(_answers(asked, on, contract.silent_days))
    return rows.order_by(*IN_ORDER)


def load_register(
    contract: Contract, on: date, asked: RegisterQuestion, numbers: RegisterNumbers | None = None
) -> Register:
    """The register as known on a day; its numbers may have been read already."""
    found = numbers or load_numbers(contract, on)
    rows = rows_asked_for(contract, on, asked)
    matching = _matching(found, asked)
    return Register(
        rows=rows,
        matching=rows.order_by().count() if matching is None else matching,
        archived=found.of(What.ARCHIVED),
        standing=found.standing,
        headline=register_headline(found.standing),
        is_illustrative=found.of(What.ILLUSTRATIVE) > 0,
        is_behind=found.is_behind,
        keys=found.of(What.KEY),
    )


def _matching(numbers: RegisterNumbers, asked: RegisterQuestion) -> int | None:
    """How many rows answer a question of one thing alone; ``None`` where they have to be counted."""
    counts = numbers.standing.counts
    match [(each.name, value) for each in fields(asked) if (value := getattr(asked, each.name))]:
        case []:
            return counts.in_register
        case [("stage", stage)]:
            return counts.by_stage[Stage(stage)]
        case [("confidence", rating)]:
            return counts.by_confidence[rating]
        case [("computed", rating)]:
            return numbers.by_dates(rating)
        case [("signal", signal)]:
            return numbers.standing.signals[Signal(signal)]
        case [("is_key", _)]:
            return numbers.of(What.KEY)
        case [("is_archived", _)]:
            return numbers.of(What.ARCHIVED)
        case _:
            return None


def _answers(asked: RegisterQuestion, on: date, silent_days: int) -> Q:
    wanted = Q(is_archived=asked.is_archived)
    held = Q()
    for word in asked.words.casefold().split():
        held &= Q(words__contains=word)
    if asked.words:
        wanted &= held | referred_to(asked.words)
    for word in asked.sponsor.casefold().split():
        wanted &= Q(sponsor_words__contains=word)
    if asked.signal:
        wanted &= carrying(Signal(asked.signal), on, silent_days)
    if asked.confidence:
        wanted &= Q(declared="" if asked.confidence == UNRATED else asked.confidence)
    if asked.computed:
        wanted &= Q(computed="" if asked.computed == UNRATED else asked.computed)
    if asked.service_area:
        wanted &= Q(service_area__code=asked.service_area)
    if asked.is_key:
        wanted &= Q(key_rank__isnull=False)
    plain = {name: getattr(asked, name) for name in ("stage", "scrutiny_area", "kind") if getattr(asked, name)}
    return wanted & Q(**plain)
