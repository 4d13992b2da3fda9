"""What is owed, and who may do what about it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Assignment, Contract, ServiceArea
from kpis.models import Kpi, Return
from tests import builders
from tests.kpis.test_returns.pages import at, signed_in, typed
from tests.people import Cast
from tests.reading import links_of, rows_of, text_of


@pytest.mark.usefixtures("kpis")
def test_an_officer_sees_what_is_owed_when_it_is_due_and_what_is_missing(
    officer: Client, kpis: tuple[Kpi, Kpi]
) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="92"))
    page = officer.get(reverse("kpis:returns", args=["TST"]))
    assert rows_of(page)[1] == [
        "Customer Service Centre, February 2018", "14 Mar 2018", "1 of 2", "CSC_KPI_02", "Open",
    ]  # fmt: skip
    assert links_of(page)["Customer Service Centre, February 2018"] == at("return_form")


@pytest.mark.usefixtures("kpis")
def test_what_is_overdue_says_by_how_many_days(area: ServiceArea, officer: Client) -> None:
    Return.objects.filter(month=date(2018, 1, 1)).delete()
    row = rows_of(officer.get(reverse("kpis:returns", args=["TST"])))[1]
    assert row[0] == "Customer Service Centre, January 2018"
    assert row[1] == "14 Feb 2018 28 days overdue"


@pytest.mark.usefixtures("kpis")
def test_the_contract_manager_sees_that_it_is_owed_but_not_what_is_typed(cast: Cast) -> None:
    row = rows_of(signed_in(cast.contract_manager).get(reverse("kpis:returns", args=["TST"])))[1]
    assert row[2:4] == ["with the area", "—"]


def test_nothing_owed_is_said_in_a_sentence(area: ServiceArea, kpis: tuple[Kpi, Kpi], officer: Client) -> None:
    builders.returns(area, "2018-02", "2018-02", "submitted")
    assert "Nothing is owed." in text_of(officer.get(reverse("kpis:returns", args=["TST"])))


@pytest.mark.parametrize("who", ["officer", "contract_manager", "administrator"])
def test_a_contract_in_its_first_month_owes_nothing_and_leads_to_no_month(
    who: str, contract: Contract, cast: Cast
) -> None:
    client = signed_in(getattr(cast, who))
    for commences_on, leads in ((date(2018, 2, 1), True), (date(2018, 3, 1), False)):
        Contract.objects.filter(pk=contract.pk).update(commences_on=commences_on)
        page = client.get(reverse("kpis:returns", args=["TST"]))
        assert ("No month of this contract has ended yet." in text_of(page)) is not leads
        led_to = [href for name, href in links_of(page).items() if name.startswith("All service areas")]
        assert [client.get(href).status_code for href in led_to] == [200] * leads


@pytest.mark.usefixtures("kpis")
@pytest.mark.parametrize(
    ("who", "form", "post", "check"),
    [
        ("officer", 200, 302, 200),
        ("supplier", 200, 302, 200),
        ("contract_manager", 200, 403, 403),
        ("administrator", 200, 403, 200),
        ("clerk", 404, 404, 404),
        ("board_member", 404, 404, 404),
        ("project_manager", 404, 404, 404),
        ("outsider", 404, 404, 404),
        ("other_officer", 404, 404, 404),
    ],
)
def test_each_role_may_do_its_own(who: str, form: int, post: int, check: int, cast: Cast) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(at("return_form")).status_code == form
    assert client.post(at("return_form"), {}).status_code == post
    assert client.post(at("return_save"), {}).status_code == (200 if post == 302 else post)
    assert client.get(at("return_check")).status_code == check


def test_an_officer_of_another_area_does_not_see_this_one(
    contract: Contract, kpis: tuple[Kpi, Kpi], cast: Cast
) -> None:
    care = builders.area(contract, "ACF", "Adult Care Finance")
    builders.kpi(care, "ACF_KPI_01")
    assert signed_in(cast.officer).get(at("return_form", "ACF")).status_code == 404
    assert "Adult Care" not in text_of(signed_in(cast.officer).get(reverse("kpis:returns", args=["TST"])))


@pytest.mark.usefixtures("kpis")
def test_a_named_deputy_enters_and_submits_in_the_place_of_the_officer(cast: Cast) -> None:
    Assignment.objects.filter(person=cast.officer).update(deputy=cast.outsider)
    deputy = signed_in(cast.outsider)
    assert deputy.get(at("return_form")).status_code == 200
    assert deputy.post(at("return_check"), {}).status_code in (409, 422)
    assert 'href="/contracts/TST/returns/"' in deputy.get(reverse("kpis:returns", args=["TST"])).content.decode()


@pytest.mark.usefixtures("kpis")
def test_what_is_typed_is_private_to_the_area(kpis: tuple[Kpi, Kpi], officer: Client, cast: Cast) -> None:
    officer.post(at("return_form"), typed(officer, kpis, value_0="87.65"))
    assert "87.65" not in text_of(signed_in(cast.contract_manager).get(at("return_form")))
    assert "87.65" in text_of(signed_in(cast.administrator).get(at("return_form")))


@pytest.mark.usefixtures("kpis")
@pytest.mark.parametrize("month", ["2018-03", "2018-04", "2016-12"])
def test_a_month_that_has_not_ended_or_lies_before_the_contract_is_no_page(month: str, officer: Client) -> None:
    assert officer.get(at("return_form", month=month)).status_code == 404


@pytest.mark.usefixtures("kpis")
def test_a_contract_that_is_over_owes_nothing_beyond_its_last_month(contract: Contract, cast: Cast) -> None:
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2018, 1, 31))
    manager, officer = signed_in(cast.contract_manager), signed_in(cast.officer)
    assert "Nothing is owed." in text_of(officer.get(reverse("kpis:returns", args=["TST"])))
    assert [officer.get(at("return_form", month=key)).status_code for key in ("2018-01", "2018-02")] == [200, 404]
    months = [reverse("kpis:month", args=["TST", date(2018, month, 1)]) for month in (1, 2)]
    assert [manager.get(month).status_code for month in months] == [200, 404]
    overview = text_of(manager.get(reverse("kpis:completeness", args=["TST"])))
    assert "January 2018" in overview
    assert "February 2018" not in overview
