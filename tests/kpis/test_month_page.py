"""The page of a month: what the contract manager sees first, and what can be decided from it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from simple_history.utils import bulk_update_with_history

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, parse_month
from kpis.models import Correction, Result, Return, WarningAnswer
from tests import builders
from tests.people import Cast
from tests.reading import Page, rows_of, text_of
from tests.test_query_counts import FEW, MANY, cost, fill

AT = datetime(2018, 3, 13, 10, 30, tzinfo=UTC)
FEBRUARY = parse_month("2018-02")


def address(of: Contract, name: str = "month", *more: object, month: Month = FEBRUARY) -> str:
    return reverse(f"kpis:{name}", args=[of.reference, month, *more])


def signed_in(who: object) -> Client:
    client = Client()
    client.force_login(who)  # type: ignore[arg-type]
    return client


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast.contract_manager)


@pytest.fixture
def submitted(area: ServiceArea, cast: Cast) -> Return:
    """February 2018, submitted: one KPI well, one worse than its minimum, one changed, one that a warning stood at."""
    fine = builders.kpi(area, "CSC_KPI_01", name="Calls answered")
    missed = builders.kpi(area, "CSC_KPI_02", "7", "12", polarity="lower", name="Calls abandoned")
    changed = builders.kpi(area, "CSC_KPI_03", unit="days", decimals=0, name="Days open")
    warned = builders.kpi(area, "CSC_KPI_04", name="Letters sent")
    for kpi, before, now in ((fine, "93.8", "95"), (missed, "10", "12.5"), (changed, "91", "92"), (warned, "90", "90")):
        builders.result(kpi, "2018-01", before)
        builders.result(kpi, "2018-02", now, entered_by=cast.officer, comment=f"A word on {kpi.code}.")
    row = Result.objects.get(kpi=changed, month=FEBRUARY)
    row.value = Decimal(94)
    bulk_update_with_history([row], Result, ["value"])
    WarningAnswer.objects.create(
        result=warned.results.get(month=FEBRUARY), warning="same", said="Three months running.", answer="It is so."
    )
    builders.returns(area, "2018-01", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted", submitted_at=AT, submitted_by=cast.officer)
    return Return.objects.get(month=FEBRUARY)


def open_month(client: Client, of: Contract) -> Page:
    response = client.get(address(of))
    assert response.status_code == 200
    return response


def test_misses_come_first_then_changed_figures_then_warnings(
    submitted: Return, contract: Contract, manager: Client
) -> None:
    page = open_month(manager, contract)
    rows = [row for row in rows_of(page) if row[0].startswith("CSC")]
    assert rows == [
        [
            "CSC_KPI_02 Calls abandoned",
            "Below minimumAsk for relief for CSC_KPI_02",
            "12.50% provisional",
            "at most 7%minimum at most 12%",
            "2.50 points worse than Jan 2018",
        ],
        [
            "CSC_KPI_03 Days open",
            "Target met",
            f"94 days provisionalChanged: 92 days until {_today()}",
            "at least 90 daysminimum at least 80 days",
            "3 days better than Jan 2018",
        ],
        [
            "CSC_KPI_04 Letters sent",
            "Target met",
            "90.00% provisional",
            "at least 90%minimum at least 80%",
            "the same as Jan 2018",
        ],
        [
            "CSC_KPI_01 Calls answered",
            "Target met",
            "95.00% provisional",
            "at least 90%minimum at least 80%",
            "1.20 points better than Jan 2018",
        ],
    ]
    said = text_of(page)
    assert "February 2018: 0 of 1 areas are verified, 1 waits for a decision." in said
    assert "Submitted on Tuesday 13 March 2018 by Officer; entered by Officer." in said
    assert "3 of 4 KPIs met target; 3 to look at first." in said
    assert "Three months running." in said
    assert "It is so." in said


def _today() -> str:
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"


def test_the_supplier_sees_neither_answers_nor_comments_and_nobody_but_the_manager_decides(
    submitted: Return, contract: Contract, cast: Cast
) -> None:
    theirs = text_of(open_month(signed_in(cast.supplier), contract))
    assert "It is so." not in theirs
    assert "A word on" not in theirs
    for who in (cast.supplier, cast.officer, cast.administrator):
        assert "Verify CSC" not in text_of(open_month(signed_in(who), contract))
    assert "It is so." in text_of(open_month(signed_in(cast.officer), contract))


def test_what_an_area_has_not_submitted_is_not_told(contract: Contract, area: ServiceArea, manager: Client) -> None:
    builders.result(builders.kpi(area), "2018-02", "77.77", comment="Secret.", cause="Private.")
    builders.returns(area, "2018-02", "2018-02", "returned", returned_reason="No source.")
    said = text_of(open_month(manager, contract))
    assert "77.77" not in said
    assert "Secret." not in said
    assert "Private." not in said
    assert "Sent back: No source." in said
    assert "1 was sent back" in said


def test_a_month_is_verified_from_its_page_and_says_how(submitted: Return, contract: Contract, manager: Client) -> None:
    form = {"version": submitted.version, "how": "sample re-performed", "sample_size": "2"}
    response = manager.post(address(contract, "verify", "CSC"), form, follow=True)
    assert Return.objects.get(pk=submitted.pk).state == "verified"
    said = text_of(response)
    assert "February 2018 is closed: its one area is verified." in said
    assert "Closed: verified by Contract manager on Wednesday 14 March 2018, sample re-performed (2)." in said
    assert ["Sample re-performed", "1"] in rows_of(response)
    assert ["Source seen", "0"] in rows_of(response)
    theirs = text_of(open_month(manager, contract))
    assert "To change anything in it, reopen it with a reason." in theirs


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({}, "Say how it was checked."),
        ({"how": "sample re-performed"}, "Say how many results were re-performed."),
        ({"how": "sample re-performed", "sample_size": "0"}, "greater than or equal to 1"),
        ({"how": "source seen", "sample_size": "3"}, "Leave this empty"),
        ({"how": "by magic"}, "Select a valid choice"),
    ],
)
def test_a_check_that_makes_no_sense_is_asked_about_again(
    form: dict[str, str], complaint: str, submitted: Return, contract: Contract, manager: Client
) -> None:
    response = manager.post(address(contract, "verify", "CSC"), {"version": submitted.version, **form})
    assert response.status_code == 422
    assert complaint.lower() in text_of(response).lower()
    assert Return.objects.get(pk=submitted.pk).state == "submitted"


def test_going_back_keeps_what_was_typed_when_somebody_was_faster(
    submitted: Return, contract: Contract, manager: Client
) -> None:
    stale = {"version": submitted.version - 1, "reason": "The <source> is missing."}
    response = manager.post(address(contract, "send_back", "CSC"), stale)
    assert response.status_code == 409
    assert "has changed since you opened this page" in text_of(response)
    assert "The &lt;source&gt; is missing." in response.content.decode()
    assert f'name="version" value="{submitted.version}"' in response.content.decode()
    again = {"version": submitted.version, "reason": "The source is missing."}
    said = text_of(manager.post(address(contract, "send_back", "CSC"), again, follow=True))
    assert "Sent back: The source is missing." in said


def test_a_reopened_month_stays_to_be_seen(submitted: Return, contract: Contract, manager: Client) -> None:
    form = {"version": submitted.version, "how": "source seen"}
    manager.post(address(contract, "verify", "CSC"), form)
    reopening = {"version": submitted.version + 1, "reason": "Miscounted."}
    said = text_of(manager.post(address(contract, "reopen", "CSC"), reopening, follow=True))
    assert "Reopened by Contract manager on Wednesday 14 March 2018: Miscounted." in said
    assert "12.50% provisional" in said


def test_clean_returns_are_verified_together(
    submitted: Return, contract: Contract, cast: Cast, manager: Client
) -> None:
    for code in ("ACF", "IMT"):
        other = builders.area(contract, code, f"Area {code}")
        builders.result(builders.kpi(other, f"{code}_KPI_01"), "2018-02", "95")
        builders.returns(other, "2018-02", "2018-02", "submitted")
    assert "no warning stood: Area ACF, Area IMT." in text_of(open_month(manager, contract))
    listed = {
        f"return-{row.pk}": row.version for row in Return.objects.filter(state="submitted").exclude(pk=submitted.pk)
    }
    asked = manager.post(address(contract, "verify_clean"), listed)
    assert asked.status_code == 422
    response = manager.post(address(contract, "verify_clean"), {**listed, "how": "source seen"}, follow=True)
    assert "Verified: Area ACF, Area IMT." in text_of(response)
    assert Return.objects.filter(state="verified", checked_how="source seen").count() == 2
    again = manager.post(address(contract, "verify_clean"), {**listed, "how": "source seen"})
    assert again.status_code == 409


@pytest.mark.parametrize("name", ["verify", "send_back", "reopen"])
def test_only_the_manager_may_decide_and_coming_back_by_address_leads_to_the_month(
    name: str, submitted: Return, contract: Contract, cast: Cast
) -> None:
    for who, expected in {"contract_manager": 422, "officer": 403, "supplier": 403, "administrator": 403, "clerk": 404,
                          "board_member": 404, "outsider": 404, "other_officer": 404}.items():  # fmt: skip
        client = signed_in(getattr(cast, who))
        assert client.post(address(contract, name, "CSC")).status_code == expected, who
        assert client.post(address(contract, "verify_clean")).status_code == expected, who
        led = client.get(address(contract, name, "CSC"))
        assert led.status_code == (404 if expected == 404 else 302)
    assert Return.objects.get(pk=submitted.pk).version == submitted.version


@pytest.mark.parametrize("month", ["2018-03", "2016-12", "2030-01"])
def test_a_month_that_has_not_ended_or_lies_before_the_contract_has_no_page(
    month: str, contract: Contract, manager: Client
) -> None:
    assert manager.get(address(contract, month=parse_month(month))).status_code == 404


def test_an_empty_month_says_how_things_get_here(contract: Contract, manager: Client) -> None:
    assert "No KPI was due in this month." in text_of(open_month(manager, contract))


def test_a_corrected_figure_is_marked_as_corrected(submitted: Return, contract: Contract, manager: Client) -> None:
    result = Result.objects.get(kpi__code="CSC_KPI_01", month=FEBRUARY)
    Correction.objects.create(
        result=result, value_before=Decimal(94), value_after=Decimal(95), reason="Miscounted.", corrected_at=AT
    )
    assert "Corrected: 94.00% until 13 March 2018" in text_of(open_month(manager, contract))


def test_completeness_tells_on_time_late_missing_and_imported(
    contract: Contract, area: ServiceArea, manager: Client
) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-10", ["95"] * 3)
    builders.returns(area, "2017-10", "2017-10")
    builders.returns(area, "2017-11", "2017-11", submitted_at=datetime(2017, 12, 14, 12, tzinfo=UTC))
    builders.returns(area, "2017-12", "2017-12", submitted_at=datetime(2018, 1, 16, 12, tzinfo=UTC))
    late = Return.objects.get(month=date(2017, 11, 1))
    late.submitted_at = datetime(2018, 2, 1, tzinfo=UTC)
    late.save(update_fields=["submitted_at"])
    response = manager.get(reverse("kpis:completeness", args=[contract.reference]))
    assert rows_of(response)[1:] == [
        ["Feb 2018", "14 Mar 2018", "Not due yet"],
        ["Jan 2018", "14 Feb 2018", "Missing"],
        ["Dec 2017", "15 Jan 2018", "Late16 Jan 2018"],
        ["Nov 2017", "14 Dec 2017", "On time14 Dec 2017"],
        ["Oct 2017", "14 Nov 2017", "Imported"],
        ["On time", "1 in all", "1"],
        ["Late", "1 in all", "1"],
        ["Missing", "1 in all", "1"],
        ["Not due yet", "1 in all", "1"],
        ["Imported", "1 in all", "1"],
    ]
    assert "Of 3 returns 1 came in on time and 1 late; 1 is missing." in text_of(response)


def test_the_pages_of_months_cost_no_more_queries_with_forty_rows_than_with_one(cast: Cast) -> None:
    administrator = signed_in(cast.administrator)
    fill(builders.contract("FEW"), FEW)
    fill(builders.contract("MANY"), MANY)
    for number in range(MANY):
        builders.kpi(builders.area(Contract.objects.get(reference="MANY"), f"A{number}"), f"A{number}_KPI_01")
    for name, of in (("kpis:month", ("2018-01",)), ("kpis:completeness", ())):
        short, long = cost(administrator, name, "FEW", *of), cost(administrator, name, "MANY", *of)
        assert long.queries == short.queries, name
        assert long.length > short.length, name
