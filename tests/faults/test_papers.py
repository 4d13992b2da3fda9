"""Whatever dies, is lost or comes twice: exactly one paper, with exactly the files that its rows describe."""

import os
import signal
from datetime import date, timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings

from contracts.models import Contract
from contracts.services import set_demonstration_day
from reports.models import Meeting, Paper, PaperFile, PaperRun
from reports.queries.integrity import damaged_papers
from reports.render import FORMATS
from reports.services.news import WRITE_PAPER
from reports.services.storage import UNFINISHED
from tests.faults.company import LEASE_SECONDS, Company
from tests.reports.cases import DRAFT_ON, a_contract, a_meeting, a_project, a_run

POINTS = ("waiting", "reading", "rendering", "set aside", "revealed", "stored")
BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT = ("waiting", "stored")
MANY = 50

pytestmark = pytest.mark.django_db(transaction=True)


def fall_due(reference: str = "CSS") -> None:
    """A report that beat finds due."""
    a_meeting(a_contract(reference), board=f"The board of {reference}")
    set_demonstration_day(on=DRAFT_ON)


def a_paper_about_projects_falls_due(kind: str) -> None:
    """That paper and no other: no figure is verified, and the contract is over or no meeting is planned."""
    contract = a_contract(verified=())
    a_project(contract)
    if kind == "projects":
        contract.ends_on = date(2018, 1, 31)
        contract.save(update_fields=["ends_on"])
        a_meeting(contract)
    set_demonstration_day(on=DRAFT_ON)


def the_run(reference: str = "CSS") -> PaperRun:
    return PaperRun.objects.get(contract__reference=reference)


def is_in(state: str, reference: str = "CSS") -> bool:
    return PaperRun.objects.filter(contract__reference=reference, state=state).exists()


def wait_for_paper(staff: Company, reference: str = "CSS") -> None:
    staff.wait_until(lambda: is_in("finished", reference), f"the paper on {reference} is written")


def expect_one_paper(staff: Company, attempts: int) -> None:
    """One run and one paper; in the folder the files that its rows describe, unharmed, and nothing else."""
    staff.wait_until(staff.is_quiet, "every message has been dealt with")
    staff.wait_until(has_no_strays, "what was left unfinished is removed")
    assert the_run().attempts == attempts
    assert set(Paper.objects.get().files.values_list("format", flat=True)) == set(FORMATS)
    assert list(damaged_papers()) == []
    described = {settings.PAPERS_DIR / path for path in PaperFile.objects.values_list("path", flat=True)}
    assert files_in_the_folder() == described


def files_in_the_folder() -> set[Path]:
    return {path for path in settings.PAPERS_DIR.rglob("*") if path.is_file()}


def has_no_strays() -> bool:
    return not any((settings.PAPERS_DIR / UNFINISHED).iterdir())


def has_outlived_the_lease() -> bool:
    run = the_run()
    assert run.started_at
    assert run.heartbeat_at
    return run.heartbeat_at - run.started_at > timedelta(seconds=1.5 * LEASE_SECONDS)


def send(staff: Company, times: int) -> None:
    """The news of the run, so many times."""
    with Celery(broker=staff.broker_url) as sender:
        for _ in range(times):
            sender.send_task(WRITE_PAPER, args=(the_run().pk,))


@pytest.mark.parametrize("point", POINTS)
def test_a_pool_process_killed_there_leaves_one_paper(point: str, staff: Company) -> None:
    staff.hold_at(point)
    fall_due()
    os.kill(staff.wait_for_held(), signal.SIGKILL)
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1 if point in BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT else 2)


@pytest.mark.parametrize("kind", ["projects", "operational"])
@pytest.mark.parametrize("point", ["rendering", "revealed"])
def test_a_paper_about_projects_outlives_the_process_that_wrote_it(point: str, kind: str, staff: Company) -> None:
    staff.hold_at(point)
    a_paper_about_projects_falls_due(kind)
    os.kill(staff.wait_for_held(), signal.SIGKILL)
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=2)
    assert Paper.objects.get().kind == kind


