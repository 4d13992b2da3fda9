"""Relief excuses the KPIs and months it names, when it was granted, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months
from kpis.rules.relief import Decision, Relief, age_months, overlapping, relief_for
from tests.kpis.rules.builders import BEGIN, m, relief, reliefs

FOUR = "CSC_KPI_04"


@pytest.mark.parametrize(
    ("month", "covered"), [("2017-10", False), ("2017-11", True), ("2018-01", True), ("2018-02", False)]
)
def test_the_first_and_the_last_month_are_covered(month: str, covered: bool) -> None:
    assert relief("2017-11", "2018-01", FOUR).covers(FOUR, m(month)) is covered


def test_an_open_ended_relief_covers_every_later_month() -> None:
    assert relief("2017-11", None, FOUR).covers(FOUR, m("2030-01"))
    assert not relief("2017-11", None, FOUR).covers(FOUR, m("2017-10"))


def test_a_relief_covers_only_the_kpis_it_names_and_a_blanket_one_all() -> None:
    assert not relief("2017-11", None, FOUR).covers("IMT_KPI_05", m("2017-12"))
    assert relief("2017-11").covers("IMT_KPI_05", m("2017-12"))


@pytest.mark.parametrize("decision", Decision)
def test_only_a_granted_relief_relieves(decision: Decision) -> None:
    asked = relief("2017-11", None, FOUR, decision=decision)
    is_granted = decision is Decision.GRANTED
    assert asked.covers(FOUR, m("2017-12"))
    assert asked.relieves(FOUR, m("2017-12")) is is_granted
    assert relief_for(FOUR, m("2017-12"), [asked]) is (asked if is_granted else None)


@pytest.mark.parametrize(
    ("to_month", "until", "age"),
    [
        (None, "2017-10", 0),
        (None, "2017-09", 0),
        (None, "2017-11", 1),
        (None, "2018-01", 3),
        (None, "2018-02", 4),
        ("2017-12", "2018-02", 4),
        ("2017-12", "2017-11", 1),
    ],
)
def test_the_age_counts_both_ends_whether_or_not_it_has_ended(to_month: str | None, until: str, age: int) -> None:
    assert age_months(relief("2017-11", to_month, FOUR), m(until)) == age


@pytest.mark.parametrize(
    ("to_month", "until", "stands_out"),
    [(None, "2018-01", False), (None, "2018-02", True), ("2019-12", "2018-12", False)],
)
def test_an_open_ended_relief_stands_out_when_older_than_three_months(
    to_month: str | None, until: str, stands_out: bool
) -> None:
    assert relief("2017-11", to_month, FOUR).is_long_open_ended(m(until)) is stands_out


def test_the_kpis_own_relief_goes_before_a_blanket_one() -> None:
    blanket, own = relief("2017-01"), relief("2017-11", None, FOUR)
    assert relief_for(FOUR, m("2017-12"), [blanket, own]) is own
    assert relief_for(FOUR, m("2017-10"), [blanket, own]) is blanket
    assert relief_for("IMT_KPI_05", m("2017-12"), [blanket, own]) is blanket


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (relief("2017-01", "2017-03", FOUR), relief("2017-03", "2017-05", FOUR), True),
        (relief("2017-01", "2017-03", FOUR), relief("2017-04", "2017-05", FOUR), False),
        (relief("2017-01", None, FOUR), relief("2019-04", "2019-05", FOUR), True),
        (relief("2017-01", "2017-12", FOUR), relief("2017-03", "2017-04", FOUR), True),
        (relief("2017-01", None, FOUR), relief("2017-01", None, "IMT_KPI_05"), False),
        (relief("2017-01", None, FOUR, "IMT_KPI_05"), relief("2017-01", None, "IMT_KPI_05"), True),
        (relief("2017-01"), relief("2017-03", None, FOUR), False),
        (relief("2017-01"), relief("2017-03"), True),
        (relief("2017-01", "2017-02"), relief("2017-03"), False),
        (relief("2017-01", None, FOUR), relief("2017-01", None, FOUR, decision=Decision.REQUESTED), False),
        (relief("2017-01", None, FOUR), relief("2017-01", None, FOUR, decision=Decision.REFUSED), False),
    ],
)
def test_granted_reliefs_may_touch_but_not_overlap(one: Relief, other: Relief, overlap: bool) -> None:
    assert overlapping([one, other]) == (((one, other),) if overlap else ())
    assert overlapping([other, one]) == (((other, one),) if overlap else ())


@given(st.lists(reliefs(), max_size=4))
def test_reliefs_overlap_exactly_when_some_kpi_is_excused_twice_in_some_month(records: list[Relief]) -> None:
    months = [add_months(BEGIN, place) for place in range(-2, 40)]
    expected = [
        (one, other)
        for place, one in enumerate(records)
        for other in records[place + 1 :]
        if one.is_blanket == other.is_blanket
        and any(
            one.relieves(code, month) and other.relieves(code, month)
            for code in ("CSC_KPI_01", "IMT_KPI_05")
            for month in months
        )
    ]
    assert overlapping(records) == tuple(expected)


@given(st.lists(reliefs(), max_size=4), st.integers(-3, 20))
def test_the_relief_found_is_one_that_relieves_whatever_the_order(records: list[Relief], place: int) -> None:
    month = add_months(BEGIN, place)
    found = relief_for("CSC_KPI_01", month, records)
    relieving = [record for record in records if record.relieves("CSC_KPI_01", month)]
    assert (found in relieving) if relieving else found is None
    if found is not None:
        assert found.is_blanket is all(record.is_blanket for record in relieving)
