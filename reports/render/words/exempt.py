"""
What is not for publication: the words in its place in the public paper, and the exempt part itself.

Both papers number their sections alike, so that Appendix B is Appendix B in either of them.
"""

from collections.abc import Iterable
from typing import Final

from reports.render.document import Facts, Paragraph, Section
from reports.rules.exempt import PARAGRAPHS, paragraphs_in_words
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExemptLine

EXEMPT: Final = "exempt"
NOT_HERE: Final = "This part is not for publication."


def is_exempt(paper: BoardPaper) -> bool:
    """Whether this is the half that is not for publication."""
    return paper.audience == EXEMPT


def has_withheld(paper: BoardPaper, section: str) -> bool:
    """Whether the public paper leaves this section out."""
    return not is_exempt(paper) and any(line.section == section for line in paper.exempt)


def mark(paper: BoardPaper) -> str:
    """What every page of the exempt part says; nothing on the public paper."""
    if not is_exempt(paper):
        return ""
    return f"Not for publication: {paragraphs_in_words(line.paragraph for line in paper.exempt)}"


def headline(paper: BoardPaper) -> str:
    """What the exempt part is, on its first page; nothing for the public paper, which has a headline of its own."""
    if not is_exempt(paper):
        return ""
    return f"The part of this paper that is not for publication: {listed(_titles(paper.exempt))}."


def withheld(paper: BoardPaper, section: str, *, is_appendix: bool = False) -> Section | None:
    """What the public paper says in the place of a section that it leaves out."""
    line = next((line for line in paper.exempt if line.section == section), None)
    if line is None or is_exempt(paper):
        return None
    ground = f"{capitalised(paragraphs_in_words([line.paragraph]))}, as information {PARAGRAPHS[line.paragraph]}"
    said = Facts((("Exempt under", f"{ground}."), ("Public interest", line.public_interest)))
    return Section(section, line.title, (Paragraph(NOT_HERE), said), is_appendix=is_appendix)


def shown(paper: BoardPaper, sections: Iterable[Section]) -> tuple[Section, ...]:
    """All sections of a public paper; of an exempt one those that are exempt, under why they are."""
    if not is_exempt(paper):
        return tuple(sections)
    return tuple(section for section in sections if any(line.section == section.key for line in paper.exempt))


def facts(paper: BoardPaper) -> tuple[tuple[str, str], ...]:
    """Rows of the exempt part's title block: each ground with its sections and why it is withheld."""
    if not is_exempt(paper):
        return ()
    by_ground: dict[tuple[int, str], list[ExemptLine]] = {}
    for line in paper.exempt:
        by_ground.setdefault((line.paragraph, line.public_interest), []).append(line)
    return tuple(
        (f"Paragraph {paragraph}", f"{listed(_titles(lines))}: information {PARAGRAPHS[paragraph]}. {public_interest}")
        for (paragraph, public_interest), lines in by_ground.items()
    )


def _titles(lines: Iterable[ExemptLine]) -> list[str]:
    return [line.title for line in lines]
