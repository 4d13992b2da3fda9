"""The page on which an addendum is asked for, and the one of the months published as provisional."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.rules.roles import Role
from contracts.services import set_demonstration_day
from reports.models import FrozenPaper, Narrative, PaperRun, PublishableMonth
from reports.queries.narratives import load_words_page
from reports.queries.new_months import meeting_of
from reports.services import papers
from reports.services.addenda import start_due_addenda
from tests.reports.addenda.cases import (
    CUT_OFF_ON,
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    addendum_runs,
    area_of,
    at,
    declared,
    told,
    verified,
)

pytestmark = pytest.mark.usefixtures("sent", "quick_print")


@pytest.fixture
def report(db: None) -> FrozenPaper:
    """With the clerk; no further month is known. Today is 22 March 2018."""
    set_demonstration_day(on=VERIFIED_ON)
    contract = a_contract()
    return a_frozen_report(contract, a_meeting(contract), a_person(contract))


@pytest.fixture
def manager(report: FrozenPaper) -> Client:
    client = Client()
    client.force_login(report.frozen_by)
    return client


def page_of(report: FrozenPaper) -> str:
    return reverse("reports:addendum", args=["TST", report.paper_id])


PROVISIONAL = "/contracts/TST/provisional-months/"


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_says_what_would_be_written_and_why_it_is_late(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    page = shown(manager, page_of(report))
    assert "Addendum 1 would tell February 2018." in page
    assert "February 2018: verified on 22 March 2018; its figures fell due on 14 March 2018." in page
    assert "Until the cut-off day, Wednesday 28 March 2018, it is also drafted by itself." in page
    assert "were verified on 22 March 2018, after the report had gone to the clerk." in page
    assert "There is none yet." in page


def test_asking_for_it_leads_to_the_meeting_which_shows_how_far_it_is(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    response = manager.post(page_of(report), {"reason": "It is short."}, follow=True)
    assert response.redirect_chain == [(f"/contracts/TST/meetings/{report.paper.meeting_id}/", 302)]
    page = " ".join(response.content.decode().split())
    assert "Addendum 1 is being written." in page
    assert "Waiting for a worker" in page
    assert addendum_runs() == [(1, 1, "queued")]
    manager.post(page_of(report), {"reason": "It is short."})
    assert addendum_runs() == [(1, 1, "queued")]


def test_without_a_reason_the_form_is_shown_again(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    response = manager.post(page_of(report), {"reason": " "})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert addendum_runs() == []


def test_with_nothing_new_it_says_so_and_shows_no_form(report: FrozenPaper, manager: Client) -> None:
    page = shown(manager, page_of(report))
    assert "Nothing is new since the report" in page
    assert "<textarea" not in page
    response = manager.post(page_of(report), {"reason": "All the same."})
    assert response.status_code == 409
    assert addendum_runs() == []


def test_after_the_cut_off_it_warns_that_the_reason_is_printed(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    set_demonstration_day(on=CUT_OFF_ON + timedelta(days=1))
    assert "Your reason will be printed in the addendum." in shown(manager, page_of(report))


def test_the_addenda_there_are_stand_on_it_and_on_the_meetings_page(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    (run_id,) = start_due_addenda(on=VERIFIED_ON, now=at(VERIFIED_ON)).run_ids
    papers.write_paper(run_id, on=VERIFIED_ON)
    page = shown(manager, page_of(report))
    assert "Addendum 1, revision 1</a>: February 2018, draft" in page
    assert "Addendum 1 is a draft already, and tells February 2018" in page
    meeting = shown(manager, reverse("reports:meeting", args=["TST", report.paper.meeting_id]))
    assert "Addendum 1, draft, revision 1" in meeting


def test_an_addendum_has_no_addendum(report: FrozenPaper, manager: Client) -> None:
    verified(area_of(report), "2018-02")
    (run_id,) = start_due_addenda(on=VERIFIED_ON, now=at(VERIFIED_ON)).run_ids
    papers.write_paper(run_id, on=VERIFIED_ON)
    own = PaperRun.objects.get(pk=run_id).paper.pk
    assert manager.get(reverse("reports:addendum", args=["TST", own])).status_code == 404


def test_the_page_of_the_report_leads_to_it(report: FrozenPaper, manager: Client) -> None:
    assert page_of(report) in shown(manager, reverse("reports:paper", args=["TST", report.paper_id]))


def test_the_words_of_an_addendum_offer_the_reason_for_lateness_that_the_dates_give(
    report: FrozenPaper, manager: Client
) -> None:
    verified(area_of(report), "2018-02")
    (run_id,) = start_due_addenda(on=VERIFIED_ON, now=at(VERIFIED_ON)).run_ids
    papers.write_paper(run_id, on=VERIFIED_ON)
    own = PaperRun.objects.get(pk=run_id).paper
    page = shown(manager, reverse("reports:words", args=["TST", own.pk]))
    assert "Left blank, the reason for lateness is: February 2018’s figures fell due on 14 March 2018" in page
    assert not load_words_page(own, VERIFIED_ON).is_behind
    Narrative.objects.create(
        contract=own.contract,
        meeting=meeting_of(report.paper),
        kind="addendum",
        number=1,
        lateness="Snow closed the office.",
    )
    words = load_words_page(own, VERIFIED_ON)
    assert (words.is_behind, words.lateness) == (True, "")


def test_the_cost_of_both_pages_does_not_grow(report: FrozenPaper, manager: Client) -> None:
    told(area_of(report), "2018-02")

    def cost() -> list[int]:
        found = []
        for address in (PROVISIONAL, page_of(report)):
            with CaptureQueriesContext(connection) as captured:
                manager.get(address)
            found.append(len(captured))
        return found

    declared(report.paper.contract, "2018-02", report.frozen_by)
    few = cost()
    for number in range(40):
        gone = {"withdrawn_at": at(VERIFIED_ON, number % 24), "withdrawn_by": report.frozen_by}
        declared(report.paper.contract, f"2017-{1 + number % 12:02}", report.frozen_by, **gone)
    assert cost() == few


def test_a_month_is_declared_and_withdrawn_on_its_page(report: FrozenPaper, manager: Client) -> None:
    told(area_of(report), "2018-02")
    assert '<option value="2018-02"' in shown(manager, PROVISIONAL)
    response = manager.post(PROVISIONAL, {"month": "2018-02", "reason": "The Board wants it."}, follow=True)
    page = " ".join(response.content.decode().split())
    assert "February 2018 may be told as provisional." in page
    assert "Declared by Contract manager on Thursday 22 March 2018" in page
    assert "The Board wants it." in shown(manager, "/contracts/TST/?from=2018-02&to=2018-02")
    assert "Declared publishable as provisional: February 2018." in shown(
        manager, reverse("reports:meeting", args=["TST", report.paper.meeting_id])
    )
    response = manager.post(reverse("reports:withdraw_publishable", args=["TST", "2018-02"]), follow=True)
    assert "February 2018 waits to be verified again." in response.content.decode()
    assert "The Board wants it." not in shown(manager, "/contracts/TST/?from=2018-02&to=2018-02")
    assert PublishableMonth.objects.get().withdrawn_at is not None


def test_a_month_declared_meanwhile_is_not_declared_twice(report: FrozenPaper, manager: Client) -> None:
    told(area_of(report), "2018-02")
    declared(report.paper.contract, "2018-02", report.frozen_by)
    response = manager.post(PROVISIONAL, {"month": "2018-02", "reason": "Again."})
    assert response.status_code == 422
    assert PublishableMonth.objects.count() == 1


def test_an_officer_reads_the_page_and_declares_nothing(report: FrozenPaper) -> None:
    told(area_of(report), "2018-02")
    client = Client()
    client.force_login(a_person(report.paper.contract, Role.OFFICER))
    assert "Declare a month" not in shown(client, PROVISIONAL)
    assert client.post(PROVISIONAL, {"month": "2018-02", "reason": "Please."}).status_code == 403


def test_the_page_about_returns_leads_the_contract_manager_to_it(report: FrozenPaper, manager: Client) -> None:
    address = reverse("kpis:completeness", args=["TST"])
    assert PROVISIONAL in shown(manager, address)
    client = Client()
    client.force_login(a_person(report.paper.contract, Role.OFFICER))
    assert PROVISIONAL not in shown(client, address)
