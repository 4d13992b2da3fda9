"""The pages on which the contract manager restarts limits and takes that back."""

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import ServiceArea
from kpis.models import Kpi, Rebase
from tests import builders
from tests.people import Cast
from tests.reading import facts_of, text_of

FORM = {"from_month_month": "11", "from_month_year": "2017", "reason": "New telephone lines.", "agreed_by": "The Board"}


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.contract_manager)
    return client


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.results(made, "2017-01", ["84", "86"] * 5 + ["94", "96", "95", "94"])
    builders.returns(area, "2017-01", "2018-02")
    return made


def address(kpi: Kpi) -> str:
    return reverse("kpis:rebase", args=[kpi.contract.reference, kpi.code])


def test_a_preview_shows_the_new_limits_and_writes_nothing(manager: Client, kpi: Kpi) -> None:
    response = manager.post(address(kpi), {**FORM, "preview": "yes"})
    said = text_of(response)
    assert "What it would do" in said
    assert "These are trial limits: 4 figures stand behind them" in said
    assert "Worked out from 4 figures, November 2017 to February 2018." in said
    assert facts_of(response)["Worked out from"] == "14 figures, January 2017 to February 2018"
    assert "Limits restarted" in said
    assert 'value="2017"' in response.content.decode()
    assert not Rebase.objects.exists()


def test_the_limits_restart_and_the_page_of_the_kpi_says_so(manager: Client, kpi: Kpi, member: Client) -> None:
    response = manager.post(address(kpi), FORM, follow=True)
    assert "The limits of CSC_KPI_01 restart in November 2017." in text_of(response)
    shown = member.get(reverse("kpis:kpi", args=[kpi.contract.reference, kpi.code]), {"view": "signal"})
    said = text_of(shown)
    assert "Limits restarted (1) From November 2017 New telephone lines. Agreed by The Board." in said
    assert "14 March 2018, Contract manager" in said
    assert "Worked out from 4 figures" in said
    assert "Withdraw it" not in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"from_month_year": "2016"}, "its first figure is for January 2017"),
        ({"from_month_month": ""}, "First month of the new limits must include a month"),
        ({"reason": ""}, "Enter reason"),
        ({"agreed_by": ""}, "Enter"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    changes: dict[str, str], words: str, manager: Client, kpi: Kpi
) -> None:
    response = manager.post(address(kpi), {**FORM, **changes})
    assert words.lower() in text_of(response).lower()
    assert not Rebase.objects.exists()


def test_a_restart_is_withdrawn_with_a_reason_that_stays(manager: Client, kpi: Kpi) -> None:
    row = builders.rebase(kpi, "2017-11")
    withdraw = reverse("kpis:withdraw_rebase", args=[kpi.contract.reference, kpi.code, row.pk])
    assert "Limits restart in November 2017" in text_of(manager.get(withdraw))
    assert "there is a problem" in text_of(manager.post(withdraw, {"reason": ""})).lower()
    said = text_of(manager.post(withdraw, {"reason": "It did not last."}, follow=True))
    assert "The limits of CSC_KPI_01 no longer restart in November 2017." in said
    assert "From November 2017: withdrawn" in said
    assert "Withdrawn 14 March 2018, Contract manager: It did not last." in said
    assert manager.get(withdraw).status_code == 404
    assert "was withdrawn already" in text_of(manager.post(withdraw, {"reason": "Again."}))


def test_a_restart_of_another_kpi_is_not_found(manager: Client, kpi: Kpi, area: ServiceArea) -> None:
    row = builders.rebase(builders.kpi(area, "CSC_KPI_02"), "2017-11")
    address = reverse("kpis:withdraw_rebase", args=[kpi.contract.reference, kpi.code, row.pk])
    assert manager.get(address).status_code == 404


def test_the_way_to_restart_is_shown_to_the_contract_manager_alone(manager: Client, member: Client, kpi: Kpi) -> None:
    page = reverse("kpis:kpi", args=[kpi.contract.reference, kpi.code])
    assert "Restart the limits" in text_of(manager.get(page))
    assert "Restart the limits" not in text_of(member.get(page))
