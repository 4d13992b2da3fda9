"""
A written paper as the pages offer it: its files by the words of a reader, its tables as CSV apart.

Once it went to the clerk its files are the frozen ones; before that those of its latest edition. What somebody may not
open is not offered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from reports.models import Edition, FrozenFile, FrozenPaper, Paper, PaperFile
from reports.models.paper import Audience
from reports.querysets import PaperQuerySet
from reports.render.names import part_of_name
from reports.rules.reading import NOBODY, Reader

FORMATS: Final = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "Web page",
    "xlsx": "Spreadsheet",
    "json": "JSON",
    "appendix": "PDF",
}
"""The files of a paper in the order in which readers ask for them, and what they call them."""
ADDRESSES: Final = {Edition.DRAFT.value: "reports:file", Edition.SIGNED_OFF.value: "reports:signed_off_file"}
FINAL: Final = Edition.FINAL.value
LETTER: Final = re.compile(r"^(appendix) ([a-z])\b")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as it is offered; ``word`` is what readers call it."""

    word: str
    name: str
    format: str
    href: str
    size: int
    sha256: str
    is_exempt: bool


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """The files of one edition of a paper that somebody may open: its formats first, then its tables."""

    name: str
    files: tuple[FileLine, ...]
    tables: tuple[FileLine, ...]

    @property
    def all(self) -> tuple[FileLine, ...]:
        return self.files + self.tables


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A written paper with the files of its latest edition, and its tables as CSV apart."""

    paper: Paper
    files: tuple[FileLine, ...]
    tables: tuple[FileLine, ...]


def with_files(papers: PaperQuerySet) -> PaperQuerySet:
    """Papers with all their files, and without the text of their snapshots. Two more queries, three where frozen."""
    return papers.light().prefetch_related("files", "frozen__files")


def paper_row(paper: Paper, contract: str, reader: Reader = NOBODY) -> PaperRow:
    """
    Read by :func:`with_files`, or its files are asked for here. ``contract`` is the contract's reference.

    A month's report asks for no reader: whoever sees it opens all its files.
    """
    latest = editions_of(paper, contract, reader)[-1:]
    return PaperRow(paper, latest[0].files if latest else (), latest[0].tables if latest else ())


def editions_of(paper: Paper, contract: str, reader: Reader) -> tuple[EditionFiles, ...]:
    """The editions of which somebody may open files, the earliest first: draft, signed off, final."""
    found = []
    for edition, address in ADDRESSES.items():
        rows = [
            _line(file, paper, contract, address, is_exempt=file.audience == Audience.EXEMPT)
            for file in paper.files.all()
            if file.edition == edition and _opens(reader, paper, file)
        ]
        found.append(edition_files(edition, rows))
    final = [
        _line(file, paper, contract, "reports:frozen_file", is_exempt=half.audience == Audience.EXEMPT)
        for half in (paper.frozen.all() if paper.meeting_id else ())
        if reader.opens_frozen(paper.status, is_exempt=half.audience == Audience.EXEMPT)
        for file in half.files.all()
    ]
    return tuple(each for each in (*found, edition_files(FINAL, final)) if each.all)


def public_files(half: FrozenPaper, paper: Paper) -> EditionFiles:
    """The files of a published paper as the public opens them; ``half`` is its public one, read with its files."""
    rows = [
        _file_line(file, reverse("public_file", args=[half.address, file.name]), paper, is_exempt=False)
        for file in half.files.all()
    ]
    return edition_files(FINAL, rows)


def edition_files(name: str, rows: Iterable[FileLine]) -> EditionFiles:
    """Files in the order in which readers ask for them, the public ones first."""
    order = list(FORMATS)
    lines = list(rows)
    whole = [line for line in lines if line.format in FORMATS]
    whole.sort(key=lambda line: (line.is_exempt, order.index(line.format), line.name))
    tables = sorted((line for line in lines if line.format == "csv"), key=lambda line: line.is_exempt)
    return EditionFiles(name, tuple(whole), tuple(tables))


def _opens(reader: Reader, paper: Paper, file: PaperFile) -> bool:
    if paper.meeting_id is None:
        return True
    return paper.status != Paper.Status.REMOVED and reader.opens_draft(is_exempt=file.audience == Audience.EXEMPT)


def _line(file: PaperFile | FrozenFile, paper: Paper, contract: str, address: str, *, is_exempt: bool) -> FileLine:
    return _file_line(file, reverse(address, args=[contract, paper.pk, file.name]), paper, is_exempt=is_exempt)


def _file_line(file: PaperFile | FrozenFile, href: str, paper: Paper, *, is_exempt: bool) -> FileLine:
    word = FORMATS.get(file.format, "")
    part = part_of_name(file.name, paper.revision).replace("-", " ").replace("kpi", "KPI")
    if not word or part:
        part = LETTER.sub(lambda found: f"{found[1]} {found[2].upper()}:", part)
        word = f"{part[:1].upper()}{part[1:]}{f' ({word})' if word else ''}" if part else file.name
    return FileLine(word, file.name, file.format, href, file.size, file.sha256, is_exempt)


def frozen_files(paper: Paper, name: str) -> QuerySet[FrozenFile]:
    """The files of this name that went to the clerk, each with the half that it belongs to. One query."""
    return FrozenFile.objects.filter(frozen__paper=paper, name=name).select_related("frozen")
