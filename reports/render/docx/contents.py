"""
The contents of a Word paper: a real table of contents, filled in, every entry a link.

Which page a heading falls on, only the program that shows the file can know: fonts, printers and the council's template
decide it. So the entries bear no page numbers until whoever finishes the file lets Word or LibreOffice update the
table, which puts in the true ones: none is better than a wrong one, and a file that works out its fields by itself
first asks whoever opens it whether it may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.render.docx.elements import element, field, paragraph, run

TITLE: Final = "Contents"


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the contents: its level, its text as it stands in the paper, and the bookmark it bears."""

    level: int
    text: str
    anchor: str


def contents(entries: Sequence[Entry]) -> Any:
    """The table under its title, in the frame by which Word offers to update it."""
    depth = max(entry.level for entry in entries)
    links = [element("w:hyperlink", run(entry.text), w_anchor=entry.anchor) for entry in entries]
    begin, instruction, separate, *_, end = field(rf'TOC \o "1-{depth}" \h \z', ())
    lines = [
        paragraph(f"TOC{entry.level}", *((begin, instruction, separate) if place == 0 else ()), link)
        for place, (entry, link) in enumerate(zip(entries, links, strict=True))
    ]
    lines[-1].append(end)
    gallery = element(
        "w:docPartObj", element("w:docPartGallery", w_val="Table of Contents"), element("w:docPartUnique")
    )
    return element(
        "w:sdt",
        element("w:sdtPr", gallery),
        element("w:sdtContent", paragraph("TOCHeading", run(TITLE)), *lines),
    )
