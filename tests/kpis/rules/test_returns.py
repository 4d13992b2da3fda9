"""The states of a return fall into those with the area and those out of its hands, and decide what counts."""

import pytest

from kpis.models import Return
from kpis.rules.returns import ENTERABLE, HANDED_IN, may_count


def test_every_state_is_with_the_area_or_out_of_its_hands() -> None:
    assert sorted(HANDED_IN | ENTERABLE) == sorted(Return.State.values)
    assert not HANDED_IN & ENTERABLE


@pytest.mark.parametrize(
    ("state", "is_shared", "counts"),
    [
        (None, False, False),
        ("open", False, False),
        ("returned", False, False),
        ("submitted", False, True),
        ("verified", False, True),
        (None, True, True),
        ("open", True, True),
    ],
)
def test_a_result_counts_once_it_was_handed_in_or_came_in_to_be_shown(
    state: str | None, is_shared: bool, counts: bool
) -> None:
    assert may_count(state, is_shared) is counts
