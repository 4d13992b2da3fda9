"""
Numbers in sentences that people wrote: whether one of them is a number that a correction has moved.

A number is read in figures and in words up to ninety-nine; none is a number too. What is found is put before a person,
so a sentence may be found once too often: a small number counts only where the sentence speaks of what is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NONE: Final = ("no", "none", "nobody", "nothing")
WORDS: Final = {
    **{word: number for number, word in enumerate(ONES)},
    **{ten: 20 + 10 * place for place, ten in enumerate(TENS)},
    **{
        f"{ten}{joint}{one}": 20 + 10 * place + number
        for place, ten in enumerate(TENS)
        for number, one in enumerate(ONES[1:10], start=1)
        for joint in ("-", " ")
    },
    **dict.fromkeys(NONE, 0),
    "both": 2,
    "single": 1,
}
NUMBER: Final = re.compile(
    rf"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)|\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b", re.IGNORECASE
)
SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s+|\n+")
SPEAKS_OF_KPIS: Final = re.compile(
    r"\b(?:KPIs?|indicators?|measures?|targets?|minimums?|reliefs?|exceptions?|fail\w*|miss\w*|met|meet\w*|recover\w*)\b",
    re.IGNORECASE,
)
SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class MovedNumber:
    """A printed number that should read otherwise, and where that is printed; ``now`` is blank where it is gone."""

    old: str
    now: str
    where: str

    @property
    def is_small(self) -> bool:
        return self.old.isdecimal() and int(self.old) < SMALL

    def in_words(self) -> str:
        return f"{self.old} now reads {self.now} ({self.where})" if self.now else f"{self.old} moved ({self.where})"


def numbers_in(text: str) -> list[str]:
    """Every number of a text in figures, without the commas in it: `1,234 of thirty-nine` is 1234 and 39."""
    return [_figure(found[0]) for found in NUMBER.finditer(text)]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line."""
    for part in SENTENCE_ENDS.split(text):
        if line := " ".join(part.split()):
            yield line


def moved_numbers(printed: str, now: str, where: str) -> Iterator[MovedNumber]:
    """The numbers of a printed text that it should not have any more, each with the one in its place if that is one."""
    before, after = numbers_in(printed), numbers_in(now)
    gone, come = Counter(before) - Counter(after), list((Counter(after) - Counter(before)).elements())
    for number, old in enumerate(gone.elements()):
        yield MovedNumber(old, come[number] if len(come) == gone.total() else "", where)


def stand_in(sentence: str, moved: Iterable[MovedNumber]) -> tuple[MovedNumber, ...]:
    """Those of the moved numbers that the sentence states."""
    stated, is_about = set(numbers_in(sentence)), SPEAKS_OF_KPIS.search(sentence) is not None
    found = (each for each in moved if each.old in stated and (is_about or not each.is_small))
    return tuple(dict.fromkeys(found))


def _figure(found: str) -> str:
    word = found.lower()
    if word in WORDS:
        return str(WORDS[word])
    return found.replace(",", "")
