"""What a decision does to statuses: the same readings judged twice, as things stand and as they would stand.

A relief or a level never edits a figure. Whoever decides is shown beforehand which statuses move, month by month; a
fingerprint of that list says afterwards whether what was shown is what happens.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Final

from contracts.rules.months import Month, add_months, month_key, month_long, span_long
from kpis.rules.codes import code_order
from kpis.rules.relief import Relief
from kpis.rules.status import Contractual, KpiHistory, KpiTerms, Reading, judge_history

MISSES: Final = frozenset({Contractual.BELOW_TARGET, Contractual.BELOW_MINIMUM})
MOST_NAMED: Final = 6
"""A sentence names no more KPIs than this; the table beside it names them all."""
WORDS: Final = {
    Contractual.TARGET_MET: "target met",
    Contractual.BELOW_TARGET: "below target",
    Contractual.BELOW_MINIMUM: "below minimum",
    Contractual.RELIEF_GRANTED: "relief granted",
    Contractual.NOT_MEASURED: "not measured",
    Contractual.MISSING: "missing",
    None: "not in force",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One KPI and month whose contractual status changes; None is a month in which the KPI owes nothing."""

    code: str
    name: str
    month: Month
    before: Contractual | None
    after: Contractual | None

    def __str__(self) -> str:
        return f"{self.code} {month_key(self.month)}: {WORDS[self.before]} → {WORDS[self.after]}"


def moves(before: Sequence[KpiHistory], after: Sequence[KpiHistory]) -> tuple[Move, ...]:
    """The statuses that differ between two judgements of the same KPIs, by month and code."""
    stood, stands = _statuses(before), _statuses(after)
    names = {history.terms.code: history.terms.name for history in (*before, *after)}
    found = [
        Move(code, names[code], month, stood.get((code, month)), stands.get((code, month)))
        for code, month in stood.keys() | stands.keys()
        if stood.get((code, month)) != stands.get((code, month))
    ]
    return tuple(sorted(found, key=lambda move: (move.month, code_order(move.code))))


def relief_moves(
    histories: Sequence[KpiHistory], before: Sequence[Relief], after: Sequence[Relief], first: Month, last: Month
) -> tuple[Move, ...]:
    """What exchanging the reliefs on record for others does to the statuses from first to last, both included."""

    def judged_with(reliefs: Sequence[Relief]) -> list[KpiHistory]:
        return [judge_history(each.terms, readings_of(each), reliefs, first, last) for each in histories]

    return moves(judged_with(before), judged_with(after))


def readings_of(history: KpiHistory) -> dict[Month, Reading]:
    """What the officers reported, without what was made of it."""
    return {judged.month: judged.reading for judged in history.judgements if judged.reading is not None}


def judged_by(terms: KpiTerms | None, month: Month) -> tuple[object, ...] | None:
    """All that decides the status of a figure in that month; None where the KPI owes nothing then."""
    if terms is None or not terms.is_in_force(month):
        return None
    level = terms.level_at(month)
    return terms.unit, terms.polarity, terms.decimals, level and (level.target, level.minimum)


def fingerprint(found: Sequence[Move], months: Sequence[Month] = ()) -> str:
    """A short name for exactly this list of moves, and of months that are judged differently without moving."""
    said = "; ".join([*(str(move) for move in found), *(month_key(month) for month in months)])
    return sha256(said.encode()).hexdigest()[:16]


def in_words(found: Sequence[Move], verb: str = "would turn") -> str:
    """`This would turn 3 misses into relief granted: CSC_KPI_04 (November 2017) and …`; what moves, in a sentence."""
    if not found:
        return ""
    kinds = Counter((_kind(move.before), WORDS[move.after]) for move in found)
    parts = [f"{number} {_counted(kind, number)} into {after}" for (kind, after), number in kinds.items()]
    return f"{verb} {_listed(parts)}: {_listed(_where(found))}."


def _statuses(histories: Sequence[KpiHistory]) -> dict[tuple[str, Month], Contractual]:
    return {
        (history.terms.code, judged.month): judged.contractual for history in histories for judged in history.judgements
    }


def _kind(before: Contractual | None) -> str:
    return "miss" if before in MISSES else WORDS[before]


def _counted(kind: str, number: int) -> str:
    if kind == "miss":
        return "miss" if number == 1 else "misses"
    return f"{'month' if number == 1 else 'months'} of {kind}"


def _where(found: Sequence[Move]) -> list[str]:
    """Each KPI with its months; of many KPIs only how many."""
    codes = {move.code for move in found}
    if len(codes) > MOST_NAMED:
        return [f"{len(codes)} KPIs"]
    by_code = sorted(found, key=lambda move: (code_order(move.code), move.month))
    return [
        f"{code} ({', '.join(_runs([move.month for move in moved]))})"
        for code, moved in groupby(by_code, key=lambda move: move.code)
    ]


def _runs(months: Sequence[Month]) -> Iterator[str]:
    """Ascending months in words: three or more in a row as a span, others one by one."""
    run: list[Month] = []
    for month in (*months, None):
        if run and (month is None or month != add_months(run[-1], 1)):
            yield from [span_long(run[0], run[-1])] if len(run) > 2 else map(month_long, run)
            run = []
        if month is not None:
            run.append(month)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
