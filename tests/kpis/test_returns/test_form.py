"""The entry form: what it says, what it keeps."""

from datetime import date

from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Entry, Kpi, Result
from kpis.rules.checks import CELLS
from tests import builders
from tests.kpis.test_returns.pages import at, queries, signed_in, typed
from tests.people import Cast
from tests.reading import text_of

MONTH = parse_month("2018-02")


def test_a_row_says_unit_polarity_and_the_levels_in_force_that_month(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    builders.level(kpis[0], "2018-02", "95", "85")
    builders.level(kpis[0], "2018-03", "99", "98")
    said = text_of(officer.get(at("return_form")))
    assert "Per cent, higher is better. Target at least 95%, minimum at least 85%." in said
    assert "A count, lower is better. Target at most 2, minimum at most 4." in said
    assert "Target met Jan 2018 93.00%" in said


def test_a_saved_draft_stands_on_the_page_with_its_status(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    answer = officer.post(at("return_form"), typed(officer, kpis, numerator_0="79", denominator_0="100", value_1="1"))
    assert answer.status_code == 302
    said = text_of(officer.get(at("return_form")))
    assert "Below minimum worked out: 79.00%" in said
    assert "2 of 2 entered · 1 miss unexplained · draft saved" in said
    assert not Result.objects.filter(month=MONTH).exists()


def test_what_is_wrong_is_kept_and_named(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="ninety", value_1="-1"))
    page = officer.get(at("return_form"))
    assert 'value="ninety"' in page.content.decode()
    assert "CSC_KPI_01, figure: “ninety” is not a number, expected a plain number such as 93.1." in text_of(page)
    assert "CSC_KPI_02, figure: The figure is below zero" in text_of(page)


def test_whatever_is_typed_stands_in_its_own_box_and_in_no_other(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    words = {cell: f'<{cell}> & "version" said \\0{number}' for number, cell in enumerate(CELLS)}
    officer.post(at("return_form"), typed(officer, kpis, **{f"{cell}_0": said for cell, said in words.items()}))
    for _ in range(2):  # written anew, and as it is kept
        stands = typed(officer, kpis)
        assert {cell: stands[f"{kpis[0].pk}-{cell}"] for cell in CELLS} == words
        assert not any(stands[f"{kpis[1].pk}-{cell}"] for cell in CELLS if f"{kpis[1].pk}-{cell}" in stands)
    assert "\0" not in officer.get(at("return_form")).content.decode()


def test_a_continuing_miss_takes_over_what_was_said_last_month(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    Result.objects.filter(kpi=kpis[0], month=date(2018, 1, 1)).update(
        value="70",
        cause="A server failed.",
        effect="Calls waited.",
        remedy="IT: a new one.",
        recovery_month="2018-04-01",
    )
    assert "What was said of January 2018: “A server failed.”" in text_of(officer.get(at("return_form")))
    officer.post(at("return_form"), typed(officer, kpis, value_0="71") | {"take": str(kpis[0].pk)})
    entry = Entry.objects.get(kpi=kpis[0])
    assert (entry.value, entry.cause, entry.remedy, entry.recovery_month) == (
        "71", "A server failed.", "IT: a new one.", "April 2018",
    )  # fmt: skip


def test_a_relieved_kpi_is_offered_the_narrative_and_asks_for_nothing(
    officer: Client, contract: Contract, kpis: tuple[Kpi, Kpi]
) -> None:
    builders.relief(contract, kpis[0], first="2018-02")
    officer.post(at("return_form"), typed(officer, kpis, value_0="71"))
    said = text_of(officer.get(at("return_form")))
    assert "The narrative of relief R001: “A new system was rolled out.”" in said
    assert "Relief granted" in said
    assert "unexplained" not in said


def test_a_form_of_forty_five_kpis_costs_no_more_queries_than_one_of_two(
    officer: Client, area: ServiceArea, kpis: tuple[Kpi, Kpi]
) -> None:
    pages = (
        at("return_form"),
        at("return_check"),
        reverse("kpis:returns", args=["TST"]),
        at("return_form", month="2018-01"),
    )
    officer.post(at("return_form"), typed(officer, kpis, value_0="92"))
    officer.get(at("return_form"))  # says that it was saved, and that once
    few = [queries(officer, page) for page in pages]
    for number in range(3, 46):
        builders.results(builders.kpi(area, f"CSC_KPI_{number:02}"), "2017-02", ["91", "85", "70", "92"] * 3)
    officer.post(at("return_form"), {f"{kpi.pk}-version": "1.0.0 -" for kpi in area.kpis.all()})
    officer.get(at("return_form"))
    assert [queries(officer, page) for page in pages] == few
    assert officer.get(at("return_form")).content.decode().count("<fieldset") == 45
    assert max(few) <= 14
    assert few[0] <= 8


def test_a_figure_of_a_kpi_that_ended_before_the_month_stays_on_record_and_cannot_be_emptied(
    officer: Client, kpis: tuple[Kpi, Kpi]
) -> None:
    builders.result(kpis[0], "2018-02", "91")
    Kpi.objects.filter(pk=kpis[0].pk).update(in_force_to=date(2018, 1, 1), end_reason="Merged")
    page = officer.get(at("return_form"))
    assert f'name="{kpis[0].pk}-value"' not in page.content.decode()
    officer.post(at("return_form"), {f"{kpis[0].pk}-version": "1.1.0 -", f"{kpis[0].pk}-value": ""})
    assert not Entry.objects.exists()
    assert Result.objects.get(kpi=kpis[0], month=MONTH).value == 91


def test_long_figures_of_the_past_get_more_room(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    assert "app-past--wide" not in officer.get(at("return_form")).content.decode()
    Kpi.objects.filter(pk=kpis[1].pk).update(unit="money", decimals=2)
    Result.objects.filter(kpi=kpis[1], month=date(2018, 1, 1)).update(value="1234567.89")
    assert officer.get(at("return_form")).content.decode().count("app-past--wide") == 1
    Result.objects.filter(kpi=kpis[0], month=date(2018, 1, 1)).update(value="100")
    assert officer.get(at("return_form")).content.decode().count("app-past--wide") == 2


def test_a_page_with_something_to_mend_says_so_in_its_title(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    assert "<title>Customer" in officer.get(at("return_form")).content.decode()
    officer.post(at("return_form"), typed(officer, kpis, value_0="ninety"))
    assert "<title>Error: Customer" in officer.get(at("return_form")).content.decode()


def test_who_comments_is_told_who_reads_it(officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    assert "Comment (the supplier reads it too while the month is open)" in text_of(officer.get(at("return_form")))
    said = text_of(signed_in(cast.supplier).get(at("return_form")))
    assert "Comment (the officers and the contract manager read it)" in said
