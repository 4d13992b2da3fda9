"""The spreadsheet keeps numbers as numbers and dates as dates, shows every digit, and holds no formula."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from config.ui.status import look
from reports.render.document import Document, Sheet, SheetColumn
from reports.render.neutral import DANGEROUS
from reports.render.xlsx import CUT, LONGEST
from reports.render.xlsx import render as render_sheets
from reports.snapshot import to_dict
from tests.reports.render.rendered import content, paper, words

SHEETS = ["Paper", "Requests", "Months", "Exceptions", "Reliefs", "KPI changes", "Corrections", "Projects to watch"]
MORE_SHEETS = ["Key projects", "Milestones", "Results", "All projects"]


@cache
def book(sample: str) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(content(sample, "xlsx")))


def rows(sample: str, sheet: str) -> list[dict[str, Any]]:
    heads, *others = book(sample).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, heads), row, strict=True)) for row in others]


def part(sample: str, name: str) -> str:
    with ZipFile(BytesIO(content(sample, "xlsx"))) as container:
        return container.read(name).decode()


def test_there_is_a_sheet_for_each_table() -> None:
    assert book("small").sheet_names == [*SHEETS, *MORE_SHEETS]


@pytest.mark.parametrize("sample", ["small", "nothing_failed", "many_failures", "addendum"])
def test_every_result_is_a_number_equal_to_the_jsons(sample: str) -> None:
    areas = to_dict(paper(sample))["areas"]
    expected = [result for area in areas for kpi in area["kpis"] for result in kpi["results"]]
    for row, result in zip(rows(sample, "Results"), expected, strict=True):
        for head, key in (("Result", "value"), ("Target", "target"), ("Minimum", "minimum")):
            if result[key] is None:
                assert row[head] == ""
            else:
                assert isinstance(row[head], int | float)
                assert Decimal(str(row[head])) == Decimal(result[key])
        assert row["Contractual"] == look(result["contractual"]).word
        assert isinstance(row["Month"], date)
        assert f"{row['Month']:%Y-%m}" == result["month"]


def test_a_number_is_shown_with_the_digits_of_the_json() -> None:
    styles = part("small", "xl/styles.xml")
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    looks = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    place = book("small").sheet_names.index("Results") + 1
    column = "ABCDEFGHIJ"[[str(head) for head in rows("small", "Results")[0]].index("Result")]
    cells = re.findall(rf'<c r="{column}\d+" s="(\d+)"><v>', part("small", f"xl/worksheets/sheet{place}.xml"))
    shown = [len(codes[looks[int(look)]].partition(".")[2]) for look in cells]
    areas = to_dict(paper("small"))["areas"]
    values = [result["value"] for area in areas for kpi in area["kpis"] for result in kpi["results"] if result["value"]]
    assert shown == [len(value.partition(".")[2]) for value in values]
    assert set(shown) == {0, 2}


def test_days_of_a_project_are_dates_and_gaps_are_empty() -> None:
    for row, line in zip(
        rows("nothing_failed", "All projects"), paper("nothing_failed").projects.register, strict=True
    ):
        shown = row["Original finish"]
        assert (shown or None) == line.original_finish
        assert row["Days late against original"] == (
            "" if line.slippage_days_original is None else line.slippage_days_original
        )


def test_no_cell_holds_a_formula_or_text_that_would_become_one() -> None:
    with ZipFile(BytesIO(content("hostile", "xlsx"))) as container:
        pages = [
            container.read(name).decode() for name in container.namelist() if name.startswith("xl/worksheets/sheet")
        ]
    assert not [page for page in pages if "<f>" in page or "<hyperlink" in page]
    texts = [
        cell
        for sheet in book("hostile").sheet_names
        for row in book("hostile").get_sheet_by_name(sheet).to_python()
        for cell in row
        if isinstance(cell, str)
    ]
    assert not [text for text in texts if text.strip()[:1] and text.strip()[0] in DANGEROUS]


def test_every_sheet_freezes_and_repeats_its_head() -> None:
    for number in range(1, len(SHEETS) + len(MORE_SHEETS) + 1):
        page = part("small", f"xl/worksheets/sheet{number}.xml")
        assert 'ySplit="1"' in page
        assert "<autoFilter" in page
    assert part("small", "xl/workbook.xml").count("_xlnm.Print_Titles") == len(SHEETS) + len(MORE_SHEETS)


def test_the_draft_is_marked_on_every_printed_page_and_the_dates_are_the_papers() -> None:
    assert "<oddHeader>&amp;R&amp;BDRAFT</oddHeader>" in part("small", "xl/worksheets/sheet1.xml")
    assert part("small", "docProps/core.xml").count("2018-03-14T00:00:00Z") == 2


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    shown: Document = words("empty")
    sheet = Sheet("long", "Long", (SheetColumn("text", "Text"),), (("x" * 40_000,),))
    made = CalamineWorkbook.from_filelike(BytesIO(render_sheets(shown, (sheet,))))
    text = str(made.get_sheet_by_name("Long").to_python()[1][0])
    assert len(text) == LONGEST
    assert text.endswith(CUT)
