"""A written paper as the pages offer it: its files by the words of a reader, its tables as CSV apart."""

from dataclasses import dataclass

from reports.models import Paper, PaperFile

FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page", "xlsx": "Spreadsheet", "json": "JSON"}
"""The files of a paper in the order in which readers ask for them, and what they call them."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A written paper with its files by the words of a reader, and its tables as CSV apart."""

    paper: Paper
    files: tuple[tuple[str, PaperFile], ...]
    tables: tuple[tuple[str, PaperFile], ...]


def paper_row(paper: Paper) -> PaperRow:
    """Read with its files, or they are asked for here."""
    by_format = {file.format: file for file in paper.files.all() if file.format in FORMATS}
    tables = (file for file in paper.files.all() if file.format == "csv")
    return PaperRow(
        paper=paper,
        files=tuple((word, by_format[name]) for name, word in FORMATS.items() if name in by_format),
        tables=tuple((_table_name(file, paper), file) for file in tables),
    )


def _table_name(file: PaperFile, paper: Paper) -> str:
    """`project exceptions` of a name that ends in `-r1-project-exceptions.csv`."""
    ending = file.name.removesuffix(".csv").rpartition(f"-r{paper.revision}-")[2]
    return ending.replace("-", " ").replace("kpi", "KPI")
