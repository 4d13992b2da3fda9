"""Files as sheets: CSV in the encodings that spreadsheets write, .xlsx and .ods; and files that mean harm."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from contracts.workbook.cells import Broken, Percent
from contracts.workbook.files import open_workbook
from contracts.workbook.limits import ANY_CONTRACT, Limits
from contracts.workbook.problems import Problems
from tests import ods, workbooks


def read(path: Path, limits: Limits = ANY_CONTRACT) -> tuple[dict[str, list[tuple[int, list[Any]]]], list[str]]:
    problems = Problems()
    sheets = {
        name: [(number, list(row)) for number, row in table.rows()]
        for name, table in open_workbook(path, problems, limits=limits).items()
    }
    return sheets, [str(problem) for problem in problems]


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_csv_is_read_with_or_without_bom_and_with_either_line_end(tmp_path: Path, encoding: str, line_end: str) -> None:
    rows = [["code", "name"], ["CSC", "£ and é"], ["FA", 'two\nlines, and "words"']]
    sheets, problems = read(workbooks.folder(tmp_path, {"service_areas": rows}, encoding=encoding, line_end=line_end))
    assert not problems
    assert [row for _, row in sheets["service_areas"]] == rows


def test_a_cell_of_several_lines_is_one_row_and_a_blank_line_counts(tmp_path: Path) -> None:
    (tmp_path / "kpis.csv").write_text('code,name\n"A","x\ny"\n\nB,z\n', encoding="utf-8")
    sheets, _ = read(tmp_path)
    assert sheets["kpis"] == [(1, ["code", "name"]), (2, ["A", "x\ny"]), (3, []), (4, ["B", "z"])]


def test_only_csv_files_of_a_folder_are_sheets(tmp_path: Path) -> None:
    workbooks.folder(tmp_path, {"kpis": [["code"]]})
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")
    (tmp_path / "LEVELS.CSV").write_text("kpi\n", encoding="utf-8")
    assert set(read(tmp_path)[0]) == {"kpis", "levels"}


def test_a_single_csv_file_is_a_workbook_of_one_sheet(tmp_path: Path) -> None:
    workbooks.folder(tmp_path, {"results": [["kpi", "month"]]})
    assert set(read(tmp_path / "results.csv")[0]) == {"results"}


def test_bytes_that_are_not_utf8_come_through_for_the_cell_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "kpis.csv").write_bytes(b"code,name\nA,caf\xe9\nB,tea\n")
    sheets, problems = read(tmp_path)
    assert not problems
    assert sheets["kpis"] == [(1, ["code", "name"]), (2, ["A", "caf\udce9"]), (3, ["B", "tea"])]


def test_quotation_marks_that_do_not_match_name_their_row(tmp_path: Path) -> None:
    (tmp_path / "kpis.csv").write_text('code,name\nA,x\nB,"y\nC,z\n', encoding="utf-8")
    sheets, problems = read(tmp_path)
    assert sheets["kpis"] == [(1, ["code", "name"]), (2, ["A", "x"])]
    assert problems == [
        "kpis, row 3: its quotation marks do not match,"
        " expected each one in a cell doubled, and one on either side of the cell"
    ]


def test_a_cell_of_ten_megabytes_is_read_for_its_column_to_refuse(tmp_path: Path) -> None:
    workbooks.folder(tmp_path, {"kpis": [["code"], ["x" * 10_000_000]]})
    sheets, problems = read(tmp_path)
    assert not problems
    assert len(sheets["kpis"][1][1][0]) == 10_000_000


# --- Spreadsheets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [workbooks.xlsx, workbooks.ods])
def test_a_spreadsheet_keeps_row_numbers_and_kinds_of_cells(tmp_path: Path, write: Any) -> None:
    rows = [["kpi", "month", "value"], ["A", date(2018, 3, 1), 93.25], ["", "", ""], ["B", "2018-03", 41]]
    sheets, problems = read(write(tmp_path / f"book.{write.__name__}", {"Results": rows, "kpis": [["code"]]}))
    assert not problems
    assert sheets["results"] == [
        (1, ["kpi", "month", "value"]),
        (2, ["A", date(2018, 3, 1), 93.25]),
        (3, ["", "", ""]),
        (4, ["B", "2018-03", 41.0]),
    ]
    assert set(sheets) == {"results", "kpis"}


def test_rows_and_columns_left_free_at_the_edge_do_not_shift_anything(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as workbook:
        sheet = workbook.add_worksheet("results")
        percent = workbook.add_format({"num_format": "0.0%"})
        sheet.write_row(2, 1, ["kpi", "value"])
        sheet.write_string(3, 1, "A")
        sheet.write_number(3, 2, 0.125, percent)
        workbook.add_worksheet("Sheet2")
    sheets, _ = read(tmp_path / "book.xlsx")
    assert sheets["results"][2:] == [(3, ["kpi", "value"]), (4, ["A", 0.125])]
    assert isinstance(sheets["results"][3][1][1], Percent)
    assert set(sheets) == {"results"}


def test_a_percentage_of_a_spreadsheet_is_told_from_a_plain_number(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as workbook:
        sheet = workbook.add_worksheet("results")
        for row, code in enumerate(["0%", "0.00%", '0.0"%"', "0.0\\%", "#,##0.0 %;[Red]-0.0%", "0.00"]):
            sheet.write_number(row, 0, 0.125, workbook.add_format({"num_format": code}))
        sheet.write_number(6, 0, 0.125)
    sheets, _ = read(tmp_path / "book.xlsx")
    assert [isinstance(cells[0], Percent) for _, cells in sheets["results"]] == [
        True,
        True,
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_failed_formula_of_a_spreadsheet_is_not_a_blank_cell(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as workbook:
        sheet = workbook.add_worksheet("results")
        sheet.write_row(0, 0, ["kpi", "value", "cause"])
        sheet.write_row(1, 0, ["A", "", "x"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 2, '=IF(A1="<a>",1,NA())', None, "#N/A")
        sheet.write_row(2, 0, ["B", 5])
    cells = [cells for _, cells in read(tmp_path / "book.xlsx")[0]["results"]]
    assert cells[1:] == [["A", "#DIV/0!", "x"], ["B", 5.0, "#N/A"]]
    assert isinstance(cells[1][1], Broken)
    assert isinstance(cells[2][2], Broken)


def test_percentages_and_failed_formulas_of_an_ods_are_told_apart_wherever_they_stand(tmp_path: Path) -> None:
    def row(*cells: str, repeated: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'

    def cell(attributes: str = "", text: str = "") -> str:
        return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"

    def words(text: str) -> str:
        return cell('office:value-type="string"', text)

    percentage = cell('office:value-type="percentage" office:value="0.125"', "12.5%")
    failed = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    rows_of = (
        row(cell('table:number-columns-repeated="3"'), repeated=2),
        row(cell(), words("kpi"), words("value")),
        row(cell(), words("A"), percentage, repeated=2),
        row(cell(), words("B"), cell(failed, "#DIV/0!")),
        row(cell('table:number-columns-repeated="16384"'), repeated=1_048_000),
    )
    ods.write(tmp_path / "book.ods", {"results": "".join(rows_of)})
    rows = dict(read(tmp_path / "book.ods")[0]["results"])
    assert [type(rows[number][1]) for number in (3, 4, 5, 6)] == [str, Percent, Percent, Broken]
    assert rows[5] == ["A", 0.125]


# --- Files that cannot be read ---------------------------------------------------------------------------------------


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == (
        {},
        ["nowhere: there is no such file or folder, expected a folder of CSV files, or an .xlsx or .ods workbook"],
    )


@pytest.mark.parametrize("name", ["book.xls", "book.txt", "book"])
def test_a_file_of_another_kind_is_a_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("kpi\n", encoding="utf-8")
    assert "the file is of another kind" in read(tmp_path / name)[1][0]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 and then nothing"])
def test_a_broken_spreadsheet_is_a_problem(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"book{suffix}"
    path.write_bytes(content)
    assert "the workbook cannot be read" in read(path)[1][0]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_zip_of_something_else_is_a_problem(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"book{suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "the workbook cannot be read" in read(path)[1][0]


@pytest.mark.parametrize(("row", "column", "said"), [(300_000, 0, "row 300,001"), (5, 16_383, "column 16,384")])
def test_a_cell_far_out_is_refused_before_it_asks_for_all_the_memory(
    tmp_path: Path, row: int, column: int, said: str
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as workbook:
        sheet = workbook.add_worksheet("results")
        sheet.write_string(0, 0, "kpi")
        sheet.write_string(row, column, "stray")
    sheets, problems = read(tmp_path / "book.xlsx")
    assert not sheets
    assert problems[0].startswith(f"results: there is a cell in {said}, expected at most")


def test_a_far_cell_of_an_ods_is_refused_too(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="5"/>'
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    ods.write(tmp_path / "book.ods", {"results": rows})
    assert "there is a cell in row 1,000,000" in read(tmp_path / "book.ods")[1][0]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 50_000_000)
    assert "the workbook unpacks to" in read(path)[1][0]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert "it declares a document type" in read(path)[1][0]


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "kpis.csv").write_text("x" * 101, encoding="utf-8")
    (tmp_path / "levels.csv").write_text("kpi\n", encoding="utf-8")
    sheets, problems = read(tmp_path, Limits(size=100))
    assert set(sheets) == {"levels"}
    assert problems[0].startswith("kpis.csv: the file has 1 MB, expected at most 0 MB")
