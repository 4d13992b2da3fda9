"""What a document prints, thing by thing: rows, cards, lists of facts and paragraphs, each with its texts by label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from config.ui.status import look
from contracts.rules.months import Month, MonthNotUnderstood, month_long, parse_month
from reports.render.document import (
    Block,
    Card,
    Cell,
    Column,
    Document,
    Facts,
    Listing,
    Paragraph,
    Section,
    Subheading,
    Table,
)

HEADLINE: Final = "Headline"
FRONT: Final = "Front page"
SUMMARY: Final = "months"
NAMES: Final = {SUMMARY: "Summary by month"}
"""Sections whose title says less than a reader needs to find the place."""
ALWAYS_OTHER: Final = frozenset({"Status"})
"""Facts that no two papers share."""
KEYED_ALSO_BY: Final = frozenset({"Milestone", "What", "Change"})
"""Columns without which two rows of one project or KPI could not be told apart."""
NUMBERED: Final = re.compile(r"(?:\d+\.|Appendix [A-Z]:) (?P<title>.*)")
COUNTED: Final = re.compile(r"(?P<title>.*) \((?P<number>[\d,]+)\)")
ABOUT: Final = re.compile(r"(?P<what>[A-Z][a-z]+ \d{4}|Provisional): ")
SUBJECTS: Final = {"Provisional": "provisional figures"}
SHARE: Final = re.compile(r"(?P<count>[\d,]+) \((?P<share>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Label:
    """What a text is called within its thing; of a figure also the month it belongs to."""

    text: str
    month: Month | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (month_long(self.month) if self.month else "", self.text)))


NOTE: Final = Label("note")
NAME: Final = Label("name")


@dataclass(slots=True)
class Printed:
    """
    One thing that a paper prints, which another paper may print too.

    ``key`` tells it from all others of its section, ``name`` is what a reader calls it. One that is told whole is not
    compared text by text with a paper that has no such thing: it is new, or gone. Of prose the texts have no labels of
    their own: they are paragraphs by their number.
    """

    section: str
    key: str
    name: str
    is_told_whole: bool = True
    texts: dict[Label, str] = field(default_factory=dict)
    is_prose: bool = False

    def agrees_with(self, texts: dict[Label, str]) -> bool:
        return all(self.texts.get(label, text) == text for label, text in texts.items())


def printed_by(document: Document) -> tuple[Printed, ...]:
    """Everything the document prints but its drawings, which show the figures beside them."""
    ledger = _Ledger()
    ledger.add(Printed(HEADLINE, "", "", is_told_whole=False), {Label(""): document.headline})
    ledger.add(Printed(FRONT, "facts", "", is_told_whole=False), _front(document))
    ledger.prose("Introduction", document.introduction)
    ledger.prose(FRONT, document.notes)
    for section in document.sections:
        _read(ledger, section)
    return tuple(ledger.found.values())


class _Ledger:
    """A table that is too wide goes on in another one: their rows are one thing. Of two things alike both are kept."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Printed] = {}

    def add(self, new: Printed, texts: dict[Label, str], under: str = "") -> None:
        """``under``: the heading it stands under, which tells it from another one of the same name."""
        key, name, number = new.key, new.name, 1
        while (there := self.found.get((new.section, key))) is not None and not there.agrees_with(texts):
            more = under if number == 1 and under else str(number + (not under))
            key, name, number = f"{new.key} ({more})", f"{new.name} ({more})".strip(), number + 1
        if there is None:
            new.key, new.name = key, name
            there = self.found[new.section, key] = new
        there.texts.update(texts)

    def prose(self, section: str, paragraphs: Iterable[str]) -> None:
        """Notes that begin with what they are about are known by that, all others by their number."""
        texts: dict[Label, str] = {}
        for paragraph in paragraphs:
            about = ABOUT.match(paragraph)
            if about and Label(note := f"note on {SUBJECTS.get(about['what'], about['what'])}") not in texts:
                self.add(Printed(section, note, "", is_told_whole=False), {Label(note): paragraph})
                continue
            texts[Label(f"paragraph {len(texts) + 1}")] = paragraph
        if texts:
            self.add(Printed(section, "prose", "", is_told_whole=False, is_prose=True), texts)


def _front(document: Document) -> dict[Label, str]:
    own = {"title": document.title, "board": document.board, "meeting": document.day}
    told = own | {term.lower(): text for term, text in document.facts.rows if term not in ALWAYS_OTHER}
    told["since the Board last met"] = document.since_last
    return {Label(name): text for name, text in told.items()}


def _read(ledger: _Ledger, section: Section) -> None:
    numbered = NUMBERED.fullmatch(section.title)
    title = numbered["title"] if numbered else section.title
    counted = COUNTED.fullmatch(title)
    name = NAMES.get(section.key) or (counted["title"] if counted else title)
    if counted:
        ledger.add(Printed(name, "number", "", is_told_whole=False), {Label("how many"): counted["number"]})
    under = ""
    for block in section.blocks:
        if isinstance(block, Subheading):
            under = _heading(ledger, name, block.text)
        for thing, texts in _of_block(name, section, block):
            ledger.add(thing, texts, under)
    ledger.prose(name, [text for block in section.blocks for text in _prose(block)])


