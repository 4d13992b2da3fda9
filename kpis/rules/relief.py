"""Mitigation relief: which KPIs and months it excuses, how old it is, and which reliefs get in each other's way.

A relief is a record, not a flag. Only a granted one relieves, and it never touches a figure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from contracts.rules.months import Month, month_long, months_between, span_long


class Cause(StrEnum):
    """Where the cause lay: with the authority, or outside the supplier's control."""

    AUTHORITY_DEPENDENCY = "authority dependency"
    THIRD_PARTY = "third party"
    SYSTEM_IMPLEMENTATION = "system implementation"
    FORCE_MAJEURE = "force majeure"
    OTHER = "other"


class Decision(StrEnum):
    """What became of the request. Ending a relief sets its last month; the decision stays granted."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Relief:
    """A request to excuse one KPI, several, or all of them (`is_blanket`, then `kpis` is empty), and its decision.

    Both months are included; without `to_month` the relief is open-ended.
    """

    reference: str
    kpis: frozenset[str]
    is_blanket: bool
    from_month: Month
    to_month: Month | None
    cause: Cause
    narrative: str
    decision: Decision
    requested_by: str = ""
    requested_on: date | None = None
    decided_by: str = ""
    decided_on: date | None = None
    reason: str = ""

    def is_for(self, code: str) -> bool:
        """Whether it names the KPI or all of them."""
        return self.is_blanket or code in self.kpis

    def spans(self, month: Month) -> bool:
        """Whether the month lies between its first and its last month."""
        return self.from_month <= month and (self.to_month is None or month <= self.to_month)

    def covers(self, code: str, month: Month) -> bool:
        """Whether it asks to excuse this KPI in this month, whatever was decided."""
        return self.spans(month) and self.is_for(code)

    def relieves(self, code: str, month: Month) -> bool:
        """Whether it excuses this KPI in this month: it covers them and was granted."""
        return self.decision is Decision.GRANTED and self.covers(code, month)

    def is_long_open_ended(self, until: Month, limit_months: int = 3) -> bool:
        """Whether it has no last month and is older than the limit; three months is our own default."""
        return self.to_month is None and age_months(self, until) > limit_months


def span_in_words(relief: Relief) -> str:
    """`November 2017 to January 2018`, one month alone, or `November 2017 on, open-ended`."""
    if relief.to_month is None:
        return f"{month_long(relief.from_month)} on, open-ended"
    return span_long(relief.from_month, relief.to_month)


def age_months(relief: Relief, until: Month) -> int:
    """Months from its first month to `until`, both included, whether or not it ended before; 0 before it begins."""
    return max(0, months_between(relief.from_month, until) + 1)


def relief_for(code: str, month: Month, reliefs: Iterable[Relief]) -> Relief | None:
    """The granted relief that excuses this KPI in this month; the KPI's own goes before a blanket one."""
    relieving = [relief for relief in reliefs if relief.relieves(code, month)]
    if not relieving:
        return None
    return min(relieving, key=lambda relief: (relief.is_blanket, relief.from_month, relief.reference))


def reliefs_by_month(code: str, reliefs: Iterable[Relief]) -> Callable[[Month], Relief | None]:
    """For one KPI, the granted relief that excuses a month: `relief_for`, asked about many months."""
    granted = tuple(relief for relief in reliefs if relief.decision is Decision.GRANTED and relief.is_for(code))
    if not granted:
        return lambda month: None
    return lambda month: relief_for(code, month, granted)


def overlapping(reliefs: Sequence[Relief]) -> tuple[tuple[Relief, Relief], ...]:
    """Pairs of granted reliefs that excuse one KPI twice in some month.

    They may touch. A blanket relief skips KPIs that have their own, so those two are no pair; two blankets are.
    """
    granted = [relief for relief in reliefs if relief.decision is Decision.GRANTED]
    return tuple((one, other) for one, other in combinations(granted, 2) if _is_double(one, other))


def _is_double(one: Relief, other: Relief) -> bool:
    if one.is_blanket != other.is_blanket:
        return False
    is_one_kpi = one.is_blanket or not one.kpis.isdisjoint(other.kpis)
    return is_one_kpi and (one.spans(other.from_month) or other.spans(one.from_month))
