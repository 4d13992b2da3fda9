"""A month that does not wait: declared with a reason by the contract manager, withdrawn as long as nothing tells it."""

from datetime import date

import pytest
from django.utils import timezone

from contracts.models import Contract, Person
from contracts.rules.months import Month, parse_month
from contracts.rules.roles import Role
from reports.models import FrozenPaper, Paper, PublishableMonth
from reports.queries.addenda import due_addenda
from reports.queries.publishable import load_publishable
from reports.services import addenda, papers
from reports.services.publishable import NotDeclared, NotYours, declare_publishable, withdraw_publishable
from tests.reports.addenda.cases import (
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    at,
    told,
)

pytestmark = pytest.mark.usefixtures("sent", "quick_print")

FEBRUARY, MARCH, JANUARY = parse_month("2018-02"), parse_month("2018-03"), parse_month("2018-01")


@pytest.fixture
def report(db: None) -> FrozenPaper:
    """With the clerk; February is submitted, and not verified."""
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    told(contract.service_areas.get(), "2018-02")
    return report


def declare(
    report: FrozenPaper, month: Month = FEBRUARY, by: Person | None = None, reason: str = "It cannot wait."
) -> PublishableMonth:
    contract = report.paper.contract
    return declare_publishable(
        contract=contract, month=month, reason=reason, by=by or report.frozen_by, on=VERIFIED_ON, at=at(VERIFIED_ON)
    )


def withdraw(report: FrozenPaper, by: Person | None = None) -> PublishableMonth:
    return withdraw_publishable(
        contract=report.paper.contract, month=FEBRUARY, by=by or report.frozen_by, at=at(VERIFIED_ON, 14)
    )


def test_a_month_that_is_declared_may_be_told(report: FrozenPaper) -> None:
    assert due_addenda(VERIFIED_ON) == ()
    row = declare(report, reason=" It cannot wait. ")
    assert (row.month, row.reason, row.declared_by) == (FEBRUARY, "It cannot wait.", report.frozen_by)
    assert len(due_addenda(VERIFIED_ON)) == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD_MEMBER, Role.SUPPLIER])
def test_nobody_but_the_contract_manager_declares_or_withdraws(report: FrozenPaper, role: Role) -> None:
    other = a_person(report.paper.contract, role)
    with pytest.raises(NotYours):
        declare(report, by=other)
    declare(report)
    with pytest.raises(NotYours):
        withdraw(report, by=other)
    assert PublishableMonth.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("month", "reason", "why"),
    [
        (FEBRUARY, " ", "Say why"),
        (JANUARY, "It cannot wait.", "is verified"),
        (MARCH, "It cannot wait.", "has not ended"),
    ],
)
def test_it_is_refused_where_it_makes_no_sense(report: FrozenPaper, month: Month, reason: str, why: str) -> None:
    with pytest.raises(NotDeclared, match=why):
        declare(report, month, reason=reason)
    assert not PublishableMonth.objects.exists()


def test_a_month_without_a_figure_has_nothing_to_tell(db: None) -> None:
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    with pytest.raises(NotDeclared, match="nothing to tell"):
        declare(report)
    told(contract.service_areas.get(), "2018-02", state="open")
    with pytest.raises(NotDeclared, match="nothing to tell"):
        declare(report)


def test_it_is_declared_once_and_again_after_it_was_withdrawn(report: FrozenPaper) -> None:
    declare(report)
    with pytest.raises(NotDeclared, match="already"):
        declare(report)
    row = withdraw(report)
    assert (row.withdrawn_by, row.withdrawn_at) == (report.frozen_by, at(VERIFIED_ON, 14))
    assert due_addenda(VERIFIED_ON) == ()
    with pytest.raises(NotDeclared, match="nothing to withdraw"):
        withdraw(report)
    declare(report)
    assert PublishableMonth.objects.count() == 2


@pytest.mark.parametrize(
    ("status", "is_used"), [("draft", False), ("signed off", True), ("with the clerk", True), ("published", True)]
)
def test_it_is_withdrawn_until_an_addendum_that_is_signed_off_tells_it(
    report: FrozenPaper, status: str, is_used: bool
) -> None:
    declare(report)
    (run_id,) = addenda.start_due_addenda(on=VERIFIED_ON, now=timezone.now()).run_ids
    papers.write_paper(run_id, on=VERIFIED_ON)
    Paper.objects.filter(kind="addendum").update(status=status)
    if is_used:
        with pytest.raises(NotDeclared, match="stands in addendum 1 for 2018-03-29"):
            withdraw(report)
    else:
        withdraw(report)
    assert (PublishableMonth.objects.get().withdrawn_at is None) == is_used


def test_the_page_offers_the_months_that_have_figures_and_wait(report: FrozenPaper) -> None:
    contract = report.paper.contract
    assert load_publishable(contract, VERIFIED_ON).choices == (FEBRUARY,)
    declare(report)
    page = load_publishable(contract, VERIFIED_ON)
    assert page.choices == ()
    assert [(each.month, each.may_be_withdrawn, each.is_verified) for each in page.declared] == [
        (FEBRUARY, True, False)
    ]
    withdraw(report)
    page = load_publishable(contract, VERIFIED_ON)
    assert page.choices == (FEBRUARY,)
    assert [each.is_withdrawn for each in page.declared] == [True]


def test_other_contracts_have_months_of_their_own(report: FrozenPaper) -> None:
    other: Contract = a_contract("OTH")
    declare(report)
    assert load_publishable(other, date(2018, 3, 22)).declared == ()
