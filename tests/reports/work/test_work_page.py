"""The page on which who manages a contract sees how the work on its papers goes."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, ServiceArea
from contracts.rules.months import day_long
from contracts.services import pulses
from reports.models import Meeting, PaperRun
from reports.services import news
from reports.services.work import run_again
from tests import builders
from tests.people import Cast
from tests.reports.addenda.cases import a_frozen_report as went_out

TODAY, NOW = date(2018, 3, 14), datetime(2018, 3, 14, 10, tzinfo=UTC)


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.contract_manager)
    return client


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), date(2018, 3, 29))


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told: list[int] = []
    monkeypatch.setattr(news, "_send", told.append)
    return told


def run(contract: Contract, meeting: Meeting, **given: Any) -> PaperRun:
    return PaperRun.objects.create(contract=contract, meeting=meeting, **{"kind": "projects", "due_on": TODAY} | given)


def failed(contract: Contract, meeting: Meeting, **given: Any) -> PaperRun:
    lasted = {"started_at": NOW, "finished_at": NOW + timedelta(seconds=7)}
    reason = {"state": "failed", "attempts": 3, "error": "It failed while writing the files: no space left"}
    return run(contract, meeting, **reason | lasted | given)


def page(client: Client, query: str = "") -> str:
    return " ".join(unescape(client.get(reverse("reports:work", args=["TST"]) + query).content.decode()).split())


def test_it_says_what_failed_and_why_and_offers_to_run_it_again(
    manager: Client, contract: Contract, meeting: Meeting
) -> None:
    row = failed(contract, meeting)
    shown = page(manager)
    assert "1 run has failed." in shown
    assert "It failed while writing the files: no space left" in shown
    assert reverse("reports:run_again", args=["TST", row.pk]) in shown
    assert re.search(r"data-label=\"Attempts\">3</td> <td [^>]*data-label=\"Seconds\">7</td>", shown)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "It is begun again by itself on the next day."),
        ({"revision": 2}, "Nobody begins it again unless asked to."),
        ({"edition": "final"}, "Nobody begins it again unless asked to."),
    ],
)
def test_it_says_whether_what_failed_is_begun_again_by_itself(
    given: dict[str, Any], said: str, manager: Client, contract: Contract, meeting: Meeting
) -> None:
    failed(contract, meeting, **given)
    assert said in page(manager)


def test_it_says_what_is_hindered_and_what_comes_when(manager: Client, contract: Contract, meeting: Meeting) -> None:
    builders.meeting(meeting.board, date(2018, 4, 26))
    shown = page(manager)
    assert "Due, and hindered" in shown
    assert "1 paper is due and cannot be written yet" in shown
    assert "Exception report for Thursday 26 April 2018</a>: written by itself on Wednesday 11 April 2018" in shown


def test_what_is_due_and_not_hindered_is_about_to_be_started(
    manager: Client, contract: Contract, area: ServiceArea, meeting: Meeting
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    shown = page(manager)
    assert "Due, and hindered" not in shown
    assert "due since Wednesday 14 March 2018, and about to be started" in shown


def test_e_mails_that_could_not_be_sent_are_named_and_only_an_administrator_is_led_to_them(
    manager: Client, cast: Cast, contract: Contract
) -> None:
    message = builders.message(cast.clerk, contract=contract, state="failed", error="No such mailbox")
    shown = page(manager)
    assert "No such mailbox" in shown
    assert reverse("message", args=[message.pk]) not in shown
    manager.force_login(cast.administrator)
    assert reverse("message", args=[message.pk]) in page(manager)


def test_run_again_begins_a_failed_run_once_with_all_its_attempts(
    manager: Client, contract: Contract, meeting: Meeting, announced: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    builders.project(contract)
    row = failed(contract, meeting)
    address = reverse("reports:run_again", args=["TST", row.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert manager.post(address).status_code == 302
        assert manager.post(address).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error, announced) == ("queued", 0, "", [row.pk])


def test_a_run_that_waits_for_its_next_attempt_waits_no_longer(
    cast: Cast, contract: Contract, meeting: Meeting, announced: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    builders.project(contract)
    row = run(contract, meeting, attempts=1, queued_at=NOW + timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        assert run_again(run=row, by=cast.contract_manager, on=TODAY, now=NOW)
    row.refresh_from_db()
    assert (row.queued_at, announced) == (NOW, [row.pk])


def test_what_is_written_is_not_run_again(
    cast: Cast, contract: Contract, meeting: Meeting, announced: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    builders.project(contract)
    row = run(contract, meeting, state="finished")
    with django_capture_on_commit_callbacks(execute=True):
        assert not run_again(run=row, by=cast.contract_manager, on=TODAY, now=NOW)
    assert announced == []


def test_a_draft_that_cannot_be_written_as_things_stand_is_not_begun(
    manager: Client, contract: Contract, meeting: Meeting
) -> None:
    row = failed(contract, meeting, kind="report")
    response = manager.post(reverse("reports:run_again", args=["TST", row.pk]), follow=True)
    assert "It cannot be written yet." in response.content.decode()
    row.refresh_from_db()
    assert row.state == "failed"


@pytest.mark.parametrize("who", ["officer", "clerk", "board_member", "supplier", "project_manager", "outsider"])
def test_nobody_else_has_it_run_again(who: str, cast: Cast, contract: Contract, meeting: Meeting) -> None:
    with pytest.raises(PermissionDenied):
        run_again(run=failed(contract, meeting), by=getattr(cast, who), on=TODAY, now=NOW)


def test_a_hundred_runs_cost_no_more_queries_than_one_and_fill_two_pages(
    manager: Client, cast: Cast, contract: Contract, meeting: Meeting
) -> None:
    failed(contract, meeting)
    builders.message(cast.clerk, "key 1", contract=contract, state="failed")
    page(manager)  # writes down that the session is in use, as it does once a minute
    with CaptureQueriesContext(connection) as few:
        page(manager)
    for number in range(2, 101):
        failed(contract, meeting, revision=number)
        builders.message(cast.clerk, f"key {number}", contract=contract, state="failed")
    with CaptureQueriesContext(connection) as many:
        shown = page(manager)
    assert len(many) == len(few)
    assert "page=2" in shown
    assert "revision 100" in shown
    assert "page=1" in page(manager, "?page=2")


def test_a_meeting_more_whose_report_went_out_costs_no_query_more(
    manager: Client, cast: Cast, contract: Contract, area: ServiceArea
) -> None:
    builders.results(builders.kpi(area, "CSC_KPI_01"), "2017-11", ["95"] * 3)
    builders.returns(area, "2017-11", "2018-01")
    board = builders.board(contract)
    days = (date(2018, 3, 29), date(2018, 4, 26), date(2018, 5, 31))
    page(manager)  # writes down that the session is in use, as it does once a minute
    spent, shown = [], ""
    for day in days:
        went_out(contract, builders.meeting(board, day), cast.contract_manager)
        with CaptureQueriesContext(connection) as captured:
            shown = page(manager)
        spent.append(len(captured))
    assert len(set(spent)) == 1
    assert all(f"Addendum for {day_long(day)}" in shown for day in days)


def test_it_says_what_is_down_and_what_that_means(manager: Client, contract: Contract) -> None:
    shown = page(manager)
    assert "Beat is down: nothing is started by itself until it runs again." in shown
    assert "No worker is running: no paper is written and no e-mail sent until one is." in shown


def test_it_says_when_who_works_unasked_was_last_heard_of(manager: Client, contract: Contract) -> None:
    for of in ("beat", "work", "worker celery@some-machine"):
        pulses.show_life(of, at=timezone.now() - timedelta(seconds=3))
    shown = page(manager)
    assert "1 running; last heard of" in shown
    assert "is down" not in shown
    assert "some-machine" not in shown
