"""
Parts a paper into what the public may read and what it may not.

The exempt half keeps the whole snapshot and prints the exempt sections alone. The public half is the same snapshot with
everything blank that a withheld part prints, wherever it stands: nothing is hidden that is still there to be found.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from reports.rules.exempt import EXEMPT_ERRATA, Part, appendix_key, appendix_title, part_called, parts_of
from reports.snapshot import BoardPaper, ExemptLine, PortfolioPart, ProjectSection

KPIS_WITHHELD: Final = "What this paper says of KPIs is not for publication."
PROJECTS_WITHHELD: Final = "What this paper says of projects is not for publication."
SLIP_WITHHELD: Final = "What this slip corrects is not for publication."
WITHHELD_HEADLINES: Final = (KPIS_WITHHELD, PROJECTS_WITHHELD, SLIP_WITHHELD)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part that is not for publication, its paragraph of Schedule 12A, and why that serves the public better."""

    part: str
    paragraph: int
    public_interest: str


@dataclass(frozen=True, slots=True)
class Halves:
    """A paper as the public may read it, and the part that is not for publication, if there is one."""

    public: BoardPaper
    exempt: BoardPaper | None = None


def split(paper: BoardPaper, marks: Iterable[Mark]) -> Halves:
    """
    Both halves of a paper. A mark on what the kind of paper does not have is passed over; where a section lies in two
    marked parts, the narrower one says why it is withheld. Without any mark what was written for an exempt part is
    withheld, and what corrects one.
    """
    marked = (line for line in _lines(paper.kind, marks) if _is_there(paper, line.section))
    lines = (*marked, *_exempt_by_themselves(paper))
    if not lines:
        return Halves(paper)
    exempt = replace(paper, audience="exempt", exempt=lines)
    return Halves(blanked(replace(paper, exempt=lines)), exempt)


def blanked(paper: BoardPaper) -> BoardPaper:
    """The paper without anything that its withheld sections print; blanking it again changes nothing."""
    withheld = {line.section for line in paper.exempt}
    for section, blank in BLANKS.items():
        if section in withheld:
            paper = blank(paper)
    if not withheld:
        return paper
    return replace(paper, has_illustrative=has_illustrative(paper), exempt_errata=(), exempt_appendices=())


def _marked(kind: str, marks: Iterable[Mark]) -> list[tuple[Part, Mark]]:
    """The marked parts, the widest first."""
    found = [(part, mark) for mark in marks if (part := part_called(kind, mark.part))]
    return sorted(found, key=lambda pair: (-len(pair[0].sections), pair[0].key))


def _lines(kind: str, marks: Iterable[Mark]) -> Iterable[ExemptLine]:
    """In the order of the paper."""
    by_section: dict[str, ExemptLine] = {}
    for part, mark in _marked(kind, marks):
        for key, title in part.sections:
            by_section[key] = ExemptLine(key, title, mark.paragraph, mark.public_interest)
    order = dict.fromkeys(key for part in sorted(parts_of(kind), key=_width) for key, _ in part.sections)
    places = list(order)
    return sorted(by_section.values(), key=lambda line: places.index(line.section))


def _exempt_by_themselves(paper: BoardPaper) -> Iterable[ExemptLine]:
    """What corrects an exempt part, a line for each ground; then the appendices written for this paper's own."""
    key, title = EXEMPT_ERRATA
    for paragraph, interest in dict.fromkeys((each.paragraph, each.public_interest) for each in paper.exempt_errata):
        yield ExemptLine(key, title, paragraph, interest)
    number = len(paper.exempt_appendices)
    for place, each in enumerate(paper.exempt_appendices, start=1):
        yield ExemptLine(appendix_key(place), appendix_title(place, number), each.paragraph, each.public_interest)


def _width(part: Part) -> int:
    """The widest parts hold the narrower ones in their place; the requests head every paper."""
    return 0 if part.key == "requests" else -len(part.sections)


def _is_there(paper: BoardPaper, section: str) -> bool:
    """Some sections stand in a paper only where they say something."""
    match section:
        case "errata":
            return bool(paper.errata)
        case "implications" | "consultation":
            return paper.words is not None and bool(getattr(paper.words, section))
        case _:
            return True


def _without_kpis(paper: BoardPaper) -> BoardPaper:
    return replace(
        paper,
        headline=KPIS_WITHHELD,
        headline_generated="",
        since_last=replace(
            paper.since_last,
            recovered=0,
            new=0,
            worsening=0,
            continuing=0,
            reliefs_continuing=0,
            reliefs_begun=0,
            reliefs_ended=0,
        ),
        history=replace(paper.history, months=()),
        months=(),
        exceptions=(),
        reliefs=(),
        kpi_changes=(),
        earlier_failures=(),
        errata=(),
        areas=(),
        provisional_areas=(),
        remarks=tuple(remark for remark in paper.remarks if remark.about != "kpi"),
    )


def _without_errata(paper: BoardPaper) -> BoardPaper:
    """A slip says nothing else, and counts them in its headline."""
    headline = SLIP_WITHHELD if paper.kind == "erratum" else paper.headline
    return replace(paper, errata=(), headline=headline)


def _without_projects(paper: BoardPaper) -> BoardPaper:
    paper = replace(
        paper,
        since_last=replace(paper.since_last, projects_slipped=0, projects_needing_attention=0),
        projects=_no_projects(paper.projects),
        remarks=tuple(remark for remark in paper.remarks if remark.about != "project"),
    )
    if paper.portfolio is None:
        return paper
    return replace(
        paper,
        headline=PROJECTS_WITHHELD,
        headline_generated="",
        portfolio=_no_portfolio(paper.portfolio),
    )


def _no_projects(section: ProjectSection) -> ProjectSection:
    return ProjectSection(
        in_register=0,
        by_stage=dict.fromkeys(section.by_stage, 0),
        by_confidence=dict.fromkeys(section.by_confidence, 0),
        key_decided_on=None,
        key=(),
        exceptions=(),
        register=(),
    )


def _no_portfolio(part: PortfolioPart) -> PortfolioPart:
    plan = part.plan
    if plan is not None:
        plan = replace(plan, headline="", overdue=(), months=(), beyond=(), undated=())
    return replace(part, news=(), key_changes=(), plan=plan, reports=())


def _without_money(paper: BoardPaper) -> BoardPaper:
    return paper if paper.portfolio is None else replace(paper, portfolio=replace(paper.portfolio, money=None))


def _without_word(name: str) -> Callable[[BoardPaper], BoardPaper]:
    def blank(paper: BoardPaper) -> BoardPaper:
        written: dict[str, Any] = {name: ""}
        return paper if paper.words is None else replace(paper, words=replace(paper.words, **written))

    return blank


BLANKS: Final[Mapping[str, Callable[[BoardPaper], BoardPaper]]] = {
    "requests": lambda paper: replace(paper, requests=()),
    "exceptions": _without_kpis,
    "errata": _without_errata,
    "attention": _without_projects,
    "money": _without_money,
    "implications": _without_word("implications"),
    "consultation": _without_word("consultation"),
}
"""What goes with a section, by one that tells its part from others; the corrections can go alone."""


def has_illustrative(paper: BoardPaper) -> bool:
    """Whether what is left of the paper has any illustrative figure."""
    money = paper.portfolio.money if paper.portfolio else None
    return (
        any(result.illustrative for area in paper.areas for kpi in area.kpis for result in kpi.results)
        or any(line.illustrative for line in paper.projects.register)
        or any(fund.illustrative for fund in (money.funds if money else ()))
    )
