"""Nothing waits for itself, over however many others."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.dependencies import chain_between, waiting_in_a_circle

NAMES = st.sampled_from("ABCDEF")
PAIRS = st.lists(st.tuples(NAMES, NAMES), max_size=15)


@pytest.mark.parametrize(
    ("pairs", "circle"),
    [
        ("", ()),
        ("AB BC AC", ()),
        ("AB BA", ("A", "B")),
        ("AA", ("A",)),
        ("XA AB BC CA CD", ("A", "B", "C")),
        ("AB CD DE EC", ("C", "D", "E")),
    ],
)
def test_a_circle_is_found_and_told_from_its_least_reference(pairs: str, circle: tuple[str, ...]) -> None:
    assert waiting_in_a_circle([(pair[0], pair[1]) for pair in pairs.split()]) == circle


def test_a_chain_as_long_as_a_portfolio_is_no_trouble() -> None:
    chain = [(f"P{number:05}", f"P{number + 1:05}") for number in range(15_000)]
    assert waiting_in_a_circle(chain) == ()
    assert len(waiting_in_a_circle([*chain, ("P15000", "P00000")])) == 15_001
    assert len(chain_between(chain, "P00000", "P15000")) == 15_001


@given(pairs=PAIRS)
def test_what_is_told_is_a_circle_and_without_one_each_comes_before_what_it_holds_up(
    pairs: list[tuple[str, str]],
) -> None:
    circle = waiting_in_a_circle(pairs)
    assert all(pair in pairs for pair in zip(circle, (*circle[1:], *circle[:1]), strict=True))
    if not circle:
        assert not any(chain_between(pairs, held_up, holder) for holder, held_up in pairs)


@given(pairs=PAIRS, first=NAMES, last=NAMES)
def test_a_chain_leads_from_one_end_to_the_other_by_pairs_on_record(
    pairs: list[tuple[str, str]], first: str, last: str
) -> None:
    chain = chain_between(pairs, first, last)
    assert not chain or (chain[0], chain[-1]) == (first, last)
    assert all(pair in pairs for pair in pairwise(chain))
