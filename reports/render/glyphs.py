"""Which characters the PDF's fonts can draw. One that no font has would fail the whole paper, so it is replaced before.

The fonts' own character maps are read (`cmap`, formats 4 and 12 of the OpenType specification), so that a newer font
brings its characters along.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
UNKNOWN: Final = "\ufffd"
WINDOWS: Final = 3
ENDLESS: Final = re.compile(r"([!-~]{12})(?=[!-~]{12})")
MAY_BREAK: Final = "\u200b"


def drawable(text: str) -> str:
    """The text with every character that can be drawn; others by their nearest equal, else by `\ufffd`, or dropped when
    nothing of them was to be seen. Endless words get places where a line may break."""
    if not text.isascii():
        text = "".join(_drawn(unicodedata.normalize("NFC", text)))
    return ENDLESS.sub(rf"\1{MAY_BREAK}", text)


@cache
def fonts() -> tuple[frozenset[str], ...]:
    """The characters of each vendored font."""
    files = sorted(FONTS.glob("*.ttf"))
    return tuple(frozenset(chr(code) for code in _characters(file.read_bytes())) for file in files)


def _drawn(text: str) -> Iterator[str]:
    """A mark is drawn by the font of the letter it stands on, so it stays only where that font has both."""
    able = fonts()
    for letter in text:
        if letter == "\n":
            yield letter
            continue
        is_mark = unicodedata.category(letter).startswith("M")
        having = tuple(font for font in (able if is_mark else fonts()) if letter in font)
        if having:
            able = having
            yield letter
        elif not is_mark:
            able = fonts()
            yield _instead(letter)


def _instead(letter: str) -> str:
    alike = unicodedata.normalize("NFKD", letter)
    if alike != letter and any(font.issuperset(alike) for font in fonts()):
        return alike
    category = unicodedata.category(letter)
    if category.startswith("Z"):
        return " "
    return UNKNOWN if category == "Co" or not category.startswith("C") else ""


def _characters(font: bytes) -> Iterator[int]:
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for number in range(count):
        platform, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if platform == WINDOWS and form == 12:
            yield from _format_12(font, start + offset)
        elif platform == WINDOWS and form == 4:
            yield from _format_4(font, start + offset)


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of the font starts."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(count))
    return next(int(offset) for name, _, offset, _ in records if name == tag)


def _format_4(font: bytes, start: int) -> Iterator[int]:
    """Segments of characters. Some hold characters without a glyph of their own, which a list of glyphs shows."""
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    segments = doubled // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", font, start + 14 + place * doubled + (2 if place else 0))
        for place in range(4)
    )
    for number in range(segments):
        where = start + 16 + 3 * doubled + 2 * number + offsets[number]
        for place, code in enumerate(range(starts[number], ends[number] + 1)):
            glyph = struct.unpack_from(">H", font, where + 2 * place)[0] if offsets[number] else code
            if glyph and (glyph + deltas[number]) % 0x10000:
                yield code


def _format_12(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">L", font, start + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * number)
        yield from (code for code in range(first, last + 1) if glyph + code - first)
