"""The tasks: bounded in time, known to beat and to the news by name, patient where another worker is at it."""

from typing import Any

import pytest
from django.conf import settings
from django.utils.timezone import now
from pytest_django import Settings

from config.celery import app
from contracts.tasks import send_messages
from kpis.tasks import sweep_evidence, write_reminders
from projects.tasks import write_update_reminders
from reports import tasks
from reports.models import PaperRun
from reports.services import claims, editions, papers
from reports.services.news import WRITE_PAPER
from tests.reports.cases import a_contract, a_meeting, a_run

TASKS = (
    tasks.start_due_papers,
    tasks.write_paper,
    tasks.reconcile,
    tasks.find_errata,
    tasks.write_request_reminders,
    write_reminders,
    write_update_reminders,
    send_messages,
    sweep_evidence,
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_has_its_limits(task: Any) -> None:
    assert 0 < task.soft_time_limit < task.time_limit <= settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert task.max_retries is not None


def test_the_workers_know_the_task_that_the_news_names() -> None:
    assert tasks.write_paper.name == WRITE_PAPER


def test_every_task_of_ours_is_among_those_with_limits() -> None:
    app.autodiscover_tasks(force=True)
    registered = {name for name in app.tasks if not name.startswith(("celery.", "tests."))}
    assert registered == {task.name for task in TASKS}


def test_beat_asks_for_every_task_but_the_one_that_news_sets_going() -> None:
    asked_for = sorted(entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values())
    assert asked_for == sorted({task.name for task in TASKS} - {WRITE_PAPER})


def test_looking_again_outlasts_the_longest_writing() -> None:
    assert tasks.write_paper.max_retries * settings.PAPER_LEASE_SECONDS > tasks.write_paper.time_limit


@pytest.mark.django_db
def test_a_paper_that_another_worker_writes_is_looked_at_again_after_its_lease(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    class LookedAtAgain(Exception):
        pass

    def retry(exc: Exception, countdown: float) -> Exception:
        assert isinstance(exc, claims.BeingWritten)
        assert countdown == settings.PAPER_LEASE_SECONDS
        return LookedAtAgain()

    contract = a_contract()
    run = a_run(contract, a_meeting(contract), state="running", claim="alive", heartbeat_at=now())
    monkeypatch.setattr(tasks.write_paper, "retry", retry)
    with pytest.raises(LookedAtAgain):
        tasks.write_paper(run.pk)


@pytest.mark.django_db
def test_an_attempt_that_failed_is_retried_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class TriedAgain(Exception):
        pass

    def retry(exc: Exception, countdown: float) -> Exception:
        assert isinstance(exc, papers.AttemptFailed)
        assert countdown == exc.again_in >= settings.PAPER_RETRY_SECONDS > 1
        return TriedAgain()

    contract = a_contract()
    run = a_run(contract, a_meeting(contract))
    monkeypatch.setattr(editions, "draft_paper", failing)
    monkeypatch.setattr(tasks.write_paper, "retry", retry)
    with pytest.raises(TriedAgain):
        tasks.write_paper(run.pk)


@pytest.mark.django_db
def test_a_refusal_is_not_retried() -> None:
    contract = a_contract(verified=())
    outcome = tasks.write_paper.apply(args=(a_run(contract, a_meeting(contract)).pk,))
    assert isinstance(outcome.result, papers.PaperRefused)
    assert not PaperRun.objects.exists()


@pytest.mark.django_db
def test_an_attempt_that_failed_is_retried_until_the_run_has_failed(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PAPER_RETRY_SECONDS = 0
    contract = a_contract()
    run = a_run(contract, a_meeting(contract))
    monkeypatch.setattr(editions, "draft_paper", failing)
    tasks.write_paper.apply(args=(run.pk,))
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("failed", settings.PAPER_ATTEMPTS)


def failing(*args: object, **options: object) -> None:
    raise RuntimeError("not today")
