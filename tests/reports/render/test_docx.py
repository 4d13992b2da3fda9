"""The Word file has real headings, header rows, pictures with text and fields, and says every word of the document."""

import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from subprocess import run
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from reports.render.document import Card, Table
from reports.render.docx.elements import SHAPES
from tests.reports.render.rendered import content, words
from tests.reports.render.spoken import spoken, squeezed

SAMPLES = [
    "small", "disputed", "nothing_failed", "many_failures", "long_history", "hostile", "empty", "without_meeting",
    "board_projects", "first_projects", "no_projects", "many_projects", "hostile_projects",
    "month_of_projects", "month_of_none", "month_of_many", "hostile_month",
    "addendum", "quiet_addendum", "hostile_addendum", "slip", "exempt_report", "exempt_projects",
]  # fmt: skip
CONTENTS = {"TOCHeading", "TOC1", "TOC2"}


@cache
def opened(sample: str) -> Any:
    return docx.Document(BytesIO(content(sample, "docx")))


def paragraphs(sample: str, *styles: str) -> list[str]:
    return [each.text for each in opened(sample).paragraphs if each.style.style_id in styles]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_word_stands_in_the_order_of_the_document(sample: str) -> None:
    body = opened(sample).element.body
    shown = [
        text.text or ""
        for text in body.iter(qn("w:t"))
        if not any(each.get(qn("w:val")) in CONTENTS for each in _paragraph(text).iter(qn("w:pStyle")))
    ]
    shapes = "".join(set(SHAPES.values()))
    said, expected = squeezed("".join(shown)), spoken(words(sample))
    assert re.sub(f"[{shapes}]", "", said) == re.sub(f"[{shapes}]", "", expected)


def _paragraph(text: Any) -> Any:
    return next(each for each in text.iterancestors() if each.tag == qn("w:p"))


def test_headings_are_headings() -> None:
    document = words("many_failures")
    assert paragraphs("many_failures", "Title") == [document.title]
    assert paragraphs("many_failures", "Heading1") == [section.title for section in document.sections]
    cards = [block for section in document.sections for block in section.blocks if isinstance(block, Card)]
    assert {f"{card.title}  {card.code}" for card in cards} <= set(paragraphs("many_failures", "Heading2"))


@pytest.mark.parametrize("sample", ["small", "nothing_failed", "board_projects", "month_of_projects"])
def test_every_table_repeats_its_head_keeps_its_rows_whole_and_has_a_name(sample: str) -> None:
    blocks = [block for section in words(sample).sections for block in section.blocks]
    tables = [table for block in blocks for table in _tables(block)]
    shown = opened(sample).tables
    assert [_property(each, "w:tblCaption") for each in shown] == [table.caption for table in tables]
    for each in shown:
        first, *others = each.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in each.rows)
        assert not [row for row in others if row._tr.trPr.find(qn("w:tblHeader")) is not None]
        look = each._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert len({len(row.cells) for row in each.rows}) == 1


def _tables(block: object) -> tuple[Table, ...]:
    if isinstance(block, Table):
        return (block,)
    return (*block.tables, *block.details) if isinstance(block, Card) else ()


def _property(table: Any, name: str) -> str:
    found: str = table._tbl.tblPr.find(qn(name)).get(qn("w:val"))
    return found


def test_every_picture_says_its_history_in_words() -> None:
    blocks = [block for section in words("many_failures").sections for block in section.blocks]
    alts = [block.picture.alt for block in blocks if isinstance(block, Card) and block.picture]
    shown = opened("many_failures").inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shown] == alts
    assert len({shape._inline.docPr.get("id") for shape in shown}) == len(alts)


@pytest.mark.parametrize("sample", ["small", "addendum", "month_of_projects"])
def test_the_contents_are_a_table_that_word_can_update_and_lead_to_every_heading(sample: str) -> None:
    body, document = opened(sample).element.body, words(sample)
    (field,) = [text.text.strip() for text in body.iter(qn("w:instrText"))]
    assert field == rf'TOC \o "1-{2 if document.has_index else 1}" \h \z'
    (frame,) = body.iter(qn("w:docPartGallery"))
    assert frame.get(qn("w:val")) == "Table of Contents"
    links = {link.get(qn("w:anchor")): _text(link) for link in body.iter(qn("w:hyperlink"))}
    marked = {mark.get(qn("w:name")): _text(_paragraph(mark)) for mark in body.iter(qn("w:bookmarkStart"))}
    assert links == marked
    headings = {"Heading1", "Heading2"} if document.has_index else {"Heading1"}
    assert list(links.values()) == paragraphs(sample, *headings)


