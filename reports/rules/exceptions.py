"""The report by exception: which KPIs a paper lists, by which rule, and whether that is news.

What went well is one sentence; every other KPI gets one line for each rule it tripped in the review period. Band rules
go by contractual status, so relief keeps a miss off their lines and puts it on a line of its own.

"Month" means month in force throughout: a quarterly KPI steps from due month to due month, in its runs and at the edges
of the review period alike. Its last month is the last one due in the period, and the month before the period is the
last one due before it. A KPI that ended before the period did has no last month and cannot have recovered.

Run lengths and states look back before the review period, as far as the histories go: hand over each KPI's whole past.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import Final, Self

from contracts.rules.months import Month, add_months, month_range
from kpis.rules.codes import code_order
from kpis.rules.relief import Relief
from kpis.rules.status import Contractual, Judgement, KpiHistory, is_plain


class Rule(StrEnum):
    """Why a line stands in the report; in order of gravity."""

    BELOW_MINIMUM = "below_minimum"
    BELOW_TARGET = "below_target"
    MISSING = "missing"
    NOT_MEASURED = "not_measured"
    RELIEF = "relief"
    RECOVERED = "recovered"


class State(StrEnum):
    """What has changed since the months before the review period; what asks for attention comes first."""

    WORSENING = "worsening"
    NEW = "new"
    CONTINUING = "continuing"
    RECOVERED = "recovered"


GRAVITY: Final = {rule: place for place, rule in enumerate(Rule)}
URGENCY: Final = {state: place for place, state in enumerate(State)}
BAND_DEPTH: Final = {Contractual.BELOW_TARGET: 1, Contractual.BELOW_MINIMUM: 2}
"""The bands of a miss: the deeper, the worse."""

Holds = Callable[[Judgement], bool]


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One KPI under one rule.

    `months` are the months of the review period that tripped the rule; for the rule *recovered*, the last month of the
    miss before it. `run_length` counts the consecutive months in force in which the rule held, ending with the last of
    `months`; for *recovered*, those of the miss.
    """

    history: KpiHistory
    rule: Rule
    state: State
    months: tuple[Month, ...]
    run_length: int


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What changed since the Board last met, in KPIs.

    The four states count each KPI once, by its gravest line other than relief. The reliefs count KPIs under relief: for
    how many it began or ended in the review period (both, for a short one), and for how many it did neither.
    """

    worsening: int
    new: int
    continuing: int
    recovered: int
    reliefs_begun: int
    reliefs_continuing: int
    reliefs_ended: int


@dataclass(frozen=True, slots=True)
class EarlierFailures:
    """KPIs below minimum in a month that the history shows but the review period does not judge.

    `reported_on` is the day of the meeting that was told of them; None when no meeting ever was.
    """

    month: Month
    below_minimum: tuple[KpiHistory, ...]
    reported_on: date | None


def find_exceptions(
    histories: Iterable[KpiHistory], review_from: Month, review_to: Month, below_target_counts: bool
) -> tuple[ExceptionLine, ...]:
    """The lines of the report by gravity: by rule, then worsening and new before continuing and recovered, then by
    service area and code.

    Where below target does not count as an exception it raises neither a line of its own nor *recovered*.
    """
    bands = frozenset(BAND_DEPTH) if below_target_counts else frozenset({Contractual.BELOW_MINIMUM})
    lines = [line for history in histories for line in _lines(_Reviewed.of(history, review_from, review_to), bands)]
    return tuple(sorted(lines, key=_order))


def since_last(lines: Iterable[ExceptionLine], review_from: Month, review_to: Month) -> SinceLast:
    """Counts what `find_exceptions` found for the same review period, for the line under the headline."""
    gravest: dict[str, State] = {}
    reliefs: Counter[tuple[bool, bool]] = Counter()
    for line in sorted(lines, key=_order):
        if line.rule is Rule.RELIEF:
            reliefs[_has_begun(line, review_from), _has_ended(line, review_to)] += 1
        else:
            gravest.setdefault(line.history.terms.code, line.state)
    states = Counter(gravest.values())
    return SinceLast(
        worsening=states[State.WORSENING],
        new=states[State.NEW],
        continuing=states[State.CONTINUING],
        recovered=states[State.RECOVERED],
        reliefs_begun=reliefs[True, False] + reliefs[True, True],
        reliefs_continuing=reliefs[False, False],
        reliefs_ended=reliefs[False, True] + reliefs[True, True],
    )


def earlier_failures(
    histories: Iterable[KpiHistory], history_from: Month, review_from: Month, papers: Mapping[Month, date | None]
) -> tuple[EarlierFailures, ...]:
    """The months of the history before the review period with KPIs below minimum, each with the meeting that was told.

    They are no exceptions of this paper, but its table shows them and a note under it says so. `papers` gives the day
    of the meeting for each month that some paper reviewed; a month not in it was never reported.
    """
    shown = tuple(histories)
    failures = (
        (month, tuple(history for history in shown if _has_failed(history, month)))
        for month in month_range(history_from, add_months(review_from, -1))
    )
    return tuple(EarlierFailures(month, failed, papers.get(month)) for month, failed in failures if failed)


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """A KPI's history cut at the edges of the review period."""

    history: KpiHistory
    review_from: Month
    inside: tuple[Judgement, ...]
    before: Judgement | None
    closing: Judgement | None

    @classmethod
    def of(cls, history: KpiHistory, review_from: Month, review_to: Month) -> Self:
        earlier = [judgement for judgement in history.judgements if judgement.month < review_from]
        inside = tuple(judgement for judgement in history.judgements if review_from <= judgement.month <= review_to)
        is_alive = bool(inside) and history.terms.has_begun_and_not_ended(review_to)
        return cls(
            history=history,
            review_from=review_from,
            inside=inside,
            before=earlier[-1] if earlier else None,
            closing=inside[-1] if is_alive else None,
        )

    @property
    def has_closed_on_target(self) -> bool:
        return self.closing is not None and self.closing.contractual is Contractual.TARGET_MET

    def months(self, holds: Holds) -> tuple[Month, ...]:
        return tuple(judgement.month for judgement in self.inside if holds(judgement))


