"""Mistakes in a workbook. All of them are collected, so that one look at the list mends the whole file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what is wrong, and what would be right. A row of None is the sheet as a whole."""

    sheet: str
    row: int | None
    column: str
    what: str
    right: str

    @property
    def place(self) -> str:
        """`results, row 14, value`"""
        row = "" if self.row is None else f"row {self.row}"
        return ", ".join(part for part in (self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.what}, {self.right}"


class Problems:
    """The mistakes found so far. Falsy while there are none."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, sheet: str, row: int | None, column: str, what: str, right: str) -> None:
        self._found.append(Problem(sheet, row, column, what, right))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def in_order(self, sheets: Sequence[str]) -> tuple[Problem, ...]:
        """By sheet as the format lists them, then by row; what concerns the whole file first."""
        position = {name: place for place, name in enumerate(sheets)}
        return tuple(sorted(self._found, key=lambda problem: (position.get(problem.sheet, -1), problem.row or 0)))
