"""Whatever dies on the way to the clerk: one frozen paper, one act, one e-mail each, one zip."""

import os
import signal

import pytest
from celery import Celery
from django.conf import settings
from django.utils import timezone

from contracts.models import Message, Person
from contracts.queries import today
from contracts.rules.roles import Role
from contracts.services import grant_role, set_demonstration_day
from reports.models import Edition, FrozenFile, FrozenPaper, Paper, PaperRun
from reports.queries.bundle import clerk_bundle
from reports.queries.integrity import damaged_papers
from reports.render import FINAL_FORMATS
from reports.services import sign_off
from reports.services.news import WRITE_PAPER
from reports.services.storage import UNFINISHED
from tests.faults.company import Company
from tests.people import person
from tests.reports.cases import DRAFT_ON, a_contract, a_meeting

POINTS = ("waiting", "rendering", "set aside", "frozen", "revealed", "stored")
BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT = ("waiting", "stored")
MANY = 20

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager() -> Person:
    return person("manager@example.org", "Contract manager")


@pytest.fixture
def signed(staff: Company, manager: Person) -> Paper:
    """Written by the worker, and signed off; nothing is under way any more."""
    contract = a_contract()
    grant_role(person=manager, role=Role.CONTRACT_MANAGER, contract=contract)
    a_meeting(contract)
    clerk = person("clerk@example.org", "Clerk")
    grant_role(person=clerk, role=Role.CLERK, contract=None)
    set_demonstration_day(on=DRAFT_ON)
    staff.wait_until(Paper.objects.exists, "the draft is written")
    paper = Paper.objects.get()
    Paper.objects.filter(pk=paper.pk).update(status="signed off")
    staff.wait_until(staff.is_quiet, "every message has been dealt with")
    return paper


def hand_over(paper: Paper, by: Person) -> PaperRun:
    return sign_off.hand_over(paper, by=by, on=today(), now=timezone.now())


def final_run() -> PaperRun:
    return PaperRun.objects.get(edition=Edition.FINAL)


def send(staff: Company, times: int) -> None:
    with Celery(broker=staff.broker_url) as sender:
        for _ in range(times):
            sender.send_task(WRITE_PAPER, args=(final_run().pk,))


def wait_until_frozen(staff: Company) -> None:
    staff.wait_until(lambda: final_run().state == "finished", "the paper is frozen")


def expect_one_frozen_paper(staff: Company, attempts: int) -> None:
    staff.wait_until(staff.is_quiet, "every message has been dealt with")
    staff.wait_until(has_no_strays, "what was left unfinished is removed")
    paper, half = Paper.objects.get(), FrozenPaper.objects.get()
    assert final_run().attempts == attempts
    assert paper.status == "with the clerk"
    assert paper.acts.filter(kind="handed over").count() == 1
    assert set(half.files.values_list("format", flat=True)) == set(FINAL_FORMATS)
    assert list(damaged_papers()) == []
    lying = {path for path in settings.PAPERS_DIR.rglob("*-final/*") if path.is_file()}
    assert lying == {settings.PAPERS_DIR / path for path in FrozenFile.objects.values_list("path", flat=True)}
    assert clerk_bundle(paper) == clerk_bundle(paper)
    assert Message.objects.filter(kind=Message.Kind.PAPER_HANDED_OVER).count() == 1


def has_no_strays() -> bool:
    return not any((settings.PAPERS_DIR / UNFINISHED).iterdir())


def kill_pool(staff: Company) -> None:
    os.kill(staff.wait_for_held(), signal.SIGKILL)


def kill_worker(staff: Company) -> None:
    staff.wait_for_held()
    staff.kill_worker(staff.workers[0])
    staff.start_worker()


@pytest.mark.parametrize("point", POINTS)
def test_a_pool_process_killed_there_freezes_one_paper(
    point: str, signed: Paper, manager: Person, staff: Company
) -> None:
    staff.hold_at(point)
    hand_over(signed, manager)
    kill_pool(staff)
    wait_until_frozen(staff)
    expect_one_frozen_paper(staff, attempts=1 if point in BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT else 2)


@pytest.mark.parametrize("point", ["frozen", "stored"])
def test_a_whole_worker_killed_there_freezes_one_paper(
    point: str, signed: Paper, manager: Person, staff: Company
) -> None:
    staff.hold_at(point)
    hand_over(signed, manager)
    kill_worker(staff)
    wait_until_frozen(staff)
    staff.forget_stuck_messages()
    expect_one_frozen_paper(staff, attempts=1 if point in BEFORE_THE_CLAIM_OR_AFTER_THE_COMMIT else 2)


def test_news_that_comes_many_times_to_two_workers_freezes_one_paper(
    signed: Paper, manager: Person, staff: Company
) -> None:
    staff.start_worker()
    staff.hold_at("rendering")
    hand_over(signed, manager)
    staff.wait_for_held()
    send(staff, times=MANY)
    staff.let_go()
    wait_until_frozen(staff)
    expect_one_frozen_paper(staff, attempts=1)


def test_a_worker_that_slept_through_its_lease_freezes_nothing_any_more(
    signed: Paper, manager: Person, staff: Company
) -> None:
    staff.hold_at("set aside")
    hand_over(signed, manager)
    sleeper = staff.wait_for_held()
    os.kill(sleeper, signal.SIGSTOP)
    staff.start_worker()
    wait_until_frozen(staff)
    frozen_at = FrozenPaper.objects.get().frozen_at
    staff.let_go()
    os.kill(sleeper, signal.SIGCONT)
    expect_one_frozen_paper(staff, attempts=2)
    assert FrozenPaper.objects.get().frozen_at == frozen_at


def test_a_broker_flushed_before_the_news_arrived_loses_nothing(signed: Paper, manager: Person, staff: Company) -> None:
    staff.kill_worker(staff.workers[0])
    hand_over(signed, manager)
    send(staff, times=1)
    assert staff.redis.flushdb()
    staff.start_worker()
    wait_until_frozen(staff)
    expect_one_frozen_paper(staff, attempts=1)
