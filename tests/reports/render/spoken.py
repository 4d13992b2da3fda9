"""The words of a document in reading order, as every format must say them; spaces do not count."""

from collections.abc import Iterator

from config.ui.status import look
from reports.render.document import Block, Card, Cell, Document, Facts, Paragraph, Subheading, Table


def spoken(document: Document, *, with_card_captions: bool = False) -> str:
    """Every word but the pictures' texts. Tables of cards have a caption in HTML only, for screen readers."""
    return squeezed("".join(_document(document, with_card_captions)))


def squeezed(text: str) -> str:
    return "".join(text.split())


def _document(document: Document, with_card_captions: bool) -> Iterator[str]:
    yield document.occasion
    yield document.title
    yield from _facts(document.facts)
    yield document.headline
    yield from document.introduction
    yield document.since_last
    yield from document.notes
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from _block(block, with_card_captions)


def _block(block: Block, with_card_captions: bool) -> Iterator[str]:
    match block:
        case Paragraph() | Subheading():
            yield block.text
        case Facts():
            yield from _facts(block)
        case Table():
            yield from _table(block, with_caption=True)
        case Card():
            yield from (block.title, block.code)
            for mark in block.marks:
                yield from (mark.word, mark.more)
            for table in block.tables:
                yield from _table(table, with_caption=with_card_captions)
            for facts in block.facts:
                yield from _facts(facts)
            for table in block.details:
                yield from _table(table, with_caption=with_card_captions)


def _facts(facts: Facts) -> Iterator[str]:
    yield facts.title
    for row in facts.rows:
        yield from row


def _table(table: Table, *, with_caption: bool) -> Iterator[str]:
    if with_caption:
        yield table.caption
    for column in table.columns:
        yield from (column.heading, column.note)
    for row in table.rows:
        for cell in row:
            yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[str]:
    yield cell.text
    if cell.look:
        yield look(cell.look).word
    if cell.is_provisional:
        yield "provisional"
    yield cell.note
