"""
The paper as a Word file to be edited: real headings, header rows, pictures with text, a contents field.

It fills the council's own template by its styles, or the plain one that ships.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from reports.render.document import (
    Block,
    Card,
    Document,
    Facts,
    Listing,
    Paragraph,
    Picture,
    Section,
    Subheading,
    Table,
)
from reports.render.docx.contents import Entry, contents
from reports.render.docx.drawings import as_png
from reports.render.docx.elements import (
    QUIET,
    bookmark,
    bullet,
    element,
    keep_with_next,
    paragraph,
    run,
    space_before,
    status,
    tab,
)
from reports.render.docx.frame import fill_fields, mark_pages, plain_header_and_footer, set_properties
from reports.render.docx.package import blank, from_template, saved
from reports.render.docx.pages import Pages
from reports.render.docx.styles import OURS, Styles, adopt
from reports.render.docx.tables import table

PICTURE_WIDTH: Final = Cm(4.4)
EMU_PER_TWENTIETH: Final = 635
LONG_HEADLINE: Final = 320
AFTER_TABLE: Final = 160
"""Room under a table, in twentieths of a point; headings have more of their own."""
TERM: Final = (1500, 122, 3000)
"""How wide the terms of a list of facts are: at least, for each letter, at most."""
SHORT: Final = 900
"""A card of so few letters stays on one page."""
COLUMNS_OF_INDEX: Final = 2
WORTH_CONTENTS: Final = 4
"""A paper of fewer sections is seen whole on its first page."""


def render(document: Document, template: bytes | None = None) -> bytes:
    """The file's bytes; without a template, in the plain one that ships."""
    if template is None:
        file, styles, filled = blank(), OURS, frozenset[str]()
        plain_header_and_footer(file.sections[0], document)
    else:
        file = from_template(template)
        styles, filled = adopt(file.styles.element), fill_fields(file, document)
        mark_pages(file, document, styles)
    set_properties(file.core_properties, document)
    _Writer(file, document, styles, is_titled="title" in filled).write()
    return saved(file)


