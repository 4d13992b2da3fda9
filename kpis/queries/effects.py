"""The effect of a decision before it is taken: the contract's months judged with it and without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.models import Contract
from contracts.rows import read
from contracts.rules.months import Month
from kpis.models import Kpi
from kpis.queries.span import Span, judge_span, wanted_terms
from kpis.rules.effects import Move, fingerprint, relief_moves
from kpis.rules.relief import Decision, Relief


@dataclass(frozen=True, slots=True)
class Effect:
    """Which statuses move; `name` is the fingerprint by which a decision says that this is what it was shown."""

    moves: tuple[Move, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged with a relief and without it: the KPIs of a contract, by primary key, up to the last month."""

    contract: int
    kpis: tuple[int, ...]
    last: Month


def judged_of(contract: Contract, last: Month) -> Judged:
    """All KPIs of the contract. One query."""
    kpis = Kpi.objects.filter(contract=contract).order_by("pk")
    return Judged(contract.pk, tuple(kpis.values_list("pk", flat=True)), last)


def load_effect(judged: Judged, before: Sequence[Relief], after: Sequence[Relief]) -> Effect:
    """What exchanging these reliefs does to the statuses, in one query: only where they differ can a month move."""
    first = min((relief.from_month for relief in {*before} ^ {*after}), default=judged.last)
    if first > judged.last:
        return Effect((), fingerprint(()))
    span = Span(judged.contract, judged.kpis, first, judged.last, settled_from=first)
    histories = judge_span(span, read(*wanted_terms(span))).histories
    found = relief_moves(tuple(histories.values()), before, after, first, judged.last)
    return Effect(found, fingerprint(found))


def exchanged(reliefs: Sequence[Relief], reference: str, changed: Relief) -> tuple[Relief, ...]:
    """The reliefs with one of them as it would be."""
    return tuple(changed if relief.reference == reference else relief for relief in reliefs)


def as_granted(relief: Relief, from_month: Month, to_month: Month | None) -> Relief:
    """The relief as it would stand, granted for these months."""
    return replace(relief, decision=Decision.GRANTED, from_month=from_month, to_month=to_month)
