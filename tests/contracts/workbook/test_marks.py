"""A sheet in which a few searches find nothing is one in which a look at every cell finds nothing."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contracts.workbook.limits import Limits, TooLarge
from contracts.workbook.marks import _scan, _Search

LIMITS = Limits(rows=500)
PERCENTS = frozenset({b"3"})
places = st.sampled_from(["A1", "Z99", "AX500", "BZ1", "CA2", "AAA1", "B501", "B1000", "A", "1", ""])
spelled = st.sampled_from([' r="{}"', "\tr='{}'", ' r = "{}"', '  r="{}"', '\nr="{}"'])
attribute = st.sampled_from(
    ["", ' s="3"', " s='3'", ' s="2"', ' t="e"', "\tt = 'e'", ' t="n"', ' t="s"', ' foo=">"', ' x:r="ZZZ1"', ' s="33"']
)
value = st.sampled_from(["<v>1</v>", "<v>#DIV/0!</v>", '<is><t>"e" :c 100000</t></is>', ""])


@st.composite
def cell(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", "", "", "x:"]))
    place = draw(st.just("") | st.builds(lambda how, where: how.format(where), spelled, places))
    beside = draw(attribute) + draw(attribute)
    said = draw(st.permutations([place, beside]).map("".join))
    inside = draw(value)
    return f"<{prefix}c{said}>{inside}</{prefix}c>" if inside else f"<{prefix}c{said}/>"


row = st.builds(
    lambda place, cells: f"<row{place}>{''.join(cells)}</row>",
    st.sampled_from(["", ' r="2"', ' r="600"', ' spans="1:3" r="7"']),
    st.lists(cell(), max_size=4),
)


def looked_through(content: str) -> object:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("sheet.xml", content)
    with ZipFile(packed) as archive:
        try:
            marks = _scan(archive, "sheet.xml", PERCENTS, "results", LIMITS)
        except TooLarge as error:
            return str(error)
    return {number: marks.at(number) for number in range(1001) if marks.at(number)}


@settings(max_examples=500, deadline=None)
@given(rows=st.lists(row, max_size=5), beside=st.sampled_from(["", "<cols><col min='1'/></cols>"]))
@example(rows=['<row r="1"><c r="A1" s="3"><v>1</v></c></row>'], beside="")
@example(rows=['<row r="1"><c r="A1"\tt = "e"><v>#N/A</v></c></row>'], beside="")
@example(rows=['<row r="600"></row>'], beside="")
def test_what_is_searched_for_finds_all_that_a_look_at_each_cell_finds(rows: list[str], beside: str) -> None:
    content = f"<worksheet>{beside}<sheetData>{''.join(rows)}</sheetData></worksheet>"
    searched = looked_through(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Search, "finds_something", lambda *_: True)
        assert searched == looked_through(content)


def test_an_ordinary_sheet_is_not_looked_at_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.workbook.marks._mark_cells", lambda *_: pytest.fail("each cell was looked at"))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>7</v></c><c r="B{n}" s="2"/></row>' for n in range(1, 99))
    assert looked_through(f"<worksheet><sheetData>{rows}</sheetData></worksheet>") == {}
