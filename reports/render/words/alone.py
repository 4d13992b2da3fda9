"""Each appendix as a paper of its own, for whoever publishes them apart: with the paper's title, occasion and mark."""

from collections.abc import Iterator
from dataclasses import replace

from reports.render.document import Document, Facts
from reports.render.words import exempt
from reports.snapshot import BoardPaper


def appendices(paper: BoardPaper, whole: Document) -> Iterator[tuple[str, Document]]:
    """Every appendix with the name of its part, `appendix-a-results`; one that is withheld is no file."""
    for section in whole.sections:
        if section.is_appendix and not exempt.has_withheld(paper, section.key):
            letter = section.title.partition(":")[0]
            yield f"{letter}-{section.key}", alone(paper, whole, letter, section.key)


def alone(paper: BoardPaper, whole: Document, letter: str, key: str) -> Document:
    """Nothing of the paper's front but what it is and where it stands."""
    status = tuple(row for row in whole.facts.rows if row[0] in ("Contract", "Status"))
    return replace(
        whole,
        title=f"{whole.title}, {letter}",
        facts=Facts((*status, *exempt.facts(paper))),
        headline="",
        introduction=(),
        since_last="",
        notes=(),
        sections=tuple(section for section in whole.sections if section.key == key),
        has_index=False,
    )
