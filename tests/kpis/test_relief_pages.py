"""The pages about relief show its age and effect, take requests and decisions, and let in who may do so."""

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Person, ServiceArea
from kpis.models import Kpi, Relief
from tests import builders
from tests.people import Cast
from tests.reading import links_of, rows_of, text_of

ASKED = {
    "scope": "some",
    "kpis": ["CSC_KPI_01"],
    "from_month_month": "11",
    "from_month_year": "2017",
    "to_month_month": "",
    "to_month_year": "",
    "cause": "third party",
    "narrative": "The line was cut.",
}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(name: str, *of: str) -> str:
    return reverse(f"kpis:{name}", args=["TST", *of])


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["85", "75", "95", "70"])
    builders.returns(area, "2017-11", "2018-02")
    return made


@pytest.fixture
def asked(kpi: Kpi, cast: Cast) -> Relief:
    signed_in(cast.supplier).post(address("ask_relief"), ASKED)
    return Relief.objects.get()


def test_reliefs_stand_oldest_first_with_their_age_and_the_stale_one_stands_out(kpi: Kpi, cast: Cast) -> None:
    contract = kpi.contract
    builders.relief(contract, kpi, first="2017-11", reference="R003")
    builders.relief(contract, first="2017-12", reference="R002")
    builders.relief(contract, kpi, first="2017-02", last="2017-04", reference="R001")
    builders.relief(contract, kpi, first="2018-02", decision="requested", reference="R004")
    builders.relief(contract, kpi, first="2017-01", last="2017-01", decision="refused", reference="R005")
    page = signed_in(cast.board_member).get(address("reliefs"))
    listed = [(row[0], row[3]) for row in rows_of(page) if row[0].startswith("R0")]
    assert listed == [
        ("R004", "1 month"),
        ("R003", "4 months"),
        ("R002", "3 months"),
        ("R005", "1 month"),
        ("R001", "3 months"),
    ]
    said = text_of(page)
    assert "2 reliefs are in force. 1 request waits for a decision." in said
    assert "R003 is open-ended and 4 months old: longer than the 3 months" in said
    assert "R002 is open-ended" not in said


def test_nothing_on_record_says_how_relief_gets_here(area: ServiceArea, cast: Cast) -> None:
    assert "No relief was ever asked for." in text_of(signed_in(cast.clerk).get(address("reliefs")))


def test_the_page_of_a_kpi_leads_to_the_form_with_the_kpi_chosen(kpi: Kpi, cast: Cast) -> None:
    officer = signed_in(cast.officer)
    page = officer.get(reverse("kpis:kpi", args=["TST", kpi.code]))
    href = links_of(page)["Ask for relief for CSC_KPI_01"]
    form = officer.get(f"{href}&from=2018-02").content.decode()
    assert 'value="CSC_KPI_01" checked' in form
    assert 'name="from_month_year" type="text" value="2018"' in form


def test_a_request_is_kept_and_its_page_says_what_granting_would_do(asked: Relief, cast: Cast) -> None:
    page = signed_in(cast.board_member).get(address("relief", asked.reference))
    assert (
        "Granting it as asked would turn 3 misses into relief granted:"
        " CSC_KPI_01 (November 2017, December 2017, February 2018)." in text_of(page)
    )
    assert rows_of(page)[1:] == [
        ["CSC_KPI_01", "Nov 2017", "Below target", "Relief granted"],
        ["CSC_KPI_01", "Dec 2017", "Below minimum", "Relief granted"],
        ["CSC_KPI_01", "Feb 2018", "Below minimum", "Relief granted"],
    ]


def decision(page: str, **changes: str) -> dict[str, str]:
    """The form as the page has it, filled in."""
    hidden = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("version", "shown")}
    return {
        **{name: value for name, value in ASKED.items() if isinstance(value, str) and "month" in name},
        **hidden,
        "decision": "granted",
        "reason": "The line is the council's.",
        **changes,
    }


def test_the_contract_manager_grants_what_was_shown(asked: Relief, cast: Cast) -> None:
    manager = signed_in(cast.contract_manager)
    form = manager.get(address("decide_relief", asked.reference))
    assert "This would turn 3 misses into relief granted" in text_of(form)
    page = manager.post(address("decide_relief", asked.reference), decision(form.content.decode()), follow=True)
    said = text_of(page)
    assert "R001 is granted." in said
    assert "Granted; 4 months old. It has turned 3 misses into relief granted" in said
    assert "Decision: requested → granted" in said
    assert "Granted: The line is the council&#39;s." in page.content.decode()


def test_other_months_are_shown_before_they_are_granted(asked: Relief, cast: Cast) -> None:
    manager = signed_in(cast.contract_manager)
    where = address("decide_relief", asked.reference)
    form = manager.get(where).content.decode()
    shorter = decision(form, to_month_month="11", to_month_year="2017")
    again = manager.post(where, shorter)
    said = text_of(again)
    assert "The effect below is not the one you were shown" in said
    assert "This would turn 1 miss into relief granted: CSC_KPI_01 (November 2017)." in said
    assert Relief.objects.get().decision == "requested"
    manager.post(where, decision(again.content.decode(), to_month_month="11", to_month_year="2017"))
    assert Relief.objects.get().decision == "granted"


