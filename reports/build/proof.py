"""
The proof that a public snapshot holds nothing that is withheld, place by place and whatever the size of a figure.

Words can be looked for in a file; a 2 stands everywhere. So the snapshot is not searched, it is compared: every place
of it either belongs to a part that is withheld, and is blank in the one way in which that part is blank, or it is word
for word what the whole paper has there. A place that nobody has given to a part proves nothing, and is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from reports.build.halves import BLANKS, WITHHELD_HEADLINES, has_illustrative
from reports.snapshot import BoardPaper, to_dict

COUNTS_OF_KPIS: Final = ("recovered", "new", "worsening", "continuing")
COUNTS_OF_RELIEFS: Final = ("reliefs_continuing", "reliefs_begun", "reliefs_ended")
OWNED: Final[Mapping[str, frozenset[str]]] = {
    "requests": frozenset({"requests"}),
    "exceptions": frozenset(
        {
            "headline",
            "headline_generated",
            "history.months",
            "months",
            "exceptions",
            "reliefs",
            "kpi_changes",
            "earlier_failures",
            "errata",
            "areas",
            "provisional_areas",
            *(f"since_last.{name}" for name in (*COUNTS_OF_KPIS, *COUNTS_OF_RELIEFS)),
        }
    ),
    "errata": frozenset({"errata"}),
    "attention": frozenset(
        {
            "since_last.projects_slipped",
            "since_last.projects_needing_attention",
            "projects",
            "portfolio.news",
            "portfolio.key_changes",
            "portfolio.reports",
            *(f"portfolio.plan.{name}" for name in ("headline", "overdue", "months", "beyond", "undated")),
        }
    ),
    "money": frozenset({"portfolio.money"}),
    "implications": frozenset({"words.implications"}),
    "consultation": frozenset({"words.consultation"}),
}
"""The places of a snapshot that go with each part, by the section that tells it from others."""
NEVER_PUBLIC: Final = frozenset({"exempt_errata", "exempt_appendices"})
OPEN: Final = frozenset(
    {
        "schema", "kind", "status", "revision", "made_on", "contract", "meeting", "review", "history", "since_last",
        "portfolio", "number", "of", "why", "words", "exempt", "template",
    }
)  # fmt: skip
"""Places that are public but for what of them is named above; whoever adds one to the snapshot says so here."""
OWN_WAY: Final = frozenset({"audience", "has_illustrative", "remarks"})
"""Places with a rule of their own."""
REMARKS_OF: Final = {"exceptions": "kpi", "attention": "project"}
BLANK: Final = (None, "", 0, False)


def unproven(public: BoardPaper, whole: BoardPaper) -> list[str]:
    """
    A line for every place of the public snapshot that is neither blank nor as the whole paper has it; none where it
    is proven that nothing withheld is in it. ``whole`` is the exempt half, which keeps everything.
    """
    return list(_lines(public, whole))


def withheld_places(paper: BoardPaper) -> frozenset[str]:
    """The places that a public half of the paper may not have."""
    sections = {line.section for line in paper.exempt} & BLANKS.keys()
    places = {place for section in sections for place in OWNED[section]}
    if "attention" in sections and paper.portfolio is not None:
        places |= {"headline", "headline_generated"}
    if "errata" in sections and paper.kind == "erratum":
        places |= {"headline"}
    return frozenset(places | NEVER_PUBLIC)


def _lines(public: BoardPaper, whole: BoardPaper) -> Iterator[str]:
    own, everything = to_dict(public), to_dict(whole)
    withheld = withheld_places(whole)
    known = OPEN | OWN_WAY | NEVER_PUBLIC | {place.partition(".")[0] for each in OWNED.values() for place in each}
    for name in (own | everything).keys() - known:
        yield f"Nobody has said whether “{name}” is public."
    if public.audience != "public":
        yield "The public half does not say that it is public."
    if public.exempt != whole.exempt:
        yield "The halves do not name the same sections as withheld."
    if whole.exempt and public.has_illustrative != has_illustrative(public):
        yield "Whether it has illustrative figures is not said of what is left of it."
    yield from _remarks(public, whole)
    for name in sorted((own | everything).keys() & known - OWN_WAY):
        yield from _compared(name, own.get(name), everything.get(name), withheld)


def _remarks(public: BoardPaper, whole: BoardPaper) -> Iterator[str]:
    gone = {REMARKS_OF[line.section] for line in whole.exempt if line.section in REMARKS_OF}
    if public.remarks != tuple(each for each in whole.remarks if each.about not in gone):
        yield "The remarks are not those that the withheld parts leave."


def _compared(place: str, own: Any, whole: Any, withheld: frozenset[str]) -> Iterator[str]:
    if place in withheld:
        if not _is_blank(own):
            yield f"“{place}” is withheld, and the public half has something there."
    elif isinstance(own, Mapping) and isinstance(whole, Mapping):
        for key in sorted(own.keys() | whole.keys()):
            yield from _compared(f"{place}.{key}", own.get(key), whole.get(key), withheld)
    elif own != whole and not (own in BLANK and _is_inside(place, withheld)):
        yield f"“{place}” is not withheld, and the public half has something else there than the whole."


def _is_inside(place: str, withheld: Iterable[str]) -> bool:
    return any(each.startswith(f"{place}.") for each in withheld)


def _is_blank(value: Any) -> bool:
    """No text, no row, no figure: nothing but noughts under names that every such paper has."""
    if isinstance(value, Mapping):
        return all(_is_blank(each) for each in value.values())
    if isinstance(value, list | tuple):
        return not value
    return value in BLANK or value in WITHHELD_HEADLINES
