"""Status is a word, a shape and a colour together, the same everywhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from config.ui.status import CONFIDENCES, LOOKS, STATUSES, SYMBOLS, look
from tests.config.ui.contrast import contrast

SCSS = Path(settings.BASE_DIR) / "static" / "scrutineer" / "scss" / "_tokens.scss"

TABLE = [
    ("target_met", "Target met", "#00703c"),
    ("below_target", "Below target", "#b1510b"),
    ("below_minimum", "Below minimum", "#b10e1e"),
    ("relief_granted", "Relief granted", "#4c2c92"),
    ("not_measured", "Not measured", "#505a5f"),
    ("missing", "Missing", "#505a5f"),
    ("green", "Green", "#00703c"),
    ("amber", "Amber", "#b1510b"),
    ("red", "Red", "#b10e1e"),
    ("unrated", "Not rated", "#505a5f"),
]


@pytest.mark.parametrize(("key", "word", "colour"), TABLE)
def test_each_status_has_its_word_and_colour(key: str, word: str, colour: str) -> None:
    assert (look(key).word, look(key).colour) == (word, colour)


def test_there_is_no_status_outside_the_table() -> None:
    assert [*STATUSES, *CONFIDENCES] == [key for key, _, _ in TABLE] == list(LOOKS)


@pytest.mark.parametrize("keys", [STATUSES, CONFIDENCES])
def test_shapes_differ_within_a_kind_so_that_they_read_in_black_and_white(keys: tuple[str, ...]) -> None:
    assert len({look(key).shape for key in keys}) == len(keys)


@pytest.mark.parametrize("key", LOOKS)
def test_words_and_shapes_have_enough_contrast_on_white_and_on_their_tint(key: str) -> None:
    one = look(key)
    assert contrast(one.colour, "#ffffff") >= 4.5
    assert contrast(one.colour, one.tint) >= 4.5


@pytest.mark.parametrize("key", LOOKS)
def test_the_tag_shows_shape_and_word_and_the_cell_says_the_word(key: str) -> None:
    one = look(key)
    assert one.shape in one.tag
    assert one.tag.endswith(f"{one.word}</strong>")
    assert f'href="#shape-{one.css}"' in one.cell
    assert f">{one.word}</span>" in one.cell
    assert f'id="shape-{one.css}"' in SYMBOLS


def test_the_stylesheet_has_the_same_colours_and_tints() -> None:
    tokens = SCSS.read_text()
    names = dict(re.findall(r"^\$(\w+): (#\w+);", tokens, re.MULTILINE))
    rows = re.findall(r'^  "([\w-]+)": \(\$(\w+), (#\w+)\),', tokens, re.MULTILINE)
    assert {css: (names[colour], tint) for css, colour, tint in rows} == {
        one.css: (one.colour, one.tint) for one in LOOKS.values()
    }


def test_an_unknown_status_is_a_mistake_and_not_a_grey_circle() -> None:
    with pytest.raises(KeyError):
        look("below_traget")
