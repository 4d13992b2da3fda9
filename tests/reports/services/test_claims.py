"""Who may write a paper: one worker at a time, as long as it shows signs of life."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from pytest_django import Settings

from reports.models import PaperRun
from reports.services import claims
from reports.services.claims import BeingWritten, Claim, ClaimLost
from reports.services.runs import hurried
from reports.tasks import reconcile
from tests.people import Cast
from tests.reports.cases import DRAFT_ON, a_contract, a_meeting, a_run

WORKERS = 6


def waiting_run(**fields: object) -> PaperRun:
    contract = a_contract()
    return a_run(contract, a_meeting(contract), **fields)


def take(run: PaperRun) -> Claim:
    claim = claims.take(run.pk, on=DRAFT_ON, now=timezone.now())
    assert claim
    return claim


@pytest.mark.django_db
def test_the_first_who_asks_gets_the_run_and_begins_an_attempt() -> None:
    run = waiting_run()
    claim = take(run)
    run.refresh_from_db()
    assert (run.state, run.stage, run.claim, run.attempts) == ("running", "reading", claim.token, 1)


@pytest.mark.django_db
def test_the_second_who_asks_is_told_that_it_is_being_written() -> None:
    run = waiting_run()
    take(run)
    with pytest.raises(BeingWritten):
        take(run)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_gets_the_run() -> None:
    run, together = waiting_run(), Barrier(WORKERS)

    def ask(_: int) -> bool:
        together.wait()
        try:
            return claims.take(run.pk, on=DRAFT_ON, now=timezone.now()) is not None
        except BeingWritten:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        assert sum(workers.map(ask, range(WORKERS))) == 1
    run.refresh_from_db()
    assert run.attempts == 1


@pytest.mark.django_db
def test_who_was_silent_for_a_lease_is_replaced_and_can_change_nothing_any_more(settings: Settings) -> None:
    run = waiting_run()
    replaced = take(run)
    later = timezone.now() + timedelta(seconds=settings.PAPER_LEASE_SECONDS + 1)
    claim = claims.take(run.pk, on=DRAFT_ON, now=later)
    assert claim
    with pytest.raises(ClaimLost):
        claims.enter(replaced, PaperRun.Stage.RENDERING)
    with pytest.raises(ClaimLost):
        claims.finish(replaced)
    claims.withdraw(replaced)
    assert claims.release(replaced, "too late", on=DRAFT_ON) is None
    run.refresh_from_db()
    assert (run.state, run.stage, run.claim, run.error) == ("running", "reading", claim.token, "")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["finished", "failed"])
def test_a_run_that_is_over_is_nobodys(state: str) -> None:
    assert claims.take(waiting_run(state=state).pk, on=DRAFT_ON, now=timezone.now()) is None


@pytest.mark.django_db
def test_a_run_that_does_not_exist_is_nobodys() -> None:
    assert claims.take(12345, on=DRAFT_ON, now=timezone.now()) is None


@pytest.mark.django_db
def test_who_takes_a_run_begun_again_finds_the_reason_it_was_begun_again_for(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = waiting_run(state=PaperRun.State.FAILED, reason="The first draft")
    begin, found = claims.try_again, list[PaperRun]()

    def begin_and_be_taken(*given: Any, **options: Any) -> bool:
        is_begun = begin(*given, **options)
        take(run)
        found.append(PaperRun.objects.get(pk=run.pk))
        return is_begun

    monkeypatch.setattr(claims, "try_again", begin_and_be_taken)
    hurried(run, timezone.now(), cast.contract_manager, "A figure was wrong")
    assert [(each.asked_by, each.reason) for each in found] == [(cast.contract_manager, "A figure was wrong")]


@pytest.mark.django_db
def test_a_run_whose_attempts_are_used_up_fails_with_the_reason(settings: Settings) -> None:
    run = waiting_run(
        state="running",
        claim="dead",
        heartbeat_at=timezone.now() - timedelta(seconds=settings.PAPER_LEASE_SECONDS + 1),
        attempts=settings.PAPER_ATTEMPTS,
    )
    assert claims.take(run.pk, on=DRAFT_ON, now=timezone.now()) is None
    run.refresh_from_db()
    assert (run.state, run.due_on) == ("failed", DRAFT_ON + timedelta(days=1))
    assert "begun 3 times" in run.error


@pytest.mark.django_db
def test_an_attempt_that_failed_is_followed_by_another_until_the_last(settings: Settings) -> None:
    settings.PAPER_RETRY_SECONDS = 0
    run = waiting_run()
    attempts = range(1, settings.PAPER_ATTEMPTS + 1)
    assert [claims.release(take(run), f"attempt {number}", on=DRAFT_ON) for number in attempts] == [0, 0, None]
    run.refresh_from_db()
    assert (run.state, run.claim, run.error) == ("failed", "", "attempt 3")
    assert run.due_on == DRAFT_ON + timedelta(days=1)


@pytest.mark.django_db
def test_the_next_attempt_waits_and_each_time_twice_as_long(settings: Settings) -> None:
    run, later = waiting_run(), timezone.now()
    for seconds in (30, 60):
        claim = claims.take(run.pk, on=DRAFT_ON, now=later)
        assert claim
        wait = claims.release(claim, "The disk is full.", on=DRAFT_ON)
        assert wait is not None
        assert seconds <= wait <= seconds * 1.25
        run.refresh_from_db()
        later = run.queued_at
        assert later > timezone.now() + timedelta(seconds=seconds - 10)
        with pytest.raises(BeingWritten):
            take(run)


@pytest.mark.django_db
def test_reconciling_leaves_a_run_alone_that_waits_for_its_next_attempt() -> None:
    run = waiting_run()
    claims.release(take(run), "The disk is full.", on=DRAFT_ON)
    assert not claims.put_back(run.pk, now=timezone.now() + timedelta(seconds=80))


@pytest.mark.django_db
def test_clocks_that_differ_do_not_keep_a_new_run_waiting() -> None:
    assert take(waiting_run(queued_at=timezone.now() + timedelta(seconds=2)))


@pytest.mark.django_db
def test_a_heartbeat_from_after_the_clock_was_set_back_is_no_sign_of_life(settings: Settings) -> None:
    """Otherwise a worker that died just before would keep its run until the clock is there again."""
    ahead = timezone.now() + timedelta(hours=1)
    run = waiting_run(state="running", claim="dead", heartbeat_at=ahead, attempts=1)
    assert claims.put_back(run.pk, now=timezone.now())
    PaperRun.objects.update(state="running", claim="dead", heartbeat_at=ahead)
    assert take(run)


@pytest.mark.django_db
def test_a_worker_whose_clock_is_a_little_ahead_is_alive(settings: Settings) -> None:
    soon = timezone.now() + timedelta(seconds=settings.PAPER_LEASE_SECONDS / 2)
    run = waiting_run(state="running", claim="another worker", heartbeat_at=soon, attempts=1)
    assert not claims.put_back(run.pk, now=timezone.now())
    with pytest.raises(BeingWritten):
        take(run)


@pytest.mark.django_db
def test_a_run_that_waits_longer_than_any_attempt_does_is_begun_at_once() -> None:
    run = waiting_run(attempts=1, queued_at=timezone.now() + timedelta(hours=1))
    assert claims.put_back(run.pk, now=timezone.now())
    PaperRun.objects.update(queued_at=timezone.now() + timedelta(hours=1))
    assert take(run)


@pytest.mark.django_db
def test_a_run_is_withdrawn_by_its_worker_alone() -> None:
    run = waiting_run()
    claim = take(run)
    claims.withdraw(Claim(run.pk, "another worker"))
    assert PaperRun.objects.exists()
    claims.withdraw(claim)
    assert not PaperRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_long_piece_of_work_shows_signs_of_life(settings: Settings) -> None:
    settings.PAPER_LEASE_SECONDS = 0.2
    run = waiting_run()
    claim = take(run)
    with claims.kept_alive(claim):
        begun_at = PaperRun.objects.get().heartbeat_at
        deadline = monotonic() + 10
        while PaperRun.objects.get().heartbeat_at == begun_at:
            assert monotonic() < deadline, "no heartbeat"
            sleep(0.01)
        with pytest.raises(BeingWritten):
            take(run)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_asked_does_not_end_the_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        objects = property(lambda self: self.refuse())

        def refuse(self) -> None:
            raise DatabaseError("the server closed the connection")

    claim = take(waiting_run())
    monkeypatch.setattr(claims, "PaperRun", Broken())
    assert claims._beat(claim)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_machine_whose_clock_is_wrong_keeps_its_claim_and_takes_nobody_elses(
    off: timedelta, sent: list[int], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, true_time = waiting_run(), timezone.now
    silent_since = true_time() - timedelta(seconds=settings.PAPER_LEASE_SECONDS + 1)
    dead = a_run(run.contract, run.meeting, kind="projects", state="running", claim="dead", heartbeat_at=silent_since)
    claim = take(run)
    with monkeypatch.context() as odd:
        odd.setattr(timezone, "now", lambda: true_time() + off)
        claims.enter(claim, PaperRun.Stage.RENDERING)
        reconcile.apply(throw=True)
        assert sent == [dead.pk], "the machine whose clock is wrong sees which of the two is live"
    reconcile.apply(throw=True)
    assert sent == [dead.pk], "and so do the others"
    run.refresh_from_db()
    assert run.claim == claim.token
