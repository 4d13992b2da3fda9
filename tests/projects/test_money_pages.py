"""The portfolio in pounds against the yearly funding, and the pages on which an administrator keeps that funding."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from projects.models import Funding
from projects.services.funding import FundingDetails, add_funding, change_funding, remove_funding
from tests import builders
from tests.people import Cast
from tests.reading import rows_of, text_of

APRIL = date(2017, 4, 1)


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def funding(contract: Contract) -> Funding:
    return builders.funding(contract)


def at(contract: Contract, page: str = "money", *more: int) -> str:
    return reverse(f"projects:{page}", args=[contract.reference, *more])


def typed(**changes: Any) -> dict[str, Any]:
    return {"begins_on": "2017-04-01", "amount": "£3,000,000", "purpose": "IT budget", "source": "", **changes}


def test_an_administrator_adds_changes_and_removes_funding_and_everybody_reads_the_history(
    administrator: Client, member: Client, contract: Contract
) -> None:
    assert administrator.post(at(contract, "add_funding"), typed(agreed_by="Full Council")).status_code == 302
    (row,) = Funding.objects.all()
    assert (row.begins_on, row.amount, row.version) == (APRIL, Decimal(3000000), 1)
    shown = member.get(at(contract))
    assert ["IT budget", "2017-18", "Full Council", "£3,000,000"] in rows_of(shown)
    assert "Add funding" not in text_of(shown)
    changed = typed(amount="2500000", version="1", why="Half of it was deferred.")
    assert administrator.post(at(contract, "change_funding", row.pk), changed).status_code == 302
    said = text_of(member.get(at(contract)))
    assert "Amount: £3,000,000 → £2,500,000" in said
    assert "Half of it was deferred." in said
    gone = {"version": "2", "why": "It was never agreed."}
    assert administrator.post(at(contract, "remove_funding", row.pk), gone).status_code == 302
    assert not Funding.objects.exists()
    said = text_of(member.get(at(contract)))
    assert "Taken away: 2017-18, IT budget, £2,500,000" in said
    assert "It was never agreed." in said
    assert Funding.history.first().history_change_reason == "It was never agreed."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": ""}, "Enter amount"),
        ({"amount": "a lot"}, "is not a number"),
        ({"amount": "-5"}, "is negative"),
        ({"purpose": " "}, "Enter what it is for"),
        ({"begins_on": "2017-05-01"}, "2017-05-01 is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    administrator: Client, contract: Contract, wrong: dict[str, str], words: str
) -> None:
    assert words in text_of(administrator.post(at(contract, "add_funding"), typed(**wrong)))
    assert not Funding.objects.exists()


def test_a_year_has_one_sum_for_a_purpose(administrator: Client, contract: Contract, funding: Funding) -> None:
    again = administrator.post(at(contract, "add_funding"), typed(purpose="it BUDGET"))
    assert "has funding for “it BUDGET” already" in text_of(again)
    assert administrator.post(at(contract, "add_funding"), typed(begins_on="2018-04-01")).status_code == 302


def test_a_stale_page_is_refused_and_loses_nothing(administrator: Client, contract: Contract, funding: Funding) -> None:
    stale = administrator.post(
        at(contract, "change_funding", funding.pk), typed(version="7", amount="1", why="A slip of the pen.")
    )
    assert "Somebody else changed this sum while you were looking at it." in text_of(stale)
    assert "A slip of the pen." in stale.content.decode()
    funding.refresh_from_db()
    assert funding.amount == Decimal(3000000)


def test_a_change_and_a_removal_say_why(administrator: Client, contract: Contract, funding: Funding) -> None:
    silent = administrator.post(at(contract, "change_funding", funding.pk), typed(version="1", amount="1"))
    assert "Say why it changes" in text_of(silent)
    silent = administrator.post(at(contract, "remove_funding", funding.pk), {"version": "1", "why": ""})
    assert "Enter why it is taken away" in text_of(silent)
    same = administrator.post(at(contract, "change_funding", funding.pk), typed(version="1"), follow=True)
    assert "Nothing was changed." in text_of(same)
    assert Funding.objects.get().version == 1


def test_only_administrators_write_whoever_asked_before(cast: Cast, contract: Contract, funding: Funding) -> None:
    details = FundingDetails(begins_on=APRIL, amount=Decimal(1), purpose="Another")
    for by in (cast.contract_manager, cast.officer, cast.supplier, cast.board_member):
        with pytest.raises(PermissionDenied):
            add_funding(contract=contract, by=by, details=details)
        with pytest.raises(PermissionDenied):
            change_funding(funding=funding, by=by, version=1, details=details, why="So.")
        with pytest.raises(PermissionDenied):
            remove_funding(funding=funding, by=by, version=1, why="So.")
    assert Funding.objects.count() == 1


def test_another_contracts_funding_is_not_found(
    administrator: Client, contract: Contract, other_contract: Contract, funding: Funding
) -> None:
    assert administrator.get(at(other_contract, "change_funding", funding.pk)).status_code == 404
    assert administrator.post(at(other_contract, "remove_funding", funding.pk), {"why": "So."}).status_code == 404
    assert "IT budget" not in text_of(administrator.get(at(other_contract)))


def test_the_page_holds_cost_against_funding_and_adds_up(member: Client, contract: Contract, funding: Funding) -> None:
    given = {"budget": Decimal(100000), "spent_to_date": Decimal(20000)}
    builders.project(contract, "P1", forecast_cost=Decimal("112000.50"), **given)
    builders.project(contract, "P2", forecast_cost=None, stage="on hold")
    builders.project(contract, "P3", forecast_cost=Decimal(5), stage="cancelled")
    found = rows_of(member.get(at(contract)))
    assert ["2017-18", "£3,000,000", "2", "£112,001no figure for 1", "£2,888,000 below"] in found
    assert ["Cancelled", "—", "1", "£5", "—"] in found
    assert ["In all", "£3,000,000", "3", "£112,006no figure for 1", "—"] in found
    whole = ["£100,000no figure for 2", "£112,006no figure for 1", "£20,000no figure for 2"]
    assert ["In the register", "3", *whole] in found
    assert ["P1 Payroll link P1", "£100,000", "£112,001", "£20,000", "£12,001by 12.0%"] in found
    assert "£3,000,000 is set aside for 2017-18; the 2 projects that finish in it" in text_of(member.get(at(contract)))


def test_an_empty_page_says_what_would_be_there(member: Client, contract: Contract) -> None:
    said = text_of(member.get(at(contract)))
    assert "No project is in the register, so there is nothing to hold against the funding." in said
    assert "No yearly funding is on record." in said


def test_the_register_leads_there(member: Client, contract: Contract) -> None:
    assert at(contract) in member.get(reverse("projects:register", args=[contract.reference])).content.decode()


def test_it_costs_the_same_with_any_number_of_projects_and_sums(member: Client, contract: Contract) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            member.get(at(contract))
        return len(captured)

    builders.funding(contract)
    builders.project(contract)
    before = cost()
    for number in range(20):
        builders.project(contract, f"Q{number:02}", budget=Decimal(1), forecast_cost=Decimal(2))
        builders.funding(contract, purpose=f"Fund {number}")
    assert cost() == before
