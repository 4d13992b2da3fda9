"""The project register: filtered as the address asks, sorted and paged in the database, with counts that reconcile.

Whatever the number of projects it is one query for all the counts, one for what there is to choose from, and one for
the page in view: they read the rows that :mod:`projects.services.register` keeps.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import CharField, Count, IntegerField, Max, Q, QuerySet, Subquery, Value

from contracts.models import Contract, ServiceArea
from projects.models import Project, RegisterRow
from projects.querysets import carrying, referred_to
from projects.rules.confidence import Confidence
from projects.rules.counts import UNRATED, PortfolioCounts
from projects.rules.facts import Stage
from projects.rules.sentences import register_headline
from projects.rules.standing import Signal, Standing, rating_signals

IN_ORDER: Final = ("reference_order", "project_id")
"""How projects follow each other where nothing else is asked."""
COUNTED: Final = ("rows", "matching", "illustrative", "projects", "keys")
COUNTED_SIGNALS: Final = {
    "overdue": Signal.OVERDUE,
    "silent": Signal.SILENT,
    "slipped": Signal.SLIPPED,
    "rebaselined_": Signal.REBASELINED,
}
"""What stage and ratings alone do not tell, by the name it is counted under."""


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
class RegisterChoices:
    """What there is to choose from: scrutiny areas in use, and service areas as (code, name)."""

    scrutiny_areas: tuple[str, ...]
    service_areas: tuple[tuple[str, str], ...]


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


def load_choices(contract: Contract) -> RegisterChoices:
    """The areas a register can be filtered by, in one query."""
    text: CharField[str, str] = CharField()
    used = RegisterRow.objects.filter(contract=contract).exclude(scrutiny_area="").order_by()
    scrutiny = used.values_list(
        Value(0, IntegerField()), "scrutiny_area", Value("", text), Value(0, IntegerField())
    ).distinct()
    service = (
        ServiceArea.objects.filter(contract=contract)
        .order_by()
        .values_list(Value(1, IntegerField()), "code", "name", "pk")
    )
    rows = list(scrutiny.union(service, all=True))
    return RegisterChoices(
        tuple(sorted((name for is_service, name, _, _ in rows if not is_service), key=str.casefold)),
        tuple((code, name) for is_service, code, name, _ in sorted(rows, key=lambda row: row[3]) if is_service),
    )


def rows_asked_for(contract: Contract, on: date, asked: RegisterQuestion) -> QuerySet[Any]:
    """The register's rows that answer the question, in the register's order."""
    rows = RegisterRow.objects.holding(contract, on).filter(_answers(asked, on, contract.silent_days))
    return rows.order_by(*IN_ORDER)


def load_register(contract: Contract, on: date, asked: RegisterQuestion) -> Register:
    """The register as known on a day, in one query besides those that read its rows."""
    groups = _count(contract, on, asked)
    listed = [each for each in groups if not each.is_archived]
    rows = sum(each.rows for each in groups)
    # Without a row there is none to count the projects beside.
    projects = groups[0].projects if groups else Project.objects.filter(contract=contract).count()
    stands = _standing(listed)
    return Register(
        rows=rows_asked_for(contract, on, asked),
        matching=sum(each.matching for each in groups),
        archived=rows - stands.counts.in_register,
        standing=stands,
        headline=register_headline(stands),
        is_illustrative=any(each.illustrative for each in listed),
        is_behind=rows != projects,
        keys=sum(each.keys for each in listed),
    )


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


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many rows share a stage and two ratings, and how many of them carry what only the database can tell."""

    is_archived: bool
    stage: Stage
    declared: Confidence | None
    computed: Confidence | None
    rows: int
    matching: int
    illustrative: int
    projects: int
    """Of the contract as a whole, listed or not: the same in every group."""
    keys: int
    overdue: int
    silent: int
    slipped: int
    rebaselined: int

    def carrying(self, signal: Signal) -> int:
        """How many of the group carry a signal."""
        match signal:
            case Signal.OVERDUE:
                return self.overdue
            case Signal.SILENT:
                return self.silent
            case Signal.SLIPPED:
                return self.slipped
            case Signal.REBASELINED:
                return self.rebaselined
            case _:
                return self.rows if signal in rating_signals(self.stage, self.declared, self.computed) else 0


def _count(contract: Contract, on: date, asked: RegisterQuestion) -> list[_Counted]:
    """Every number of the page, from one pass over the rows: a few dozen groups, however many they are."""
    signals = {name: carrying(signal, on, contract.silent_days) for name, signal in COUNTED_SIGNALS.items()}
    projects = Project.objects.filter(contract=contract).order_by().values("contract").values(number=Count("pk"))
    groups = (
        RegisterRow.objects.holding(contract, on)
        .order_by()
        .values("is_archived", "stage", "declared", "computed")
        .annotate(
            rows=Count("pk"),
            matching=Count("pk", filter=_answers(asked, on, contract.silent_days)),
            illustrative=Count("pk", filter=Q(is_illustrative=True)),
            projects=Max(Subquery(projects)),
            keys=Count("pk", filter=Q(key_rank__isnull=False)),
            **{name: Count("pk", filter=condition) for name, condition in signals.items()},
        )
        .values_list("is_archived", "stage", "declared", "computed", *COUNTED, *COUNTED_SIGNALS)
    )
    return [
        _Counted(is_archived, Stage(stage), _rating(declared), _rating(computed), *numbers)
        for is_archived, stage, declared, computed, *numbers in groups
    ]


def _rating(stored: str) -> Confidence | None:
    return Confidence(stored) if stored else None


def _standing(listed: Sequence[_Counted]) -> Standing:
    by_stage: Counter[Stage] = Counter()
    by_confidence: Counter[str] = Counter()
    signals: Counter[Signal] = Counter()
    for each in listed:
        by_stage[each.stage] += each.rows
        by_confidence[each.declared or UNRATED] += each.rows
        for signal in Signal:
            signals[signal] += each.carrying(signal)
    return Standing(
        counts=PortfolioCounts(
            in_register=sum(each.rows for each in listed),
            by_stage={stage: by_stage[stage] for stage in Stage},
            by_confidence={rating: by_confidence[rating] for rating in (*Confidence, UNRATED)},
        ),
        active=by_stage[Stage.IN_FLIGHT] + by_stage[Stage.ON_HOLD],
        signals={signal: signals[signal] for signal in Signal},
    )
