"""Counting many results at once comes to what judging them one by one comes to."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.rules.months import ALL_MONTHS, Month, add_months
from kpis.rules.counts import count
from kpis.rules.figures import Polarity, Unit
from kpis.rules.relief import Relief, relief_for
from kpis.rules.status import Contractual, KpiTerms, Level, NoLevelInForce, Reading, judge
from kpis.rules.tallies import Measures, counts_of
from tests.kpis.rules.builders import BEGIN, LEVEL, m, relief, reliefs, terms

CODES = ("CSC_KPI_01", "IMT_KPI_05")
few = st.sampled_from([Decimal(n) for n in ("80", "89.994", "89.995", "90", "90.0", "7", "0", "-1")])
figures = st.one_of(
    st.tuples(few, st.none(), st.none(), st.just("")),
    st.tuples(st.none() | few, few, st.sampled_from([Decimal(1), Decimal(9), Decimal(100)]), st.just("")),
    st.tuples(st.none(), st.none(), st.none(), st.sampled_from(["", "It was lost.", "No log."])),
)


@st.composite
def kpis(draw: st.DrawFn, code: str) -> KpiTerms:
    changes: dict[str, Any] = {
        "unit": draw(st.sampled_from([Unit.PERCENT, Unit.DAYS])),
        "polarity": draw(st.sampled_from(Polarity)),
        "decimals": draw(st.integers(0, 2)),
        "in_force_from": add_months(BEGIN, draw(st.integers(-2, 3))),
        "in_force_to": draw(st.none() | st.integers(4, 8).map(lambda place: add_months(BEGIN, place))),
        "due_months": draw(st.sampled_from([ALL_MONTHS, frozenset({3, 6})])),
        "levels": tuple(
            Level(add_months(BEGIN, place), target, 170 - target)
            for target in [draw(st.sampled_from([Decimal(90), Decimal(80)]))]
            for place in draw(st.lists(st.sampled_from([-12, 0, 3]), min_size=1, unique=True))
        ),
    }
    return terms(code, **changes)


@settings(max_examples=300, deadline=None)
@given(
    kpis=st.tuples(kpis(CODES[0]), kpis(CODES[1]), kpis("FA_KPI_09")),
    granted=st.lists(reliefs(CODES), max_size=3),
    said=st.dictionaries(st.tuples(st.integers(0, 2), st.integers(-2, 9)), figures, max_size=25),
    is_provisional=st.booleans(),
)
def test_the_counts_are_those_of_the_judgements_one_by_one(
    kpis: tuple[KpiTerms, ...], granted: list[Relief], said: dict[tuple[int, int], Any], is_provisional: bool
) -> None:
    measures = Measures(granted)
    measured = [measures.of(each) for each in kpis]
    statuses: dict[Month, Counter[Contractual]] = {}
    unjudged = set()
    for (place, number), figure in said.items():
        month = add_months(BEGIN, number)
        if measured[place].span.includes(month):
            try:
                statuses.setdefault(month, Counter())[measured[place].status(month, figure)] += 1
            except NoLevelInForce:
                unjudged.add(month)
    for month in (add_months(BEGIN, number) for number in range(-2, 10)):
        in_force = [place for place, each in enumerate(kpis) if each.is_in_force(month)]
        assert in_force == [place for place, each in enumerate(measured) if each.span.includes(month)]
        readings = {
            place: Reading(*said[place, number])._replace(is_provisional=is_provisional)
            for place, number in said
            if add_months(BEGIN, number) == month
        }

        def judged() -> Any:
            for place in in_force:  # noqa: B023
                over = relief_for(kpis[place].code, month, granted)  # noqa: B023
                yield judge(kpis[place], month, readings.get(place), over)  # noqa: B023

        if month in unjudged:
            with pytest.raises(NoLevelInForce):
                count(judged(), month)
        else:
            found = counts_of(statuses.get(month, {}), month, len(in_force), is_provisional=is_provisional)
            assert found == count(judged(), month)


def test_the_same_figure_is_judged_once_for_kpis_that_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def judged(terms: KpiTerms, *given: Any) -> Any:
        asked.append(terms.code)
        return judge(terms, *given)

    monkeypatch.setattr("kpis.rules.tallies.judge", judged)
    measures = Measures([relief("2017-02", "2017-02", "A_KPI_01")])
    alike = [measures.of(terms(code)) for code in ("A_KPI_01", "A_KPI_02")]
    other = measures.of(terms("A_KPI_03", levels=(Level(LEVEL.effective_from, Decimal(99), Decimal(98)),)))
    figure = (Decimal(85), None, None, "")
    found = [each.status(m(month), figure) for month in ("2017-01", "2017-02") for each in (*alike, other)]
    assert [status.value for status in found] == [
        "below_target", "below_target", "below_minimum", "relief_granted", "below_target", "below_minimum"
    ]  # fmt: skip
    assert asked == ["A_KPI_01", "A_KPI_03", "A_KPI_01"]
