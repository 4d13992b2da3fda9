"""The supplier disputes a verified figure where it finds it, the contract manager answers, and every page says so."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Dispute, Kpi, Result, Return
from reports.build import judge_period
from tests import builders
from tests.people import Cast
from tests.reading import links_of, text_of

TODAY = date(2018, 3, 14)
COUNTED = "1 figure is disputed by the supplier; it counts as it stands."


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    """January 2018 verified with a miss, February submitted."""
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["95", "94", "79", "93"])
    builders.returns(area, "2017-11", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    return made


@pytest.fixture
def result(kpi: Kpi) -> Result:
    found: Result = kpi.results.get(month="2018-01-01")
    return found


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def supplier(cast: Cast) -> Client:
    return signed_in(cast.supplier)


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast.contract_manager)


def at(name: str, *of: object) -> str:
    return reverse(f"kpis:{name}", args=["TST", *of])


RAISE = "/contracts/TST/decisions/disputes/CSC_KPI_01/2018-01/"


def test_the_supplier_disputes_a_figure_from_the_pages_that_show_it(supplier: Client, result: Result) -> None:
    for page in (at("kpi", "CSC_KPI_01"), at("month", "2018-01")):
        assert RAISE in links_of(supplier.get(page)).values(), page
    assert "The verified figure is 79.00%." in text_of(supplier.get(RAISE))
    form = {"version": result.version, "note": "Miscounted.", "claimed": "81%"}
    response = supplier.post(RAISE, form, follow=True)
    dispute = Dispute.objects.get()
    assert (dispute.result, dispute.note, dispute.claimed) == (result, "Miscounted.", "81%")
    assert "Waits for an answer." in text_of(response)
    assert RAISE not in links_of(supplier.get(at("kpi", "CSC_KPI_01"))).values()
    assert supplier.get(RAISE).headers["Location"] == at("dispute", dispute.pk)


def test_only_verified_months_lead_to_a_dispute_and_only_for_the_supplier(
    supplier: Client, manager: Client, member: Client, kpi: Kpi
) -> None:
    links = set(links_of(supplier.get(at("kpi", "CSC_KPI_01"))).values())
    assert len([link for link in links if "/disputes/" in link]) == 3
    february = at("raise_dispute", "CSC_KPI_01", "2018-02")
    assert february not in links
    response = supplier.get(february, follow=True)
    assert "CSC_KPI_01 of February 2018 is not verified" in text_of(response)
    for other in (manager, member):
        assert not [link for link in links_of(other.get(at("kpi", "CSC_KPI_01"))).values() if "/disputes/" in link]
    assert not [link for link in links_of(manager.get(at("month", "2018-01"))).values() if "/disputes/" in link]


@pytest.mark.parametrize("address", ["CSC_KPI_01/2018-03/", "CSC_KPI_99/2018-01/"])
def test_what_has_no_figure_cannot_be_disputed(address: str, supplier: Client, kpi: Kpi) -> None:
    assert supplier.get(f"/contracts/TST/decisions/disputes/{address}").status_code == 404


def test_a_dispute_without_a_word_asks_for_one_and_keeps_what_was_typed(supplier: Client, result: Result) -> None:
    response = supplier.post(RAISE, {"version": result.version, "note": " ", "claimed": "81%"})
    assert "Say what is wrong with the figure." in text_of(response)
    assert 'value="81%"' in response.content.decode()
    assert not Dispute.objects.exists()


def test_a_figure_that_changed_meanwhile_is_shown_before_it_is_disputed(supplier: Client, result: Result) -> None:
    response = supplier.post(RAISE, {"version": result.version + 1, "note": "Miscounted."})
    assert response.status_code == 409
    assert "has changed since you opened this page" in text_of(response)
    assert "Miscounted." in text_of(response)


def test_the_contract_manager_upholds_it_and_is_led_to_reopening_the_month(
    manager: Client, supplier: Client, result: Result, cast: Cast
) -> None:
    dispute = builders.dispute(result, cast.supplier)
    page = manager.get(at("dispute", dispute.pk))
    assert at("answer_dispute", dispute.pk) in links_of(page).values()
    form = {"version": dispute.version, "decision": "upheld", "answer": "Two days were missing."}
    page = manager.post(at("answer_dispute", dispute.pk), form, follow=True)
    assert "Upheld, to be corrected." in text_of(page)
    assert links_of(page)["Go to January 2018 to reopen it"] == f"{at('month', '2018-01')}#CSC"
    assert "Go to January 2018" not in text_of(supplier.get(at("dispute", dispute.pk)))
    Result.objects.filter(pk=result.pk).update(value=81)
    page = manager.get(at("dispute", dispute.pk))
    assert "Upheld, and corrected." in text_of(page)
    assert "Go to January 2018" not in text_of(page)


def test_the_figure_stands_where_the_manager_says_why(manager: Client, result: Result, cast: Cast) -> None:
    dispute = builders.dispute(result, cast.supplier)
    page = manager.post(at("answer_dispute", dispute.pk), {"version": dispute.version, "decision": "not upheld"})
    assert "Say why." in text_of(page)
    form = {"version": dispute.version, "decision": "not upheld", "answer": "The log says 79."}
    page = manager.post(at("answer_dispute", dispute.pk), form, follow=True)
    assert "Not upheld." in text_of(page)
    assert "The log says 79." in text_of(page)
    again = manager.post(at("answer_dispute", dispute.pk), form)
    assert again.status_code == 409
    assert "it was not upheld by Contract manager" in text_of(again)
    assert manager.get(at("answer_dispute", dispute.pk)).headers["Location"] == at("dispute", dispute.pk)


def test_the_supplier_takes_it_back(supplier: Client, result: Result, cast: Cast) -> None:
    dispute = builders.dispute(result, cast.supplier)
    assert "Withdraw the dispute" in text_of(supplier.get(at("dispute", dispute.pk)))
    page = supplier.post(at("withdraw_dispute", dispute.pk), {"version": dispute.version}, follow=True)
    assert "Withdrawn." in text_of(page)
    assert COUNTED not in text_of(supplier.get(at("kpi", "CSC_KPI_01")))
    assert supplier.get(at("withdraw_dispute", dispute.pk)).status_code == 302


def test_a_dispute_of_another_contract_is_not_found(
    supplier: Client, other_contract: Contract, cast: Cast, kpi: Kpi
) -> None:
    elsewhere = builders.result(builders.kpi(builders.area(other_contract)), "2018-01", "80")
    dispute = builders.dispute(elsewhere, cast.supplier)
    for name in ("dispute", "answer_dispute", "withdraw_dispute"):
        assert supplier.get(at(name, dispute.pk)).status_code == 404


def test_every_page_that_shows_the_figure_marks_and_counts_it(
    member: Client, manager: Client, result: Result, cast: Cast, contract: Contract
) -> None:
    dispute = builders.dispute(result, cast.supplier, note="The exchange cut calls off.", claimed="81%")
    matrix = member.get(at("matrix"))
    assert COUNTED in text_of(matrix)
    assert "79.00%, disputed" in text_of(matrix)
    assert matrix.content.decode().count("app-cell--disputed") == 1
    page = member.get(at("kpi", "CSC_KPI_01"))
    assert COUNTED in text_of(page)
    assert "The exchange cut calls off." in text_of(page)
    assert at("dispute", dispute.pk) in links_of(page).values()
    assert "Jan 2018: 79.00%, below minimum, disputed by the supplier" in page.content.decode()
    assert "Disputed by the supplier: January 2018." in page.content.decode()
    assert "Under a bar: disputed by the supplier" in text_of(page)
    month = manager.get(at("month", "2018-01"))
    assert "1 disputed by the supplier" in text_of(month)
    assert "The exchange cut calls off. The supplier holds 81% to be right. Not answered yet." in text_of(month)
    assert links_of(month)["The dispute of CSC_KPI_01"] == at("dispute", dispute.pk)
    exceptions = member.get(reverse("reports:exceptions", args=["TST"]))
    assert COUNTED in text_of(exceptions)
    assert "79.00% in Jan 2018 (disputed)" in text_of(exceptions)
    assert "The exchange cut calls off. The supplier holds 81% to be right." in text_of(exceptions)


@pytest.mark.parametrize(
    ("changes", "is_printed"),
    [
        ({}, True),
        ({"state": "not upheld", "answer": "No."}, True),
        ({"state": "upheld", "answer": "Yes."}, True),
        ({"state": "withdrawn"}, False),
        ({"value": 78}, False),
    ],
)
def test_a_paper_keeps_the_dispute_of_a_figure_that_stands(
    changes: dict[str, Any], is_printed: bool, result: Result, contract: Contract, cast: Cast
) -> None:
    settled = {"settled_by": cast.contract_manager, "settled_at": "2018-03-02T09:00Z"} if "state" in changes else {}
    builders.dispute(result, cast.supplier, **changes, **settled)
    january = parse_month("2018-01")
    paper = judge_period(contract, january, january, on=TODAY)
    (found,) = [each.dispute for each in paper.areas[0].kpis[0].results if each.month == january]
    assert (found is not None) is is_printed
    (line,) = paper.exceptions
    assert line.rule == "below_minimum"
    assert line.results[-1].dispute == found
    if found is not None:
        assert (found.state, found.raised_on) == (changes.get("state", "open"), date(2018, 3, 1))


def test_a_month_with_an_open_dispute_is_not_a_clean_one(manager: Client, result: Result, cast: Cast) -> None:
    Result.objects.filter(pk=result.pk).update(value=95, is_shared=True)
    result.refresh_from_db()
    Return.objects.filter(month="2018-01-01").update(state="submitted")
    assert "Verify all clean ones" in text_of(manager.get(at("month", "2018-01")))
    dispute = builders.dispute(result, cast.supplier)
    assert "Verify all clean ones" not in text_of(manager.get(at("month", "2018-01")))
    Dispute.objects.filter(pk=dispute.pk).update(
        state="not upheld", answer="No.", settled_by=cast.contract_manager, settled_at="2018-03-02T09:00Z"
    )
    assert "Verify all clean ones" in text_of(manager.get(at("month", "2018-01")))
