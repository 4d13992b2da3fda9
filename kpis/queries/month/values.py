"""What the page of a month is made of: frozen values, and what of them asks for a look."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.rules.months import Month
from kpis.models import Return
from kpis.queries.registers import Area
from kpis.rules.counts import StatusCounts
from kpis.rules.disputes import Dispute
from kpis.rules.status import Contractual, Explanation

GRAVITY = (
    Contractual.BELOW_MINIMUM,
    Contractual.BELOW_TARGET,
    Contractual.MISSING,
    Contractual.NOT_MEASURED,
    Contractual.RELIEF_GRANTED,
    Contractual.TARGET_MET,
)
QUIET = frozenset({Contractual.TARGET_MET, Contractual.RELIEF_GRANTED})


@dataclass(frozen=True, slots=True)
class Answered:
    """A warning that stood when the figure was submitted, and the word given for it."""

    said: str
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The figure that stood before the present one: before a correction, or before the return was submitted anew."""

    before: str
    at: datetime
    is_correction: bool


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI's month, with all that may make a person look twice."""

    code: str
    name: str
    figure: str
    rate: str
    target: str
    minimum: str
    contractual: Contractual
    measured: str
    is_provisional: bool
    difference: str
    is_worse: bool
    changed: Changed | None
    answers: tuple[Answered, ...]
    explanation: Explanation | None
    explanation_awaited_on: date | None
    not_measured_reason: str
    comment: str
    entered_by: str
    dispute: Dispute | None

    @property
    def is_quiet(self) -> bool:
        """Nothing in it asks for a look: it met its target or is relieved, did not change, and was not doubted."""
        is_doubted = bool(self.answers) or (self.dispute is not None and self.dispute.waits)
        return self.contractual in QUIET and self.changed is None and not is_doubted

    @property
    def has_words(self) -> bool:
        """Something was said about it."""
        said = (
            self.answers,
            self.explanation,
            self.explanation_awaited_on,
            self.not_measured_reason,
            self.comment,
            self.dispute,
        )
        return any(said)

    @property
    def gravity(self) -> tuple[Any, ...]:
        """Misses first, then changed figures, then warnings answered, then the rest."""
        band = GRAVITY.index(self.contractual) if self.contractual not in QUIET else len(GRAVITY)
        return band, self.changed is None, not self.answers, self.code


@dataclass(frozen=True, slots=True)
class AreaMonth:
    """
    One service area's return of the month.

    ``pk`` and ``version`` are 0 where nobody has begun it; a decision names both. ``own_by`` are the people who entered
    or submitted any of it, by primary key.
    """

    area: Area
    pk: int
    version: int
    state: str
    rows: tuple[KpiRow, ...]
    counts: StatusCounts
    submitted_at: datetime | None
    submitted_by: str
    verified_at: datetime | None
    verified_by: str
    checked_how: str
    sample_size: int | None
    returned_reason: str
    reopened_at: datetime | None
    reopened_by: str
    reopened_reason: str
    entered_by: tuple[str, ...]
    own_by: frozenset[int]

    @property
    def is_submitted(self) -> bool:
        return self.state == Return.State.SUBMITTED

    @property
    def is_verified(self) -> bool:
        return self.state == Return.State.VERIFIED

    @property
    def is_clean(self) -> bool:
        """Submitted, and nothing in it asks for a look."""
        return self.is_submitted and all(row.is_quiet for row in self.rows)

    @property
    def disputed(self) -> int:
        """How many of its figures the supplier disputes."""
        return sum(row.dispute is not None for row in self.rows)

    @property
    def to_look_at(self) -> int:
        return sum(not row.is_quiet for row in self.rows)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The month: its areas, those that wait for a decision first, and how the verified ones were checked."""

    month: Month
    areas: tuple[AreaMonth, ...]
    checks: tuple[tuple[str, int], ...]
    is_illustrative: bool

    @property
    def counts(self) -> Counter[str]:
        """How many areas stand in each state."""
        return Counter(area.state for area in self.areas)

    @property
    def is_closed(self) -> bool:
        return bool(self.areas) and all(area.is_verified for area in self.areas)
