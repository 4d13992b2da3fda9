"""Saving what was previewed of a spreadsheet: that and nothing else, and over nothing that was not shown."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import ServiceArea
from kpis.models import Entry, Kpi, Return
from tests import builders, sheets
from tests.kpis.test_returns.pages import at, entries, signed_in, typed
from tests.kpis.test_returns.sheets import confirm, download, sealed, upload, upload_csv
from tests.people import Cast
from tests.reading import rows_of, text_of

pytestmark = pytest.mark.usefixtures("kpis")

FIRST, SECOND = "CSC_KPI_01", "CSC_KPI_02"


def test_a_row_that_moved_on_after_the_preview_is_shown_again_and_not_overwritten(
    officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,91", f"{SECOND},2018-02,1")
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="94"))
    again = confirm(officer, page)
    assert again.status_code == 409
    assert "Somebody else changed this row after you looked" in text_of(again)
    assert "1 other row is saved." in text_of(again)
    assert "CSC_KPI_01: changed by Supplier" in text_of(again)
    assert rows_of(again)[1:] == [["Figure", "94", "91"]]
    assert entries() == {FIRST: "94", SECOND: "1"}
    assert confirm(officer, again).status_code == 302
    assert entries() == {FIRST: "91", SECOND: "1"}


def test_what_somebody_typed_beside_it_meanwhile_is_not_taken_back(
    officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,91")
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, comment_0="Counted twice"))
    confirm(officer, confirm(officer, page))
    entry = Entry.objects.get()
    assert (entry.value, entry.comment) == ("91", "Counted twice")


def test_confirming_twice_saves_once(officer: Client) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,91")
    assert confirm(officer, page).status_code == 302
    assert confirm(officer, page).status_code == 302
    assert "The form has all of this already: nothing was changed." in text_of(officer.get(at("return_form")))
    assert Entry.objects.get().version == 1


def test_a_preview_is_good_for_its_person_area_and_month_alone(officer: Client, cast: Cast, area: ServiceArea) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,91")
    broken = [sealed(page) + "x", "", "nonsense"]
    for answer in [
        confirm(signed_in(cast.supplier), page),
        *(officer.post(at("return_upload_confirm"), {"sealed": each}) for each in broken),
    ]:
        assert answer.headers["Location"] == at("return_upload")
    Return.objects.filter(service_area=area, month="2017-02-01").delete()
    elsewhere = officer.post(at("return_upload_confirm", month="2017-02"), {"sealed": sealed(page)})
    assert elsewhere.headers["Location"] == at("return_upload", month="2017-02")
    assert not Entry.objects.exists()
    assert "the preview is not of this form any more" in text_of(officer.get(at("return_upload")))


def test_a_kpi_that_ended_after_the_preview_saves_nothing(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    page = upload_csv(officer, f"{FIRST},2018-02,91", f"{SECOND},2018-02,1")
    kpis[1].in_force_to, kpis[1].end_reason = kpis[1].in_force_from.replace(year=2018), "It ended."
    kpis[1].save()
    assert confirm(officer, page).headers["Location"] == at("return_upload")
    assert not Entry.objects.exists()


def test_texts_too_long_for_one_page_are_refused_before_the_page_is_shown(
    officer: Client, settings: LazySettings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_010
    page = upload_csv(officer, f"{FIRST},2018-02,91,Flood", columns="kpi,month,value,cause")
    assert page.status_code == 422
    assert "It says too much to be shown in one page." in text_of(page)


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_a_closed_return_refuses_plainly(officer: Client, area: ServiceArea, state: str) -> None:
    page, book = upload_csv(officer, f"{FIRST},2018-02,91"), download(officer)
    builders.returns(area, "2018-02", "2018-02", state)
    for answer in (
        officer.get(at("return_sheet")),
        officer.get(at("return_upload")),
        upload(officer, book),
        confirm(officer, page),
    ):
        assert answer.headers["Location"] == at("return_form")
    assert "This return takes no figures any more" in text_of(officer.get(at("return_form")))
    assert not Entry.objects.exists()


def test_the_supplier_fills_in_the_open_return_too(cast: Cast) -> None:
    supplier = signed_in(cast.supplier)
    page = upload(supplier, sheets.filled(download(supplier), {(FIRST, "value"): sheets.number("91")}))
    confirm(supplier, page)
    assert Entry.objects.get().edited_by == cast.supplier


def test_forty_kpis_cost_no_more_queries_than_two(officer: Client, area: ServiceArea) -> None:
    builders.returns(area, "2018-02", "2018-02", "open")
    spent = []
    for size in (2, 40):
        for number in range(area.kpis.count() + 1, size + 1):
            builders.results(builders.kpi(area, f"CSC_KPI_{number:02}"), "2017-12", ["91", "85"])
        rows = [f"{code},2018-02,{size}" for code in area.kpis.values_list("code", flat=True)]
        officer.get(reverse("kpis:returns", args=["TST"]))  # says once what was saved last, and that somebody is here
        with CaptureQueriesContext(connection) as out:
            download(officer)
        with CaptureQueriesContext(connection) as looked_at:
            page = upload_csv(officer, *rows)
        with CaptureQueriesContext(connection) as saved:
            assert confirm(officer, page).status_code == 302
        spent.append((len(out), len(looked_at), len(saved)))
        assert len(entries()) == size
        Entry.objects.all().delete()
    assert spent[0] == spent[1]
