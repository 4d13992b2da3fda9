"""Characters that the PDF's fonts cannot draw are replaced before they fail the paper."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.render import pdf
from reports.render.glyphs import drawable, fonts
from reports.render.printable import clean
from tests.reports.render.rendered import words


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain text, £1,234.50 — “quoted” ½", "plain text, £1,234.50 — “quoted” ½"),
        ("◆ ● ▲ ■ ○ ≤ ≥ ✓", "◆ ● ▲ ■ ○ ≤ ≥ ✓"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "Full width"),
        ("🙂 漢字 \ue000", "\ufffd \ufffd\ufffd \ufffd"),
        ("e\u0301", "é"),
        ("\u0378unassigned", "unassigned"),
        ("a\u3000b", "a b"),
        ("❎", "\ufffd"),  # inside a segment of the font's map, without a glyph
        ("ℜ\u1dfe", "ℜ"),  # each has a font, no font has both
        ("word" * 10, "wordwordword\u200bwordwordword\u200bwordwordwordword"),
    ],
)
def test_a_text_becomes_drawable(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


def test_the_fonts_are_the_vendored_ones() -> None:
    assert [len(font) > 2000 for font in fonts()] == [True, True, True]
    assert all({"A", "é", "£", "—"} <= font for font in fonts())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=20, max_size=300))
def test_no_text_at_all_fails_the_paper(text: str) -> None:
    document = replace(words("empty"), headline=clean(text), sections=())
    assert pdf.render(document).startswith(b"%PDF-1.7")
