"""The checks, the submission, and the month once it is closed."""

from django.test import Client

from contracts.rules.months import parse_month
from kpis.models import Kpi, Result
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
    said = text_of(officer.get(at("return_form", month="2018-01")))
    assert "the month is closed." in said
    assert "ask the contract manager to reopen the month" in said
