"""
What should be looked at before a paper is signed off: findings, and the phrases that give a contradiction away.

A finding blocks where the paper would be false or unlawful; any other may stand, with a word of explanation. Phrases
are read with caution: what is denied, hoped for, conditional or said of another month is left alone, and whatever is
found is shown with the words that gave it away, for a person to judge.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from contracts.rules.months import Month, month_long
from reports.rules.sentences import NUMBERS, number_in_words


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing to look at: what, where it stands, and the address of the page on which it is mended.

    ``kind`` is a key of :data:`KINDS`. ``blocks``: the paper cannot be signed off before it is mended.
    """

    kind: str
    what: str
    place: str
    href: str
    blocks: bool = False


KINDS: Final = {
    "stale": "Not what would be built now",
    "months": "Months without any figure",
    "headline": "The headline",
    "contradiction": "Words that contradict the status",
    "unexplained": "Unexplained exceptions",
    "unverified": "Months that are not verified",
    "provisional": "Provisional figures",
    "disputed": "Disputed figures",
    "typed": "Sentences in which a corrected number stands",
    "silent red": "Red projects that nobody reports on",
    "unanswered": "Red and amber projects without their answers",
    "requests": "Requests of the Board that are due",
    "words": "Words that are lacking",
    "newer": "Known since it was built",
}
"""What findings are about, the gravest first."""

ANSWERS: Final = ("cause", "effect on services", "remedy", "expected recovery")
NUMBER: Final = rf"\d{{1,4}}|{'|'.join((*NUMBERS, 'none', 'ten', 'eleven', 'twelve'))}"
COUNTS_OF_FAILED: Final = (
    re.compile(rf"\b(?P<number>{NUMBER}) (?:of (?:the |our )?(?:\w+ )?)?KPIs? (?:has |have |had )?failed\b", re.I),
    re.compile(rf"\b(?P<number>{NUMBER}) failed KPIs?\b", re.I),
    re.compile(rf"\b(?P<number>{NUMBER}) KPI failures?\b", re.I),
    re.compile(rf"\b(?P<number>{NUMBER}) KPIs? (?:was|were|is|are|fell) below (?:its |their |the )?minimum\b", re.I),
)
ALL_WELL: Final = re.compile(
    r"\b(?:(?:all|both)(?: of)?(?: the)?(?: \w+)? KPIs (?:have |had )?|(?:every|each) KPI (?:has |had )?)"
    r"(?:met|achieved|reached) (?:its|their|the) targets?\b",
    re.I,
)
SAYS_MET: Final = re.compile(
    r"\b(?:met|meets|achieved|exceeded|exceeds|beat) (?:its|the|their|this|our) targets?\b"
    r"|\btargets? (?:was|were|is|are|has been|have been) (?:met|achieved|exceeded)\b"
    r"|\b(?:is|was|are|were) (?:on|within|above) target\b",
    re.I,
)
SAYS_MISSED: Final = re.compile(
    r"\b(?:missed|misses) (?:its|the|their|this|our) (?:targets?|minimum)\b"
    r"|\bfailed (?:its|the|their|to meet|to reach)\b"
    r"|\b(?:is|was|are|were|fell|falls|remains|remained) (?:again |still )?(?:below|under) (?:its |the |their )?"
    r"(?:target|minimum)\b"
    r"|\b(?:did not|does not|didn[’']t|doesn[’']t) (?:meet|reach|achieve) (?:its|the|their) (?:targets?|minimum)\b"
    r"|\btargets? (?:was|were|is|are) (?:not met|missed)\b",
    re.I,
)
DENIED: Final = re.compile(
    r"\b(?:not|no|never|nor|neither|none|without|if|unless|until|when|once|would|will|should|could|may|might|must|expect\w*|"
    r"hope\w*|plan\w*|aim\w*|had|before|previously|formerly|usually|nearly|almost|avoid\w*|prevent\w*|ensure\w*|"
    r"failed to|fail to|fails to|cannot|can)\b|n[’']t\b",
    re.I,
)
WORDS_BEFORE: Final = 8
MONTHS: Final = frozenset(month_long(Month(date(2000, number, 1))).split()[0] for number in range(1, 13))
SENTENCE: Final = re.compile(r"[^.;!?\n]+")


def headline_contradictions(text: str, failed: int, *, all_met: bool) -> Iterator[str]:
    """
    What a text says of the number of failed KPIs that was not counted so; ``failed`` and ``all_met`` are as counted.

    A number in other words is not read, nor is what the sentence denies, hopes for or says of earlier.
    """
    said: set[int] = set()
    for sentence in _sentences(text):
        for pattern in COUNTS_OF_FAILED:
            for found in pattern.finditer(sentence):
                number = _number(found["number"])
                if number is not None and number != failed and number not in said and not _denied(sentence, found):
                    said.add(number)
                    counted = number_in_words(failed)
                    yield f"It says “{found[0]}”; counted in the review period: {counted}."
        well = ALL_WELL.search(sentence)
        if well and not all_met and not _denied(sentence, well):
            yield f"It says “{well[0]}”; counted in the review period, not all did in every month."


def says_met(text: str, months: Collection[Month]) -> str:
    """The words with which a text about a miss of these months says that the target was met; blank for none."""
    return _first(SAYS_MET, text, months)


def says_missed(text: str, months: Collection[Month]) -> str:
    """The words with which a text about a KPI that met its target in these months says that it did not."""
    return _first(SAYS_MISSED, text, months)


def lacking_answers(answers: Iterable[object]) -> tuple[str, ...]:
    """Of cause, effect, remedy and recovery, in this order, those that were not given."""
    return tuple(name for name, answer in zip(ANSWERS, answers, strict=True) if not answer)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What blocks first, then by kind; within one, as they were found."""
    order = list(KINDS)
    return tuple(sorted(findings, key=lambda each: (not each.blocks, order.index(each.kind))))


def _first(pattern: re.Pattern[str], text: str, months: Collection[Month]) -> str:
    for sentence in _sentences(text):
        for found in pattern.finditer(sentence):
            if not _denied(sentence, found) and not _is_of_another_month(sentence, months):
                return found[0]
    return ""


def _sentences(text: str) -> Iterator[str]:
    yield from (found[0] for found in SENTENCE.finditer(text))


def _denied(sentence: str, found: re.Match[str]) -> bool:
    """Whether shortly before it stands a word that takes it back; the words found may begin with one themselves."""
    before = " ".join(sentence[: found.start()].split()[-WORDS_BEFORE:])
    return bool(DENIED.search(before))


def _is_of_another_month(sentence: str, months: Collection[Month]) -> bool:
    """A sentence that names a month, and none of these."""
    own = {month_long(month).split()[0] for month in months}
    named = {word for word in re.findall(r"[A-Z][a-z]+", sentence) if word in MONTHS}
    return bool(named) and not named & own


def _number(word: str) -> int | None:
    words = {**{name: number for number, name in enumerate(NUMBERS)}, "none": 0, "ten": 10, "eleven": 11, "twelve": 12}
    lower = word.lower()
    return int(lower) if lower.isdecimal() else words.get(lower)
