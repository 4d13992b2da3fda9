"""
How the month of a service area, or of several together, stands by the counts that were kept of it.

A count is kept only for an area's month of which something was said. Where there is none, all that is in force is
missing: who knows how many KPIs are in force (:class:`Life`) knows the whole count.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from contracts.rules.months import Month
from kpis.rules.counts import StatusCounts
from kpis.rules.in_force import owes_result
from kpis.rules.status import Contractual

GRAVITY: Final = (
    Contractual.BELOW_MINIMUM,
    Contractual.BELOW_TARGET,
    Contractual.MISSING,
    Contractual.NOT_MEASURED,
    Contractual.RELIEF_GRANTED,
    Contractual.TARGET_MET,
)
"""The gravest first: a failure is known, a gap may hide one, relief excuses one."""
EVERY_MONTH: Final = 0b1111_1111_1111
NOTHING: Final = StatusCounts(None, 0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Life:
    """How many KPIs of one service area are in force over the same span and due in the same calendar months."""

    area: int
    in_force_from: Month
    in_force_to: Month | None
    due_mask: int
    number: int

    def is_in_force(self, month: Month) -> bool:
        return owes_result(month, self.in_force_from, self.in_force_to, self.due_mask)

    def is_in_force_throughout(self, first: Month, last: Month) -> bool:
        """Whether it owes a result in every month of the span."""
        return (
            self.due_mask == EVERY_MONTH
            and self.in_force_from <= first
            and (self.in_force_to is None or last <= self.in_force_to)
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What was counted of a month: the statuses, and how many areas have handed it in and are verified."""

    counts: StatusCounts
    handed_in: int
    verified: int


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """
    A month of one or several areas: the whole count, and of the areas that owe a result how many handed it in.

    A month is verified when every area's return is.
    """

    month: Month
    counts: StatusCounts
    owing: int
    handed_in: int
    verified: int

    @property
    def is_verified(self) -> bool:
        return 0 < self.owing <= self.verified

    @property
    def worst(self) -> str:
        """The gravest status of the month; nothing where no KPI was in force."""
        return worst(self.counts)


def standings(
    kept: Mapping[Month, Kept], lives: Collection[Life], months: Sequence[Month]
) -> tuple[MonthStanding, ...]:
    """One standing for each of these months, oldest first; in areas without a count what is in force is missing."""
    if not months:
        return ()
    first, last = months[0], months[-1]
    lasting = [life for life in lives if life.is_in_force_throughout(first, last)]
    changing = [life for life in lives if not life.is_in_force_throughout(first, last)]
    in_force, areas = sum(life.number for life in lasting), {life.area for life in lasting}
    found = []
    for month in months:
        others = [life for life in changing if life.is_in_force(month)] if changing else []
        row = kept.get(month) or Kept(NOTHING, 0, 0)
        found.append(
            MonthStanding(
                month=month,
                counts=completed(row.counts, month, in_force + sum(life.number for life in others)),
                owing=len(areas | {life.area for life in others}) if others else len(areas),
                handed_in=row.handed_in,
                verified=row.verified,
            )
        )
    return tuple(found)


def completed(counts: StatusCounts, month: Month, in_force: int) -> StatusCounts:
    """The month's counts with the KPIs in force that nobody counted, because nothing was said of them."""
    return replace(counts, month=month, in_force=in_force, missing=counts.missing + in_force - counts.in_force)


def added(counts: Iterable[StatusCounts]) -> StatusCounts:
    """Several counts as one, of no month."""
    each = list(counts)
    return StatusCounts(
        month=None,
        in_force=sum(one.in_force for one in each),
        target_met=sum(one.target_met for one in each),
        below_target=sum(one.below_target for one in each),
        below_minimum=sum(one.below_minimum for one in each),
        relief_granted=sum(one.relief_granted for one in each),
        not_measured=sum(one.not_measured for one in each),
        missing=sum(one.missing for one in each),
        provisional=sum(one.provisional for one in each),
    )


def gravity(counts: StatusCounts) -> tuple[int, ...]:
    """Sorts the gravest first: most KPIs below minimum, of those most below target, then gaps, then relief."""
    return tuple(-int(getattr(counts, status.value)) for status in GRAVITY[:-1])


def worst(counts: StatusCounts) -> str:
    """The gravest status that at least one KPI stands at; nothing of nothing."""
    return next((status.value for status in GRAVITY if getattr(counts, status.value)), "")
