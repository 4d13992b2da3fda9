"""
What somebody typed into the search box, as what can be looked for; and what is found, in the order a reader expects.

Words are looked for one by one: a hit holds every one of them. A day or month in any spelling is looked for as such.
Nothing here knows what a KPI is: each app finds its own things and gives them as :class:`Hit`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from contracts.rules.months import Month, month_of
from contracts.rules.typed import CellRefused, day_typed, month_typed

LONGEST: Final = 200
MOST_WORDS: Final = 8
SNIPPET: Final = 180
NOT_READABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Signs that nobody types on purpose: controls, and marks that turn the direction of text."""

_DAYS: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +)?"
_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WHEN: Final = re.compile(
    rf"(?<![\w-]){_DAYS}(?P<day>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}|[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.][0-9]{{4}}"
    rf"|(?P<of>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<named>{_MONTHS}),?[ -](?P<year>[0-9]{{4}}))(?![\w-])"
    rf"|(?<![\w-])(?P<month>[0-9]{{4}}-[0-9]{{1,2}}|(?P<name>{_MONTHS})"
    rf"(?:[ -](?P<long>[0-9]{{4}})|-(?P<short>[0-9]{{2}})))(?![\w-])",
    re.ASCII | re.IGNORECASE,
)


class Weight(IntEnum):
    """How well a thing fits what was typed, the best first."""

    EXACT = 0
    BEGINS = 1
    IN_TITLE = 2
    IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for. `rest` are the words that are no part of the day or month."""

    typed: str
    words: tuple[str, ...]
    day: date | None = None
    month: Month | None = None
    rest: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return bool(self.words)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that a text has to hold: those beside a day or month, or all where there is nothing else."""
        return self.rest or self.words

    @property
    def phrase(self) -> str:
        """The same in one line, as titles and codes are compared with it."""
        return " ".join(self.terms)


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One thing found: where it is, what it is called, where the words stand, and how it stands now.

    ``where`` names what it belongs to; ``look`` is a status, ``figure`` what it was judged from; ``more`` are further
    pages about it, as text and address.
    """

    title: str
    href: str
    where: str
    text: str = ""
    code: str = ""
    look: str = ""
    figure: str = ""
    more: tuple[tuple[str, str], ...] = ()
    weight: Weight = Weight.IN_TEXT


@dataclass(frozen=True, slots=True)
class Slice:
    """Which of the things found are asked for: so many from this place on."""

    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Found:
    """The things of one kind: how many there are in all, and those of one page."""

    kind: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, marked where it is one of the words."""

    text: str
    is_marked: bool


def read_search(typed: str) -> Sought:
    """At most eight words of the first 200 signs that were typed, and the first day or month among them."""
    text = " ".join(NOT_READABLE.sub(" ", typed[: LONGEST * 2]).split())[:LONGEST].strip()
    words = _words(text)
    day, month, rest = _when(text)
    return Sought(text, words, day, month, rest)


def in_order(groups: Iterable[Found]) -> tuple[Found, ...]:
    """The groups in which something was found, those with the best fit first; what fits alike stays as it came."""
    found = [group for group in groups if group.hits]
    return tuple(sorted(found, key=lambda group: min(hit.weight for hit in group.hits)))


def marked(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The text in pieces, with every occurrence of a word marked."""
    if not words:
        return (Part(text, False),) if text else ()
    longest_first = sorted(words, key=len, reverse=True)
    found = re.compile("|".join(re.escape(word) for word in longest_first), re.IGNORECASE)
    pieces: list[Part] = []
    end = 0
    for match in found.finditer(text):
        pieces += [Part(text[end : match.start()], False), Part(match.group(), True)]
        end = match.end()
    pieces.append(Part(text[end:], False))
    return tuple(piece for piece in pieces if piece.text)


def snippet(text: str, words: Sequence[str], length: int = SNIPPET) -> str:
    """A short stretch of a long text around the first of the words in it, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    places = [place for word in words if (place := line.lower().find(word)) >= 0]
    begin = max(min(places, default=0) - length // 3, 0)
    begin = line.rfind(" ", 0, begin) + 1 if begin else 0
    end = begin + length
    cut = line[begin:end] if end >= len(line) else line[begin : max(line.rfind(" ", begin, end), begin + 1)]
    return f"{'… ' if begin else ''}{cut}{' …' if end < len(line) else ''}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.lower().split()))[:MOST_WORDS]


def _when(text: str) -> tuple[date | None, Month | None, tuple[str, ...]]:
    found = _WHEN.search(text)
    if found is None:
        return None, None, _words(text)
    rest = _words(f"{text[: found.start()]} {text[found.end() :]}")
    try:
        if found["day"]:
            spelled = f"{found['of']} {found['named']} {found['year']}" if found["of"] else found["day"]
            day = day_typed(spelled)
            return day, month_of(day), rest
        short = found["short"] and f"{found['name']}-{found['short']}"
        return (
            None,
            month_typed(short or (f"{found['name']} {found['long']}" if found["name"] else found["month"])),
            rest,
        )
    except CellRefused:
        return None, None, _words(text)
