"""The checks, the submission, and the month once it is closed."""

import re
from datetime import UTC, date, datetime

from django.test import Client

from contracts.rules.months import parse_month
from kpis.models import Correction, Kpi, Result, Return
from tests.kpis.test_returns.pages import at, signed_in, typed, version
from tests.people import Cast
from tests.reading import links_of, rows_of, text_of

MONTH = parse_month("2018-02")


def test_errors_lead_to_their_fields_and_stop_the_submission(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="70"))
    page = officer.get(at("return_check"))
    links = links_of(page)
    assert links["CSC_KPI_01, cause"] == f"{at('return_form')}?checked=1#{kpis[0].pk}-cause"
    assert links["CSC_KPI_02, figure"] == f"{at('return_form')}?checked=1#{kpis[1].pk}-value"
    assert "Submit the return" not in text_of(page)
    assert officer.post(at("return_check"), {"version": version(page.content.decode())}).status_code == 422


def test_a_warning_asks_for_a_word_and_then_lets_it_pass(officer: Client, kpis: tuple[Kpi, Kpi], cast: Cast) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="99.9", value_1="1"))
    page = officer.get(at("return_check"))
    assert "unlike the last 12 figures" in text_of(page)
    sent = {"version": version(page.content.decode())}
    refused = officer.post(at("return_check"), sent)
    assert refused.status_code == 422
    assert "Say a word about this warning" in text_of(refused)
    done = officer.post(at("return_check"), sent | {f"answer-{kpis[0].pk}-unusual": "A quiet month."}, follow=True)
    assert "submitted. The contract manager verifies it now." in text_of(done)
    result = Result.objects.get(kpi=kpis[0], month=MONTH)
    assert result.warning_answers.get().answer == "A quiet month."
    assert (result.entered_by, result.history.count()) == (cast.officer, 1)


def test_a_supplier_may_check_but_not_submit(cast: Cast, kpis: tuple[Kpi, Kpi]) -> None:
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_0="92", value_1="1"))
    page = supplier.get(at("return_check"))
    assert "An officer of the area submits them." in text_of(page)
    assert supplier.post(at("return_check"), {"version": version(page.content.decode())}).status_code == 403


def test_a_return_that_changed_since_it_was_checked_is_not_submitted(
    officer: Client, cast: Cast, kpis: tuple[Kpi, Kpi]
) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="92", value_1="1"))
    checked = version(officer.get(at("return_check")).content.decode())
    supplier = signed_in(cast.supplier)
    supplier.post(at("return_form"), typed(supplier, kpis, value_1="2"))
    page = officer.post(at("return_check"), {"version": checked})
    assert page.status_code == 409
    assert "Somebody changed the return since you checked it." in text_of(page)


def test_a_submitted_month_says_who_and_when_and_shows_no_form(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="92", value_1="1"))
    officer.post(at("return_check"), {"version": version(officer.get(at("return_check")).content.decode())})
    page = officer.get(at("return_form"))
    assert "Submitted on 14 March 2018 at" in text_of(page)
    assert "by Officer." in text_of(page)
    assert "ask the contract manager to return it" in text_of(page)
    assert "<textarea" not in page.content.decode()
    assert rows_of(page)[1][:2] == ["CSC_KPI_01 Calls answered in time, CSC_KPI_01", "92.00%"]


def test_a_verified_month_says_what_to_do(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    page = officer.get(at("return_form", month="2018-01"))
    said = text_of(page)
    assert "Came in verified, by an import: the month is closed." in said
    assert "How it was checked Not on record" in said
    assert "ask the contract manager to reopen the month" in said
    assert links_of(page)["CSC in the month of all areas"] == "/contracts/TST/returns/2018-01/#CSC"


def test_a_closed_month_writes_rates_and_levels_as_other_pages_do(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    closed = Result.objects.filter(kpi=kpis[0], month=date(2018, 1, 1))
    closed.update(value=None, numerator=11704, denominator=13584)
    row = rows_of(officer.get(at("return_form", month="2018-01")))[1]
    assert row[1] == "86.16%11,704 of 13,584"
    assert row[3] == "at least 90%minimum at least 80%"


def test_a_verified_month_says_who_closed_it_how_and_what_was_corrected(
    officer: Client, kpis: tuple[Kpi, Kpi], cast: Cast
) -> None:
    at_noon = datetime(2018, 2, 20, 12, tzinfo=UTC)
    Return.objects.filter(month=date(2018, 1, 1)).update(
        verified_at=at_noon, verified_by=cast.contract_manager, checked_how="sample re-performed", sample_size=2
    )
    result = Result.objects.get(kpi=kpis[1], month=date(2018, 1, 1))
    Correction.objects.create(
        result=result, value_before=3, value_after=0, reason="Two were counted twice.", corrected_at=at_noon
    )
    page = officer.get(at("return_form", month="2018-01"))
    assert "Verified on 20 February 2018 at 12:00 by Contract manager: the month is closed." in text_of(page)
    assert "How it was checked Sample re-performed, 2 results" in text_of(page)
    assert links_of(page)[": CSC_KPI_02"] == "/contracts/TST/kpis/CSC_KPI_02/#corrections"
    assert ": CSC_KPI_01" not in links_of(page)


def test_a_miss_leads_to_asking_for_relief_with_its_kpi_and_month(officer: Client, kpis: tuple[Kpi, Kpi]) -> None:
    asks = f"/contracts/TST/reliefs/ask/?from=2018-02&kpi={kpis[0].code}"
    assert links_of(officer.get(at("return_form")))["for CSC_KPI_01"] == asks
    why = {"value_0": "70", "explanation_awaited_on_0": "28/3/2018", "value_1": "1"}
    officer.post(at("return_form"), typed(officer, kpis, **why))
    answers = {f"answer-{kpis[0].pk}-unusual": "A flood."}
    officer.post(at("return_check"), {"version": version(officer.get(at("return_check")).content.decode())} | answers)
    links = links_of(officer.get(at("return_form")))
    assert links["for CSC_KPI_01"] == asks
    assert "for CSC_KPI_02" not in links, "it met its target"
    form = officer.get(asks).content.decode()
    assert re.search(r'value="CSC_KPI_01"[^>]*checked', form)
    assert 'value="2018"' in form
