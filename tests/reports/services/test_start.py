"""What is due is started once and made known; what was lost is made known again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from contracts.rules.months import add_months, month_range
from reports.models import Meeting, PaperRun
from reports.queries.due import DuePaper, due_papers
from reports.services import news, papers, storage
from tests.reports.cases import DRAFT_ON, FEBRUARY, a_contract, a_meeting, a_month_run, a_project, a_run

BEATS = 4
NOW = timezone.now()
LONG_AGO = NOW - timedelta(seconds=settings.PAPER_LEASE_SECONDS + 1)


def a_waiting_run(**fields: object) -> PaperRun:
    contract = a_contract()
    return a_run(contract, a_meeting(contract), **fields)


def state_of(run: PaperRun) -> str:
    run.refresh_from_db()
    return run.state


@pytest.mark.django_db
def test_a_report_that_is_due_is_started_and_made_known_after_the_commit(
    sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    a_meeting(a_contract())
    with django_capture_on_commit_callbacks(execute=True):
        started = papers.start_due(on=DRAFT_ON, now=NOW)
        assert sent == []
    run = PaperRun.objects.get()
    assert started.run_ids == (run.pk,)
    assert sent == [run.pk]
    assert (run.kind, run.revision, run.due_on, run.queued_at, run.state) == ("report", 1, DRAFT_ON, NOW, "queued")


@pytest.mark.django_db
def test_a_report_is_started_only_once(sent: list[int]) -> None:
    a_meeting(a_contract())
    assert str(papers.start_due(on=DRAFT_ON, now=NOW)) == "1 started, 0 due but not possible yet"
    assert str(papers.start_due(on=DRAFT_ON, now=NOW)) == "0 started, 0 due but not possible yet"
    assert PaperRun.objects.count() == 1


@pytest.mark.django_db
def test_a_report_without_verified_data_is_named_and_not_started(sent: list[int]) -> None:
    a_meeting(a_contract(verified=()))
    started = papers.start_due(on=DRAFT_ON, now=NOW)
    assert str(started) == "0 started, 1 due but not possible yet"
    assert not PaperRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_beats_that_ask_at_once_start_one_run(sent: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(BEATS)
    a_meeting(a_contract())

    def all_find_it_due(on: date) -> tuple[DuePaper, ...]:
        found = due_papers(on)
        together.wait()
        return found

    def ask(_: int) -> int:
        try:
            return len(papers.start_due(on=DRAFT_ON, now=NOW).run_ids)
        finally:
            connection.close()

    monkeypatch.setattr(papers, "due_papers", all_find_it_due)
    with ThreadPoolExecutor(BEATS) as beats:
        assert sum(beats.map(ask, range(BEATS))) == 1
    assert sent == [PaperRun.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_beats_that_ask_at_once_start_one_run_of_each_paper_about_projects(
    sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Barrier(BEATS)
    contract = a_contract(verified=())
    a_project(contract)
    a_meeting(contract)

    def all_find_it_due(on: date) -> tuple[DuePaper, ...]:
        found = due_papers(on)
        together.wait()
        return found

    def ask(_: int) -> int:
        try:
            return len(papers.start_due(on=DRAFT_ON, now=NOW).run_ids)
        finally:
            connection.close()

    monkeypatch.setattr(papers, "due_papers", all_find_it_due)
    with ThreadPoolExecutor(BEATS) as beats:
        assert sum(beats.map(ask, range(BEATS))) == 2
    assert set(PaperRun.objects.values_list("kind", "month")) == {("projects", None), ("operational", FEBRUARY)}
    assert sorted(sent) == sorted(PaperRun.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_clock_that_stood_still_for_months_starts_them_in_their_order(sent: list[int]) -> None:
    contract = a_contract()
    a_project(contract)
    a_month_run(contract, state="finished")
    started = papers.start_due(on=date(2018, 9, 3), now=NOW)
    runs = PaperRun.objects.filter(pk__in=started.run_ids).order_by("pk")
    assert [run.month for run in runs] == list(month_range(add_months(FEBRUARY, 1), add_months(FEBRUARY, 5)))
    assert [run.due_on for run in runs][:2] == [date(2018, 4, 9), date(2018, 5, 8)]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(current_app, "send_task", refuse)
    a_meeting(a_contract())
    assert len(papers.start_due(on=DRAFT_ON, now=NOW).run_ids) == 1
    assert state_of(PaperRun.objects.get()) == "queued"
    assert "connection refused" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_sent_again"),
    [
        ({"queued_at": NOW}, False),
        ({"queued_at": LONG_AGO}, True),
        ({"state": "running", "claim": "alive", "heartbeat_at": NOW, "queued_at": LONG_AGO}, False),
        ({"state": "running", "claim": "dead", "heartbeat_at": LONG_AGO}, True),
        ({"state": "finished", "queued_at": LONG_AGO, "heartbeat_at": LONG_AGO}, False),
        ({"state": "failed", "queued_at": LONG_AGO, "heartbeat_at": LONG_AGO}, False),
    ],
)
def test_a_run_that_nobody_works_on_is_made_known_again_once(
    fields: dict[str, object],
    is_sent_again: bool,
    sent: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = a_waiting_run(**fields)
    with django_capture_on_commit_callbacks(execute=True):
        assert papers.reconcile(on=DRAFT_ON, now=NOW).sent_again == is_sent_again
        assert papers.reconcile(on=DRAFT_ON, now=NOW).sent_again == 0
    assert sent == ([run.pk] if is_sent_again else [])
    assert state_of(run) == ("queued" if is_sent_again else fields.get("state", "queued"))


@pytest.mark.django_db
def test_a_run_without_an_attempt_left_is_given_up_and_others_go_on(sent: list[int]) -> None:
    dead = {"state": "running", "claim": "dead", "heartbeat_at": LONG_AGO}
    exhausted = a_waiting_run(attempts=settings.PAPER_ATTEMPTS, **dead)
    other = a_run(a_contract("IMT"), exhausted.meeting, attempts=1, **dead)
    found = papers.reconcile(on=DRAFT_ON, now=NOW)
    assert (found.given_up, found.sent_again) == (1, 1)
    assert state_of(exhausted) == "failed"
    assert exhausted.error
    assert exhausted.due_on == DRAFT_ON + timedelta(days=1)
    assert state_of(other) == "queued"


@pytest.mark.django_db
def test_no_more_is_sent_again_at_once_than_a_broker_can_take(sent: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "RECONCILED_AT_ONCE", 1)
    first = a_waiting_run(queued_at=LONG_AGO - timedelta(hours=1))
    second = a_run(a_contract("IMT"), first.meeting, queued_at=LONG_AGO)
    assert papers.reconcile(on=DRAFT_ON, now=NOW).sent_again == 1
    assert queued_at(first) == NOW
    assert queued_at(second) == LONG_AGO


@pytest.mark.django_db
def test_what_the_dead_left_unfinished_is_removed_and_what_the_living_write_is_not(sent: list[int]) -> None:
    a_waiting_run(state="running", claim="alive", heartbeat_at=NOW)
    for token in ("alive", "dead"):
        storage.set_aside(token, [storage.PrintedFile("html", "paper.html", b"")])
    assert papers.reconcile(on=DRAFT_ON, now=NOW).swept == 1
    assert [path.name for path in (settings.PAPERS_DIR / storage.UNFINISHED).iterdir()] == ["alive"]


@pytest.mark.django_db
def test_a_failed_run_that_is_asked_for_again_gets_all_its_attempts(sent: list[int]) -> None:
    run = a_waiting_run(state="failed", attempts=3, error="The disk was full.", finished_at=NOW, queued_at=LONG_AGO)
    again = papers.run_for(run.contract, run.meeting, run.kind, on=DRAFT_ON, now=NOW)
    assert (again.pk, again.state, again.attempts, again.error, again.finished_at) == (run.pk, "queued", 0, "", None)
    assert again.queued_at == NOW


@pytest.mark.django_db
def test_a_run_that_waits_for_its_next_attempt_waits_no_longer_when_it_is_asked_for(sent: list[int]) -> None:
    run = a_waiting_run(attempts=1, queued_at=NOW + timedelta(seconds=30))
    again = papers.run_for(run.contract, run.meeting, run.kind, on=DRAFT_ON, now=NOW)
    assert (again.state, again.attempts, again.queued_at) == ("queued", 1, NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "status", "is_started"), [(0, "planned", False), (1, "planned", True), (1, "held", False)]
)
def test_a_failed_run_of_a_planned_meeting_gets_its_attempts_anew_on_the_next_day(
    days: int,
    status: str,
    is_started: bool,
    sent: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = a_waiting_run(attempts=settings.PAPER_ATTEMPTS, state="running", claim="dead", heartbeat_at=LONG_AGO)
    papers.reconcile(on=DRAFT_ON, now=NOW)
    Meeting.objects.update(status=status)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            papers.start_due(on=DRAFT_ON + timedelta(days=days), now=NOW)
    assert sent == ([run.pk] if is_started else [])
    assert state_of(run) == ("queued" if is_started else "failed")
    assert run.attempts == (0 if is_started else settings.PAPER_ATTEMPTS)


def queued_at(run: PaperRun) -> datetime:
    run.refresh_from_db()
    return run.queued_at


@pytest.mark.django_db
def test_news_of_what_was_rolled_back_is_not_sent(
    sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        news.announce(1)
        transaction.set_rollback(True)
    assert sent == []
