"""
What makes a figure doubtful without making it wrong: the warnings of a monthly return, each of which asks for a word.

* *unusual*: more than three average moving ranges from the mean of the KPI's own last twelve months of figures.
* *unchanging*: the same figure three months running, though never nought or 100%, which are what is hoped for.
* *contradicted*: the commentary claims the other side of a level.
* *few cases*: a rate of so few that one case more or less would move it far.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from contracts.rules.months import add_months
from kpis.rules.figures import Polarity, Unit, level_in_words, plain, round_half_up, show
from kpis.rules.status import MISSES, Judgement, KpiTerms, Measured

RECENT_MONTHS: Final = 12
FEWEST_FIGURES: Final = 4
"""With fewer figures their moving ranges say nothing."""
MOVING_RANGES: Final = 3
FEW_CASES: Final = 10
"""Our own default: below it one case moves a percentage by more than ten points."""
FULL: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What there is to doubt: a judged figure, the KPI's earlier months oldest first, and the words said about it."""

    terms: KpiTerms
    judgement: Judgement
    earlier: Sequence[Judgement]
    denominator: Decimal | None
    words: Mapping[str, str]
    """By field: the comment, the cause."""

    @property
    def figure(self) -> Decimal:
        """As it is judged: rounded to the KPI's decimals."""
        return round_half_up(self.judgement.value or Decimal(0), self.terms.decimals)

    @property
    def shown(self) -> str:
        return show(self.figure, self.terms.unit, self.terms.decimals)


@dataclass(frozen=True, slots=True)
class Found:
    """A warning: the field it is about, what is doubtful and what would settle it."""

    field: str
    message: str


def unusual(doubt: Doubt) -> Found | None:
    """Farther than three average moving ranges from the mean of the last twelve months."""
    terms = doubt.terms
    since = add_months(doubt.judgement.month, -RECENT_MONTHS)
    recent = [
        round_half_up(each.value, terms.decimals)
        for each in doubt.earlier
        if each.value is not None and each.month >= since
    ]
    if len(recent) < FEWEST_FIGURES:
        return None
    mean = sum(recent, Decimal(0)) / len(recent)
    ranges = [abs(after - before) for before, after in pairwise(recent)]
    reach = MOVING_RANGES * sum(ranges, Decimal(0)) / len(ranges)
    if abs(doubt.figure - mean) <= reach:
        return None
    low, high = (show(end, terms.unit, terms.decimals) for end in _within_reason(mean, reach, recent, terms.unit))
    return Found(
        "value", f"{doubt.shown} is unlike the last {len(recent)} figures, which suggest {low} to {high}. Is it right?"
    )


def _within_reason(mean: Decimal, reach: Decimal, recent: Sequence[Decimal], unit: Unit) -> tuple[Decimal, Decimal]:
    """Both ends of what is usual, not beyond nought and 100% where no figure ever was: nobody believes in 102%."""
    low, high = mean - reach, mean + reach
    if min(recent) >= 0:
        low = max(low, Decimal(0))
    if unit is Unit.PERCENT and max(recent) <= FULL:
        high = min(high, FULL)
    return low, high


def unchanging(doubt: Doubt) -> Found | None:
    """The same figure as in both months before it; nought and 100% are what is hoped for."""
    terms = doubt.terms
    if doubt.figure == 0 or (terms.unit is Unit.PERCENT and doubt.figure == FULL):
        return None
    before = [each.value for each in doubt.earlier[-2:]]
    if len(before) < 2 or any(past is None or round_half_up(past, terms.decimals) != doubt.figure for past in before):
        return None
    return Found("value", f"{doubt.shown} three times running: was it measured anew, or carried over?")


def few_cases(doubt: Doubt) -> Found | None:
    """A rate of fewer than ten."""
    if doubt.denominator is None or doubt.denominator >= FEW_CASES:
        return None
    cases = plain(doubt.denominator, 0) if doubt.denominator == doubt.denominator.to_integral_value() else "few"
    return Found(
        "denominator", f"A rate of only {cases} moves far with one case more or less. Is the denominator complete?"
    )


# --- What the commentary claims ---------------------------------------------------------------------------------------


class Claim(StrEnum):
    """What a clause of the commentary says of a level."""

    TARGET_MET = "the target was met"
    TARGET_MISSED = "the target was missed"
    MINIMUM_MET = "the minimum was met"
    MINIMUM_MISSED = "the minimum was missed"


