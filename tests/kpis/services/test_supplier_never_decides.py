"""The supplier's people enter and dispute for their contract; nothing they enter is closed, or excused, by them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from contracts.models import Assignment, Contract, Person, ServiceArea
from contracts.queries import load_ground
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Dispute, Kpi, Return
from kpis.services.reliefs import decide_relief, end_relief
from kpis.services.submission import submit_return
from kpis.services.verification import reopen_return, send_back, verify_clean, verify_return
from tests import builders
from tests.addresses import ACTIONS
from tests.kpis.services.disputes.acts import answered, raised
from tests.people import Cast, person

AT, ON = datetime(2018, 3, 14, 10, 30, tzinfo=UTC), date(2018, 3, 14)
NOVEMBER, FEBRUARY = parse_month("2017-11"), parse_month("2018-02")
Act = Callable[[Person], Any]


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    found = builders.kpi(area)
    builders.results(found, "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2017-12")
    builders.returns(area, "2018-01", "2018-01", "submitted")
    return found


@pytest.fixture
def suppliers(cast: Cast, contract: Contract, area: ServiceArea, other_contract: Contract) -> tuple[Person, ...]:
    """Of the contract, of one area, and who stands in; one also sits on the Board of another contract."""
    of_area, deputy = person("of.area@example.org", "Supplier, one area"), person("stand.in@example.org", "Stand-in")
    grant_role(person=of_area, role=Role.SUPPLIER, contract=contract, service_area=area)
    assignment = Assignment.objects.get(person=cast.supplier)
    assignment.deputy = deputy
    assignment.save()
    grant_role(person=deputy, role=Role.CONTRACT_MANAGER, contract=other_contract)
    return cast.supplier, of_area, deputy


@pytest.fixture
def acts(kpi: Kpi, contract: Contract, area: ServiceArea, cast: Cast) -> dict[str, Act]:
    """Everything that closes, reopens or excuses a month, on something in the state that it is for."""
    waits, closed = Return.objects.get(state="submitted"), Return.objects.get(month=NOVEMBER)
    asked = builders.relief(contract, first="2017-11", decision="requested", reference="R101")
    granted = builders.relief(contract, kpi, first="2017-11", last="2017-11", reference="R102")
    figure = kpi.results.get(month=NOVEMBER)
    dispute = builders.dispute(figure, cast.supplier)
    return {
        "verify": lambda by: verify_return(pk=waits.pk, version=waits.version, how="source seen", by=by, at=AT),
        "verify what is clean": lambda by: verify_clean(
            contract=contract, month=parse_month("2018-01"), versions={waits.pk: waits.version}, how="source seen",
            by=by, at=AT,
        ),
        "send back": lambda by: send_back(pk=waits.pk, version=waits.version, reason="No source.", by=by, at=AT),
        "reopen": lambda by: reopen_return(pk=closed.pk, version=closed.version, reason="Wrong.", by=by, at=AT),
        "submit": lambda by: submit_return(
            area=area, month=FEBRUARY, version="", answers={}, by=by, at=AT, on=ON
        ),
        "decide relief": lambda by: decide_relief(
            relief=asked, by=by, on=ON, decision="granted", reason="It was.", version=asked.version,  # type: ignore[arg-type]
        ),
        "end relief": lambda by: end_relief(
            relief=granted, by=by, on=ON, to_month=NOVEMBER, reason="It is over.", version=granted.version
        ),
        "answer a dispute": lambda by: answered(dispute, cast, by=by),
    }  # fmt: skip


def test_no_service_lets_a_supplier_close_reopen_or_excuse_a_month(
    acts: dict[str, Act], suppliers: tuple[Person, ...]
) -> None:
    stood = [list(Return.objects.order_by("pk").values()), list(Dispute.objects.order_by("pk").values())]
    for act in acts.values():
        for by in suppliers:
            with pytest.raises(PermissionDenied):
                act(by)
    assert stood == [list(Return.objects.order_by("pk").values()), list(Dispute.objects.order_by("pk").values())]


def test_they_enter_and_dispute_at_their_own_contract_alone(
    kpi: Kpi, contract: Contract, area: ServiceArea, other_contract: Contract, suppliers: tuple[Person, ...], cast: Cast
) -> None:
    there = builders.area(other_contract, "OTH")
    for by in suppliers:
        held = load_ground(by).held
        assert held.enters(contract.reference, area.pk)
        assert held.disputes(contract.reference, area.pk)
        assert not held.submits(contract.reference, area.pk)
        assert not held.manages(contract.reference)
        assert not held.enters(other_contract.reference, there.pk)
        assert ServiceArea.objects.entered_by(by).get() == area
        assert not ServiceArea.objects.submitted_by(by).exists()
    assert raised(kpi.results.get(month=NOVEMBER), cast).raised_by == cast.supplier


DECIDE = ("kpis:verify", "kpis:verify_clean", "kpis:send_back", "kpis:reopen", "kpis:decide_relief", "kpis:end_relief")


def test_no_address_takes_a_decision_from_a_supplier() -> None:
    """The table that every address is tried against; what the supplier's own are comes from the same table."""
    for name in (*DECIDE, "kpis:answer_dispute", "kpis:return_check", "reports:sign_off", "reports:record_publication"):
        for _, expected in ACTIONS[name]:
            assert expected["supplier"] in (403, 404), name
    for name in ("kpis:return_form", "kpis:return_save", "kpis:raise_dispute", "kpis:ask_relief"):
        assert {expected["supplier"] for _, expected in ACTIONS[name]} <= {200, 302, 409, 422}, name


def test_a_supplier_who_sends_a_verification_is_refused_and_nothing_is_verified(
    kpi: Kpi, area: ServiceArea, suppliers: tuple[Person, ...]
) -> None:
    form = {"how": "source seen", "version": str(Return.objects.get(state="submitted").version)}
    for by in suppliers:
        client = Client()
        client.force_login(by)
        answer = client.post(f"/contracts/TST/returns/2018-01/{area.code}/verify/", form)
        assert answer.status_code == 403
    assert Return.objects.filter(state="submitted").count() == 1
