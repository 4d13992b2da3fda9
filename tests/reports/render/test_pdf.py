"""The PDF is tagged as PDF/UA-1 asks, reads in the order of the document, and marks what is a draft on every page."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from reports.render import pdf, render
from reports.render.document import Card, Table
from tests.reports.render.rendered import content, paper, words
from tests.reports.render.spoken import spoken, squeezed
from tests.reports.render.tagged import Element, Tagged, read

PORTFOLIO = ["board_projects", "first_projects", "no_projects", "many_projects"]
MONTHLY = ["month_of_projects", "month_of_none", "month_of_many"]
SAMPLES = [
    "small", "nothing_failed", "many_failures", "long_history", "empty", "without_meeting", "disputed",
    "addendum", "quiet_addendum", "slip", "exempt_report", "exempt_projects", *PORTFOLIO, *MONTHLY,
]  # fmt: skip
CONTENTS = "Contents"
VENDORED = {"LiberationSans", "LiberationSans-Bold", "DejaVuSans"}


@cache
def tagged(sample: str) -> Tagged:
    return read(content(sample, "pdf"))


def opened(sample: str) -> Any:
    return pikepdf.open(BytesIO(content(sample, "pdf")))


def test_it_declares_what_it_is() -> None:
    title = "Corporate Support Services Contract: exception report"
    with opened("small") as file:
        assert bool(file.Root.MarkInfo.Marked)
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]) == title
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == title
            assert metadata["pdfuaid:part"] == "1"
            assert set(metadata["dc:language"]) == {"en-GB"}


def test_it_is_dated_by_the_paper() -> None:
    with opened("small") as file:
        assert {str(file.docinfo[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20180314000000Z"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_word_reads_in_the_order_of_the_document(sample: str) -> None:
    assert squeezed(_without_contents(tagged(sample).root)) == spoken(words(sample))


def _without_contents(element: Element) -> str:
    """The text but for drawings and the contents list, which repeats headings with the pages they are on."""
    if element.kind in ("TOC", "Figure") or (element.kind == "H2" and element.text == CONTENTS):
        return ""
    return "".join(each if isinstance(each, str) else _without_contents(each) for each in element.inside)


@pytest.mark.parametrize("sample", MONTHLY)
def test_a_long_report_lists_every_project_with_its_page_and_leads_there(sample: str) -> None:
    contents = next(tagged(sample).root.all("TOC"))
    said = squeezed(contents.text)
    for section in words(sample).sections:
        assert squeezed(section.title) in said
        for block in section.blocks:
            if isinstance(block, Card):
                assert squeezed(f"{block.title}  {block.code}") in said
    with opened(sample) as file:
        links = [link for page in file.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]
        cards = [block for section in words(sample).sections for block in section.blocks if isinstance(block, Card)]
        assert len(links) >= len(cards)
        assert len(file.open_outline().root) >= 1


@pytest.mark.parametrize("sample", [*SAMPLES, "hostile", "hostile_projects", "hostile_month"])
def test_all_text_is_in_the_structure_or_is_decoration(sample: str) -> None:
    assert set(tagged(sample).stray) == {""}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_table_has_header_cells_for_its_columns_and_its_rows(sample: str) -> None:
    tables = list(tagged(sample).root.all("Table"))
    assert tables
    for table in tables:
        rows = list(table.all("TR"))
        (head,) = (row for part in table.all("THead") for row in part.all("TR"))
        assert {(cell.kind, cell.scope) for cell in head.children} == {("TH", "Column")}
        for row in rows[1:]:
            first, *others = row.children
            assert (first.kind, first.scope) == ("TH", "Row")
            assert {cell.kind for cell in others} == {"TD"}
        assert len({len(row.children) for row in rows}) == 1


@pytest.mark.parametrize("sample", SAMPLES)
def test_headings_go_down_one_level_at_a_time(sample: str) -> None:
    headings = list(tagged(sample).root.all("H1", "H2", "H3", "H4"))
    levels = [int(heading.kind[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    sections = [heading.text for heading in headings if heading.kind == "H2" and heading.text != CONTENTS]
    assert list(map(squeezed, sections)) == [squeezed(section.title) for section in words(sample).sections]


def test_every_picture_says_its_history_in_words() -> None:
    blocks = [block for section in words("many_failures").sections for block in section.blocks]
    pictures = [block.picture for block in blocks if isinstance(block, Card) and block.picture]
    assert [figure.alt for figure in tagged("many_failures").root.all("Figure")] == [
        picture.alt for picture in pictures
    ]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_word_stands_in_a_block_that_says_what_it_is(sample: str) -> None:
    (document,) = tagged(sample).root.children
    assert {each.kind for each in document.children} <= {"P", "H1", "H2", "H3", "L", "Table", "Div", "Figure", "TOC"}
    assert not [each for each in document.inside if isinstance(each, str)]
    inside = {each.kind for part in document.all("Div") for each in part.children}
    assert inside <= {"P", "H3", "L", "Table", "Div", "Figure"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_caption_is_the_first_thing_in_its_table(sample: str) -> None:
    root = tagged(sample).root
    captions = [table.children[0].text for table in root.all("Table") if table.children[0].kind == "Caption"]
    blocks = [block for section in words(sample).sections for block in section.blocks if isinstance(block, Table)]
    assert list(map(squeezed, captions)) == [squeezed(block.caption) for block in blocks]
    assert len(list(root.all("Caption"))) == len(blocks)


def test_facts_are_lists_of_terms() -> None:
    first = next(tagged("small").root.all("L"))
    assert [item.children[0].text for item in first.children] == ["Contract", "Review period", "Months shown", "Status"]


def test_every_page_says_its_number_the_board_and_that_it_is_a_draft() -> None:
    pages = tagged("nothing_failed").decoration
    assert len(pages) == len(PdfReader(BytesIO(content("nothing_failed", "pdf"))).pages) > 3
    for number, page in enumerate(pages, start=1):
        assert squeezed(f"Page {number} of {len(pages)}") in squeezed(page)
        assert "DRAFT" in page
        assert squeezed("Overview and Scrutiny Management Board, Thursday 29 March 2018") in squeezed(page)


def test_a_published_paper_says_draft_nowhere() -> None:
    (file,) = render(replace(paper("small"), status="published"), "pdf")
    pages = read(file.content)
    assert "DRAFT" not in pages.root.text + "".join(pages.decoration)


def test_appendices_start_on_a_page_of_their_own_and_wide_ones_lie_across() -> None:
    pages = PdfReader(BytesIO(content("nothing_failed", "pdf"))).pages
    texts = [squeezed(page.extract_text()) for page in pages]
    appendices = [section for section in words("nothing_failed").sections if section.is_appendix]
    assert {section.is_wide for section in appendices} == {True, False}
    for section in appendices:
        title = squeezed(section.title)
        (place,) = (number for number, text in enumerate(texts) if title in text)
        before = texts[place].partition(title)[0]
        assert before in squeezed(f"{words('nothing_failed').title}DRAFT")
        assert (pages[place].mediabox.width > pages[place].mediabox.height) is section.is_wide


def test_page_one_holds_headline_summary_and_the_first_exceptions() -> None:
    first = squeezed(PdfReader(BytesIO(content("nothing_failed", "pdf"))).pages[0].extract_text())
    for expected in (
        words("nothing_failed").headline,
        "KPIs in force 41",
        "3. Exceptions (0)",
        "Nothing was below minimum",
    ):
        assert squeezed(expected) in first


def test_only_the_vendored_fonts_are_inside() -> None:
    with opened("hostile") as file:
        names = {
            re.sub(r"^/?[A-Z]{6}\+", "", str(font.BaseFont)).removesuffix("-Identity-H")
            for page in file.pages
            for font in page.Resources.get("/Font", {}).values()
        }
        assert names <= VENDORED
        assert "DejaVuSans" in names


def test_no_text_acts_as_markup() -> None:
    document = replace(words("empty"), headline="#panic() *bold* $x$ @ref \\ #set page(fill: red)", sections=())
    assert squeezed(document.headline) in squeezed(read(pdf.render(document)).root.text)


def test_a_slip_of_eleven_errata_is_one_page() -> None:
    assert len(PdfReader(BytesIO(content("slip", "pdf"))).pages) == 1
