"""Direction of travel: a word with an arrow that is no status shape."""

import pytest

from config.ui.status import LOOKS
from config.ui.travel import TRAVEL_SYMBOLS, TRAVELS, travel_look


def test_each_direction_has_a_word_of_its_own() -> None:
    assert {key: look.word for key, look in TRAVELS.items()} == {
        "better": "Better", "worse": "Worse", "flat": "No change", "no_comparison": "—",
    }  # fmt: skip


def test_arrows_are_lines_of_their_own_and_no_status_shape() -> None:
    outlines = [look.outline for look in TRAVELS.values() if look.outline]
    assert len(set(outlines)) == 3
    assert not any(outline in look.shape for outline in outlines for look in LOOKS.values())
    assert TRAVEL_SYMBOLS.count('fill="none" stroke="currentColor"') == 3


def test_a_tag_refers_to_its_symbol_and_says_its_word() -> None:
    assert 'href="#travel-worse"' in travel_look("worse").tag
    assert 'id="travel-worse"' in TRAVEL_SYMBOLS
    assert "svg" not in travel_look("no_comparison").tag


def test_an_unknown_direction_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        travel_look("sideways")
