"""The effect of a decision before it is taken: the register judged with it and without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.models import Contract
from contracts.rules.months import Month
from kpis.queries.registers import load_register, load_reliefs
from kpis.rules.effects import Move, fingerprint, relief_moves
from kpis.rules.relief import Decision, Relief


@dataclass(frozen=True, slots=True)
class Effect:
    """Which statuses move; `name` is the fingerprint by which a decision says that this is what it was shown."""

    moves: tuple[Move, ...]
    name: str


def load_effect(contract: Contract, before: Sequence[Relief], after: Sequence[Relief], last: Month) -> Effect:
    """What exchanging these reliefs does to the months up to ``last``; one load of the register."""
    first = min((relief.from_month for relief in (*before, *after)), default=last)
    if first > last:
        return Effect((), fingerprint(()))
    register = load_register(contract, first, last)
    found = relief_moves(register.histories, before, after, first, last)
    return Effect(found, fingerprint(found))


def effect_of(contract: Contract, reference: str, changed: Relief, last: Month) -> Effect:
    """What it does that this relief stands as `changed`, all others as they are on record."""
    on_record = load_reliefs(contract)
    return load_effect(contract, on_record, exchanged(on_record, reference, changed), last)


def exchanged(reliefs: Sequence[Relief], reference: str, changed: Relief) -> tuple[Relief, ...]:
    """The reliefs with one of them as it would be."""
    return tuple(changed if relief.reference == reference else relief for relief in reliefs)


def as_granted(relief: Relief, from_month: Month, to_month: Month | None) -> Relief:
    """The relief as it would stand, granted for these months."""
    return replace(relief, decision=Decision.GRANTED, from_month=from_month, to_month=to_month)
