"""The columns of a KPI say the same of a month as its terms do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.months import Month, add_months, mask_of
from kpis.rules.in_force import owes_result
from tests.kpis.rules.builders import m, months, terms

QUARTERLY = mask_of({3, 6, 9, 12})


@pytest.mark.parametrize(
    ("month", "owes"),
    [("2017-03", True), ("2017-12", True), ("2017-04", False), ("2016-12", False), ("2018-03", False)],
)
def test_a_result_is_owed_from_the_first_month_to_the_last_where_it_is_due(month: str, owes: bool) -> None:
    assert owes_result(m(month), m("2017-03"), m("2017-12"), QUARTERLY) is owes


def test_without_a_last_month_it_goes_on() -> None:
    assert owes_result(m("2030-06"), m("2017-03"), None, QUARTERLY)


@given(
    month=months,
    begins=months,
    length=st.none() | st.integers(0, 20),
    due=st.frozensets(st.integers(1, 12), min_size=1),
)
def test_columns_and_terms_agree(month: Month, begins: Month, length: int | None, due: frozenset[int]) -> None:
    ends = None if length is None else add_months(begins, length)
    said = terms(in_force_from=begins, in_force_to=ends, due_months=due)
    assert owes_result(month, begins, ends, mask_of(due)) is said.is_in_force(month)
