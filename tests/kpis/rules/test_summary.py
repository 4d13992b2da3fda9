"""What was counted of a month and what was not come to one count; the gravest month comes first."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import add_months, month_range
from kpis.rules.counts import StatusCounts, count, count_months
from kpis.rules.status import KpiHistory
from kpis.rules.summary import EVERY_MONTH, Kept, Life, added, gravity, standings, worst
from tests.kpis.rules.builders import BEGIN, histories, m

MONTHS = month_range(m("2017-01"), m("2017-03"))


def counts(**given: int) -> StatusCounts:
    statuses = ("target_met", "below_target", "below_minimum", "relief_granted", "not_measured", "missing")
    each = {status: given.get(status, 0) for status in statuses}
    return StatusCounts(None, sum(each.values()), **each, provisional=given.get("provisional", 0))


def life(number: int = 1, first: str = "2016-01", last: str | None = None, **changes: int) -> Life:
    return Life(
        area=changes.get("area", 1),
        in_force_from=m(first),
        in_force_to=m(last) if last else None,
        due_mask=changes.get("due_mask", EVERY_MONTH),
        number=number,
    )


def test_a_month_that_nobody_counted_is_missing_altogether() -> None:
    for standing in standings({}, [life(3), life(2, area=2)], MONTHS):
        assert standing.counts == StatusCounts(standing.month, 5, 0, 0, 0, 0, 0, 5, 0)
        assert (standing.owing, standing.handed_in, standing.is_verified) == (2, 0, False)


def test_the_areas_that_were_not_counted_are_missing_beside_those_that_were() -> None:
    kept = {m("2017-02"): Kept(counts(target_met=2, below_minimum=1), handed_in=1, verified=1)}
    january, february, march = standings(kept, [life(3), life(2, area=2)], MONTHS)
    assert astuple(february.counts)[1:] == (5, 2, 0, 1, 0, 0, 2, 0)
    assert not february.is_verified
    assert january.counts.missing == march.counts.missing == 5


def test_a_month_is_verified_when_every_area_that_owes_something_is() -> None:
    kept = {month: Kept(counts(target_met=3), handed_in=1, verified=1) for month in MONTHS}
    quarterly = life(2, area=2, due_mask=0b100)
    found = standings(kept, [life(3), quarterly], MONTHS)
    assert [standing.is_verified for standing in found] == [True, True, False]
    assert [standing.counts.in_force for standing in found] == [3, 3, 5]


def test_a_month_in_which_nothing_is_in_force_is_not_verified() -> None:
    (standing, *_) = standings({}, [life(first="2018-01")], MONTHS)
    assert (standing.counts.in_force, standing.is_verified, standing.worst) == (0, False, "")


def test_kpis_that_begin_and_end_within_the_months_count_while_they_are_in_force() -> None:
    lives = [life(), life(first="2017-02"), life(last="2017-01", area=2)]
    assert [standing.counts.in_force for standing in standings({}, lives, MONTHS)] == [2, 2, 2]
    assert [standing.owing for standing in standings({}, lives, MONTHS)] == [2, 1, 1]


@given(st.lists(histories(), max_size=5))
def test_it_never_matters_which_areas_are_counted(found: list[KpiHistory]) -> None:
    """Counting what was said of and leaving out what was not comes to the count of everything."""
    last = add_months(BEGIN, 5)
    said = [each for each in found if any(one.reading is not None for one in each.judgements)]
    kept = {one.month: Kept(one, 0, 0) for one in count_months(said, BEGIN, last) if one.month}
    lives = [
        Life(
            place,
            each.terms.in_force_from,
            each.terms.in_force_to,
            sum(1 << month - 1 for month in each.terms.due_months),
            1,
        )
        for place, each in enumerate(found)
    ]
    whole = tuple(standing.counts for standing in standings(kept, lives, month_range(BEGIN, last)))
    assert whole == count_months(found, BEGIN, last)


@pytest.mark.parametrize(
    ("graver", "milder"),
    [
        ({"below_minimum": 1}, {"below_target": 9}),
        ({"below_minimum": 2}, {"below_minimum": 1, "below_target": 5}),
        ({"below_target": 1}, {"missing": 9}),
        ({"missing": 1}, {"not_measured": 9}),
        ({"not_measured": 1}, {"relief_granted": 9}),
        ({"relief_granted": 1}, {"target_met": 9}),
    ],
)
def test_a_graver_status_goes_before_any_number_of_milder_ones(graver: dict[str, int], milder: dict[str, int]) -> None:
    assert gravity(counts(**graver)) < gravity(counts(**milder))
    assert worst(added([counts(**graver), counts(**milder)])) == next(iter(graver))


def test_more_kpis_that_met_their_target_change_nothing() -> None:
    assert gravity(counts(below_target=1, target_met=40)) == gravity(counts(below_target=1))
    assert worst(counts(target_met=1)) == "target_met"
    assert worst(counts()) == ""


def test_counts_add_up_status_by_status() -> None:
    total = added([counts(target_met=2, missing=1), counts(target_met=1, below_target=4, provisional=5)])
    assert total == counts(target_met=3, missing=1, below_target=4, provisional=5)
    assert added([]) == count([])
