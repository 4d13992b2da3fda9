"""Counts of statuses. Nobody types a count: it is a number of judgements, so statuses add up to the KPIs in force."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.rules.months import Month, month_range
from kpis.rules.figures import DASH
from kpis.rules.status import Contractual, Judgement, KpiHistory


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """KPIs in force by contractual status, in one month or (without a month) in several together.

    `provisional` stands beside the statuses: it counts those of any status whose reading is not verified yet.
    """

    month: Month | None
    in_force: int
    target_met: int
    below_target: int
    below_minimum: int
    relief_granted: int
    not_measured: int
    missing: int
    provisional: int


def count(judgements: Iterable[Judgement], month: Month | None = None) -> StatusCounts:
    """Counts the judgements; with a month, only those of that month."""
    counted = [judgement for judgement in judgements if month is None or judgement.month == month]
    statuses = [judgement.contractual for judgement in counted]
    return StatusCounts(
        month=month,
        in_force=len(counted),
        target_met=statuses.count(Contractual.TARGET_MET),
        below_target=statuses.count(Contractual.BELOW_TARGET),
        below_minimum=statuses.count(Contractual.BELOW_MINIMUM),
        relief_granted=statuses.count(Contractual.RELIEF_GRANTED),
        not_measured=statuses.count(Contractual.NOT_MEASURED),
        missing=statuses.count(Contractual.MISSING),
        provisional=sum(judgement.is_provisional for judgement in counted),
    )


def count_months(histories: Iterable[KpiHistory], first: Month, last: Month) -> tuple[StatusCounts, ...]:
    """One row of counts per month from first to last, both included, also for a month with nothing in force."""
    by_month: defaultdict[Month, list[Judgement]] = defaultdict(list)
    for history in histories:
        for judgement in history.judgements:
            by_month[judgement.month].append(judgement)
    return tuple(count(by_month[month], month) for month in month_range(first, last))


def share(part: int, whole: int) -> str:
    """`95%`: half-up to a whole percent, a dash of nothing. Several shares may not add up to 100%."""
    if whole == 0:
        return DASH
    return f"{(200 * part + whole) // (2 * whole)}%"
