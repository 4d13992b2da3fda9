"""The order of a list is the one people expect, whatever the database."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.order import order_key

words = st.text(alphabet=st.sampled_from("aAbBéZz019- /_"), max_size=12)


def turns(text: str) -> tuple[str | int, ...]:
    """Text and numbers by turns, as Python compares them."""
    parts = re.split(r"([0-9]+)", " ".join(text.split()).casefold())
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


@pytest.mark.parametrize(
    "in_order",
    [
        ("P1", "p2", "P10", "P10a", "P11"),
        ("IT/9", "IT/17-3", "IT/17-20"),
        ("archive", "Mosaic", "zebra"),
        ("9", "10", "a"),
        ("P9", f"P1{'0' * 300}"),
        ("a b", "ab"),
    ],
)
def test_numbers_stand_by_their_size_and_capitals_do_not_matter(in_order: tuple[str, ...]) -> None:
    keys = [order_key(text) for text in in_order]
    assert all(one is not None and other is not None and one < other for one, other in pairwise(keys))


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_blank_text_has_no_place(blank: str) -> None:
    assert order_key(blank) is None


def test_what_reads_the_same_stands_at_the_same_place() -> None:
    assert order_key("P01  Link") == order_key("p1 link")


@given(words, words)
def test_keys_compare_as_text_and_numbers_by_turns_do(one: str, other: str) -> None:
    first, second = order_key(one), order_key(other)
    if first is not None and second is not None:
        assert (first < second, first == second) == (turns(one) < turns(other), turns(one) == turns(other))
