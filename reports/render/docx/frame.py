"""
What stands round the text of a Word paper: header, footer, properties, and the fields of the council's own template.

A template keeps its header and footer; the mark that every page must bear is put above its header, and a footer that
counts no pages gets a line that does. A content control, or a document property, that is called as one of our fields
(title, board, date, item, author, recommendation, contract, status) is filled with it.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any, Final

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.render.document import Document
from reports.render.docx.elements import QUIET, field, paragraph, run
from reports.render.docx.styles import Styles

CUSTOM_PROPERTIES: Final = "/docProps/custom.xml"
VALUE_OF_PROPERTY: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
ALSO_CALLED: Final = {
    "report title": "title",
    "meeting": "board",
    "committee": "board",
    "meeting date": "date",
    "date of meeting": "date",
    "agenda item": "item",
    "item number": "item",
    "report author": "author",
    "recommendations": "recommendation",
}
LONGEST_PROPERTY: Final = 255
RED: Final = "B10E1E"


def set_properties(properties: Any, document: Document) -> None:
    """Who wrote the template, and when, is not what the paper is about."""
    made_at = datetime.combine(document.made_on, time(), UTC)
    properties.title = document.title[:LONGEST_PROPERTY]
    properties.subject = document.occasion[:LONGEST_PROPERTY]
    properties.author = dict(document.fields).get("author", "")[:LONGEST_PROPERTY] or "Scrutineer"
    properties.last_modified_by = "Scrutineer"
    properties.comments = ""
    properties.language = document.language
    properties.created = properties.modified = made_at
    properties.last_printed = made_at
    properties.revision = 1


def plain_header_and_footer(page: Any, document: Document) -> None:
    """Of the file that ships: every page says what it is a page of, but for the first, where the title stands."""
    page.different_first_page_header_footer = True
    title = paragraph("Header", run(document.title, style=QUIET))
    _put(page.first_page_header, paragraph("Header", run(document.mark)))
    _put(page.header, *([paragraph("Header", run(document.mark))] if document.mark else []), title)
    for footer in (page.first_page_footer, page.footer):
        _put(footer, _page_line(document))


def _put(part: Any, *blocks: Any) -> None:
    """The blocks in the place of the one paragraph that a new header or footer has."""
    only = part.paragraphs[0]._p
    for block in blocks:
        only.addprevious(block)
    only.getparent().remove(only)


def mark_pages(file: Any, document: Document, styles: Styles) -> None:
    """The mark on top of every header of a template, first and even pages included; a page number where none is."""
    has_even = file.settings.odd_and_even_pages_header_footer
    for number, page in enumerate(file.sections):
        kinds = [(page.header, page.footer)]
        if page.different_first_page_header_footer:
            kinds.append((page.first_page_header, page.first_page_footer))
        if has_even:
            kinds.append((page.even_page_header, page.even_page_footer))
        for header, footer in kinds:
            if document.mark and (number == 0 or not header.is_linked_to_previous):
                header.is_linked_to_previous = False
                header._element.insert(
                    0, styles.apply(paragraph("Header", run(document.mark, is_bold=True, colour=RED)))
                )
            if number == 0 and footer is page.footer and not _counts_pages(file):
                footer.is_linked_to_previous = False
                footer._element.append(styles.apply(_page_line(document)))


def fill_fields(file: Any, document: Document) -> frozenset[str]:
    """Fills the content controls and the properties of a template; the names of the fields that were controls."""
    values = dict(document.fields)
    filled = set()
    for root in _roots(file):
        for control in root.iter(qn("w:sdt")):
            name = _field_called(control)
            if values.get(name):
                _fill(control, values[name])
                filled.add(name)
    for part in file.part.package.iter_parts():
        if part.partname == CUSTOM_PROPERTIES:
            part._blob = _filled_properties(part.blob, values)
    return frozenset(filled)


def controls_of(file: Any) -> list[str]:
    """The fields for which a template has content controls."""
    found = {_field_called(control) for root in _roots(file) for control in root.iter(qn("w:sdt"))}
    return sorted(found - {""})


def _page_line(document: Document) -> Any:
    number = [run("Page\xa0"), *field("PAGE", [run("1")]), run("\xa0of\xa0"), *field("NUMPAGES", [run("1")])]
    occasion = [run(f"{document.occasion} · ")] if document.occasion else []
    return paragraph("Footer", *occasion, *number)


def _counts_pages(file: Any) -> bool:
    fields = (
        (text.text or text.get(qn("w:instr")) or "")
        for root in _roots(file)
        if root.tag == qn("w:ftr")
        for text in root.iter(qn("w:instrText"), qn("w:fldSimple"))
    )
    return any("PAGE" in instruction for instruction in fields)


def _roots(file: Any) -> Iterator[Any]:
    """The body, and every header and footer."""
    yield file.element
    for relation in file.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


NAMES: Final = ("title", "board", "date", "item", "author", "recommendation", "contract", "status")


def _field_called(control: Any) -> str:
    properties = control.find(qn("w:sdtPr"))
    if properties is None:
        return ""
    for kind in ("w:tag", "w:alias"):
        given = properties.find(qn(kind))
        if given is not None:
            name = _known(given.get(qn("w:val")) or "")
            if name:
                return name
    return ""


def _known(given: str) -> str:
    name = given.replace("_", " ").strip().casefold()
    name = ALSO_CALLED.get(name, name)
    return name if name in NAMES else ""


def _fill(control: Any, text: str) -> None:
    """The control's first words become the text, in their own look; a binding to another place would bring back its."""
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    for kind in ("w:dataBinding", "w:showingPlcHdr", "w:date"):
        for found in properties.findall(qn(kind)):
            properties.remove(found)
    if content is None:
        return
    first, *others = list(content.iter(qn("w:t"))) or [None]
    if first is None:
        made = run(text)
        holder = content.find(qn("w:p"))
        (content if holder is None else holder).append(made)
        return
    first.text = text
    first.set(qn("xml:space"), "preserve")
    for other in others:
        other.text = ""
    for style in list(content.iter(qn("w:rStyle"))):
        if style.get(qn("w:val")) == "PlaceholderText":
            style.getparent().remove(style)


def _filled_properties(blob: bytes, values: Mapping[str, str]) -> bytes:
    root = parse_xml(blob)
    for found in root:
        value = values.get(_known(found.get("name", "")))
        holder = found.find(VALUE_OF_PROPERTY)
        if value and holder is not None:
            holder.text = value[:LONGEST_PROPERTY]
    made: bytes = serialize_part_xml(root)
    return made
