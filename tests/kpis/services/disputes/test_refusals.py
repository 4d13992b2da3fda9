"""What is refused about a dispute, by name and with nothing written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from contracts.models import Contract, Message
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Dispute, Result, Return
from kpis.services.disputes import (
    AnswerMissing,
    DisputedAlready,
    FigureChanged,
    NoteMissing,
    NotOpen,
    NotVerified,
    NotYoursToAnswer,
    NotYoursToDispute,
    OwnDispute,
)
from tests import builders
from tests.kpis.services.disputes.acts import answered, raised, withdrawn
from tests.people import Cast, person


def test_only_the_supplier_of_the_contract_disputes_and_takes_back(result: Result, cast: Cast) -> None:
    dispute = raised(result, cast)
    for name, somebody in cast.everybody():
        if name != "supplier":
            with pytest.raises(NotYoursToDispute):
                raised(result, cast, by=somebody)
            with pytest.raises(NotYoursToDispute):
                withdrawn(dispute, cast, by=somebody)
    assert Dispute.objects.get().state == "open"
    assert issubclass(NotYoursToDispute, PermissionDenied)


def test_the_supplier_of_another_contract_or_area_disputes_nothing_here(
    result: Result, cast: Cast, contract: Contract, other_contract: Contract
) -> None:
    payroll = builders.area(contract, "PM", "People Management")
    for place in ({"contract": other_contract}, {"contract": contract, "service_area": payroll}):
        elsewhere = person(f"{len(place)}@example.org", "Somebody else's supplier")
        grant_role(person=elsewhere, role=Role.SUPPLIER, **place)
        with pytest.raises(NotYoursToDispute):
            raised(result, cast, by=elsewhere)


def test_only_the_contract_manager_answers(result: Result, cast: Cast) -> None:
    dispute = raised(result, cast)
    for name, somebody in cast.everybody():
        if name != "contract_manager":
            with pytest.raises(NotYoursToAnswer):
                answered(dispute, cast, by=somebody)
    assert Dispute.objects.get().state == "open"


def test_nobody_answers_a_dispute_they_raised(result: Result, cast: Cast, contract: Contract) -> None:
    grant_role(person=cast.contract_manager, role=Role.SUPPLIER, contract=contract)
    with pytest.raises(OwnDispute):
        answered(raised(result, cast, by=cast.contract_manager), cast)


@pytest.mark.parametrize("state", ["open", "submitted", "returned"])
def test_only_a_verified_figure_is_disputed(state: str, result: Result, cast: Cast) -> None:
    Return.objects.update(state=state, returned_reason="Look again.")
    with pytest.raises(NotVerified, match="CSC_KPI_01 of January 2018 is not verified"):
        raised(result, cast)
    assert not Dispute.objects.exists()
    assert not Message.objects.exists()


def test_a_figure_is_disputed_once_at_a_time(result: Result, cast: Cast) -> None:
    first = raised(result, cast)
    with pytest.raises(DisputedAlready):
        raised(result, cast)
    answered(first, cast)
    assert raised(result, cast).state == "open"


def test_a_figure_that_changed_since_it_was_looked_at_is_not_disputed(result: Result, cast: Cast) -> None:
    with pytest.raises(FigureChanged):
        raised(result, cast, version=result.version - 1)


@pytest.mark.parametrize("nothing", ["", " \n"])
def test_a_dispute_says_what_is_wrong_and_an_answer_why(nothing: str, result: Result, cast: Cast) -> None:
    with pytest.raises(NoteMissing):
        raised(result, cast, note=nothing)
    dispute = raised(result, cast)
    for is_upheld in (True, False):
        with pytest.raises(AnswerMissing):
            answered(dispute, cast, is_upheld=is_upheld, answer=nothing)
    assert Dispute.objects.get().state == "open"


@pytest.mark.parametrize("first", [answered, withdrawn])
@pytest.mark.parametrize("then", [answered, withdrawn])
def test_what_was_settled_is_not_settled_again(
    first: Callable[..., Any], then: Callable[..., Any], result: Result, cast: Cast
) -> None:
    dispute = raised(result, cast)
    settled = first(dispute, cast)
    for stale in (dispute, settled):
        with pytest.raises(NotOpen, match=f"it was {settled.state} by"):
            then(stale, cast)
    row = Dispute.objects.get()
    assert (row.state, row.version) == (settled.state, 2)