def _lines(reviewed: _Reviewed, bands: frozenset[Contractual]) -> Iterator[ExceptionLine]:
    # In a plain month no rule holds, and in most KPIs' months.
    if not all(map(is_plain, reviewed.inside)):
        tripped = [line for line in _tripped(reviewed, bands) if line is not None]
        if tripped:
            yield from tripped
            return
    recovered = _recovered_line(reviewed, bands)
    if recovered is not None:
        yield recovered


def _tripped(reviewed: _Reviewed, bands: frozenset[Contractual]) -> Iterator[ExceptionLine | None]:
    for band in bands:
        yield _line(reviewed, Rule(band.value), _stands_at(band), _band_state)
    yield _line(reviewed, Rule.MISSING, _stands_at(Contractual.MISSING), _gap_state)
    yield _line(reviewed, Rule.NOT_MEASURED, _stands_at(Contractual.NOT_MEASURED), _gap_state)
    yield _line(reviewed, Rule.RELIEF, _is_under_relief, _relief_state)


def _line(
    reviewed: _Reviewed, rule: Rule, holds: Holds, state: Callable[[_Reviewed, tuple[Judgement, ...]], State]
) -> ExceptionLine | None:
    months = reviewed.months(holds)
    if not months:
        return None
    run = _run(reviewed.history, months[-1], holds)
    return ExceptionLine(reviewed.history, rule, state(reviewed, run), months, len(run))


def _recovered_line(reviewed: _Reviewed, bands: frozenset[Contractual]) -> ExceptionLine | None:
    """Met its target at the end, after a miss that lasted until the review period began."""
    before = reviewed.before
    if not reviewed.has_closed_on_target or before is None or before.contractual not in bands:
        return None
    miss = _run(reviewed.history, before.month, lambda judgement: judgement.contractual in bands)
    return ExceptionLine(reviewed.history, Rule.RECOVERED, State.RECOVERED, (before.month,), len(miss))


def _band_state(reviewed: _Reviewed, run: tuple[Judgement, ...]) -> State:
    """Follows the spell: consecutive months in either band of a miss, ending with the last that tripped the rule."""
    if reviewed.has_closed_on_target:
        return State.RECOVERED
    last = run[0]
    spell = _run(reviewed.history, last.month, _is_miss)
    if reviewed.before is None or spell[-1].month >= reviewed.review_from:
        return State.NEW
    # The spell began before the period, so the month before the period is one of its misses.
    is_deeper = BAND_DEPTH[last.contractual] > BAND_DEPTH[reviewed.before.contractual]
    return State.WORSENING if is_deeper else State.CONTINUING


def _gap_state(reviewed: _Reviewed, run: tuple[Judgement, ...]) -> State:
    return State.NEW if run[-1].month >= reviewed.review_from else State.CONTINUING


def _relief_state(reviewed: _Reviewed, run: tuple[Judgement, ...]) -> State:
    """Recovered goes first. New goes by the relief's own first month, which may lie before the KPI fell due; reliefs
    that follow each other without a gap count as one."""
    is_unrelieved = reviewed.closing is not None and reviewed.closing.relief is None
    if is_unrelieved and reviewed.has_closed_on_target:
        return State.RECOVERED
    return State.NEW if _first_relieved(run) >= reviewed.review_from else State.CONTINUING


def _run(history: KpiHistory, last: Month, holds: Holds) -> tuple[Judgement, ...]:
    """The consecutive months in force in which it held, ending with `last` and the last one first."""
    back = (judgement for judgement in reversed(history.judgements) if judgement.month <= last)
    return tuple(takewhile(holds, back))


def _first_relieved(run: Iterable[Judgement]) -> Month:
    return min(relief.from_month for relief in _reliefs(run))


def _has_begun(line: ExceptionLine, review_from: Month) -> bool:
    return _first_relieved(_run(line.history, line.months[-1], _is_under_relief)) >= review_from


def _has_ended(line: ExceptionLine, review_to: Month) -> bool:
    """Whether the relief's last month lies in the review period, with no other relief following in it."""
    last = _run(line.history, line.months[-1], _is_under_relief)[:1]
    return any(relief.to_month is not None and relief.to_month <= review_to for relief in _reliefs(last))


def _reliefs(judgements: Iterable[Judgement]) -> Iterator[Relief]:
    return (judgement.relief for judgement in judgements if judgement.relief is not None)


def _stands_at(status: Contractual) -> Holds:
    return lambda judgement: judgement.contractual is status


def _is_under_relief(judgement: Judgement) -> bool:
    return judgement.relief is not None


def _is_miss(judgement: Judgement) -> bool:
    return judgement.contractual in BAND_DEPTH


def _has_failed(history: KpiHistory, month: Month) -> bool:
    judgement = history.at(month)
    return judgement is not None and judgement.contractual is Contractual.BELOW_MINIMUM


def _order(line: ExceptionLine) -> tuple[int, int, str, tuple[tuple[str, int], ...]]:
    terms = line.history.terms
    return (GRAVITY[line.rule], URGENCY[line.state], terms.area, code_order(terms.code))
