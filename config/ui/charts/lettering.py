"""The words of a drawing: how wide they get in Arial, rather too wide than too narrow, and many of them in one go."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from config.ui.charts import marks

ELLIPSIS: Final = "…"
BOLD: Final = 1.12
WIDTHS: Final = (
    dict.fromkeys("ijl'", 0.24)
    | dict.fromkeys(" .,:;!|/\\fIt[]()-’", 0.34)
    | dict.fromkeys('r"“”*{}', 0.48)
    | dict.fromkeys("ABEFKPSTVXYZJL&", 0.68)
    | dict.fromkeys("CDHNRUw", 0.74)
    | dict.fromkeys("GOQ", 0.79)
    | dict.fromkeys("mM", 0.85)
    | dict.fromkeys("%W", 0.96)
    | dict.fromkeys("@—…", 1.03)
    | dict.fromkeys("~+<=>", 0.6)
    | dict.fromkeys("0123456789abcdeghknopqsuvxyz#$£?_–", 0.57)
)
UNKNOWN: Final = 1.35
"""As wide as the widest: two letters in one, as Croatian has them."""
ACCENT: Final = 0.15


def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """In the units of the size of the type."""
    return size * _letters(words) * (BOLD if is_bold else 1)


def shortened(words: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """The words on one line, cut with an ellipsis where they do not fit; nothing where not even that fits."""
    words = " ".join(words.split())
    if width(words, size, is_bold=is_bold) <= room:
        return words
    left = room - width(ELLIPSIS, size, is_bold=is_bold)
    kept = 0
    for letter in words:
        left -= width(letter, size, is_bold=is_bold)
        if left < 0:
            break
        kept += 1
    return f"{words[:kept].rstrip(' ,;:-–')}{ELLIPSIS}" if kept else ""


def folded(words: str, room: float, size: float) -> tuple[str, ...]:
    """The words on one line or two; what does not fit on the second is cut with an ellipsis."""
    line, *rest = words.split() or [""]
    while rest and width(f"{line} {rest[0]}", size) <= room:
        line = f"{line} {rest.pop(0)}"
    lines = (shortened(line, room, size), shortened(" ".join(rest), room, size))
    return tuple(each for each in lines if each)


def texts(
    placed: Iterable[tuple[float, float, str]],
    size: int,
    colour: str = marks.INK,
    *,
    anchor: str = "start",
    is_bold: bool = False,
    has_ground: bool = False,
) -> Iterator[str]:
    """Words at their places, whose type is said once; on paper of their own where a line might run through them."""
    told = [(x, y, words) for x, y, words in placed if words]
    if not told:
        return
    if has_ground:
        d = "".join(_ground(x, y, width(words, size), size, is_middle=anchor == "middle") for x, y, words in told)
        yield f'<path d="{d}" fill="{marks.PAPER}"/>'
    weight = ' font-weight="700"' if is_bold else ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    words = "".join(
        f'<text x="{marks.number(x)}" y="{marks.number(y)}">{marks.escaped(each)}</text>' for x, y, each in told
    )
    yield f'<g font-size="{size}" fill="{colour}"{weight}{anchored}>{words}</g>'


def _ground(x: float, y: float, room: float, size: int, *, is_middle: bool) -> str:
    left = x - room / 2 if is_middle else x
    across, down = marks.number(room + 2), marks.number(size * 1.15)
    return f"M{marks.at(left - 1, y - size * 0.9)}h{across}v{down}h-{across}z"


@lru_cache(maxsize=4096)
def _letters(words: str) -> float:
    """Kept, because a title is measured whole, cut and folded, for each layout."""
    return sum(WIDTHS.get(letter) or _unknown(letter) for letter in words)


def _unknown(letter: str) -> float:
    """An accented letter is about as wide as its plain one."""
    plain = WIDTHS.get(normalize("NFD", letter)[0])
    return UNKNOWN if plain is None else plain + ACCENT