class _Writer:
    """Puts the blocks of one paper into one file, front to back."""

    def __init__(self, file: Any, document: Document, styles: Styles, *, is_titled: bool) -> None:
        self.file = file
        self.document = document
        self.styles = styles
        self.is_titled = is_titled
        self.pages = Pages(file.element.body)
        self.drawings = iter(as_png(list(_pictures(document))))
        self.under = 0
        self.marks = max((int(each.get(qn("w:id"))) for each in file.element.iter(qn("w:bookmarkStart"))), default=0)

    def write(self) -> None:
        self._front()
        for number, section in enumerate(self.document.sections, start=1):
            if self.document.has_index and number == 2:
                self.pages.turn(is_wide=False, columns=COLUMNS_OF_INDEX)
                self._add(contents(list(self._entries())))
            self._section(number, section)
        self.pages.finish()

    def _section(self, number: int, section: Section) -> None:
        if section.is_wide or self.pages.is_wide or self.pages.has_columns:
            self.pages.turn(is_wide=section.is_wide)
            is_new_page = False
        else:
            is_new_page = section.is_appendix
        heading = paragraph("Heading1", *bookmark(self.marks + number, _anchor(number), run(section.title)))
        if is_new_page:
            heading.pPr.append(element("w:pageBreakBefore"))
        self._add(heading)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._add(paragraph("Note" if block.is_quiet else "Normal", run(block.text)))
            case Listing():
                for item in block.items:
                    self._add(bullet("Normal", run(item)))
            case Subheading():
                self._add(paragraph("Heading2", *self._marked(run(block.text))))
            case Facts():
                self._facts(block)
            case Table():
                self._add(paragraph("Caption", run(block.caption), is_kept=True))
                self._table(block, is_small=self.pages.is_wide)
            case Picture():
                self._picture(block.alt, width=Emu(self.pages.width * EMU_PER_TWENTIETH), name="Timeline")
            case Card():
                self._card(block)

    def _card(self, card: Card) -> None:
        first = self.pages.last
        self._put_card(card)
        if sum(len(text) for facts in card.facts for row in facts.rows for text in row) < SHORT and not card.details:
            for block in self.pages.since(first)[:-1]:
                keep_with_next(block)

    def _put_card(self, card: Card) -> None:
        title = self._marked(run(card.title), run(f"  {card.code}", style=QUIET))
        self._add(paragraph("Heading2", *title, border=True))
        for mark in card.marks:
            self._add(paragraph("Mark", *status(mark.look, mark.word), run(f"  {mark.more}", style=QUIET)))
        if card.picture:
            self._picture(card.picture.alt)
        for results in card.tables:
            self._table(results, is_small=True)
        for facts in card.facts:
            self._facts(facts)
        for details in card.details:
            self._table(details, is_small=True)

    def _facts(self, facts: Facts, style: str = "Fact") -> None:
        if facts.title:
            self._add(paragraph(style, run(facts.title, is_bold=True), is_kept=True))
        for term, text in facts.rows:
            self._add(self._set_off(paragraph(style, run(term, style=QUIET), tab(), run(text)), facts))

    def _set_off(self, fact: Any, facts: Facts) -> Any:
        """The words stand beside the longest term of the list, and no further off."""
        if not self.styles.is_councils(fact.style):
            least, letter, most = TERM
            room = min(max(least, letter * max(len(term) for term, _ in facts.rows) + least // 8), most)
            fact.pPr.append(element("w:tabs", element("w:tab", w_val="left", w_pos=room)))
            fact.pPr.append(element("w:ind", w_left=room, w_hanging=room))
        return fact

    def _table(self, it: Table, *, is_small: bool) -> None:
        if self.pages.is_after_table:
            self._add(paragraph("TableText"))
        self._add(table(it, self.pages.width, is_small=is_small, style=self.styles.table))

    def _picture(self, alt: str, *, width: Any = PICTURE_WIDTH, name: str = "History") -> None:
        holder = self.file.add_paragraph()
        self._add(holder._p)
        holder._p.insert(0, paragraph("Mark").pPr)
        self.styles.apply(holder._p)
        shape = holder.add_run().add_picture(BytesIO(next(self.drawings)), width=width)
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", f"{name} {properties.get('id')}")

    def _front(self) -> None:
        document = self.document
        if document.occasion and not self.is_titled:
            self._add(paragraph("Subtitle", run(document.occasion)))
        if not self.is_titled:
            self._add(paragraph("Title", run(document.title)))
        self._facts(document.facts, style="FactSmall")
        headline = paragraph("Headline", run(document.headline))
        if len(document.headline) >= LONG_HEADLINE:
            for words in headline.iter(qn("w:r")):
                words.insert(0, element("w:rPr", element("w:sz", w_val=24)))
        self._add(headline)
        for text in document.introduction:
            self._add(paragraph("Normal", run(text)))
        if document.since_last:
            self._add(paragraph("Normal", run(document.since_last)))
        for note in document.notes:
            self._add(paragraph("Note", run(note)))
        if len(document.sections) >= WORTH_CONTENTS and not document.has_index:
            self._add(contents(list(self._entries())))

    def _entries(self) -> Iterator[Entry]:
        """Every section, and of a paper with an index every heading under it."""
        under = 0
        for number, section in enumerate(self.document.sections, start=1):
            yield Entry(1, section.title, _anchor(number))
            for block in section.blocks if self.document.has_index else ():
                if isinstance(block, Card | Subheading):
                    under += 1
                    text = block.text if isinstance(block, Subheading) else f"{block.title}  {block.code}"
                    yield Entry(2, text, _anchor_under(under))

    def _marked(self, *heading: Any) -> list[Any]:
        """A heading under a section with the bookmark to which the index leads."""
        if not self.document.has_index:
            return list(heading)
        self.under += 1
        return bookmark(self.marks + len(self.document.sections) + self.under, _anchor_under(self.under), *heading)

    def _add(self, block: Any) -> None:
        if self.pages.is_after_table and block.tag == qn("w:p") and not _is_heading(block):
            space_before(block, AFTER_TABLE)
        self.pages.add(self.styles.apply(block))


def _pictures(document: Document) -> Iterator[Picture]:
    """In the order in which they are printed."""
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Card) and block.picture:
            yield block.picture


def _is_heading(block: Any) -> bool:
    return str(block.style).startswith("Heading")


def _anchor_under(number: int) -> str:
    return f"_Toc1{number:04}"


def _anchor(number: int) -> str:
    return f"_Toc{number:03}"