@pytest.mark.parametrize("kind", ["projects", "operational"])
def test_news_of_a_paper_about_projects_that_comes_many_times_makes_one(kind: str, staff: Company) -> None:
    staff.start_worker()
    staff.hold_at("rendering")
    a_paper_about_projects_falls_due(kind)
    staff.wait_for_held()
    send(staff, times=MANY)
    staff.let_go()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1)


@pytest.mark.parametrize("point", ["waiting", "rendering", "revealed", "stored"])
def test_a_whole_worker_killed_there_leaves_one_paper(point: str, staff: Company) -> None:
    staff.hold_at(point)
    fall_due()
    staff.wait_for_held()
    staff.kill_worker(staff.workers[0])
    staff.start_worker()
    wait_for_paper(staff)
    staff.forget_stuck_messages()
    expect_one_paper(staff, attempts=1 if point in BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT else 2)


def test_a_broker_flushed_while_the_news_waits_loses_nothing(staff: Company) -> None:
    staff.kill_worker(staff.workers[0])
    fall_due()
    a_run(Contract.objects.get(), Meeting.objects.get())
    send(staff, times=1)
    assert staff.redis.flushdb()
    staff.start_worker()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1)


def test_a_broker_flushed_while_the_paper_is_written_loses_nothing(staff: Company) -> None:
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    assert staff.redis.flushdb()
    staff.let_go()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1)


def test_a_broker_that_ends_and_starts_again_empty_loses_nothing(staff: Company) -> None:
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    staff.stop_broker()
    staff.let_go()
    wait_for_paper(staff)
    fall_due("IMT")
    staff.start_broker()
    wait_for_paper(staff, "IMT")
    assert Paper.objects.count() == 2
    assert the_run("CSS").attempts == 1


def test_news_that_comes_many_times_at_once_makes_one_paper(staff: Company) -> None:
    staff.start_worker()
    staff.start_worker()
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    send(staff, times=MANY)
    staff.let_go()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1)


def test_a_paper_that_takes_longer_than_the_lease_is_left_to_its_worker(staff: Company) -> None:
    staff.start_worker()
    staff.hold_at("rendering")
    fall_due()
    staff.wait_for_held()
    send(staff, times=1)
    staff.wait_until(has_outlived_the_lease, "the heartbeat goes on for longer than the lease")
    staff.let_go()
    wait_for_paper(staff)
    expect_one_paper(staff, attempts=1)


def test_a_worker_that_slept_through_its_lease_changes_nothing_any_more(staff: Company) -> None:
    staff.hold_at("set aside")
    fall_due()
    sleeper = staff.wait_for_held()
    os.kill(sleeper, signal.SIGSTOP)
    staff.start_worker()
    wait_for_paper(staff)
    made_at = Paper.objects.get().made_at
    staff.let_go()
    os.kill(sleeper, signal.SIGCONT)
    expect_one_paper(staff, attempts=2)
    assert Paper.objects.get().made_at == made_at


def test_two_beats_at_once_start_one_paper(staff: Company) -> None:
    with staff.another_beat():
        staff.start_worker()
        fall_due()
        wait_for_paper(staff)
        expect_one_paper(staff, attempts=1)


@pytest.mark.parametrize("point", ["rendering", "revealed"])
def test_a_paper_that_always_kills_its_worker_fails_and_others_go_on(point: str, staff: Company) -> None:
    staff.hold_at(point)
    fall_due()
    for attempts_left in reversed(range(settings.PAPER_ATTEMPTS)):
        held = staff.wait_for_held()
        if attempts_left:
            staff.hold_at(point)
        os.kill(held, signal.SIGKILL)
    staff.wait_until(lambda: is_in("failed"), "the run is given up")
    assert "without a word" in the_run().error
    staff.wait_until(lambda: not files_in_the_folder(), "what it has left is removed")
    fall_due("IMT")
    wait_for_paper(staff, "IMT")
    assert [paper.contract.reference for paper in Paper.objects.all()] == ["IMT"]
