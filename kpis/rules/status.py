"""The status of a KPI in a month: what was measured, and what it means under the contract.

Measured and contractual status are two facts and travel side by side in a `Judgement`. Relief turns a contractual miss
into *relief granted*; the measured status and the figure stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from contracts.rules.months import ALL_MONTHS, Month, month_long, month_range
from kpis.rules.disputes import Dispute
from kpis.rules.figures import Polarity, Unit, round_half_up, worked_out
from kpis.rules.relief import Relief, reliefs_by_month


class Measured(StrEnum):
    """What the figure says, whatever the contract makes of it."""

    TARGET_MET = "target_met"
    BELOW_TARGET = "below_target"
    BELOW_MINIMUM = "below_minimum"
    NOT_MEASURED = "not_measured"
    MISSING = "missing"


class Contractual(StrEnum):
    """The measured status, unless relief excuses a miss."""

    TARGET_MET = "target_met"
    BELOW_TARGET = "below_target"
    BELOW_MINIMUM = "below_minimum"
    RELIEF_GRANTED = "relief_granted"
    NOT_MEASURED = "not_measured"
    MISSING = "missing"


MISSES = frozenset({Measured.BELOW_TARGET, Measured.BELOW_MINIMUM})
UNEXCUSED = {measured: Contractual(measured.value) for measured in Measured}
ILLUSTRATIVE: Final = "illustrative"
"""The source of a figure that nobody reported."""


class NotInForce(ValueError):
    """The KPI owes nothing for this month: it is not in force, or not due in that calendar month."""

    def __init__(self, code: str, month: Month) -> None:
        super().__init__(f"{code} is not in force in {month_long(month)}.")


class NoLevelInForce(ValueError):
    """There is a figure but no level yet to judge it by. Any status would be a claim that nobody agreed to."""

    def __init__(self, code: str, month: Month) -> None:
        super().__init__(f"{code} has a figure for {month_long(month)} but no target and minimum in force then.")


@dataclass(frozen=True, slots=True)
class Level:
    """Target and minimum service level from a month on, until the next level takes effect."""

    effective_from: Month
    target: Decimal
    minimum: Decimal
    reason: str = ""
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class KpiTerms:
    """What the contract says of one KPI: unit, polarity, when it is in force and due, and its levels through time."""

    code: str
    area: str
    name: str
    unit: Unit
    polarity: Polarity
    decimals: int
    in_force_from: Month
    in_force_to: Month | None
    due_months: frozenset[int]
    levels: tuple[Level, ...]
    definition: str = ""
    end_reason: str = ""

    def has_begun_and_not_ended(self, month: Month) -> bool:
        """Whether the month lies in the KPI's life, due or not."""
        return self.in_force_from <= month and (self.in_force_to is None or month <= self.in_force_to)

    def is_in_force(self, month: Month) -> bool:
        """Whether it owes a result for this month; in a calendar month in which it is not due it owes nothing."""
        return month.month in self.due_months and self.has_begun_and_not_ended(month)

    def due_range(self, first: Month, last: Month) -> tuple[Month, ...]:
        """The months from first to last, both included, in which it is in force."""
        begin = max(first, self.in_force_from)
        months = month_range(begin, last if self.in_force_to is None else min(last, self.in_force_to))
        if self.due_months >= ALL_MONTHS:
            return months
        return tuple(month for month in months if month.month in self.due_months)

    def level_at(self, month: Month) -> Level | None:
        """The level in force then: a past month is always judged by its own level."""
        found: Level | None = None
        for level in self.levels:
            if level.effective_from <= month and (found is None or level.effective_from > found.effective_from):
                found = level
        return found


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a target was missed, what it did to council services, and what is done about it by whom."""

    cause: str
    effect: str
    remedy: str = ""
    recovery_month: Month | None = None


class Reading(NamedTuple):
    """What the officer reported for one month: a value, a rate, or the reason why there is no figure.

    `dispute` is what the supplier says against it; nothing is judged by that. It is a tuple, as a judgement is: a page
    makes some six hundred of each, and a frozen dataclass takes more than twice as long to make.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    not_measured_reason: str = ""
    is_provisional: bool = False
    source: str = ""
    explanation: Explanation | None = None
    dispute: Dispute | None = None