def test_looking_at_other_months_asks_for_nothing_else_and_decides_nothing(asked: Relief, cast: Cast) -> None:
    manager = signed_in(cast.contract_manager)
    where = address("decide_relief", asked.reference)
    form = manager.get(where).content.decode()
    page = manager.post(
        where, decision(form, decision="", reason="", from_month_month="2", from_month_year="2018") | {"preview": "yes"}
    )
    said = text_of(page)
    assert "This would turn 1 miss into relief granted: CSC_KPI_01 (February 2018)." in said
    assert "There is a problem" not in said
    assert Relief.objects.get().decision == "requested"


def test_what_is_wrong_is_said_and_what_was_typed_stays(asked: Relief, cast: Cast) -> None:
    manager = signed_in(cast.contract_manager)
    where = address("decide_relief", asked.reference)
    form = manager.get(where).content.decode()
    page = manager.post(where, decision(form, to_month_month="13", to_month_year="2018", reason="Typed once"))
    said = text_of(page)
    assert "Month must be a number from 1 to 12" in said
    assert "Typed once" in said


def test_nobody_decides_what_they_asked_for(kpi: Kpi, cast: Cast) -> None:
    manager = signed_in(cast.contract_manager)
    manager.post(address("ask_relief"), ASKED)
    page = manager.get(address("decide_relief", "R001"))
    assert "You asked for this relief: somebody else decides it." in text_of(page)
    assert b'name="decision"' not in page.content
    answer = manager.post(
        address("decide_relief", "R001"),
        {**ASKED, "decision": "granted", "reason": "Mine.", "version": "1", "shown": ""},
    )
    assert "You asked for R001 yourself" in text_of(answer)
    assert Relief.objects.get().decision == "requested"


def test_ending_shows_which_misses_come_back(kpi: Kpi, cast: Cast) -> None:
    builders.relief(kpi.contract, kpi, first="2017-11")
    manager = signed_in(cast.contract_manager)
    where = address("end_relief", "R001")
    typed = {"to_month_month": "11", "to_month_year": "2017", "reason": "Mended.", "version": "1", "shown": ""}
    page = manager.post(where, typed)
    assert "into below minimum: CSC_KPI_01 (December 2017, February 2018)." in text_of(page)
    typed["shown"] = page.content.decode().split('name="shown" value="')[1].split('"')[0]
    assert "R001 ends with November 2017." in text_of(manager.post(where, typed, follow=True))
    assert Relief.objects.get().decision == "granted"


def test_who_asked_withdraws_the_request(asked: Relief, cast: Cast) -> None:
    supplier = signed_in(cast.supplier)
    page = supplier.post(address("withdraw_relief", "R001"), {"reason": "Mended.", "version": "1"}, follow=True)
    assert "R001 is withdrawn." in text_of(page)
    assert Relief.objects.get().decision == "withdrawn"


@pytest.mark.parametrize("state", ["granted", "refused", "withdrawn"])
def test_what_is_decided_leads_back_to_its_page(state: str, kpi: Kpi, cast: Cast) -> None:
    builders.relief(kpi.contract, kpi, first="2017-11", decision=state)
    answer = signed_in(cast.contract_manager).get(address("decide_relief", "R001"))
    assert answer.headers["Location"] == address("relief", "R001")


MAY = {
    "ask_relief": {"officer", "supplier", "contract_manager"},
    "decide_relief": {"contract_manager"},
    "end_relief": {"contract_manager"},
    "withdraw_relief": {"supplier"},
}
UNSEEN = {"outsider", "other_officer"}


@pytest.mark.parametrize("name", MAY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_who_may_do_it_gets_the_form(name: str, method: str, asked: Relief, cast: Cast) -> None:
    where = address(name) if name == "ask_relief" else address(name, asked.reference)
    for who, person in cast.everybody():
        if who == "leaver":
            continue
        status = getattr(signed_in(person), method)(where).status_code
        if who in UNSEEN:
            assert status == 404, who
        else:
            assert (status == 403) == (who not in MAY[name]), (who, status)


def test_a_deputy_may_do_what_they_stand_in_for(asked: Relief, cast: Cast) -> None:
    held = cast.contract_manager.assignments.get()
    held.deputy = cast.project_manager
    held.save()
    assert signed_in(cast.project_manager).get(address("decide_relief", asked.reference)).status_code == 200


def test_no_relief_of_another_contract_is_found(other_contract: Contract, asked: Relief, cast: Cast) -> None:
    builders.relief(other_contract, first="2017-11", reference="R099")
    assert signed_in(cast.clerk).get(address("relief", "R099")).status_code == 404
