"""A paper fills the council's own Word template by its styles, and leaves what is the council's as it is."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from reports.render import render
from reports.render.docx.fitness import examine
from reports.snapshot import Words
from tests.reports.exempt.halves import parted, whole
from tests.reports.render.council import AFTER, COVER, council_template
from tests.reports.render.rendered import paper, words

OURS = {
    "Headline",
    "Note",
    "Mark",
    "Fact",
    "TableText",
    "TableTextSmall",
    "Quiet",
    "TOC1",
    "TOC2",
    "TOCHeading",
    "FactSmall",
}


@cache
def printed(sample: str = "small", **options: bool) -> bytes:
    made = replace(paper(sample), words=Words(item="5", recommendation="That the report be noted."))
    return render(made, "docx", council_template(**options))[0].content


def opened(sample: str = "small", **options: bool) -> Any:
    return docx.Document(BytesIO(printed(sample, **options)))


def texts(file: Any) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def sections_xml(file: Any) -> list[Any]:
    return list(file.element.body.iter(qn("w:sectPr")))


def test_headings_are_the_councils_own() -> None:
    file = opened()
    titles = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert titles[0] == COVER
    assert {section.title.partition(" ")[2] for section in words("small").sections} <= {
        title.partition(" ")[2] for title in titles
    }
    assert file.styles["Heading 1"].font.name == "Georgia"


def test_styles_are_found_by_name_where_their_ids_are_in_another_language() -> None:
    file = opened(is_german=True)
    ids = {style.get(qn("w:val")) for style in file.element.body.iter(qn("w:pStyle"))}
    assert {"berschrift1", "berschrift2"} <= ids
    assert not ids & {"Heading1", "Heading2"}


def test_every_style_that_is_used_is_in_the_file() -> None:
    for file in (opened(), opened(is_german=True), opened(has_marker=False)):
        there = {style.style_id for style in file.styles}
        used = {
            each.get(qn("w:val"))
            for kind in ("w:pStyle", "w:rStyle", "w:tblStyle")
            for each in file.element.body.iter(qn(kind))
        }
        assert used <= there


def test_what_the_template_lacks_takes_its_fonts_and_colours() -> None:
    styles = {style.style_id: style.element for style in opened().styles}
    for name in OURS:
        assert next(styles[name].iter(qn("w:color")), None) is None
        assert next(styles[name].iter(qn("w:rFonts")), None) is None


def test_tables_take_the_councils_table_style_and_keep_their_header_rows_and_whole_rows() -> None:
    tables = opened().tables
    assert tables
    for table in tables:
        assert table.style.name == "Council Table"
        assert next(table._tbl.iter(qn("w:tblBorders"), qn("w:shd")), None) is None
        first, *others = table._tbl.findall(qn("w:tr"))
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in (first, *others))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_pictures_have_their_words() -> None:
    shapes = opened().inline_shapes
    assert len(shapes)
    assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_the_text_stands_in_the_place_of_the_marker() -> None:
    shown = texts(opened())
    assert "{{paper}}" not in shown
    assert shown[0] == COVER
    assert shown[-1] == AFTER
    assert shown.index(words("small").sections[0].title) < shown.index(AFTER)


def test_without_a_marker_it_stands_at_the_end() -> None:
    shown = texts(opened(has_marker=False))
    assert shown[0] == COVER
    assert AFTER not in shown
    assert words("small").headline in shown


def test_pages_keep_the_councils_paper_and_margins_and_lie_across_for_wide_tables() -> None:
    found = [
        (int(size.get(qn("w:w"))) > int(size.get(qn("w:h"))), margins.get(qn("w:left")))
        for section in sections_xml(opened())
        for size, margins in [(section.find(qn("w:pgSz")), section.find(qn("w:pgMar")))]
    ]
    assert {margin for _, margin in found} == {"1417"}
    assert [is_wide for is_wide, _ in found] == [False, True, True, False]


def test_the_last_page_is_not_an_empty_one() -> None:
    """Where the text ends the file, its last pages are those of its last section."""
    made = replace(paper("small"), kind="addendum", number=1)
    for file in (opened(has_marker=False), docx.Document(BytesIO(render(made, "docx")[0].content))):
        body = file.element.body
        assert body[-1].tag == qn("w:sectPr")
        ended = body[-2].find(f"{qn('w:pPr')}/{qn('w:sectPr')}") if body[-2].tag == qn("w:p") else None
        assert ended is None


def test_header_and_footer_are_kept_and_the_mark_stands_on_top() -> None:
    page = opened(has_page_number=True).sections[0]
    assert [each.text for each in page.header.paragraphs] == ["DRAFT", "Exampleshire: serving everyone"]
    assert len(page.footer.paragraphs) == 1


def test_a_footer_that_counts_no_pages_gets_a_line_that_does() -> None:
    instructions = [text.text for text in opened().sections[0].footer._element.iter(qn("w:instrText"))]
    assert instructions == [" PAGE ", " NUMPAGES "]


def test_a_first_page_of_its_own_bears_the_mark_too_and_is_the_first_alone() -> None:
    file = opened(has_first_page=True)
    assert file.sections[0].first_page_header.paragraphs[0].text == "DRAFT"
    flags = [section.find(qn("w:titlePg")) is not None for section in sections_xml(file)]
    assert flags == [True, False, False, False]


def test_every_page_of_an_exempt_paper_says_so_in_a_template() -> None:
    exempt = parted("report", "projects").exempt
    assert exempt is not None
    file = docx.Document(BytesIO(render(exempt, "docx", council_template(has_first_page=True))[0].content))
    for page in file.sections:
        for header in (page.header, page.first_page_header):
            assert "Not for publication: paragraph 3 of Part 1 of Schedule 12A" in header.paragraphs[0].text


def test_fields_are_filled_and_the_title_is_not_said_twice() -> None:
    file = opened()
    controls = [each for each in file.element.iter(qn("w:sdt")) if next(each.iter(qn("w:docPartObj")), None) is None]
    filled = ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in controls]
    title = words("small").title
    assert filled == [
        title,
        "Overview and Scrutiny Management Board",
        "Thursday 29 March 2018",
        "5",
        "That the report be noted.",
    ]
    assert next(file.element.iter(qn("w:showingPlcHdr")), None) is None
    assert title not in texts(file)
    assert file.core_properties.title == title


def test_custom_properties_are_filled_by_name() -> None:
    properties = (
        b'<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Committee"><vt:lpwstr>x</vt:lpwstr>'
        b"</property></Properties>"
    )
    content = _with_custom_properties(council_template(), properties)
    with ZipFile(BytesIO(render(paper("small"), "docx", content)[0].content)) as file:
        assert b"Overview and Scrutiny Management Board" in file.read("docProps/custom.xml")


def test_what_it_takes_is_told_beforehand() -> None:
    found = examine(council_template())
    assert found.has_marker
    assert found.fields == ("board", "date", "item", "recommendation", "title")
    assert {match.name for match in found.lacking} >= {"Headline", "Note", "Fact"}
    assert {match.found for match in found.found} >= {"heading 1", "heading 2", "caption", "Council Table"}
    assert not examine(council_template(has_marker=False)).has_marker


def test_a_style_of_ours_that_the_template_has_is_the_councils() -> None:
    file = docx.Document(BytesIO(council_template()))
    file.styles.add_style("Headline", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH).font.italic = True  # type: ignore[attr-defined]
    out = BytesIO()
    file.save(out)
    made = docx.Document(BytesIO(render(paper("small"), "docx", out.getvalue())[0].content))
    (headline,) = (each for each in made.paragraphs if each.text == words("small").headline)
    assert headline.style is not None
    assert headline.style.font.italic


def test_the_same_snapshot_and_template_give_the_same_bytes() -> None:
    assert len({render(paper("small"), "docx", council_template_once())[0].content for _ in range(2)}) == 1


@cache
def council_template_once() -> bytes:
    return council_template(has_page_number=True)


@pytest.mark.parametrize("kind", ["report", "projects"])
def test_a_template_loses_no_word_of_the_paper(kind: str) -> None:
    plain, filled = (
        list(_cells(docx.Document(BytesIO(render(whole(kind), "docx", template)[0].content))))
        for template in (None, council_template())
    )
    assert filled == plain


def _cells(file: Any) -> Iterator[str]:
    for table in file.tables:
        for cell in table._tbl.iter(qn("w:tc")):
            yield "".join(text.text or "" for text in cell.iter(qn("w:t")))


def _with_custom_properties(content: bytes, properties: bytes) -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.custom-properties+xml"
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    changed = {
        "[Content_Types].xml": (
            b"</Types>",
            b'<Override PartName="/docProps/custom.xml" ContentType="' + kind + b'"/></Types>',
        ),
        "_rels/.rels": (
            b"</Relationships>",
            b'<Relationship Id="rId77" Type="' + relation + b'" Target="docProps/custom.xml"/></Relationships>',
        ),
    }
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name in changed:
                part = part.replace(*changed[name])
            target.writestr(name, part)
        target.writestr("docProps/custom.xml", properties)
    return out.getvalue()