class Judgement(NamedTuple):
    """One KPI in one month. `value` keeps every digit; `relief` is the granted one that covers the month, even when the
    target was met and nothing needed excusing."""

    month: Month
    value: Decimal | None
    level: Level | None
    measured: Measured
    contractual: Contractual
    is_provisional: bool
    relief: Relief | None
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class KpiHistory:
    """A KPI with its judgements in ascending order, one for each month in force and none for the others."""

    terms: KpiTerms
    judgements: tuple[Judgement, ...]

    def at(self, month: Month) -> Judgement | None:
        """The judgement of this month; None when the KPI was not in force."""
        return next((judgement for judgement in self.judgements if judgement.month == month), None)


def measure(value: Decimal, level: Level, polarity: Polarity, decimals: int) -> Measured:
    """Where the figure stands against its level: rounded half-up to the KPI's decimals, then compared; equal meets."""
    rounded, is_higher_better = round_half_up(value, decimals), polarity is Polarity.HIGHER
    if rounded < level.minimum if is_higher_better else rounded > level.minimum:
        return Measured.BELOW_MINIMUM
    if rounded < level.target if is_higher_better else rounded > level.target:
        return Measured.BELOW_TARGET
    return Measured.TARGET_MET


def judge(terms: KpiTerms, month: Month, reading: Reading | None, relief: Relief | None) -> Judgement:
    """Both statuses of a KPI in a month in which it is in force.

    A relief that was not granted, or is not for this KPI and month, changes nothing. A month without a figure needs no
    level. Raises NotInForce, and NoLevelInForce for a figure that nothing can judge.
    """
    if not terms.is_in_force(month):
        raise NotInForce(terms.code, month)
    return _judge(terms, month, reading, relief)


def judge_due(
    terms: KpiTerms, readings: Callable[[Month], Reading | None], reliefs: Sequence[Relief], first: Month, last: Month
) -> Iterator[Judgement]:
    """The judgements of the months in force from first to last, the latest first; each is made as it is asked for."""
    own = reliefs_by_month(terms.code, reliefs)
    for month in reversed(terms.due_range(first, last)):
        yield _judge(terms, month, readings(month), own(month))


def _judge(terms: KpiTerms, month: Month, reading: Reading | None, relief: Relief | None) -> Judgement:
    level = terms.level_at(month)
    covering = relief if relief is not None and relief.relieves(terms.code, month) else None
    if reading is None:
        return Judgement(month, None, level, Measured.MISSING, Contractual.MISSING, False, covering, None)
    value = worked_out(reading.value, reading.numerator, reading.denominator, terms.unit)
    measured = _measured(terms, month, reading, value, level)
    is_provisional = reading.is_provisional and measured is not Measured.MISSING
    contractual = under_contract(measured, is_relieved=covering is not None)
    return Judgement(month, value, level, measured, contractual, is_provisional, covering, reading)


def is_disputed(judgement: Judgement) -> bool:
    """Whether the supplier disputes the figure; it counts as it stands."""
    return judgement.reading is not None and judgement.reading.dispute is not None


def is_plain(judgement: Judgement) -> bool:
    """Its target met and no relief over it: a month in which no rule of the exceptions holds, and every run ends."""
    return judgement.contractual is Contractual.TARGET_MET and judgement.relief is None


def has_illustrative(judgements: Iterable[Judgement]) -> bool:
    """Whether one of the figures is made up to show how pages look: who reads them is told."""
    return any(each.reading is not None and each.reading.source == ILLUSTRATIVE for each in judgements)


def judge_history(
    terms: KpiTerms, readings: Mapping[Month, Reading], reliefs: Sequence[Relief], first: Month, last: Month
) -> KpiHistory:
    """The judgements of every month in force from first to last, both included; reliefs may be the whole contract's."""
    own = reliefs_by_month(terms.code, reliefs)
    judged = [_judge(terms, month, readings.get(month), own(month)) for month in terms.due_range(first, last)]
    return KpiHistory(terms, tuple(judged))


def _measured(terms: KpiTerms, month: Month, reading: Reading, value: Decimal | None, level: Level | None) -> Measured:
    if value is None:
        return Measured.NOT_MEASURED if reading.not_measured_reason else Measured.MISSING
    if level is None:
        raise NoLevelInForce(terms.code, month)
    return measure(value, level, terms.polarity, terms.decimals)


def under_contract(measured: Measured, *, is_relieved: bool) -> Contractual:
    """What the measured status means under the contract, with a granted relief over the month or without one."""
    if is_relieved and measured in MISSES:
        return Contractual.RELIEF_GRANTED
    return UNEXCUSED[measured]
