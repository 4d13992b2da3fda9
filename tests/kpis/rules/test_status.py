"""Measured and contractual status, on the edges and for every input."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import ALL_MONTHS, Month, add_months
from kpis.rules.figures import Polarity, Unit
from kpis.rules.relief import Decision, Relief
from kpis.rules.status import (
    MISSES,
    Contractual,
    KpiHistory,
    Level,
    Measured,
    NoLevelInForce,
    NotInForce,
    Reading,
    has_illustrative,
    is_plain,
    judge,
    judge_history,
    measure,
)
from tests.kpis.rules.builders import BEGIN, READINGS, histories, history, m, relief, reliefs, terms, values

HIGH = Level(BEGIN, target=Decimal("93.10"), minimum=Decimal("80"))
LOW = Level(BEGIN, target=Decimal("7"), minimum=Decimal("12"))
ALIKE = Level(BEGIN, target=Decimal("5"), minimum=Decimal("5"))
QUARTERLY = frozenset({3, 6, 9, 12})


@pytest.mark.parametrize(
    ("value", "level", "polarity", "decimals", "measured"),
    [
        ("93.10", HIGH, Polarity.HIGHER, 2, Measured.TARGET_MET),
        ("93.095", HIGH, Polarity.HIGHER, 2, Measured.TARGET_MET),
        ("93.0949", HIGH, Polarity.HIGHER, 2, Measured.BELOW_TARGET),
        ("93.09", HIGH, Polarity.HIGHER, 2, Measured.BELOW_TARGET),
        ("80", HIGH, Polarity.HIGHER, 2, Measured.BELOW_TARGET),
        ("79.995", HIGH, Polarity.HIGHER, 2, Measured.BELOW_TARGET),
        ("79.99", HIGH, Polarity.HIGHER, 2, Measured.BELOW_MINIMUM),
        ("0", HIGH, Polarity.HIGHER, 2, Measured.BELOW_MINIMUM),
        ("7", LOW, Polarity.LOWER, 2, Measured.TARGET_MET),
        ("7.004", LOW, Polarity.LOWER, 2, Measured.TARGET_MET),
        ("7.005", LOW, Polarity.LOWER, 2, Measured.BELOW_TARGET),
        ("7.01", LOW, Polarity.LOWER, 2, Measured.BELOW_TARGET),
        ("12", LOW, Polarity.LOWER, 2, Measured.BELOW_TARGET),
        ("12.01", LOW, Polarity.LOWER, 2, Measured.BELOW_MINIMUM),
        ("12.4", LOW, Polarity.LOWER, 0, Measured.BELOW_TARGET),
        ("12.5", LOW, Polarity.LOWER, 0, Measured.BELOW_MINIMUM),
        ("0", LOW, Polarity.LOWER, 0, Measured.TARGET_MET),
        ("5", ALIKE, Polarity.HIGHER, 0, Measured.TARGET_MET),
        ("4", ALIKE, Polarity.HIGHER, 0, Measured.BELOW_MINIMUM),
        ("6", ALIKE, Polarity.LOWER, 0, Measured.BELOW_MINIMUM),
    ],
)
def test_a_value_is_rounded_and_equal_meets(
    value: str, level: Level, polarity: Polarity, decimals: int, measured: Measured
) -> None:
    assert measure(Decimal(value), level, polarity, decimals) is measured


@given(values, values, values, st.sampled_from(Polarity), st.integers(0, 4))
def test_swapping_polarity_and_negating_everything_mirrors_the_status(
    value: Decimal, target: Decimal, minimum: Decimal, polarity: Polarity, decimals: int
) -> None:
    other = Polarity.LOWER if polarity is Polarity.HIGHER else Polarity.HIGHER
    level, mirrored = Level(BEGIN, target, minimum), Level(BEGIN, -target, -minimum)
    assert measure(value, level, polarity, decimals) is measure(-value, mirrored, other, decimals)


@given(values, values, st.integers(0, 4))
def test_a_better_value_never_has_a_worse_status(one: Decimal, other: Decimal, decimals: int) -> None:
    order = [Measured.BELOW_MINIMUM, Measured.BELOW_TARGET, Measured.TARGET_MET]
    low, high = sorted([one, other])
    level = Level(BEGIN, Decimal(1000), Decimal(-1000))
    assert order.index(measure(low, level, Polarity.HIGHER, decimals)) <= order.index(
        measure(high, level, Polarity.HIGHER, decimals)
    )


@pytest.mark.parametrize(
    ("month", "in_force"),
    [
        ("2017-02", False),
        ("2017-03", True),
        ("2017-04", False),
        ("2017-12", True),
        ("2018-03", True),
        ("2018-06", False),
    ],
)
def test_a_kpi_is_in_force_inside_its_life_and_only_in_its_due_months(month: str, in_force: bool) -> None:
    kpi = terms(in_force_from=m("2017-03"), in_force_to=m("2018-05"), due_months=QUARTERLY)
    assert kpi.is_in_force(m(month)) is in_force


@given(
    st.integers(-3, 15),
    st.none() | st.integers(0, 15),
    st.sampled_from([ALL_MONTHS, QUARTERLY, frozenset({1})]),
    st.integers(-3, 15),
    st.integers(0, 15),
)
def test_the_due_range_is_every_month_in_force(
    begin: int, length: int | None, due: frozenset[int], first: int, span: int
) -> None:
    kpi = terms(
        in_force_from=add_months(BEGIN, begin),
        in_force_to=None if length is None else add_months(BEGIN, begin + length),
        due_months=due,
    )
    asked = [add_months(BEGIN, first + place) for place in range(span + 1)]
    assert kpi.due_range(asked[0], asked[-1]) == tuple(month for month in asked if kpi.is_in_force(month))


def test_a_past_month_is_judged_by_the_level_in_force_then() -> None:
    reduced = Level(m("2017-06"), Decimal(85), Decimal(80), "reduced slightly by agreement", "the parties")
    kpi = terms(levels=(reduced, Level(m("2016-01"), Decimal(95), Decimal(90))))
    assert judge(kpi, m("2017-05"), Reading(Decimal(88)), None).measured is Measured.BELOW_MINIMUM
    judged = judge(kpi, m("2017-06"), Reading(Decimal(88)), None)
    assert judged.measured is Measured.TARGET_MET
    assert judged.level is reduced


def test_a_figure_without_a_level_is_refused_because_any_status_would_be_a_lie() -> None:
    kpi = terms(levels=(Level(m("2017-06"), Decimal(85), Decimal(80)),))
    with pytest.raises(NoLevelInForce, match="CSC_KPI_01 has a figure for May 2017"):
        judge(kpi, m("2017-05"), Reading(Decimal(88)), None)


@pytest.mark.parametrize(("letter", "measured"), [("n", Measured.NOT_MEASURED), ("-", Measured.MISSING)])
def test_a_month_without_a_figure_needs_no_level(letter: str, measured: Measured) -> None:
    judged = judge(terms(levels=()), m("2017-05"), READINGS[letter], None)
    assert (judged.measured, judged.value, judged.level) == (measured, None, None)


@pytest.mark.parametrize("month", ["2015-03", "2019-01"])
def test_a_month_in_which_the_kpi_is_not_in_force_is_not_judged(month: str) -> None:
    with pytest.raises(NotInForce, match="CSC_KPI_01 is not in force"):
        judge(terms(in_force_to=m("2018-12")), m(month), Reading(Decimal(95)), None)


def test_a_rate_is_judged_by_what_its_numbers_say_and_keeps_every_digit() -> None:
    reading = Reading(value=Decimal("90.00"), numerator=Decimal(899949), denominator=Decimal(1000000))
    judged = judge(terms(), BEGIN, reading, None)
    assert judged.value == Decimal("89.9949")
    assert judged.measured is Measured.BELOW_TARGET


def test_a_rate_of_another_unit_is_not_a_percentage() -> None:
    kpi = terms(unit=Unit.DAYS, polarity=Polarity.LOWER, levels=(Level(BEGIN, Decimal(5), Decimal(10)),))
    assert judge(kpi, BEGIN, Reading(numerator=Decimal(11), denominator=Decimal(2)), None).value == Decimal("5.5")


@pytest.mark.parametrize(
    "reading",
    [None, Reading(), Reading(numerator=Decimal(3)), Reading(numerator=Decimal(0), denominator=Decimal(0))],
)
def test_a_month_of_which_nothing_usable_was_said_is_missing_and_not_provisional(reading: Reading | None) -> None:
    said = None if reading is None else reading._replace(is_provisional=True)
    judged = judge(terms(), BEGIN, said, None)
    assert judged.measured is Measured.MISSING
    assert judged.contractual is Contractual.MISSING
    assert not judged.is_provisional


def test_no_calls_with_a_reason_is_not_measured_and_never_zero() -> None:
    reading = Reading(numerator=Decimal(0), denominator=Decimal(0), not_measured_reason="No calls came in.")
    judged = judge(terms(), BEGIN, reading, None)
    assert judged.measured is Measured.NOT_MEASURED
    assert judged.value is None


def test_relief_keeps_the_measured_failure_and_its_figure() -> None:
    mosaic = relief("2016-12", None, "CSC_KPI_01")
    judged = judge(terms(), BEGIN, Reading(Decimal("58.53")), mosaic)
    assert judged.value == Decimal("58.53")
    assert judged.measured is Measured.BELOW_MINIMUM
    assert judged.contractual is Contractual.RELIEF_GRANTED
    assert judged.relief is mosaic


@pytest.mark.parametrize(
    ("letter", "contractual"),
    [
        ("g", Contractual.TARGET_MET),
        ("a", Contractual.RELIEF_GRANTED),
        ("r", Contractual.RELIEF_GRANTED),
        ("n", Contractual.NOT_MEASURED),
        ("-", Contractual.MISSING),
    ],
)
def test_relief_turns_only_a_miss_and_is_listed_whatever_was_measured(letter: str, contractual: Contractual) -> None:
    blanket = relief("2016-12")
    judged = judge(terms(), BEGIN, READINGS[letter], blanket)
    assert judged.contractual is contractual
    assert judged.relief is blanket


@pytest.mark.parametrize(
    "useless",
    [
        *(relief("2016-12", decision=decision) for decision in Decision if decision is not Decision.GRANTED),
        relief("2016-12", None, "IMT_KPI_05"),
        relief("2016-12", "2016-12"),
        relief("2017-02"),
    ],
)
def test_a_relief_not_granted_or_for_something_else_changes_nothing(useless: Relief) -> None:
    assert judge(terms(), BEGIN, READINGS["r"], useless) == judge(terms(), BEGIN, READINGS["r"], None)


@given(histories())
def test_contractual_differs_from_measured_only_for_a_relieved_miss(kpi: KpiHistory) -> None:
    for judged in kpi.judgements:
        if judged.relief is not None and judged.measured in MISSES:
            assert judged.contractual is Contractual.RELIEF_GRANTED
        else:
            assert judged.contractual.value == judged.measured.value


@given(st.text("garn-", min_size=1, max_size=16), st.lists(reliefs(), max_size=3))
def test_relief_only_ever_moves_a_miss_to_relief(letters: str, asked: list[Relief]) -> None:
    for plainly, relieved in zip(history(letters).judgements, history(letters, *asked).judgements, strict=True):
        assert (plainly.month, plainly.value, plainly.measured) == (relieved.month, relieved.value, relieved.measured)
        if plainly.contractual is not relieved.contractual:
            assert plainly.contractual in (Contractual.BELOW_TARGET, Contractual.BELOW_MINIMUM)
            assert relieved.contractual is Contractual.RELIEF_GRANTED


def test_a_history_holds_the_months_in_force_in_ascending_order_and_no_others() -> None:
    kpi = history("ggggggggggggggg", due_months=QUARTERLY, in_force_to=m("2017-10"))
    assert [judged.month for judged in kpi.judgements] == [m("2017-03"), m("2017-06"), m("2017-09")]
    assert kpi.at(m("2017-06")) is kpi.judgements[1]
    assert kpi.at(m("2017-07")) is None
    assert kpi.at(m("2017-12")) is None


def test_a_history_finds_each_months_own_relief_among_those_of_the_contract() -> None:
    blanket, own = relief("2017-01", "2017-03"), relief("2017-02", "2017-02", "CSC_KPI_01")
    foreign = relief("2017-01", None, "IMT_KPI_05")
    found = [judged.relief for judged in history("rrrr", foreign, blanket, own).judgements]
    assert found == [blanket, own, blanket, None]


def test_a_provisional_reading_is_judged_like_any_other_and_says_so() -> None:
    judged = judge_history(terms(), {Month(BEGIN): READINGS["R"]}, [], BEGIN, BEGIN).judgements[0]  # type: ignore[dict-item]
    assert judged.contractual is Contractual.BELOW_MINIMUM
    assert judged.is_provisional


def test_a_plain_month_met_its_target_with_no_relief_over_it() -> None:
    judged = history("gGar-g", relief("2017-06")).judgements
    assert [is_plain(each) for each in judged] == [True, True, False, False, False, False]


def test_an_illustrative_figure_is_found_among_the_others() -> None:
    made_up = history("g").judgements[0]._replace(reading=Reading(value=Decimal(95), source="illustrative"))
    assert not has_illustrative(history("ga-n").judgements)
    assert has_illustrative([*history("ga-n").judgements, made_up])
