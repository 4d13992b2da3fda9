"""The exception lines once more, written the slow way: a month at a time over everything that was due."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, add_months
from kpis.rules.status import Contractual, Judgement, KpiHistory
from reports.rules.exceptions import ExceptionLine, Rule, State, find_exceptions
from tests.kpis.rules.builders import BEGIN, histories

BANDS = (Contractual.BELOW_TARGET, Contractual.BELOW_MINIMUM)

Row = tuple[Rule, State, tuple[Month, ...], int]


def run_ending(due: list[Judgement], end: int, statuses: tuple[Contractual, ...]) -> int:
    length = 0
    while end - length >= 0 and due[end - length].contractual in statuses:
        length += 1
    return length


def recount(kpi: KpiHistory, first: Month, last: Month, below_target_counts: bool) -> set[Row]:
    due = list(kpi.judgements)
    inside = [place for place, judged in enumerate(due) if first <= judged.month <= last]
    if not inside:
        return set()
    has_ended = kpi.terms.in_force_to is not None and kpi.terms.in_force_to < last
    is_met = not has_ended and due[inside[-1]].contractual is Contractual.TARGET_MET
    counted = BANDS if below_target_counts else (Contractual.BELOW_MINIMUM,)
    rows: set[Row] = set()

    for status in (*counted, Contractual.MISSING, Contractual.NOT_MEASURED):
        places = [place for place in inside if due[place].contractual is status]
        if not places:
            continue
        end = places[-1]
        run = run_ending(due, end, (status,))
        state = State.NEW if end - run + 1 >= inside[0] else State.CONTINUING
        if status in BANDS:
            start = end - run_ending(due, end, BANDS) + 1
            state = State.NEW if start >= inside[0] else State.CONTINUING
            was_only_below_target = due[inside[0] - 1].contractual is Contractual.BELOW_TARGET
            if state is State.CONTINUING and was_only_below_target and status is Contractual.BELOW_MINIMUM:
                state = State.WORSENING
            if is_met:
                state = State.RECOVERED
        rows.add((Rule(status.value), state, tuple(due[place].month for place in places), run))

    covered = [place for place in inside if due[place].relief is not None]
    if covered:
        run, starts = 0, []
        while covered[-1] - run >= 0 and (excuse := due[covered[-1] - run].relief) is not None:
            starts.append(excuse.from_month)
            run += 1
        state = State.NEW if min(starts) >= first else State.CONTINUING
        if is_met and inside[-1] != covered[-1]:
            state = State.RECOVERED
        rows.add((Rule.RELIEF, state, tuple(due[place].month for place in covered), run))

    if not rows and is_met and inside[0] > 0 and due[inside[0] - 1].contractual in counted:
        before = inside[0] - 1
        rows.add((Rule.RECOVERED, State.RECOVERED, (due[before].month,), run_ending(due, before, counted)))
    return rows


def as_rows(lines: tuple[ExceptionLine, ...]) -> list[Row]:
    return [(line.rule, line.state, line.months, line.run_length) for line in lines]


periods = st.tuples(st.integers(0, 12), st.integers(0, 6)).map(
    lambda span: (add_months(BEGIN, span[0]), add_months(BEGIN, span[0] + span[1]))
)


@given(histories(), periods, st.booleans())
def test_the_lines_are_those_of_a_recount_month_by_month(
    kpi: KpiHistory, period: tuple[Month, Month], below_target_counts: bool
) -> None:
    rows = as_rows(find_exceptions([kpi], *period, below_target_counts))
    assert len(rows) == len(set(rows))
    assert set(rows) == recount(kpi, *period, below_target_counts)


@given(histories(), periods)
def test_every_month_that_is_not_well_is_in_exactly_one_line_of_its_status(
    kpi: KpiHistory, period: tuple[Month, Month]
) -> None:
    lines = find_exceptions([kpi], *period, below_target_counts=True)
    for judged in kpi.judgements:
        if not period[0] <= judged.month <= period[1]:
            continue
        named = [line.rule.value for line in lines if judged.month in line.months]
        by_status = [rule for rule in named if rule not in ("relief", "recovered")]
        is_listed = judged.contractual not in (Contractual.TARGET_MET, Contractual.RELIEF_GRANTED)
        assert by_status == ([judged.contractual.value] if is_listed else [])
        assert ("relief" in named) is (judged.relief is not None)


@given(histories(), periods, st.booleans())
def test_nothing_after_the_review_period_changes_its_lines(
    kpi: KpiHistory, period: tuple[Month, Month], below_target_counts: bool
) -> None:
    cut = KpiHistory(kpi.terms, tuple(judged for judged in kpi.judgements if judged.month <= period[1]))
    rows = as_rows(find_exceptions([kpi], *period, below_target_counts))
    assert rows == as_rows(find_exceptions([cut], *period, below_target_counts))
