"""
The paper as a Word file to be edited: real headings, header rows, pictures with text, a contents field.

It fills the council's own template by its styles, or the plain one that ships.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from reports.render.document import Block, Card, Document, Facts, Paragraph, Picture, Section, Subheading, Table
from reports.render.docx.drawings import as_png
from reports.render.docx.elements import QUIET, bookmark, element, field, paragraph, run, status, tab
from reports.render.docx.frame import fill_fields, mark_pages, plain_header_and_footer, set_properties
from reports.render.docx.package import blank, from_template, saved
from reports.render.docx.pages import Pages
from reports.render.docx.styles import OURS, Styles, adopt
from reports.render.docx.tables import table

PICTURE_WIDTH: Final = Cm(4.4)
EMU_PER_TWENTIETH: Final = 635
LONG_HEADLINE: Final = 320


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
        self.cards = 0
        self.marks = max((int(each.get(qn("w:id"))) for each in file.element.iter(qn("w:bookmarkStart"))), default=0)

    def write(self) -> None:
        self._front()
        for number, section in enumerate(self.document.sections, start=1):
            self._section(number, section)
        self.pages.finish()

    def _section(self, number: int, section: Section) -> None:
        if section.is_wide or self.pages.is_wide:
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
            case Subheading():
                self._add(paragraph("Heading2", run(block.text)))
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
        title = [run(card.title), run(f"  {card.code}", style=QUIET)]
        if self.document.has_index:
            self.cards += 1
            title = bookmark(self.marks + len(self.document.sections) + self.cards, _card_anchor(self.cards), *title)
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

    def _facts(self, facts: Facts) -> None:
        if facts.title:
            self._add(paragraph("Fact", run(facts.title, is_bold=True), is_kept=True))
        for term, text in facts.rows:
            self._add(paragraph("Fact", run(term, style=QUIET), tab(), run(text)))

    def _table(self, it: Table, *, is_small: bool) -> None:
        self._add(table(it, self.pages.width, is_small=is_small, style=self.styles.table))
        self._add(paragraph("TableText"))

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
        self._facts(document.facts)
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
        self._contents()

    def _contents(self) -> None:
        """A contents field in a few lines, so that page one keeps its room, and without page numbers, which only an
        editor could know: it needs no updating."""
        links: list[Any] = [run("In this paper: ")]
        for number, section in enumerate(self.document.sections, start=1):
            links.append(element("w:hyperlink", run(section.title, style="Hyperlink"), w_anchor=_anchor(number)))
            links.append(run(" · "))
        self._add(paragraph("TOC1", *field(r'TOC \o "1-1" \h \n \z', links[:-1])))
        if self.document.has_index:
            self._index()

    def _index(self) -> None:
        """Every card under its section, each a link."""
        number = 0
        for section in self.document.sections:
            cards = [block for block in section.blocks if isinstance(block, Card)]
            if not cards:
                continue
            self._add(paragraph("TOC1", run(section.title, is_bold=True), is_kept=True))
            links: list[Any] = []
            for card in cards:
                number += 1
                named = run(f"{card.code} {card.title}", style="Hyperlink")
                links += [element("w:hyperlink", named, w_anchor=_card_anchor(number)), run(" · ")]
            self._add(paragraph("TOC1", *links[:-1]))

    def _add(self, block: Any) -> None:
        self.pages.add(self.styles.apply(block))


def _pictures(document: Document) -> Iterator[Picture]:
    """In the order in which they are printed."""
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Card) and block.picture:
            yield block.picture


def _card_anchor(number: int) -> str:
    return f"_Card{number:04}"


def _anchor(number: int) -> str:
    return f"_Toc{number:03}"
