"""The portfolio in numbers: one table that adds up both ways, to every stage and to every declared confidence."""

from collections import Counter
from typing import Final

from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Table
from reports.render.words.phrases import counted
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper

UNRATED: Final = "unrated"
RATINGS: Final = ("red", "amber", "green", UNRATED)
HEADINGS: Final = {"red": "Red", "amber": "Amber", "green": "Green", UNRATED: "Not rated"}


def standing(paper: BoardPaper) -> Section:
    """Stages down, declared confidence across; the last row and the last column are the register's own counts."""
    section = paper.projects
    title = "The portfolio in numbers"
    if not section.in_register:
        return Section("numbers", title, (Paragraph("The register holds no project."),))
    by_both = Counter((line.stage, line.declared_confidence or UNRATED) for line in section.register)
    rows = [
        (
            Cell(capitalised(stage)),
            *(Cell(f"{by_both[stage, rating]:,}") for rating in RATINGS),
            Cell(f"{number:,}"),
        )
        for stage, number in section.by_stage.items()
    ]
    rows.append(
        (
            Cell("In the register"),
            *(Cell(f"{section.by_confidence[rating]:,}") for rating in RATINGS),
            Cell(f"{section.in_register:,}"),
        )
    )
    columns = (
        Column("Stage", width=1.6),
        *(Column(HEADINGS[rating], Kind.FIGURE) for rating in RATINGS),
        Column("Projects", Kind.FIGURE),
    )
    caption = "Projects by stage and by the confidence that their managers declare"
    blocks: list[Block] = [Table(caption, columns, tuple(rows), has_total=True)]
    again = [line for line in section.register if line.rebaselined and line.stage in ("in flight", "on hold")]
    if again:
        times = sum(line.rebaselined for line in again)
        blocks.append(
            Paragraph(
                f"{capitalised(counted(len(again), 'project'))} in flight or on hold "
                f"{'has' if len(again) == 1 else 'have'} been re-baselined, {counted(times, 'time')} in all. "
                "A re-baseline changes the agreed finish and nothing else: neither the days late against the original "
                "finish nor the rating by dates.",
                is_quiet=True,
            )
        )
    return Section("numbers", title, tuple(blocks))
