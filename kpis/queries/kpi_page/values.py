"""What the page of a KPI shows: frozen rows and words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.rules.months import Month, month_key
from kpis.queries.dispute_pages import DisputeLine
from kpis.rules.disputes import State
from kpis.rules.pooling import PooledSpan
from kpis.rules.relief import Relief
from kpis.rules.signal import Assurance, Limits, Signal, Xmr
from kpis.rules.signal.words import Reach
from kpis.rules.status import MISSES, Explanation, Judgement, KpiTerms

MISSED: Final = frozenset(miss.value for miss in MISSES)
"""The contractual statuses of a miss: relief makes another of it."""
MOST_SAID: Final = 25
"""So many months tell what was said of them on one page."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What stood in one month, as words and figures. `last_month` and `last_year` are directions of travel."""

    month: Month
    contract_month: int
    figure: str
    rate: str
    target: str
    minimum: str
    measured: str
    contractual: str
    is_provisional: bool
    is_corrected: bool
    relief: str
    not_measured_reason: str
    explanation: Explanation | None
    is_disputed: bool
    last_month: str
    last_year: str
    signal: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A target and minimum and the month from which they hold."""

    effective_from: Month
    target: str
    minimum: str
    reason: str
    agreed_by: str


@dataclass(frozen=True, slots=True)
class ReliefRow:
    """A relief that names this KPI, whatever was decided."""

    relief: Relief
    age_months: int


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A verified figure that was changed: what stood, what stands, when, by whom and why."""

    month: Month
    before: str
    after: str
    reason: str
    corrected_at: datetime
    corrected_by: str


@dataclass(frozen=True, slots=True)
class RebaseRow:
    """A month from which the limits of variation begin anew, or did until that was withdrawn."""

    pk: int
    from_month: Month
    reason: str
    agreed_by: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class DefinitionEvent:
    """A change of a KPI or of its levels: when, by whom, what and why."""

    at: datetime
    by: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Signal or noise, as values and as sentences; what has no limits yet has no range and no assurance."""

    signal: Signal | None
    target: Assurance | None
    minimum: Assurance | None
    limits: Limits | None
    sentences: tuple[str, ...]
    trial: str
    range: str
    basis: str


@dataclass(frozen=True, slots=True)
class PooledRow:
    """A rate over several months in words: the figure, what it is worked out from, or why there is none."""

    span: PooledSpan
    figure: str
    rate: str
    status: str


@dataclass(frozen=True, slots=True)
class KpiPage:
    """
    One KPI from the first month anything was said of it to the last one.

    ``judgements`` are all of them, oldest first; ``shown`` those in the window that was asked for, and ``months`` the
    rows of these, newest first. ``unreported`` counts the months in force before them all. ``level`` is the one in
    force in the last month; ``levels`` hold those agreed for later months too. Signal or noise is judged by the whole
    history, so that it never depends on how far back a page looks. ``reaches`` are the segments' limits as drawn.
    """

    terms: KpiTerms
    area_code: str
    area_name: str
    judgements: tuple[Judgement, ...]
    shown: tuple[Judgement, ...]
    unreported: int
    latest: MonthRow | None
    months: tuple[MonthRow, ...]
    level: LevelRow | None
    levels: tuple[LevelRow, ...]
    reliefs: tuple[ReliefRow, ...]
    rebases: tuple[RebaseRow, ...]
    standing_rebases: tuple[Month, ...]
    events: tuple[DefinitionEvent, ...]
    corrections: tuple[CorrectionRow, ...]
    disputes: tuple[DisputeLine, ...]
    pooled: tuple[PooledRow, ...]
    chart: Xmr
    reaches: tuple[Reach | None, ...]
    verdict: Verdict
    is_illustrative: bool

    @property
    def explained(self) -> tuple[MonthRow, ...]:
        """The months shown about which something was said."""
        return tuple(row for row in self.months if row.explanation or row.not_measured_reason)

    @property
    def said(self) -> tuple[MonthRow, ...]:
        """Of these, the months among the newest twenty-five: what many years said would swell the page."""
        return tuple(row for row in self.months[:MOST_SAID] if row.explanation or row.not_measured_reason)

    @property
    def said_before(self) -> int:
        """How many explanations of the months shown stand on earlier pages."""
        return len(self.explained) - len(self.said)

    @property
    def said_until(self) -> str:
        """The last month of the page on which they begin, as addresses write it."""
        return month_key(self.months[MOST_SAID].month)

    @property
    def unexplained(self) -> int:
        """How many of the months shown missed a level, without relief, and nobody has said why."""
        return sum(row.contractual in MISSED and not row.explanation for row in self.months)

    @property
    def disputed(self) -> int:
        """How many of the figures shown the supplier disputes."""
        return sum(row.is_disputed for row in self.months)

    @property
    def disputable(self) -> frozenset[Month]:
        """The verified months whose figure can be disputed: none waits for an answer there."""
        waiting = {line.month for line in self.disputes if line.state is State.OPEN}
        return frozenset(
            each.month
            for each in self.judgements
            if each.reading is not None and not each.is_provisional and each.month not in waiting
        )

    @property
    def is_whole(self) -> bool:
        return len(self.shown) == len(self.judgements)
