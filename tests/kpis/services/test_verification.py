"""What the contract manager may decide about a return, and what is refused by name with nothing changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from contracts.models import Contract, Message, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Kpi, Result, Return
from kpis.services.verification import (
    DecisionRefused,
    EnteredByYou,
    MonthClosed,
    NoLongerClean,
    NotClosed,
    NotSubmitted,
    NotYoursToDecide,
    ReasonMissing,
    StaleDecision,
    reopen_return,
    send_back,
    verify_clean,
    verify_return,
)
from tests import builders
from tests.people import Cast, person

AT = datetime(2018, 3, 14, 10, 30, tzinfo=UTC)
FEBRUARY = parse_month("2018-02")


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    return builders.kpi(area)


@pytest.fixture
def submitted(kpi: Kpi, area: ServiceArea, cast: Cast) -> Return:
    """February 2018, entered and submitted by the officer."""
    builders.result(kpi, "2018-02", "95", entered_by=cast.officer)
    builders.returns(area, "2018-02", "2018-02", "submitted", submitted_by=cast.officer, submitted_at=AT)
    return Return.objects.get()


def verify(found: Return, **changes: Any) -> Return:
    given = {"pk": found.pk, "version": found.version, "how": "source seen", "at": AT, **changes}
    return verify_return(**given)


def back(found: Return, **changes: Any) -> Return:
    return send_back(**{"pk": found.pk, "version": found.version, "reason": "No source.", "at": AT, **changes})


def reopen(found: Return, **changes: Any) -> Return:
    return reopen_return(**{"pk": found.pk, "version": found.version, "reason": "Miscounted.", "at": AT, **changes})


def test_a_verified_return_says_who_closed_it_when_and_how(submitted: Return, cast: Cast) -> None:
    verify(submitted, how="sample re-performed", sample_size=3, by=cast.contract_manager)
    row = Return.objects.get()
    assert (row.state, row.verified_by, row.verified_at) == ("verified", cast.contract_manager, AT)
    assert (row.checked_how, row.sample_size, row.version) == ("sample re-performed", 3, submitted.version + 1)
    latest = row.history.order_by("history_id").last()
    assert (latest.history_user, latest.history_date, latest.state) == (cast.contract_manager, AT, "verified")
    assert latest.history_change_reason == "verified: sample re-performed (3)"


def test_a_return_goes_back_with_a_reason_that_its_officer_is_told(submitted: Return, cast: Cast) -> None:
    back(submitted, reason="  CSC_KPI_01 lacks its source. ", by=cast.contract_manager)
    row = Return.objects.get()
    assert (row.state, row.returned_reason) == ("returned", "CSC_KPI_01 lacks its source.")
    message = Message.objects.get(person=cast.officer)
    assert message.kind == "returned"
    assert "CSC_KPI_01 lacks its source." in message.body


def test_a_reopened_month_shows_its_figures_and_remembers_that_it_was_closed(submitted: Return, cast: Cast) -> None:
    reopen(verify(submitted, by=cast.contract_manager), by=cast.contract_manager)
    row = Return.objects.get()
    assert (row.state, row.reopened_by, row.reopened_reason) == ("open", cast.contract_manager, "Miscounted.")
    assert (row.verified_at, row.checked_how) == (AT, "")
    result = Result.objects.get()
    assert result.is_shared
    assert result.history.order_by("history_id").last().history_change_reason == "reopened: Miscounted."


@pytest.mark.parametrize("how", ["entered_by", "submitted_by"])
def test_nobody_verifies_what_they_entered_or_submitted(how: str, submitted: Return, cast: Cast) -> None:
    grant_role(person=cast.officer, role=Role.CONTRACT_MANAGER, contract=submitted.service_area.contract)
    if how == "entered_by":
        submitted.submitted_by = cast.administrator
        submitted.save(update_fields=["submitted_by"])
    else:
        Result.objects.get().delete()
    with pytest.raises(EnteredByYou):
        verify(submitted, by=cast.officer)
    with pytest.raises(EnteredByYou):
        clean(submitted, cast.officer)
    assert Return.objects.get().state == "submitted"
    assert back(submitted, by=cast.officer).state == "returned"


def clean(found: Return, by: Any) -> tuple[Return, ...]:
    contract = found.service_area.contract
    return verify_clean(
        contract=contract, month=FEBRUARY, versions={found.pk: found.version}, how="source seen", by=by, at=AT
    )


@pytest.mark.parametrize("decide", [verify, back, reopen])
def test_only_the_contract_manager_decides(decide: Callable[..., Return], submitted: Return, cast: Cast) -> None:
    for name, somebody in cast.everybody():
        if name != "contract_manager":
            with pytest.raises(NotYoursToDecide):
                decide(submitted, by=somebody)
    assert issubclass(NotYoursToDecide, PermissionDenied)
    assert Return.objects.get().version == submitted.version


def test_the_manager_of_another_contract_decides_nothing_here_and_a_deputy_does(
    submitted: Return, cast: Cast, other_contract: Contract
) -> None:
    elsewhere = person("elsewhere@example.org", "Manager of another contract")
    grant_role(person=elsewhere, role=Role.CONTRACT_MANAGER, contract=other_contract)
    with pytest.raises(NotYoursToDecide):
        verify(submitted, by=elsewhere)
    assignment = cast.contract_manager.assignments.get()
    assignment.deputy = elsewhere
    assignment.save(update_fields=["deputy"])
    assert verify(submitted, by=elsewhere).verified_by == elsewhere


@pytest.mark.parametrize(
    ("state", "decide", "refusal"),
    [
        ("verified", verify, MonthClosed),
        ("verified", back, MonthClosed),
        ("open", verify, NotSubmitted),
        ("open", back, NotSubmitted),
        ("returned", verify, NotSubmitted),
        ("returned", back, NotSubmitted),
        ("open", reopen, NotClosed),
        ("returned", reopen, NotClosed),
        ("submitted", reopen, NotClosed),
    ],
)
def test_a_decision_that_does_not_fit_the_state_is_refused_by_name(
    state: str, decide: Callable[..., Return], refusal: type[DecisionRefused], area: ServiceArea, cast: Cast
) -> None:
    builders.returns(area, "2018-02", "2018-02", state, verified_at=AT, verified_by=cast.contract_manager)
    found = Return.objects.get()
    with pytest.raises(refusal, match="Customer Service Centre, February 2018"):
        decide(found, by=cast.contract_manager)
    assert Return.objects.get().version == found.version
    assert found.history.count() == 1


def test_a_closed_month_says_who_closed_it_when_and_what_to_do(submitted: Return, cast: Cast) -> None:
    closed = verify(submitted, by=cast.contract_manager)
    with pytest.raises(MonthClosed) as refusal:
        verify(closed, by=cast.contract_manager)
    assert str(refusal.value) == (
        "Customer Service Centre, February 2018, is closed: verified by Contract manager on Wednesday 14 March 2018."
        " To change anything in it, the contract manager reopens it with a reason."
    )


@pytest.mark.parametrize("decide", [verify, back, reopen])
def test_a_decision_on_an_older_version_is_refused(
    decide: Callable[..., Return], submitted: Return, cast: Cast
) -> None:
    with pytest.raises(StaleDecision, match="the return is submitted now"):
        decide(submitted, version=submitted.version - 1, by=cast.contract_manager)
    assert Return.objects.get().state == "submitted"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_going_back_and_reopening_need_a_reason(reason: str, submitted: Return, cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        back(submitted, reason=reason, by=cast.contract_manager)
    closed = verify(submitted, by=cast.contract_manager)
    with pytest.raises(ReasonMissing):
        reopen(closed, reason=reason, by=cast.contract_manager)


@pytest.mark.parametrize(("how", "size"), [("sample re-performed", None), ("source seen", 2), ("by magic", None)])
def test_how_it_was_checked_must_make_sense(how: str, size: int | None, submitted: Return, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        verify(submitted, how=how, sample_size=size, by=cast.contract_manager)
    assert Return.objects.get().state == "submitted"


def test_all_clean_returns_close_at_once_and_none_where_one_is_not_clean(
    submitted: Return, contract: Contract, cast: Cast
) -> None:
    other = builders.area(contract, "ACF", "Adult Care Finance")
    care = builders.kpi(other, "ACF_KPI_01")
    missed = builders.result(care, "2018-02", "85")
    builders.returns(other, "2018-02", "2018-02", "submitted")
    versions = {each.pk: each.version for each in Return.objects.all()}

    def close() -> tuple[Return, ...]:
        return verify_clean(
            contract=contract, month=FEBRUARY, versions=versions, how="as", by=cast.contract_manager, at=AT
        )

    with pytest.raises(NoLongerClean, match="Adult Care Finance"):
        close()
    assert set(Return.objects.values_list("state", flat=True)) == {"submitted"}
    builders.relief(contract, care, first="2018-02")
    with pytest.raises(ValidationError):
        close()
    assert set(Return.objects.values_list("state", flat=True)) == {"submitted"}
    closed = verify_clean(
        contract=contract, month=FEBRUARY, versions=versions, how="source seen", by=cast.contract_manager, at=AT
    )
    assert {each.state for each in closed} == {"verified"}
    assert missed.history.count() == 1
