"""Papers parted in two, and what stands in one half: for the tests of what is not for publication."""

from dataclasses import replace
from typing import Any, Final

from reports.build.halves import Halves, Mark, split
from reports.render import FINAL_FORMATS, render_all
from reports.rules.exempt import PARTS_OF
from reports.snapshot import BoardPaper, ErratumLine, RemarkLine, Words
from tests.reports import addendum_samples, samples

INTEREST: Final = "Publishing it would weaken the council’s hand in the negotiations under way."
WORDS: Final = Words(
    item="5",
    introduction="This is the quarterly report.",
    recommendation="That the report be noted.",
    implications="Counsel advised that clause 14.2 favours the supplier.",
    consultation="The trade unions answered on 2 March 2018 that they object.",
    background=("Contract schedule 7",),
    author="Contract manager",
)
KINDS: Final = {"report": "many_failures", "projects": "board_projects"}
PARTS: Final = [(kind, part.key) for kind, parts in PARTS_OF.items() for part in parts]

KPI_FIELDS: Final = (
    "headline",
    "months",
    "exceptions",
    "reliefs",
    "kpi_changes",
    "earlier_failures",
    "errata",
    "areas",
    "provisional_areas",
)
COUNTS_OF_KPIS: Final = (
    "recovered",
    "new",
    "worsening",
    "continuing",
    "reliefs_continuing",
    "reliefs_begun",
    "reliefs_ended",
)


def whole(kind: str) -> BoardPaper:
    """A paper of the kind with something of everything."""
    if kind in ("addendum", "erratum"):
        return _addendum() if kind == "addendum" else _slip()
    base: BoardPaper = getattr(samples, KINDS[kind])()
    if kind == "report":
        small = samples.small()
        base = replace(base, errata=small.errata, kpi_changes=small.kpi_changes)
    return replace(
        base,
        words=WORDS,
        headline_generated="What was worked out first.",
        remarks=(
            RemarkLine("kpi", "CSC_KPI_04", "The board of the supplier was told in confidence."),
            RemarkLine("project", base.projects.register[0].reference, "The manager has asked for another post."),
        ),
    )


def _addendum() -> BoardPaper:
    small = samples.small()
    return replace(
        addendum_samples.addendum(),
        kpi_changes=small.kpi_changes,
        words=WORDS,
        headline_generated="What was worked out first.",
        remarks=(RemarkLine("kpi", "CSC_KPI_04", "The board of the supplier was told in confidence."),),
    )


def _slip() -> BoardPaper:
    """As it is built: of nothing but errata."""
    base = samples.empty()
    line = ErratumLine(
        "Summary by month, December 2017, target met",
        "38",
        "39",
        "A count was wrong.",
        "Exception report of 29 March 2018",
    )
    return replace(
        base,
        kind="erratum",
        number=1,
        of=addendum_samples.REPORT,
        headline="One place in the exception report of 29 March 2018 should read otherwise.",
        errata=(
            line,
            replace(line, place="Summary by month, January 2018, target met", printed="7214", should_read="8"),
        ),
        words=Words(author="Contract manager"),
    )


def marked(*parts: str, paragraph: int = 3) -> list[Mark]:
    return [Mark(part, paragraph, INTEREST) for part in parts]


def parted(kind: str, *parts: str) -> Halves:
    return split(whole(kind), marked(*parts))


def files(half: BoardPaper) -> dict[str, bytes]:
    """All that is printed of a half, by name."""
    return {file.name: file.content for _, file in render_all(half, FINAL_FORMATS)}


def told_otherwise(kind: str, part: str) -> BoardPaper:
    """The same paper, with quite other things in everything that one part prints and in nothing else."""
    paper, other = whole(kind), _other(kind)
    match part:
        case "errata":
            line = ErratumLine("Headline", "Two KPIs failed.", "Three did.", "Another reason.", "Addendum 1")
            return replace(paper, errata=(line,), headline="Other places." if kind == "erratum" else paper.headline)
        case "requests":
            return replace(paper, requests=other.requests)
        case "implications" | "consultation":
            assert paper.words is not None
            written: dict[str, Any] = {str(part): "Nothing of the kind was said."}
            return replace(paper, words=replace(paper.words, **written))
        case "money":
            assert paper.portfolio is not None
            assert other.portfolio is not None
            return replace(paper, portfolio=replace(paper.portfolio, money=other.portfolio.money))
        case "kpis":
            counts = {name: getattr(other.since_last, name) for name in COUNTS_OF_KPIS}
            fields: dict[str, Any] = {name: getattr(other, name) for name in KPI_FIELDS}
            return replace(
                paper,
                **fields,
                since_last=replace(paper.since_last, **counts),
                history=replace(paper.history, months=other.history.months),
                remarks=paper.remarks[1:],
            )
        case _:
            changed = replace(
                paper,
                projects=other.projects,
                since_last=replace(paper.since_last, projects_slipped=77, projects_needing_attention=88),
                remarks=paper.remarks[:1],
            )
            if paper.portfolio is None or other.portfolio is None:
                return changed
            own = ("news", "key_changes", "plan", "money", "reports")
            told: dict[str, Any] = {name: getattr(other.portfolio, name) for name in own}
            ends: dict[str, Any] = {name: getattr(paper.portfolio.plan, name) for name in ("first", "last")}
            told["plan"] = replace(told["plan"], **ends, ends_with_contract=paper.portfolio.plan.ends_with_contract)  # type: ignore[union-attr]
            return replace(changed, headline=other.headline, portfolio=replace(paper.portfolio, **told))


def _other(kind: str) -> BoardPaper:
    if kind in ("report", "addendum"):
        told = samples.nothing_failed() if kind == "report" else addendum_samples.quiet_addendum()
        errata = (ErratumLine("Report of 21 December 2017, May 2017, below target", "4", "7", "A count was wrong."),)
        return replace(told, requests=samples.REQUESTS[:1], projects=samples.small().projects, errata=errata)
    base = samples.many_projects()
    return replace(base, requests=samples.REQUESTS[:1])
