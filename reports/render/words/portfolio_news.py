"""What became of the projects since the Board was last told, or in a month: one table for each kind of news."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kpis.rules.figures import DASH
from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.render.words.phrases import as_sentence, counted
from reports.rules.sentences import day_in_words
from reports.snapshot import BoardPaper, KeyChange, PortfolioPart, ProjectNews

NEWS: Final = (Column("Project", width=2.6), Column("What happened", width=5))
KEY: Final = (
    Column("Project", width=2.4),
    Column("Rank", Kind.FIGURE, width=0.7),
    Column("Before", Kind.FIGURE, width=0.8),
    Column("Why", width=4.6),
)
TITLES: Final = {
    "newly red": "Newly red",
    "no longer red": "No longer red",
    "re-baselined": "Re-baselined",
    "finished": "Finished",
    "stage": "In another stage",
}
"""The kinds of news of which the Board's paper has tables, in order."""
CAPTIONS: Final = {
    "newly red": "Projects that were not red when the Board was last told and are now",
    "no longer red": "Projects that were red when the Board was last told and are not any more",
    "re-baselined": "Projects for which another finish was agreed",
    "finished": "Projects that finished",
    "stage": "Projects that moved to another stage",
}


def board_news(paper: BoardPaper) -> Section:
    """Key list first: what entered and left it is what the Board itself decides."""
    part = part_of(paper)
    title = "What changed since the last paper"
    if part.since is None:
        first = Paragraph("This is the first paper on these projects: everything in it is new to the Board.")
        return Section("news", title, (first, *_key_changes(part.key_changes)))
    blocks = [*_key_changes(part.key_changes), *_tables(part.news)]
    if not blocks:
        blocks = [Paragraph("No project entered or left the key list, turned red, was re-baselined or finished.")]
    opening = (
        f"Since {day_in_words(part.since)}, the day as of which the Board was last told. Projects whose forecast "
        "slipped since then are among those that need attention."
    )
    return Section("news", title, (Paragraph(opening), *blocks))


def part_of(paper: BoardPaper) -> PortfolioPart:
    """What only the papers about the portfolio have."""
    if paper.portfolio is None:
        raise ValueError(f"A paper of kind {paper.kind!r} says nothing of the portfolio.")
    return paper.portfolio


def news_counts(news: Iterable[ProjectNews]) -> list[tuple[str, int, int]]:
    """Of each kind of news how many things there are, and of how many projects."""
    by_kind: dict[str, list[ProjectNews]] = {}
    for each in news:
        by_kind.setdefault(each.kind, []).append(each)
    return [(kind, len(own), len({each.reference for each in own})) for kind, own in by_kind.items()]


def news_table(caption: str, news: Sequence[ProjectNews]) -> Table:
    """One row for each project, its news one under the other."""
    by_project: dict[str, list[ProjectNews]] = {}
    for each in news:
        by_project.setdefault(each.reference, []).append(each)
    rows = tuple(
        (Cell(reference, note=own[0].title), Cell("\n".join(as_sentence(each.said) for each in own)))
        for reference, own in by_project.items()
    )
    return Table(caption, NEWS, rows)


def _tables(news: Sequence[ProjectNews]) -> Iterator[Block]:
    for kind, title in TITLES.items():
        own = [each for each in news if each.kind == kind]
        if own:
            yield Subheading(f"{title} ({len({each.reference for each in own})})")
            yield news_table(CAPTIONS[kind], own)


def _key_changes(changes: Sequence[KeyChange]) -> Iterator[Block]:
    by_change = {name: [each for each in changes if each.change == name] for name in ("entered", "left", "moved")}
    entered, left, moved = by_change.values()
    if entered or left:
        yield Subheading(f"Key list: {counted(len(entered), 'entry', 'entries')} and {counted(len(left), 'exit')}")
    if entered:
        yield Table("Projects that entered the key list, with the reason for each", KEY, tuple(map(_key_row, entered)))
    if left:
        yield Table("Projects that left the key list, with the reason for each", KEY, tuple(map(_key_row, left)))
    if moved:
        told = "; ".join(f"{each.reference} from {each.rank_before} to {each.rank}" for each in moved)
        yield Paragraph(f"Ranks that changed: {told}.", is_quiet=True)


def _key_row(each: KeyChange) -> tuple[Cell, ...]:
    return (
        Cell(each.reference, note=each.title),
        Cell(str(each.rank) if each.rank else DASH),
        Cell(str(each.rank_before) if each.rank_before else DASH),
        Cell(each.reason or "no reason recorded"),
    )


def since_in_words(news: Sequence[ProjectNews], changes: Sequence[KeyChange]) -> str:
    """`2 newly red; 3 re-baselined; 1 finished; 4 entered the key list and 2 left it`; nothing where nothing did."""
    told = [
        f"{counted(number, 'project')} {kind}"
        for kind, _, number in sorted(news_counts(news), key=lambda each: list(TITLES).index(each[0]))
        if kind != "stage"
    ]
    entered, left = (sum(each.change == name for each in changes) for name in ("entered", "left"))
    if entered or left:
        told.append(f"{counted(entered, 'project')} entered the key list and {counted(left, 'project')} left it")
    return "; ".join(told)
