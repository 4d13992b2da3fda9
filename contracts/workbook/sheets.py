"""A sheet as rows of understood cells: which columns there are, what each takes, and what is wrong with the header.

Ten years of results repeat few months, codes and words, so the same words of a column are understood once
(:class:`Meanings`); a row with anything else than sound cells in it is read again cell by cell, which says what is
wrong with each of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from operator import getitem
from typing import Any, Final

from contracts.workbook.cells import Cell, CellRefused, choice, is_blank, nearest, quoted, written_as
from contracts.workbook.problems import Problems

HEADER_ROW: Final = 1
KEPT_MEANINGS: Final = 16_384
LONGEST_KEPT: Final = 200
PLAIN_CELLS: Final = frozenset({str, float, int, bool, date, datetime, time, timedelta, type(None)})
"""Without a formula that failed, which equals its own words, and a percentage, which equals its number."""

Rows = Iterator[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as its file holds it. `rows` begins anew on each call; row numbers count the header as row 1."""

    name: str
    rows: Callable[[], Rows]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are understood, and what a blank one means."""

    name: str
    read: Callable[[Cell], Any]
    hint: str = ""
    default: Any = None

    @property
    def is_required(self) -> bool:
        """Whether a blank cell is a mistake: those columns say what belongs there."""
        return bool(self.hint)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet of the format: its name and columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def required(name: str, read: Callable[[Cell], Any], hint: str) -> Column:
    """A column whose every cell must be filled, with what belongs there: “a KPI code such as CSC_KPI_04”."""
    return Column(name, read, hint)


def one_of(name: str, allowed: Iterable[str], *, hint: str = "", default: str = "") -> Column:
    """A column that takes one of these words; blank is the default, unless there is a hint."""
    read = partial(choice, allowed=tuple(str(word) for word in allowed))
    return required(name, read, hint) if hint else Column(name, read, default=default)


def as_it_is(cell: Cell) -> Cell:
    """For a cell that only its row's other cells can explain: a figure means what its KPI's unit says."""
    return cell


UNREAD: Final = Column("", as_it_is)


@dataclass(slots=True)
class Row:
    """One row: the meaning of each cell by column name, the default where a cell is blank or its column absent."""

    sheet: str
    number: int
    values: dict[str, Any]
    given: frozenset[str]
    problems: Problems
    refused: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def is_sound(self, *names: str) -> bool:
        """Whether these cells, or all of them, were understood."""
        return self.refused.isdisjoint(names) if names else not self.refused

    def problem(self, column: str, what: str, right: str) -> None:
        """Reports a mistake in one of the row's cells, which is not understood from here on."""
        self.refused.add(column)
        self.problems.add(self.sheet, self.number, column, what, right)

    def understand(self, column: str, read: Callable[[Cell], Any]) -> Any:
        """The meaning of a cell read as it is; None when blank or refused, and refusals are reported."""
        cell = self.values[column]
        if cell is None or is_blank(cell):
            return None
        try:
            return read(cell)
        except CellRefused as refused:
            self.problem(column, refused.what, refused.right)
            return None


class Seen:
    """Keys met so far in a sheet, with their rows: a second one is a mistake that names the first."""

    def __init__(self) -> None:
        self._rows: dict[Any, int] = {}

    def is_new(self, key: Any, row: Row, column: str, named: str) -> bool:
        if self.is_first(key, row):
            return True
        row.problem(column, f"row {self._rows[key]} already gives {named}", "expected it once")
        return False

    def is_first(self, key: Any, row: Row) -> bool:
        """The same without reporting it, for who would rather not word every row beforehand."""
        return self._rows.setdefault(key, row.number) == row.number


def read_rows(table: Table, spec: SheetSpec, problems: Problems) -> Iterator[Row]:
    """The sheet's rows below its header, blank ones left out. Mistakes go to `problems` and do not end the reading."""
    rows = table.rows()
    number, header = next(rows, (HEADER_ROW, ()))
    if number != HEADER_ROW or all(map(is_blank, header)):
        right = f"expected the column names: {', '.join(spec.names)}"
        problems.add(spec.name, HEADER_ROW, "", "the first row is blank", right)
        return
    columns = _Columns(_places(header, spec, problems), spec, problems)
    for number, cells in rows:
        row = columns.quickly(number, cells) or columns.carefully(number, cells)
        if row is not None:
            yield row


