"""Who is told of what was done, and what they are told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from contracts.models import Message, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Correction, Relief, Return
from kpis.services import notices
from tests import builders
from tests.people import Cast, person

THEN = datetime(2018, 3, 14, 9, 5, tzinfo=UTC)


@pytest.fixture
def month(cast: Cast, area: ServiceArea) -> Return:
    builders.kpi(area)
    payroll = builders.area(area.contract, "PM", "People Management")
    other = person("payroll@example.org", "Payroll officer")
    grant_role(person=other, role=Role.OFFICER, contract=area.contract, service_area=payroll)
    builders.returns(area, "2018-02", "2018-02", "returned", submitted_at=THEN, submitted_by=cast.officer)
    return Return.objects.get()


def told() -> set[str]:
    return {email.partition("@")[0] for email in Message.objects.values_list("person__email", flat=True)}


def the_body() -> str:
    (body,) = set(Message.objects.values_list("body", flat=True))
    return body


def test_a_return_that_comes_back_is_told_to_its_officers_with_the_reason(month: Return) -> None:
    notices.tell_returned(month)
    notices.tell_returned(month)
    assert told() == {"officer"}
    assert Message.objects.count() == 1
    assert "Reason: A figure lacks its source." in the_body()
    assert "http://127.0.0.1:8000/contracts/TST/returns/CSC/2018-02/" in the_body()


def test_coming_back_once_more_is_told_once_more(month: Return) -> None:
    notices.tell_returned(month)
    month.version += 1
    notices.tell_returned(month)
    assert Message.objects.count() == 2


def test_who_handed_it_in_is_told_even_without_the_area(month: Return, cast: Cast) -> None:
    cast.officer.assignments.all().delete()
    notices.tell_returned(month)
    assert told() == {"officer"}


def test_a_verified_return_says_how_it_was_checked(month: Return, cast: Cast) -> None:
    month.checked_how, month.sample_size = "sample re-performed", 3
    month.verified_at, month.verified_by = THEN, cast.contract_manager
    notices.tell_verified(month)
    assert told() == {"officer"}
    assert "sample re-performed: 3 of the results" in the_body()


def test_a_reopened_month_is_told_to_the_supplier_too(month: Return, cast: Cast) -> None:
    month.reopened_reason, month.reopened_by = "Calls were counted twice.", cast.contract_manager
    notices.tell_reopened(month)
    assert told() == {"officer", "supplier"}
    assert "Reason: Calls were counted twice." in the_body()


def test_a_correction_is_told_to_all_but_who_made_it(month: Return, cast: Cast, area: ServiceArea) -> None:
    result = builders.result(area.kpis.get(), "2018-02", "91.5")
    correction = Correction.objects.create(
        result=result, value_before=Decimal("95"), value_after=Decimal("91.5"), reason="Calls were counted twice.",
        corrected_at=THEN, corrected_by=cast.officer,
    )  # fmt: skip
    notices.tell_corrected(month, [correction])
    notices.tell_corrected(month, [])
    assert told() == {"contract_manager", "supplier"}
    assert "CSC_KPI_01: 91.50% instead of 95.00%" in the_body()
    assert "Reason: Calls were counted twice." in the_body()


def test_a_rate_is_told_as_worked_out_and_a_gap_as_a_gap(month: Return, area: ServiceArea) -> None:
    result = builders.result(area.kpis.get(), "2018-02", "91.5")
    correction = Correction.objects.create(
        result=result, not_measured_reason_before="The meter broke.", numerator_after=Decimal(9),
        denominator_after=Decimal(10), reason="Found.", corrected_at=THEN,
    )  # fmt: skip
    notices.tell_corrected(month, [correction])
    assert "CSC_KPI_01: 90.00% instead of not measured: The meter broke." in the_body()


def relief(area: ServiceArea, cast: Cast, decision: str, **changes: object) -> Relief:
    kpis = [] if changes.pop("is_blanket", False) else list(area.kpis.all())
    return builders.relief(
        area.contract, *kpis, first="2018-02", last="2018-04", decision=decision, requester=cast.supplier,
        requested_by="Supplier", requested_on=date(2018, 3, 1), **changes,
    )  # fmt: skip


def test_a_relief_asked_for_is_told_to_the_contract_manager(month: Return, area: ServiceArea, cast: Cast) -> None:
    notices.tell_relief_asked(relief(area, cast, "requested"))
    assert told() == {"contract_manager"}
    assert "was asked for by Supplier, for CSC_KPI_01, February 2018 to April 2018" in the_body()


@pytest.mark.parametrize("decision", ["granted", "refused", "withdrawn"])
def test_a_decision_is_told_to_who_asked_the_supplier_and_the_officers_touched(
    decision: str, month: Return, area: ServiceArea, cast: Cast
) -> None:
    decided = relief(area, cast, decision, decider=cast.contract_manager, decision_reason="Agreed at the board.")
    notices.tell_relief_decided(decided)
    notices.tell_relief_decided(decided)
    assert told() == {"supplier", "officer"}
    assert Message.objects.count() == 2
    assert f"is {decision}" in the_body()
    assert "Reason: Agreed at the board." in the_body()


def test_a_blanket_relief_touches_every_area(month: Return, area: ServiceArea, cast: Cast) -> None:
    notices.tell_relief_decided(relief(area, cast, "granted", is_blanket=True))
    assert told() == {"supplier", "officer", "payroll"}
    assert "for all KPIs" in the_body()


def test_the_end_of_a_relief_is_told_with_its_own_reason(month: Return, area: ServiceArea, cast: Cast) -> None:
    granted = relief(area, cast, "granted", decider=cast.contract_manager, decision_reason="Agreed at the board.")
    granted.to_month = date(2018, 3, 1)
    for _ in range(2):
        notices.tell_relief_ended(granted, parse_month("2018-03"), "The system works.", cast.contract_manager)
    assert told() == {"supplier", "officer"}
    assert Message.objects.count() == 2
    subjects = set(Message.objects.values_list("subject", flat=True))
    assert subjects == {f"Relief ends with March 2018: {granted.reference}"}
    assert "ends with March 2018" in the_body()
    assert "Reason: The system works." in the_body()
    assert "Agreed at the board" not in the_body()


def test_an_installation_that_does_not_know_its_address_sends_no_links(month: Return, settings: object) -> None:
    settings.SITE_URL = ""  # type: ignore[attr-defined]
    notices.tell_returned(month)
    assert "/contracts/" not in the_body()
