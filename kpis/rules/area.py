"""How the KPIs of one service area stand beside each other: the worst first, and for how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.rules.months import ALL_MONTHS, Month
from kpis.rules.codes import code_order
from kpis.rules.counts import StatusCounts
from kpis.rules.status import Contractual, Judgement, KpiHistory
from kpis.rules.summary import GRAVITY


@dataclass(frozen=True, slots=True)
class Stand:
    """
    A KPI where it stands: its latest judgement, and how many due months in a row it has stood at that status.

    ``has_ended`` means that it was no longer in force in the month looked at.
    """

    history: KpiHistory
    latest: Judgement
    run_length: int
    has_ended: bool

    @property
    def is_monthly(self) -> bool:
        return self.history.terms.due_months == ALL_MONTHS


def stands(histories: Iterable[KpiHistory], month: Month) -> tuple[Stand, ...]:
    """
    Each KPI as of a month, the gravest first and of the misses the longest; those that have ended come last.

    A KPI that is not due in that month stands where it stood when it was.
    """
    found = [stand for history in histories if (stand := _stand(history, month)) is not None]
    return tuple(sorted(found, key=_order))


def month_to_show(counts: Sequence[StatusCounts]) -> Month | None:
    """The latest month of which something was said; before anything was, the last one with a KPI in force."""
    due = [each for each in counts if each.in_force]
    said = [each for each in due if each.missing < each.in_force]
    found = (said or due)[-1:]
    return found[0].month if found else None


def _stand(history: KpiHistory, month: Month) -> Stand | None:
    judged = [each for each in history.judgements if each.month <= month]
    if not judged:
        return None
    latest, ends = judged[-1], history.terms.in_force_to
    run_length = 0
    for each in reversed(judged):
        if each.contractual is not latest.contractual:
            break
        run_length += 1
    return Stand(history, latest, run_length, has_ended=ends is not None and ends < month)


def _order(stand: Stand) -> tuple[bool, int, int, tuple[tuple[str, int], ...]]:
    status = stand.latest.contractual
    longest = 0 if status is Contractual.TARGET_MET else -stand.run_length
    return stand.has_ended, GRAVITY.index(status), longest, code_order(stand.history.terms.code)