def test_the_contents_claim_no_page_that_they_cannot_know_and_ask_nobody_as_the_file_opens() -> None:
    file = opened("small")
    assert "PAGEREF" not in "".join(text.text for text in file.element.body.iter(qn("w:instrText")))
    assert next(file.settings.element.iter(qn("w:updateFields")), None) is None
    assert not [mark for mark in file.element.body.iter(qn("w:fldChar")) if mark.get(qn("w:dirty"))]


def test_the_long_report_lists_its_projects_in_two_columns() -> None:
    columns = [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in opened("month_of_projects").sections]
    assert columns[:3] == [None, "2", None]


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_head_and_foot_say_draft_title_occasion_and_page() -> None:
    page = opened("small").sections[0]
    assert [each.text for each in page.header.paragraphs] == ["DRAFT", words("small").title]
    assert [each.text for each in page.first_page_header.paragraphs] == ["DRAFT"]
    for footer in (page.footer, page.first_page_footer):
        assert footer.paragraphs[0].text == f"{words('small').occasion} · Page\xa01\xa0of\xa01"
        fields = [each.text.strip() for each in footer._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_paragraph_is_empty_but_where_word_wants_one(sample: str) -> None:
    """Between two tables, which Word would join, and where pages end with a table."""
    for each in opened(sample).element.body.findall(qn("w:p")):
        if not "".join(each.itertext()).strip() and next(each.iter(qn("w:drawing")), None) is None:
            ends_pages = each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
            before, after = each.getprevious(), each.getnext()
            assert before.tag in (qn("w:tbl"), qn("w:sdt"))
            assert ends_pages or after.tag in (qn("w:tbl"), qn("w:sectPr"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_headings_go_down_one_level_at_a_time_and_stay_with_what_they_head(sample: str) -> None:
    file = opened(sample)
    levels = {style.style_id: style.element for style in file.styles}
    shown = [int(each.style.style_id[-1]) for each in file.paragraphs if each.style.style_id.startswith("Heading")]
    assert shown[:1] == [1]
    assert all(after <= before + 1 for before, after in pairwise(shown))
    for name, outline in (("Heading1", "0"), ("Heading2", "1")):
        properties = levels[name].find(qn("w:pPr"))
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == outline
        assert properties.find(qn("w:keepNext")) is not None


def test_a_card_of_a_few_lines_stays_on_one_page() -> None:
    file = opened("many_failures")
    titles = {f"{card.title}  {card.code}" for section in words("many_failures").sections for card in section.blocks
              if isinstance(card, Card)}  # fmt: skip
    starts = [each for each in file.paragraphs if each.text in titles]
    assert starts
    for start in starts:
        following = start._p.getnext()
        assert all(each.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for each in following.iter(qn("w:p")))


def test_every_style_says_its_words_in_british_english() -> None:
    styles = opened("small").styles.element
    assert {each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))} == {"en-GB"}


def test_language_title_and_dates_are_the_papers() -> None:
    document = opened("small")
    properties = document.core_properties
    assert (properties.title, properties.language) == (words("small").title, "en-GB")
    assert {properties.created.isoformat(), properties.modified.isoformat()} == {"2018-03-14T00:00:00+00:00"}
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"


def test_wide_appendices_lie_across_the_page() -> None:
    shapes = [section.page_width > section.page_height for section in opened("nothing_failed").sections]
    assert shapes == [False, True, True, False]


def test_the_container_dates_nothing_by_the_clock() -> None:
    with ZipFile(BytesIO(content("small", "docx"))) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in container.namelist() if "thumbnail" in name or "customXml" in name]


@pytest.mark.office
def test_libreoffice_opens_it_and_loses_no_word(libreoffice: Path, tmp_path: Path) -> None:
    file = tmp_path / "paper.docx"
    file.write_bytes(content("many_failures", "docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(libreoffice), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages]
    assert all("DRAFT" in page and f"of{len(pages)}" in squeezed(page) for page in pages)
    whole = squeezed("".join(pages))
    for section in words("many_failures").sections:
        assert squeezed(section.title) in whole


@pytest.mark.parametrize("sample", ["exempt_report", "exempt_projects"])
def test_every_page_of_an_exempt_paper_says_so(sample: str) -> None:
    page = opened(sample).sections[0]
    for header in (page.first_page_header, page.header):
        assert "Not for publication: paragraph 3" in header.paragraphs[0].text
