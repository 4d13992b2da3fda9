"""
Whether anything that is not for publication stands in the files that are.

No text or figure that the exempt half alone has may occur in a public file: neither in what is read, nor in what is
heard, nor in what the file says of itself. Words that every such paper uses, whatever its figures, are nobody's secret;
nor are small numbers, which stand everywhere: that none of those is there is proven of the snapshot, place by place, in
:mod:`reports.build.proof`, and of the files by printing them once more from it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from config.ui.status import LOOKS
from contracts.rules.months import day_long, day_short
from reports.render.sheets import sheets
from reports.render.words import document
from reports.rules.errata import LEFT_OUT, NOT_THERE
from reports.rules.sentences import day_in_words
from reports.snapshot import BoardPaper, to_dict

Tokens = tuple[str, ...]

TOKENS: Final = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+", re.UNICODE)
UNSEEN: Final = re.compile("[\u200b\u00ad\ufeff]")
THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
MONTH: Final = re.compile(r"\d{4}-\d\d")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
FIGURE: Final = re.compile(r"-?(\d+)(?:\.(\d+))?")
CHOSEN: Final = frozenset(
    {
        "stage",
        "rule",
        "state",
        "kind",
        "status",
        "change",
        "unit",
        "polarity",
        "measured",
        "contractual",
        "declared_confidence",
        "computed_confidence",
        "rating",
        "how",
        "service_area",
        "scrutiny_area",
        "year",
    }
)
"""Fields in which people choose from a list that everybody knows."""
FEWEST_DIGITS: Final = 4
SHORTEST_WORD: Final = 6
NAMED: Final = 60


def leaks(exempt: BoardPaper, public: BoardPaper, files: Iterable[tuple[str, bytes]], known: str = "") -> list[str]:
    """
    A line for every leak, in plain words; none where the public files are clean.

    ``files`` are the public ones by name; ``known`` is what they may say besides: the words of their template.
    """
    from reports.render.reading import words_in  # opens files of every kind, where `secrets_of` opens none

    secrets = secrets_of(exempt, public, known)
    found = []
    for name, content in files:
        text = _Text(words_in(name, content))
        found += [f"{name} says “{_named(secret)}”." for secret, ways in secrets.items() if text.says(ways)]
    return found


def secrets_of(exempt: BoardPaper, public: BoardPaper, known: str = "") -> dict[str, tuple[Tokens, ...]]:
    """Each text and figure that the exempt half alone has, with the words of each way in which it may be spelt."""
    plain = to_dict(public)
    said = _Text("\n".join((*_keys(plain), *_as_days(_texts(plain)), *_always_said(public), known)))
    own = {each for each in _texts(to_dict(exempt)) if _is_telling(each)}
    spelt = {secret: tuple(map(_tokens, _spellings(secret))) for secret in sorted(own)}
    return {secret: ways for secret, ways in spelt.items() if not said.says(ways)}


class _Text:
    """A text by its words, so that neither a line's end nor a comma in a number hides what it says."""

    def __init__(self, text: str) -> None:
        self._words = _tokens(text)
        self._set = frozenset(self._words)
        self._line = f" {' '.join(self._words)} "

    def says(self, ways: Iterable[Tokens]) -> bool:
        return any(self._has(way) for way in ways)

    def _has(self, way: Tokens) -> bool:
        return bool(way) and self._set.issuperset(way) and f" {' '.join(way)} " in self._line


def _tokens(text: str) -> Tokens:
    return tuple(TOKENS.findall(THOUSANDS.sub("", UNSEEN.sub("", text)).casefold()))


def _texts(value: Any, field: str = "") -> Iterator[str]:
    """All that a snapshot says, but for what is chosen from a list."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each, key)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each, field)
    elif isinstance(value, str) and value and field not in CHOSEN:
        yield value


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _keys(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _keys(each)


def _as_days(texts: Iterable[str]) -> Iterator[str]:
    """A spreadsheet keeps a month as its first day."""
    for text in texts:
        yield text
        if MONTH.fullmatch(text):
            yield f"{text}-01"


def _is_telling(text: str) -> bool:
    """Whether it would tell anything on its own: no short number, no short word."""
    figure = FIGURE.fullmatch(text)
    if figure:
        return len(figure[1] + (figure[2] or "")) >= FEWEST_DIGITS
    words = _tokens(text)
    is_code = any(word.isdigit() for word in words) and any(word.isalpha() for word in words)
    return is_code or len(words) > 1 or any(len(word) >= SHORTEST_WORD for word in words)


def _spellings(text: str) -> tuple[str, ...]:
    """As it stands, and as papers print a day or an amount."""
    if DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return (text, day_long(day), day_short(day), day_in_words(day))
    figure = FIGURE.fullmatch(text)
    if figure and figure[2] is not None:
        short = f"{figure[1]}.{figure[2]}".rstrip("0").rstrip(".")
        return tuple(way for way in (text.lstrip("-"), short, figure[1]) if len(way.replace(".", "")) >= FEWEST_DIGITS)
    return (text.lstrip("-"),) if figure else (text,)


def _always_said(public: BoardPaper) -> Iterator[str]:
    """The words of the public paper with its words alone: headings, explanations, columns, names of statuses."""
    yield from (look.word for look in LOOKS.values())
    yield from (NOT_THERE, LEFT_OUT)
    bare = replace(public, words=None)
    yield from _words_of(document(bare))
    for sheet in sheets(bare):
        yield sheet.title
        yield from (column.heading for column in sheet.columns)
        yield from (column.key for column in sheet.columns)


def _words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words_of(each)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from _words_of(getattr(value, name))


def _named(secret: str) -> str:
    """Enough of it to find the place by."""
    return secret if len(secret) <= NAMED else f"{secret[:NAMED]}…"
