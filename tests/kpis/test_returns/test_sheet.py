"""The month as a spreadsheet: out of the form, filled in, back into it with every change shown first."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from contracts.models import Contract, ServiceArea
from kpis.models import Entry, Kpi, Return
from tests import builders, sheets, workbooks
from tests.kpis.test_returns.pages import at, entries, signed_in, typed
from tests.kpis.test_returns.sheets import confirm, download, mistakes, upload, upload_csv
from tests.people import Cast
from tests.reading import links_of, rows_of, text_of

pytestmark = pytest.mark.usefixtures("kpis")

FIRST, SECOND = "CSC_KPI_01", "CSC_KPI_02"


# --- Out -------------------------------------------------------------------------------------------------------------


def test_the_form_leads_to_both_ways(officer: Client) -> None:
    links = links_of(officer.get(at("return_form")))
    assert links["Download as a spreadsheet"] == at("return_sheet")
    assert links["Upload a spreadsheet"] == at("return_upload")


def test_the_sheet_has_a_row_for_each_kpi_in_force_with_what_helps_to_fill_it_in(officer: Client) -> None:
    first, second = sheets.read(download(officer))
    assert (first["kpi"], first["month"], first["unit"], first["better"]) == (
        FIRST, "2018-02", "per cent", "higher is better",
    )  # fmt: skip
    assert (first["target"], first["minimum"], first["last_figure"]) == (
        "at least 90%", "at least 80%", "93.00%, Jan 2018",
    )  # fmt: skip
    assert (second["kpi"], second["unit"], second["target"], second["last_figure"]) == (
        SECOND, "a count", "at most 2", "0, Jan 2018",
    )  # fmt: skip


def test_what_is_typed_stands_in_the_sheet_as_what_it_means(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(
        at("return_form"),
        typed(
            officer, kpis, value_0="85.10%", cause_0="=cmd()", recovery_month_0="Mar-18", value_1="three",
            explanation_awaited_on_1="29/3/2018",
        ),
    )  # fmt: skip
    first, second = sheets.read(download(officer))
    assert (first["value"], first["cause"], first["recovery_month"]) == (85.1, "'=cmd()", "Mar-18")
    assert (second["value"], second["explanation_awaited_on"].isoformat()) == ("three", "2018-03-29")


def test_a_kpi_that_is_not_in_force_has_no_row(officer: Client, area: ServiceArea) -> None:
    builders.kpi(area, "CSC_KPI_03", in_force_to="2018-01-01", end_reason="It ended.")
    assert [row["kpi"] for row in sheets.read(download(officer))] == [FIRST, SECOND]


def test_the_same_form_is_the_same_bytes(officer: Client) -> None:
    assert download(officer) == download(officer)


def test_only_the_cells_to_fill_in_are_unlocked(officer: Client, tmp_path: Path) -> None:
    with zipfile.ZipFile(sheets.saved(tmp_path / "month.xlsx", download(officer))) as book:
        sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    assert "<sheetProtection sheet=" in sheet
    unlocked = {
        number
        for number, style in enumerate(styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].split("<xf ")[1:])
        if 'locked="0"' in style
    }
    found = {place: int(style) in unlocked for place, style in re.findall(r'<c r="([A-Z]+2)" s="(\d+)"', sheet)}
    assert {place for place, is_open in found.items() if not is_open} == {f"{each}2" for each in "ABCDEFGHS"}
    assert {place for place, is_open in found.items() if is_open} == {f"{each}2" for each in "IJKLMNOPQR"}


# --- Round trip ------------------------------------------------------------------------------------------------------


def test_a_sheet_filled_in_comes_back_into_the_form(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    book = sheets.filled(
        download(officer),
        {
            (FIRST, "numerator"): sheets.number("170"),
            (FIRST, "denominator"): sheets.number("200"),
            (FIRST, "cause"): "The telephones failed.\nTwice.",
            (FIRST, "recovery_month"): "May 2018",
            (FIRST, "explanation_awaited_on"): sheets.number("43188"),
            (SECOND, "value"): sheets.number("1"),
        },
    )
    page = upload(officer, book)
    assert page.status_code == 200
    assert "2 rows would change. Nothing is saved yet." in text_of(page)
    assert ["Numerator", "empty", "170"] in rows_of(page)
    assert ["Cause", "empty", "The telephones failed. Twice."] in rows_of(page)
    assert "Below target" in text_of(page)
    assert entries() == {}, "a preview saves nothing"

    assert confirm(officer, page).headers["Location"] == at("return_form")
    form = officer.get(at("return_form"))
    assert "2 rows of the spreadsheet saved into the form." in text_of(form)
    entry = Entry.objects.get(kpi=kpis[0])
    assert (entry.numerator, entry.denominator, entry.recovery_month, entry.explanation_awaited_on) == (
        "170", "200", "May 2018", "29 March 2018",
    )  # fmt: skip
    assert entry.cause == "The telephones failed.\nTwice."
    assert entry.edited_by is not None
    assert "85.00%" in text_of(form)
    assert entries()[SECOND] == "1"


def test_a_sheet_nobody_filled_in_changes_nothing(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(
        at("return_form"),
        typed(
            officer, kpis, value_0="93.10 %", cause_0="-a dash", comment_0="_x0041_ and 'quoted'", value_1="1.0",
            recovery_month_1="Sept-18", explanation_awaited_on_1="2018-3-29", not_measured_reason_1="'=odd",
        ),
    )  # fmt: skip
    page = upload(officer, download(officer))
    assert mistakes(page) == [
        "results, row 3, not_measured_reason: there is a figure and a reason why there is none, expected one of them"
    ]
    officer.post(at("return_form"), typed(officer, kpis, not_measured_reason_1=""))
    page = upload(officer, download(officer))
    assert "Nothing in the spreadsheet differs from the form." in text_of(page)
    assert 'name="sealed"' not in page.content.decode()


def test_a_row_nobody_filled_in_leaves_what_somebody_typed_since(
    officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="91"))
    book = sheets.filled(download(officer), {(SECOND, "value"): sheets.number("1")})
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    page = upload(officer, book)
    assert "1 row would change." in text_of(page)
    assert "1 row stays as it is in the form." in text_of(page)
    confirm(officer, page)
    assert entries() == {FIRST: "94", SECOND: "1"}


def test_a_row_that_was_filled_in_on_an_older_state_says_so(officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    book = sheets.filled(download(officer), {(FIRST, "value"): sheets.number("91")})
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    page = upload(officer, book)
    assert ["Figure", "94", "91"] in rows_of(page)
    assert "Supplier changed this row in the form after the spreadsheet was downloaded." in text_of(page)


def test_a_blank_cell_leaves_what_stands_and_a_figure_is_one_thing(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(at("return_form"), typed(officer, kpis, numerator_0="80", denominator_0="100", cause_0="Flood"))
    page = upload_csv(officer, "csc kpi 1,Feb-18,93.1,,", columns="kpi,month,value,cause,effect")
    assert rows_of(page)[1:] == [
        ["Figure", "empty", "93.1"],
        ["Numerator", "80", "empty"],
        ["Denominator", "100", "empty"],
    ]
    confirm(officer, page)
    entry = Entry.objects.get()
    assert (entry.value, entry.numerator, entry.denominator, entry.cause) == ("93.1", "", "", "Flood")


def test_a_percentage_and_the_value_of_a_formula_are_taken(officer: Client, tmp_path: Path) -> None:
    book = sheets.filled(download(officer), {(FIRST, "value"): sheets.formula("0.1", "SUM(A1:A9)/0.1")})
    assert ["Figure", "empty", "0.1"] in rows_of(upload(officer, book))
    page = upload_csv(officer, f"{FIRST},2018-02,93.1%")
    assert ["Figure", "empty", "93.1"] in rows_of(page)


# --- The plain sheet of the format -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_the_plain_sheet_of_the_format_is_taken(officer: Client, tmp_path: Path, kind: str) -> None:
    rows: list[list[Any]] = [
        ["kpi", "month", "value", "cause"],
        ["CSC KPI01", "2018-02", 85.5, "Flood"],
        ["csc_kpi_2", "Feb-18", 3, ""],
    ]
    if kind == "csv":
        path = workbooks.folder(tmp_path, {"any name": rows}) / "any name.csv"
    else:
        path = getattr(workbooks, kind)(tmp_path / f"book.{kind}", {"results": rows})
    page = upload(officer, path.read_bytes(), path.name)
    assert rows_of(page)[1:3] == [["Figure", "empty", "85.5"], ["Cause", "empty", "Flood"]]
    confirm(officer, page)
    assert entries() == {FIRST: "85.5", SECOND: "3"}


def test_rows_of_other_areas_and_months_are_left_out_whatever_is_in_them(officer: Client, contract: Contract) -> None:
    builders.kpi(builders.area(contract, "FA", "Finance"), "FA_KPI_01")
    page = upload_csv(
        officer,
        f"{FIRST},2018-01,nonsense",
        "FA_KPI_01,2018-02,nonsense",
        f"{FIRST},2018-02,93",
        "CSC_KPI_99,2017-01,1",
    )
    assert "3 rows are of other months or service areas, and left out." in text_of(page)
    assert rows_of(page)[1:] == [["Figure", "empty", "93"]]


def test_a_sheet_without_a_row_of_this_month_says_so(officer: Client) -> None:
    page = upload_csv(officer, f"{FIRST},2018-01,93")
    assert "No row of the spreadsheet is for Customer Service Centre, February 2018." in text_of(page)
    assert 'name="sealed"' not in page.content.decode()


def test_the_state_is_refused_by_name(officer: Client, cast: Cast) -> None:
    for client in (officer, signed_in(cast.supplier)):
        page = upload_csv(client, f"{FIRST},2018-02,93,verified", columns="kpi,month,value,state")
        assert page.status_code == 422
        assert mistakes(page) == [
            "results, row 1, state: the state of a figure is not given here, expected no such column:"
            " figures enter the open return, which is submitted"
        ]
    assert not Return.objects.filter(month="2018-02-01").exists()
