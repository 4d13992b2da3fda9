"""The paper as a Word file to be edited: real headings, header rows, pictures with text, a contents field."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from reports.render.document import Block, Card, Document, Facts, Paragraph, Picture, Section, Subheading, Table
from reports.render.docx.drawings import as_png
from reports.render.docx.elements import QUIET, bookmark, element, field, paragraph, run, status, tab
from reports.render.docx.package import blank, saved
from reports.render.docx.tables import table

SHORT: Final = Cm(21)
LONG: Final = Cm(29.7)
MARGIN: Final = Cm(2)
PICTURE_WIDTH: Final = Cm(4.4)
EMU_PER_TWENTIETH: Final = 635
LONG_HEADLINE: Final = 320


def render(document: Document) -> bytes:
    """The file's bytes."""
    file = blank(document)
    _Writer(file, document).write()
    return saved(file)


class _Writer:
    """Puts the blocks of one paper into one file, front to back."""

    def __init__(self, file: Any, document: Document) -> None:
        self.file = file
        self.document = document
        self.width = 0
        self.is_wide = False
        self.drawings = iter(as_png(list(_pictures(document))))
        self.cards = 0

    def write(self) -> None:
        page = self.file.sections[0]
        self._turn(page, is_wide=False)
        page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = MARGIN
        self._header_and_footer(page)
        self._front()
        for number, section in enumerate(self.document.sections, start=1):
            self._section(number, section)

    def _section(self, number: int, section: Section) -> None:
        if section.is_wide or self.is_wide:
            self._turn(self.file.add_section(WD_SECTION.NEW_PAGE), is_wide=section.is_wide)
            is_new_page = False
        else:
            is_new_page = section.is_appendix
        heading = paragraph("Heading1", *bookmark(number, _anchor(number), run(section.title)))
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
                self._add(paragraph("Caption", run(block.caption)))
                self._table(block, is_small=self.is_wide)
            case Picture():
                self._picture(block.alt, width=Emu(self.width * EMU_PER_TWENTIETH), name="Timeline")
            case Card():
                self._card(block)

    def _card(self, card: Card) -> None:
        title = [run(card.title), run(f"  {card.code}", style=QUIET)]
        if self.document.has_index:
            self.cards += 1
            title = bookmark(len(self.document.sections) + self.cards, _card_anchor(self.cards), *title)
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
        self._add(table(it, self.width, is_small=is_small))
        self._add(paragraph("TableText"))

    def _picture(self, alt: str, *, width: Any = PICTURE_WIDTH, name: str = "History") -> None:
        holder = self.file.add_paragraph(style="Mark")
        shape = holder.add_run().add_picture(BytesIO(next(self.drawings)), width=width)
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", f"{name} {properties.get('id')}")

    def _front(self) -> None:
        document = self.document
        if document.occasion:
            self._add(paragraph("Subtitle", run(document.occasion)))
        self._add(paragraph("Title", run(document.title)))
        self._facts(document.facts)
        headline = paragraph("Headline", run(document.headline))
        if len(document.headline) >= LONG_HEADLINE:
            for words in headline.iter(qn("w:r")):
                words.insert(0, element("w:rPr", element("w:sz", w_val=24)))
        self._add(headline)
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

    def _turn(self, page: Any, *, is_wide: bool) -> None:
        """Upright or across; a section of the file takes everything else from the one before it."""
        self.is_wide = is_wide
        page.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
        self.width = int(Emu(page.page_width - 2 * MARGIN) / EMU_PER_TWENTIETH)

    def _header_and_footer(self, page: Any) -> None:
        header = page.header.paragraphs[0]._p
        header.getparent().replace(header, paragraph("Header", run(self.document.mark)))
        number = [run("Page "), *field("PAGE", [run("1")]), run(" of "), *field("NUMPAGES", [run("1")])]
        occasion = [run(f"{self.document.occasion} · ")] if self.document.occasion else []
        footer = page.footer.paragraphs[0]._p
        footer.getparent().replace(footer, paragraph("Footer", *occasion, *number))

    def _add(self, block: Any) -> None:
        self.file.element.body.insert_element_before(block, "w:sectPr")


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