def _prose(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph():
            return (block.text,)
        case Listing():
            return block.items
        case _:
            return ()


def _heading(ledger: _Ledger, section: str, text: str) -> str:
    """A heading inside a section, and what it counts; what stands under it is told from others by it."""
    counted = COUNTED.fullmatch(text)
    title = counted["title"] if counted else text
    said = {Label("how many"): counted["number"]} if counted and counted["number"].isdecimal() else {Label(""): text}
    ledger.add(Printed(section, f"heading {title}", f"heading {title}"), said)
    return title.lower()


def _of_block(name: str, section: Section, block: Block) -> Iterator[tuple[Printed, dict[Label, str]]]:
    match block:
        case Card():
            title = f"{block.code} {block.title}".strip()
            yield Printed(name, f"card {block.code or block.title}", title), _of_card(block)
        case Facts():
            yield Printed(name, f"facts {_uncounted(block.title)}", "", is_told_whole=False), dict(_of_facts(block))
        case Table() if section.key == SUMMARY:
            yield from _by_month(name, block)
        case Table():
            yield from (_of_row(name, block, row) for row in block.rows)


def _of_card(card: Card) -> dict[Label, str]:
    texts = {NAME: card.title} if card.code else {}
    texts |= {Label(mark.word): mark.more or "yes" for mark in card.marks}
    for facts in card.facts:
        texts.update(_of_facts(facts))
    for table in (*card.tables, *card.details):
        for row in table.rows:
            for column, cell in list(zip(table.columns, row, strict=True))[1:]:
                texts.update(_of_cell(column, cell, _head(row[0]).lower()))
    return texts


def _of_facts(facts: Facts) -> Iterator[tuple[Label, str]]:
    for term, text in facts.rows:
        yield Label(", ".join(_inside(each) for each in (_uncounted(facts.title), term) if each)), text


def _inside(term: str) -> str:
    """As it reads within a sentence; a code keeps its capitals."""
    return term if term[1:2].isupper() or term[1:2].isdigit() else term[:1].lower() + term[1:]


def _uncounted(title: str) -> str:
    """`2 figures disputed by the supplier` is the same list as `1 figure disputed by the supplier`."""
    return re.sub(r"^[\d,]+ figures? ", "", title)


def _by_month(name: str, table: Table) -> Iterator[tuple[Printed, dict[Label, str]]]:
    """The summary, month for month: a count and its share in a cell are two numbers."""
    for place, column in enumerate(table.columns[1:], start=1):
        month = _month(column.heading)
        texts: dict[Label, str] = {}
        for number, row in enumerate(table.rows):
            is_total = table.has_total and number == len(table.rows) - 1
            head, text = _head(row[0]), row[place].text
            label = head if is_total else head.lower()
            found = SHARE.fullmatch(text)
            texts[Label(label)] = found["count"] if found else text
            if not is_total:
                texts[Label(f"{label}, share")] = found["share"] if found else "0%"
        heading = month_long(month) if month else column.heading
        yield Printed(name, f"month {heading}", heading), texts


def _of_row(name: str, table: Table, row: Sequence[Cell]) -> tuple[Printed, dict[Label, str]]:
    first, cells = row[0], list(zip(table.columns, row, strict=True))[1:]
    more = [_text(cell) for column, cell in cells if column.heading in KEYED_ALSO_BY]
    key = ", ".join((_head(first), *more))
    called = " ".join(filter(None, (_head(first), first.note if not more else "")))
    texts = {NOTE: first.note} if first.note else {}
    for column, cell in cells:
        texts.update(_of_cell(column, cell, "" if _month(column.heading) else column.heading.lower()))
    return Printed(name, f"row {key}", ", ".join((called, *more))), texts


def _of_cell(column: Column, cell: Cell, label: str) -> dict[Label, str]:
    """Of a figure with its status two texts, else one."""
    month = _month(column.heading)
    if month is None:
        own = label if label == column.heading.lower() else f"{label}, {column.heading.lower()}"
        return {Label(own): _text(cell)}
    if not cell.look or not cell.text:
        return {Label(label or "result", month): _text(cell)}
    status = f"{look(cell.look).word}{f' ({cell.note})' if cell.note else ''}"
    return {Label("result", month): _figure(cell), Label("status", month): status}


def _head(cell: Cell) -> str:
    return cell.text or (look(cell.look).word if cell.look else "")


def _text(cell: Cell) -> str:
    parts = [look(cell.look).word if cell.look else "", _figure(cell)]
    said = ", ".join(part for part in parts if part)
    return f"{said} ({cell.note})" if cell.note and said else said or cell.note


def _figure(cell: Cell) -> str:
    return f"{cell.text} (provisional)" if cell.is_provisional else cell.text


def _month(heading: str) -> Month | None:
    try:
        return parse_month(heading)
    except MonthNotUnderstood:
        return None
