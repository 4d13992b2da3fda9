"""What a paper prints, as a sequence of sections: plain words that every format lays out in its own way.

`reports.render.words` makes a `Document` of a snapshot once; HTML, PDF and Word walk the same blocks, so they cannot
disagree. Nothing here knows a format, and every text is finished: a renderer adds no words but page numbers.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from django.utils.safestring import SafeString


class Kind(StrEnum):
    """What a column holds: decides how it is aligned, and how a spreadsheet keeps it."""

    TEXT = "text"
    FIGURE = "figure"
    STATUS = "status"
    DAY = "day"
    MONTH = "month"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the line; `note` is a quiet second line of the heading.

    `is_marked` sets the months under review apart from the other months shown; the caption says so in words.
    """

    heading: str
    kind: Kind = Kind.TEXT
    width: float = 1.0
    note: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, then the word and shape of a status (a key of `config.ui.status`), then a quiet note."""

    text: str = ""
    look: str = ""
    note: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of header cells on top; the first cell of each row is its header too.

    `is_total`: the last row is the sum of those above it.
    """

    type: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one is a note."""

    type: ClassVar[str] = "paragraph"
    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what is to be said of each, under a title where there is more than one such list."""

    type: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section."""

    type: ClassVar[str] = "subheading"
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A status or rating as shape and word, and what follows it in plain type: `new`, `third month running`."""

    look: str
    word: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A drawing as SVG with its text equivalent; `width` and `height` in the units of the drawing.

    On its own it takes the whole column; on a card it stands beside the title.
    """

    type: ClassVar[str] = "picture"
    svg: SafeString
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """
    One exception, or one project: what it is about, why it stands here, its history as picture and tables, what was
    said of it, and after that the tables of its `details`.
    """

    type: ClassVar[str] = "card"
    title: str
    code: str
    marks: tuple[Mark, ...]
    picture: Picture | None
    tables: tuple[Table, ...]
    facts: tuple[Facts, ...]
    details: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain list, as people type one: its items, in their order, without numbers."""

    type: ClassVar[str] = "list"
    items: tuple[str, ...]


Block = Paragraph | Facts | Subheading | Table | Picture | Card | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the paper. An appendix starts on a new page; a wide one is printed across the page."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    is_appendix: bool = False
    is_wide: bool = False

    @property
    def has_cards(self) -> bool:
        return any(isinstance(block, Card) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """
    The whole paper in words. `mark` stands on every page until the paper is final, and is empty then. The paragraphs
    of the `introduction` follow the headline.

    `fields` are the parts of the title block by name, for a template that has a place for each of them.

    `has_index`: so long that its contents list every card, by section, and not the sections alone.
    """

    title: str
    board: str
    day: str
    mark: str
    facts: Facts
    headline: str
    since_last: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    made_on: date
    introduction: tuple[str, ...] = ()
    language: str = "en-GB"
    has_index: bool = False
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def occasion(self) -> str:
        """Board and day of the meeting; nothing where a period was judged without one."""
        return ", ".join(part for part in (self.board, self.day) if part)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a data table: `key` heads it in CSV, `heading` in a spreadsheet; `width` in characters."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    width: int = 12


Value = str | int | Decimal | date | bool | None
"""What a data table keeps: a status is its key, a month the date of its first day, a gap None."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A data table for CSV and spreadsheet: one fact a cell, nothing worked into sentences."""

    key: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
