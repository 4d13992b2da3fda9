"""What becomes of a monthly return when results are imported into it."""

import pytest

from kpis.models import Return
from kpis.workbook.returns import state_after

OPEN, SUBMITTED, RETURNED, VERIFIED = (
    Return.State.OPEN,
    Return.State.SUBMITTED,
    Return.State.RETURNED,
    Return.State.VERIFIED,
)


@pytest.mark.parametrize("before", [None, *Return.State])
@pytest.mark.parametrize("is_touched", [True, False])
@pytest.mark.parametrize("is_complete", [True, False])
def test_rows_that_are_all_verified_make_the_month_verified_even_with_gaps(
    before: Return.State | None, is_touched: bool, is_complete: bool
) -> None:
    after = state_after(before, is_all_verified=True, is_touched=is_touched, is_complete=is_complete)
    assert after is VERIFIED


@pytest.mark.parametrize(
    ("before", "is_touched", "is_complete", "after"),
    [
        (None, True, True, SUBMITTED),
        (None, True, False, OPEN),
        (OPEN, True, True, SUBMITTED),
        (OPEN, True, False, OPEN),
        (OPEN, False, True, OPEN),
        (SUBMITTED, True, False, SUBMITTED),
        (SUBMITTED, False, False, SUBMITTED),
        (RETURNED, True, True, SUBMITTED),
        (RETURNED, True, False, RETURNED),
        (RETURNED, False, True, RETURNED),
        (VERIFIED, False, True, SUBMITTED),
        (VERIFIED, False, False, OPEN),
        (VERIFIED, True, True, SUBMITTED),
    ],
)
def test_provisional_rows_submit_what_is_complete_and_leave_alone_what_did_not_change(
    before: Return.State | None, is_touched: bool, is_complete: bool, after: Return.State
) -> None:
    assert state_after(before, is_all_verified=False, is_touched=is_touched, is_complete=is_complete) is after