class Meanings(dict[Cell, Any]):
    """The cells of a column by what they mean. Words that were understood before are looked up; no refusal is kept."""

    def __init__(self, read: Callable[[Cell], Any], default: Any = None) -> None:
        super().__init__({"": default})
        self._read = read
        self._default = default

    def __missing__(self, cell: Cell) -> Any:
        meaning = self._default if is_blank(cell) else self._read(cell)
        # Only plain text: 1, 1.0 and TRUE are the same key and not the same cell.
        if type(cell) is str and len(cell) <= LONGEST_KEPT and len(self) < KEPT_MEANINGS:
            self[cell] = meaning
        return meaning

    def of(self, cell: Cell) -> Any:
        """What a cell of any kind means; a formula that failed is none of its words."""
        return self[cell] if type(cell) is str else self._read(cell)


class _Columns:
    """The columns of a sheet as its header has them."""

    def __init__(self, places: Sequence[Column | None], spec: SheetSpec, problems: Problems) -> None:
        self.sheet = spec.name
        self.problems = problems
        self.places = places
        self.given = frozenset(column.name for column in places if column)
        self.needed = [(column.name, column.hint) for column in spec.columns if column.is_required]
        self.absent = {name for name, _ in self.needed if name not in self.given}
        self.defaults = {column.name: column.default for column in spec.columns}
        known = [column for column in places if column]
        self._names = [column.name for column in known]
        self._meanings = [Meanings(column.read, column.default) for column in known]
        # Without a column that is unknown or missing in every row, or a gap, below which a cell has no name.
        is_right = list(places[: len(known)]) == known and UNREAD not in known and not self.absent
        self._is_quick = is_right and bool(self.needed)

    def quickly(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """The row, where each cell in it is sound; nothing where one deserves a closer look."""
        meanings = self._meanings
        if not (self._is_quick and PLAIN_CELLS.issuperset(map(type, cells))):
            return None
        if len(cells) > len(meanings) and not all(map(is_blank, cells[len(meanings) :])):
            return None
        values = self.defaults.copy()
        try:
            values.update(zip(self._names, map(getitem, meanings, cells), strict=False))
        except CellRefused:
            return None
        for name, _ in self.needed:
            if values[name] is None:
                return None
        return Row(self.sheet, number, values, self.given, self.problems)

    def carefully(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """The row with every mistake in it reported; nothing where all of it is blank."""
        if all(map(is_blank, cells)):
            return None
        row = Row(self.sheet, number, self.defaults.copy(), self.given, self.problems, self.absent.copy())
        _fill(row, cells, self.places)
        _refuse_gaps(row, self.needed)
        return row


def column_name(cell: Cell) -> str:
    """A header as the format writes it: `Service area` is service_area."""
    return "_".join(written_as(cell).lower().replace("-", " ").replace("_", " ").split())


def _places(header: Sequence[Cell], spec: SheetSpec, problems: Problems) -> list[Column | None]:
    """The column of each place: None under a blank header, a nameless one where the header is a mistake."""
    known = {column.name: column for column in spec.columns}
    places: list[Column | None] = []
    for cell in header:
        name = column_name(cell)
        column = known.get(name)
        if not name:
            places.append(None)
        elif column is None:
            right = f"did you mean {nearest(name, known, 0)}?"
            what = f"{quoted(cell)} is not a column of this sheet"
            problems.add(spec.name, HEADER_ROW, quoted(name).strip("“”"), what, right)
            places.append(UNREAD)
        elif column in places:
            problems.add(spec.name, HEADER_ROW, name, "the column is there twice", "expected it once")
            places.append(UNREAD)
        else:
            places.append(column)
    for column in spec.columns:
        if column.is_required and column not in places:
            problems.add(spec.name, HEADER_ROW, column.name, "the column is missing", f"expected {column.hint} in it")
    return places


def _fill(row: Row, cells: Sequence[Cell], places: Sequence[Column | None]) -> None:
    values = row.values
    for place, cell in enumerate(cells):
        if cell == "" or is_blank(cell):
            continue
        column = places[place] if place < len(places) else None
        if column is None:
            what = f"{quoted(cell)} stands under no column name"
            row.problem(f"column {place + 1}", what, "expected a name above it, or nothing")
            continue
        try:
            values[column.name] = column.read(cell)
        except CellRefused as refused:
            row.problem(column.name, refused.what, refused.right)


def _refuse_gaps(row: Row, needed: Sequence[tuple[str, str]]) -> None:
    for name, hint in needed:
        if row.values[name] is None and name not in row.refused:
            row.problem(name, "the cell is blank", f"expected {hint}")
