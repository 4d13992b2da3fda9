"""
How large a workbook may be, asked before anything is parsed: its file, what it unpacks to, its farthest cell.

What a packed file says of its own size may be a lie, and the reader of spreadsheets unpacks all there is; so it is
judged beforehand as any file is that somebody hands in.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from contracts.uploads import refuse_bombs

MEGABYTE: Final = 1024 * 1024


class TooLarge(ValueError):
    """The workbook, or one of its sheets, is larger than it may be."""

    def __init__(self, what: str, right: str, sheet: str = "") -> None:
        super().__init__(f"{what}, {right}")
        self.what = what
        self.right = right
        self.sheet = sheet


@dataclass(frozen=True, slots=True)
class Limits:
    """
    The most bytes of the file and of what it unpacks to, and the farthest row and column.

    `lines` is the farthest row of a CSV file, which is never laid out: it is read and forgotten line by line.
    """

    size: int = 200 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    rows: int = 200_000
    columns: int = 78  # up to column BZ
    lines: int = 1_000_000

    def refuse_far_cells(self, rows: int, columns: int, sheet: str) -> None:
        """A reader lays out every cell between the first and the last: one stray mark may ask for 500 GB."""
        if rows > self.rows:
            raise _too_far(rows, self.rows, sheet)
        if columns > self.columns:
            what = f"there is a cell in column {columns:,}"
            raise TooLarge(what, f"expected at most {self.columns} columns", sheet)

    def refuse_far_line(self, line: int, sheet: str) -> None:
        if line > self.lines:
            raise _too_far(line, self.lines, sheet)

    def refuse_bombs(self, path: Path, named: str) -> None:
        """
        Whether it unpacks to more than it may, by what it says and by what is in it.

        Raises TooLarge, UploadRefused and what the reader of packed files raises.
        """
        with ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > self.unpacked:
            right = f"expected at most {self.unpacked // MEGABYTE:,} MB"
            raise TooLarge(f"the workbook unpacks to {unpacked // MEGABYTE:,} MB", right)
        with path.open("rb") as file:
            refuse_bombs(file, named, max_unpacked=self.unpacked)


def _too_far(row: int, most: int, sheet: str) -> TooLarge:
    return TooLarge(f"there is a cell in row {row:,}", f"expected at most {most:,} rows", sheet)


ANY_CONTRACT: Final = Limits()
"""More than any contract needs."""
