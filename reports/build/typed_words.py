"""
What people wrote into a frozen paper, sentence by sentence, held against the numbers that a correction has moved in it.

The machine finds; it words nothing. A headline that people wrote is held against the one that the figures gave when the
paper was printed: where that one would read otherwise now, its old numbers are looked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.models.paper import Audience
from reports.rules.errata import NOT_THERE, Moved
from reports.rules.typed_words import MovedNumber, moved_numbers, sentences, stand_in
from reports.snapshot import BoardPaper

SHORT = 40
"""So long a printed text is a number with its unit; what is longer is a sentence or a list."""
HEADLINE = "headline as worked out"
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A typed sentence with a number that moved."""

    place: str
    says: str
    moved: str
    audience: Audience


def to_look_at(
    public: BoardPaper, whole: BoardPaper, moved: Iterable[tuple[Audience, Moved]], headlines: tuple[str, str]
) -> tuple[ToLookAt, ...]:
    """
    The sentences that may need correcting. ``headlines`` are the worked-out one as it was when the paper was printed,
    and as it reads now.
    """
    numbers = _numbers([each for _, each in moved], headlines)
    if not numbers:
        return ()
    seen = {(place, says) for place, says, _ in _sentences(public)}
    return tuple(
        ToLookAt(place, says, _in_words(found), Audience.PUBLIC if (place, says) in seen else Audience.EXEMPT)
        for place, says, about in _sentences(whole)
        if (found := stand_in(says, [each for each in numbers if _concerns(each, about)]))
    )


def _numbers(moved: Sequence[Moved], headlines: tuple[str, str]) -> list[MovedNumber]:
    found = [*moved_numbers(*headlines, HEADLINE)]
    for each in moved:
        is_number = each.printed != NOT_THERE and max(len(each.printed), len(each.should_read)) <= SHORT
        if is_number and each.printed != each.should_read:
            found += moved_numbers(each.printed, each.should_read, each.place)
    return found


def _sentences(paper: BoardPaper) -> Iterator[tuple[str, str, str]]:
    """Where it stands, what it says, and which KPI a remark is about."""
    for name, text, about in _texts(paper):
        for number, says in enumerate(sentences(text), start=1):
            yield f"Typed words, {name}, sentence {number}", says, about


def _texts(paper: BoardPaper) -> Iterator[tuple[str, str, str]]:
    if paper.headline_generated:
        yield "headline", paper.headline, ""
    if paper.words is not None:
        for name in ("introduction", "recommendation", "implications", "consultation"):
            yield name, getattr(paper.words, name), ""
    for remark in paper.remarks:
        yield f"remark on {remark.subject}", remark.text, remark.subject if remark.about == "kpi" else ""
    for number, each in enumerate(paper.exempt_appendices, start=1):
        yield f"exempt appendix {number}", each.text, ""


def _concerns(number: MovedNumber, about: str) -> bool:
    """A figure of one KPI says nothing of a remark on another."""
    return not about or about in number.where or "," not in number.where or not _names_a_kpi(number.where)


def _names_a_kpi(where: str) -> bool:
    return "_KPI_" in where


def _in_words(found: Sequence[MovedNumber]) -> str:
    told = [each.in_words() for each in found[:MOST_NAMED]]
    more = len(found) - MOST_NAMED
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")
