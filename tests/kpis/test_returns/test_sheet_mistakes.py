"""A spreadsheet with something wrong in it: every bad cell is named, and nothing is saved."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from contracts.models import ServiceArea
from kpis.models import Entry
from tests import builders, ods, workbooks
from tests.kpis.test_returns.sheets import download, mistakes, upload, upload_csv
from tests.reading import text_of

pytestmark = pytest.mark.usefixtures("kpis")

FIRST, SECOND = "CSC_KPI_01", "CSC_KPI_02"


def test_every_bad_cell_is_named_with_what_would_be_right_and_nothing_is_saved(
    officer: Client, area: ServiceArea
) -> None:
    builders.kpi(area, "CSC_KPI_03", in_force_to="2018-01-01", end_reason="It ended.")
    columns = "kpi,month,value,numerator,denominator,not_measured_reason,recovery_month,explanation_awaited_on,source"
    page = upload_csv(
        officer,
        f"{FIRST},2018-02,9O,,,,soon,tomorrow,published",
        f"{SECOND},2018-02,1,,,We forgot,,,",
        "CSC_KPI_O2,2018-02,1,,,,,,",
        "CSC_KPI_20,2018-02,1,,,,,,",
        "CSC_KPI_03,2018-02,1,,,,,,",
        f"{FIRST},2018-02,,1,,,,,",
        f"{FIRST},2018/02,,,,,,,",
        ",2018-02,1,,,,,,",
        columns=columns,
    )
    assert page.status_code == 422
    assert mistakes(page) == [
        "results, row 2, recovery_month: “soon” is not a month, expected one such as 2018-03",
        "results, row 2, explanation_awaited_on: “tomorrow” is not a date, expected one such as 29/3/2018 or 29 March"
        " 2018",
        "results, row 2, source: “published” is not asked here, expected nothing: the figures are those of the area",
        "results, row 2, value: “9O” is not a number, expected a plain number such as 93.1",
        "results, row 3, not_measured_reason: there is a figure and a reason why there is none, expected one of them",
        "results, row 4, kpi: “CSC_KPI_O2” is not a KPI code, expected a KPI code such as CSC_KPI_04",
        "results, row 5, kpi: there is no KPI “CSC_KPI_20” in this contract, did you mean CSC_KPI_03?",
        "results, row 6, month: CSC_KPI_03 is not in force in 2018-02, expected a month from 2017-01 to 2018-01",
        "results, row 7, denominator: the rate lacks one of its parts, expected numerator and denominator, or neither",
        "results, row 7, kpi: row 2 already gives the result of CSC_KPI_01 for 2018-02, expected it once",
        "results, row 8, month: “2018/02” is not a month, expected one such as 2018-03",
        "results, row 9, kpi: the cell is blank, expected a KPI code such as CSC_KPI_04",
    ]
    assert "Nothing was saved: 12 cells and rows have to be mended in the file" in text_of(page)
    assert not Entry.objects.exists()


def test_an_unknown_column_is_named_with_the_nearest_known_one(officer: Client) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,93", columns="kpi,month,vlaue")
    assert mistakes(page) == ["results, row 1, vlaue: “vlaue” is not a column of this sheet, did you mean value?"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("figures.xlsx", b"", "“figures.xlsx” is empty"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, "“photo.png” is a PNG image. What is taken:"),
        ("figures.csv", b"\0\0\0\0", "What is taken: an .xlsx or .ods workbook, or a CSV file"),
        ("figures.xlsx", b"PK\x03\x04 and then nothing", "“figures.xlsx” is damaged"),
        ("figures.pdf", b"%PDF-1.4\nstartxref\n%%EOF", "“figures.pdf” is a PDF. What is taken"),
        ("figures.csv", b"a\x07b\n", "“a\\u0007b” is not a column of this sheet"),
        ("figures.csv", b'kpi,month\n"x', "its quotation marks do not match"),
        ("figures.csv", b"caf\xe9,month\n", "“caf\\udce9” is not a column of this sheet"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused_in_words(
    officer: Client, name: str, content: bytes, said: str
) -> None:
    page = upload(officer, content, name)
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_sheet_of_another_name_beside_others_is_not_guessed(officer: Client, tmp_path: Path) -> None:
    book = workbooks.xlsx(tmp_path / "book.xlsx", {"figures": [["kpi"]], "notes": [["kpi"]]})
    assert mistakes(upload(officer, book.read_bytes(), "book.xlsx")) == [
        "book.xlsx: its sheets are “figures”, “notes”, expected one called results"
    ]
    empty = ods.write(tmp_path / "book.ods", {"results": ""})
    assert mistakes(upload(officer, empty.read_bytes(), "book.ods")) == [
        "book.ods: it has no sheet with anything in it, expected one called results"
    ]


def test_what_is_larger_than_the_settings_allow_is_refused(officer: Client, settings: LazySettings) -> None:
    book = download(officer)
    settings.SHEET_MAX_ROWS = 2
    assert "there is a cell in row 3, expected at most 2 rows" in mistakes(upload(officer, book))[0]
    assert "row 3, expected at most 2 rows" in mistakes(upload_csv(officer, "a,b", "c,d"))[0]
    settings.SHEET_MAX_UNPACKED_MB = 0
    assert "the workbook unpacks to 0 MB, expected at most 0 MB" in mistakes(upload(officer, book))[0]
    settings.UPLOAD_MAX_MB = 0
    assert "is larger than 0 bytes" in text_of(upload(officer, book))


def test_an_endless_list_of_mistakes_ends(officer: Client) -> None:
    found = mistakes(upload_csv(officer, *(["x,2018-02,1"] * 3000)))
    assert len(found) == 2002
    assert "there are more than 2,000 mistakes, and reading ended here" in found[-1]
