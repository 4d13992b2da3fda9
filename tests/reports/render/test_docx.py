"""The Word file has real headings, header rows, pictures with text and fields, and says every word of the document."""

import re
from functools import cache
from io import BytesIO
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
    "addendum", "quiet_addendum", "hostile_addendum",
]  # fmt: skip
CONTENTS = "TOC1"


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
        if not any(each.get(qn("w:val")) == CONTENTS for each in _paragraph(text).iter(qn("w:pStyle")))
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


def test_the_contents_lead_to_every_section() -> None:
    body = opened("small").element.body
    (field,) = [text.text.strip() for text in body.iter(qn("w:instrText"))]
    assert field.startswith("TOC ")
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert len(anchors) == len(words("small").sections)


def test_head_and_foot_say_draft_occasion_and_page() -> None:
    page = opened("small").sections[0]
    assert page.header.paragraphs[0].text == "DRAFT"
    assert page.footer.paragraphs[0].text == f"{words('small').occasion} · Page 1 of 1"
    fields = [each.text.strip() for each in page.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


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
    assert all("DRAFT" in page and f"of {len(pages)}" in page for page in pages)
    whole = squeezed("".join(pages))
    for section in words("many_failures").sections:
        assert squeezed(section.title) in whole
