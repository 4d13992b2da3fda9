"""Workbooks that would take all the memory there is: refused by name before anything is laid out."""

import struct
import zipfile
from pathlib import Path

import pytest

from contracts.workbook.files import open_workbook
from contracts.workbook.limits import MEGABYTE, Limits
from contracts.workbook.problems import Problems
from tests import workbooks

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
CELL = "<c><v>1</v></c>"


def problems_of(path: Path, limits: Limits) -> list[str]:
    problems = Problems()
    for table in open_workbook(path, problems, limits=limits, named="Figures.xlsx").values():
        for _ in table.rows():
            pass
    return [str(problem) for problem in problems]


def packed(path: Path, rows: str) -> Path:
    """A workbook whose sheet has this XML for its rows."""
    return replaced(path, "xl/worksheets/sheet1.xml", SHEET.format(rows))


def replaced(path: Path, part: str, content: str) -> Path:
    """A workbook of one sheet, one of whose parts has this content."""
    small = workbooks.xlsx(path.with_name("plain.xlsx"), {"results": [["kpi"]]})
    with zipfile.ZipFile(small) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            archive.writestr(name, content if name == part else plain.read(name))
    return path


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f'<row r="1">{CELL}</row><row r="1048576">{CELL}</row>', "row 1,048,576"),
        (f'<row r="1">{CELL}</row><row foo=">" r="900">{CELL}</row>', "row 900"),
        (f'<row r="1">{CELL * 100}</row>', "column 51"),
        (f'<row r="1"><c r="AX1"><v>1</v></c>{CELL}</row>', "column 51"),
        (f"<row>{CELL}</row>" + "<row></row>" * 600 + f"<row>{CELL}</row>", "row 602"),
        ('<row r="1"><c  r = "B901"><v>1</v></c></row>', "row 901"),
    ],
)
def test_a_cell_far_out_is_found_however_its_place_is_written(tmp_path: Path, rows: str, said: str) -> None:
    found = problems_of(packed(tmp_path / "far.xlsx", rows), Limits(rows=500, columns=50))
    assert found == [f"results: there is a cell in {said}, {found[0].rpartition(', ')[2]}"]
    assert "expected at most" in found[0]


def test_cells_that_do_not_say_where_they_are_stand_in_a_row(tmp_path: Path) -> None:
    path = packed(tmp_path / "unplaced.xlsx", f"<row>{CELL * 3}</row><row>{CELL}</row>")
    problems = Problems()
    (table,) = open_workbook(path, problems, limits=Limits(rows=500, columns=50)).values()
    assert [list(cells) for _, cells in table.rows()] == [[1.0, 1.0, 1.0], [1.0, "", ""]]
    assert not problems


def test_a_bomb_that_says_it_is_small_is_found_out(tmp_path: Path) -> None:
    path = packed(tmp_path / "bomb.xlsx", CELL * 400_000)
    _understate(path, "xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) < 1_000_000
    assert problems_of(path, Limits(unpacked=2 * MEGABYTE)) == [
        "Figures.xlsx: the workbook cannot be read: “Figures.xlsx” holds more than it says, or less: it is not taken,"
        " expected one that a spreadsheet program saved"
    ]


def test_a_locked_part_is_said_to_be_locked(tmp_path: Path) -> None:
    path = packed(tmp_path / "locked.xlsx", CELL)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "“Figures.xlsx” is locked by a password" in problems_of(path, Limits())[0]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", ["<a><b></a>", "", "<!DOCTYPE x><x/>"])
def test_a_part_that_is_no_xml_is_a_problem_of_the_file(tmp_path: Path, part: str, content: str) -> None:
    (found,) = problems_of(replaced(tmp_path / "broken.xlsx", part, content), Limits())
    assert found.startswith("Figures.xlsx: the workbook cannot be read")


def _understate(path: Path, part: str) -> None:
    """Lets the directory of an archive say that a part has ten bytes."""
    content = bytearray(path.read_bytes())
    entry = content.index(part.encode(), content.index(b"PK\x01\x02")) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(content)


def test_a_csv_file_is_read_line_by_line_and_may_have_more_of_them_than_a_spreadsheet(tmp_path: Path) -> None:
    path = workbooks.folder(tmp_path, {"results": [["kpi"], *[["A"]] * 4]}) / "results.csv"
    assert problems_of(path, Limits(rows=2, lines=5)) == []
    assert problems_of(path, Limits(rows=9, lines=4)) == ["results: there is a cell in row 5, expected at most 4 rows"]