CONTRADICTED_BY: Final[Mapping[Claim, frozenset[Measured]]] = {
    Claim.TARGET_MET: MISSES,
    Claim.TARGET_MISSED: frozenset({Measured.TARGET_MET}),
    Claim.MINIMUM_MET: frozenset({Measured.BELOW_MINIMUM}),
    Claim.MINIMUM_MISSED: frozenset({Measured.TARGET_MET, Measured.BELOW_TARGET}),
}
OPPOSITE: Final = {
    Claim.TARGET_MET: Claim.TARGET_MISSED,
    Claim.TARGET_MISSED: Claim.TARGET_MET,
    Claim.MINIMUM_MET: Claim.MINIMUM_MISSED,
    Claim.MINIMUM_MISSED: Claim.MINIMUM_MET,
}
CLAIMS: Final = {
    ("target", True): Claim.TARGET_MET,
    ("target", False): Claim.TARGET_MISSED,
    ("minimum", True): Claim.MINIMUM_MET,
    ("minimum", False): Claim.MINIMUM_MISSED,
}
CLAUSE_END: Final = re.compile(r"[.;:!?\n]|, ?but |, ?though ")
# A clause about another month, or about what is hoped for, claims nothing of this one.
OTHER_MONTH: Final = re.compile(
    r"\b(?:last|previous|next|future|earlier|will|would|should|could|expect\w*|until|january|february|march|april|may|"
    r"june|july|august|september|october|november|december)\b"
)
_DENIED = r"(?P<denied>\b(?:not|never|n't|almost|nearly)\b(?: \w+)? )?"
_LEVEL = r" (?:its |the |our |this |monthly )*(?P<level>target|minimum)\b"
MET: Final = re.compile(rf"{_DENIED}\b(?:met|meets|meet|meeting|achieved|achieve|hit|on){_LEVEL}")
MISSED: Final = re.compile(rf"{_DENIED}\b(?:missed|misses|miss|missing|failed|fails|short of){_LEVEL}")
LEVEL_MET: Final = re.compile(
    r"\b(?P<level>target|minimum)(?: was| is| has been)? (?P<denied>not |never )?(?:met|achieved)\b"
)
# Above and below are better or worse by the KPI's polarity; the field says "below minimum" of both.
ABOVE: Final = re.compile(rf"{_DENIED}\b(?:above|over|exceeded|exceeds){_LEVEL}")
BELOW: Final = re.compile(rf"{_DENIED}\b(?:below|under){_LEVEL}")


def contradicted(doubt: Doubt) -> Found | None:
    """The first claim of the commentary that the figure contradicts."""
    measured, level = doubt.judgement.measured, doubt.judgement.level
    for field, words in doubt.words.items():
        for claim in claims(words, doubt.terms.polarity):
            if measured in CONTRADICTED_BY[claim] and level is not None:
                which = level.target if claim in (Claim.TARGET_MET, Claim.TARGET_MISSED) else level.minimum
                terms = doubt.terms
                asked = level_in_words(which, terms.polarity, terms.unit, terms.decimals)
                return Found(field, f"The {field} says that {claim}, and {doubt.shown} says otherwise ({asked}).")
    return None


def claims(words: str, polarity: Polarity) -> tuple[Claim, ...]:
    """What the words claim of this month's levels, as far as plain phrases tell; nothing where they are ambiguous."""
    found: list[Claim] = []
    for clause in CLAUSE_END.split(words[:5000].lower().replace("n't", " not").replace("’t", " not")):
        text = " ".join(clause.split())
        if not OTHER_MONTH.search(text):
            found += _claims_of(text, polarity)
    return tuple(found)


def _claims_of(text: str, polarity: Polarity) -> list[Claim]:
    is_higher_better = polarity is Polarity.HIGHER
    phrases: list[tuple[re.Pattern[str], bool]] = [(MET, True), (LEVEL_MET, True), (MISSED, False)]
    if is_higher_better:
        phrases += [(ABOVE, True), (BELOW, False)]
    found = []
    for phrase, is_met in phrases:
        for match in phrase.finditer(text):
            claim = CLAIMS[match["level"], is_met]
            found.append(OPPOSITE[claim] if match["denied"] else claim)
    return found


WARNINGS: Final[Mapping[str, Callable[[Doubt], Found | None]]] = {
    "unusual": unusual,
    "unchanging": unchanging,
    "contradicted": contradicted,
    "few cases": few_cases,
}
