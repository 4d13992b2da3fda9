"""The key list: what was in force when, how lists differ, how ranks are changed, what a proposal must say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.key_list import (
    Considered,
    Draft,
    KeyListFacts,
    KeyPlace,
    amendments,
    decided_before,
    differences,
    draft_faults,
    headline,
    in_force,
    in_order,
    moves,
    size_warning,
    standing_in_words,
)

DECEMBER, MARCH, JUNE = date(2017, 12, 21), date(2018, 3, 29), date(2018, 6, 28)
WHY = "It touches every school of the county."

days = st.dates(date(2017, 1, 1), date(2018, 12, 31))
references = st.lists(st.sampled_from([f"P{number}" for number in range(12)]), unique=True)


def key_list(*names: str, decided_on: date | None = None, left: dict[str, str] | None = None) -> KeyListFacts:
    places = tuple(KeyPlace(name, f"Title of {name}", rank, WHY) for rank, name in enumerate(names, start=1))
    gone = tuple(Considered(name, "", reason) for name, reason in (left or {}).items())
    return KeyListFacts(places=places, decided_on=decided_on, left=gone)


def draft(*names: str, words: str = WHY, **changes: object) -> Draft:
    return Draft(entries=tuple((name, words) for name in names), **changes)  # type: ignore[arg-type]


@given(st.lists(days, unique=True), days)
def test_the_list_in_force_is_the_last_decided_by_the_day(decided: list[date], on: date) -> None:
    lists = [key_list("P1", decided_on=day) for day in decided] + [key_list("P2")]
    found = in_force(lists, on)
    past = [day for day in decided if day <= on]
    assert (found.decided_on if found else None) == max(past, default=None)


@given(st.lists(days, min_size=2, unique=True))
def test_each_list_holds_from_its_decision_to_the_day_before_the_next(decided: list[date]) -> None:
    lists = [key_list("P1", decided_on=day) for day in decided]
    for first, second in zip(sorted(decided), sorted(decided)[1:], strict=False):
        for day in (first, second - timedelta(days=1)):
            held = in_force(lists, day)
            assert held is not None
            assert held.decided_on == first


def test_before_a_proposal_stands_the_list_decided_last() -> None:
    first, second, proposal = key_list(decided_on=DECEMBER), key_list(decided_on=MARCH), key_list("P1")
    assert decided_before([proposal, second, first], proposal) is second
    assert decided_before([proposal, second, first], second) is first
    assert decided_before([proposal, second, first], first) is None


@given(references, references)
def test_every_project_of_two_lists_entered_or_left_or_stands_on_both(before: list[str], after: list[str]) -> None:
    found = differences(key_list(*before), key_list(*after))
    entered = {place.reference for place in found.entered}
    left = {each.reference for each in found.left}
    moved = {each.place.reference for each in found.moved}
    assert entered == set(after) - set(before)
    assert left == set(before) - set(after)
    assert moved == {name for name in set(before) & set(after) if before.index(name) != after.index(name)}
    assert found.is_none == (before == after)


def test_what_left_comes_with_the_reason_that_the_later_list_gives() -> None:
    found = differences(key_list("P1", "P2", "P3"), key_list("P1", left={"P2": "It is complete."}))
    assert [(each.reference, each.reason) for each in found.left] == [("P2", "It is complete."), ("P3", "")]


def test_a_rationale_is_reworded_only_where_its_words_differ() -> None:
    before = key_list("P1", "P2")
    reflowed = KeyPlace("P1", "", 1, WHY.replace(" ", "\n"))
    other = KeyPlace("P2", "", 2, "It holds up five other projects.")
    assert differences(before, KeyListFacts(places=(reflowed, other))).reworded == (other,)


@given(references, st.data())
def test_a_project_given_a_rank_takes_exactly_that_place(shown: list[str], data: st.DataObject) -> None:
    if not shown:
        return
    name = data.draw(st.sampled_from(shown))
    rank = data.draw(st.integers(1, len(shown)))
    found = in_order(shown, {name: rank})
    assert found.index(name) == rank - 1
    assert [each for each in found if each != name] == [each for each in shown if each != name]


@given(references, st.dictionaries(st.sampled_from([f"P{number}" for number in range(12)]), st.integers(-5, 99)))
def test_whatever_is_typed_everybody_stands_once(shown: list[str], typed: dict[str, int]) -> None:
    assert sorted(in_order(shown, typed)) == sorted(shown)


@given(st.permutations(range(1, 9)), st.permutations(range(1, 9)), st.integers(1, 8))
def test_no_rank_is_held_twice_on_the_way(before: list[int], after: list[int], number: int) -> None:
    start = dict(enumerate(before[:number]))
    end = dict(enumerate(after[:number]))
    stands = start.copy()
    for key, rank in moves(start, end):
        assert rank not in stands.values()
        stands[key] = rank
    assert stands == end


def test_who_keeps_the_rank_is_not_touched() -> None:
    assert moves({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "c": 2}) == [("b", 4), ("c", 2), ("b", 3)]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (draft("P1", "P2"), []),
        (draft(), ["", "left"]),
        (draft("P1", words="Schools need it badly."), ["rationale"]),
        (draft("P1", words="Schools need it very badly."), []),
        (draft("P3"), ["left"]),
        (draft("P3", left={"P1": " "}), ["left"]),
        (draft("P3", left={"P1": "It is complete."}), []),
        (draft("P1", near_misses=(("P2", ""),)), ["near"]),
        (draft("P1", near_misses=(("P1", "It is small."),)), ["near"]),
        (draft("P1", "P2", "P3"), ["size_reason"]),
        (draft("P1", "P2", "P3", size_reason="Three began in one month."), []),
    ],
)
def test_a_proposal_says_why_of_everything(said: Draft, fields: list[str]) -> None:
    assert [fault.field for fault in draft_faults(said, {"P1"}, size=2)] == fields


def test_another_size_is_a_word_and_not_a_fault() -> None:
    assert size_warning(20, 20) == ""
    assert size_warning(1, 20) == "The list has 1 project; this contract’s list is meant to have 20."
    assert draft_faults(draft("P1"), set(), size=20) == ()


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        (draft("P1", "P2", "P3"), ""),
        (draft("P1", "P2"), "P3 taken off"),
        (draft("P4", "P1", "P2", "P3"), "P4 added at rank 1"),
        (draft("P2", "P1", "P4"), "P4 added at rank 3; P3 taken off; the order changed"),
    ],
)
def test_what_the_board_changed_is_told_without_those_who_only_made_room(decided: Draft, told: str) -> None:
    assert amendments(key_list("P1", "P2", "P3"), decided) == told


def test_the_board_may_reword_a_rationale() -> None:
    decided = Draft(entries=(("P1", "The Board wants to see its cost."),))
    assert amendments(key_list("P1"), decided) == "the rationale of P1 reworded"


def test_the_headline_says_what_changed_since_the_decision_before() -> None:
    first = key_list("P1", "P2", decided_on=DECEMBER)
    second = key_list("P1", "P3", "P4", decided_on=MARCH)
    same = key_list("P4", "P3", "P1", decided_on=JUNE)
    lists = [same, second, first]
    assert headline(lists, date(2017, 12, 20)) == "The Board has not decided a list of key projects yet."
    assert headline(lists, DECEMBER) == "2 key projects, decided by the Board on 21 December 2017: the first list."
    assert headline(lists, MARCH) == (
        "3 key projects, decided by the Board on 29 March 2018; 2 entered and 1 left since 21 December 2017."
    )
    assert headline(lists, JUNE).endswith("28 June 2018; the same projects as on 29 March 2018.")


@pytest.mark.parametrize(
    ("rank", "is_decided", "proposals", "said"),
    [
        (None, False, (), ""),
        (None, True, (), ""),
        (None, True, (None,), ""),
        (3, True, (), "Key project, rank 3"),
        (3, True, (3,), "Key project, rank 3"),
        (3, True, (1,), "Key project, rank 3; proposed for rank 1"),
        (3, True, (None,), "Key project, rank 3; proposed to leave the list"),
        (None, True, (4,), "Proposed as a key project, rank 4"),
        (4, False, (4,), "Proposed as a key project, rank 4"),
    ],
)
def test_where_a_project_stands_names_what_is_decided_before_what_is_proposed(
    rank: int | None, is_decided: bool, proposals: tuple[int | None, ...], said: str
) -> None:
    assert standing_in_words(rank, is_decided=is_decided, proposals=proposals) == said
