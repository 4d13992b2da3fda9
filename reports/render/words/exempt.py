"""
What is not for publication: the words in its place in the public paper, and the exempt part itself.

Both papers number their sections alike, so that Appendix B is Appendix B in either of them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from reports.render.document import Block, Facts, Listing, Paragraph, Section
from reports.rules.exempt import EXEMPT_APPENDIX, PARAGRAPHS, appendix_key, paragraphs_in_words
from reports.rules.sentences import capitalised, listed
from reports.snapshot import BoardPaper, ExemptLine

EXEMPT: Final = "exempt"
NOT_HERE: Final = "This part is not for publication."
ITEM: Final = re.compile(r"[-*•–]\s+(?P<text>\S.*)")
"""A line of a simple list, as people type it."""


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
    return f"The part of this paper that is not for publication: {listed(_titles(paper, paper.exempt))}."


def withheld(paper: BoardPaper, section: str, *, is_appendix: bool = False) -> Section | None:
    """What the public paper says in the place of a section that it leaves out."""
    lines = [line for line in paper.exempt if line.section == section]
    if not lines or is_exempt(paper):
        return None
    said = (
        row for line in lines for row in (("Exempt under", _ground(line)), ("Public interest", line.public_interest))
    )
    return Section(section, lines[0].title, (Paragraph(NOT_HERE), Facts(tuple(said))), is_appendix=is_appendix)


def _ground(line: ExemptLine) -> str:
    return f"{capitalised(paragraphs_in_words([line.paragraph]))}, as information {PARAGRAPHS[line.paragraph]}."


def appendices(paper: BoardPaper) -> Iterator[Section]:
    """
    The appendices written for the exempt part; in their place the public paper says of each that it is not there.

    A paper that was not parted yet prints none of them.
    """
    for line in paper.exempt:
        if not is_exempt(paper) and line.section.startswith(EXEMPT_APPENDIX):
            said = withheld(paper, line.section, is_appendix=True)
            if said is not None:
                yield said
    if is_exempt(paper):
        for number, each in enumerate(paper.exempt_appendices, start=1):
            yield Section(appendix_key(number), each.title, typed_blocks(each.text), is_appendix=True)


def typed_blocks(text: str) -> tuple[Block, ...]:
    """A line begins a paragraph; lines that begin with a hyphen, a star or a bullet are a list."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    blocks: list[Block] = []
    for is_list, group in groupby(lines, key=lambda line: ITEM.fullmatch(line) is not None):
        if is_list:
            blocks.append(Listing(tuple(found["text"] for line in group if (found := ITEM.fullmatch(line)))))
        else:
            blocks += [Paragraph(line) for line in group]
    return tuple(blocks)


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
        (
            f"Paragraph {paragraph}",
            f"{listed(_titles(paper, lines))}: information {PARAGRAPHS[paragraph]}. {public_interest}",
        )
        for (paragraph, public_interest), lines in by_ground.items()
    )


def _titles(paper: BoardPaper, lines: Iterable[ExemptLine]) -> list[str]:
    """Of appendices their own titles, which the exempt part alone prints."""
    own = {appendix_key(number): each.title for number, each in enumerate(paper.exempt_appendices, start=1)}
    return list(dict.fromkeys(own.get(line.section, line.title) for line in lines))
