"""The twins of the tasks: the same services, called by hand."""

from datetime import date, timedelta

import pytest
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from contracts.services import set_demonstration_day
from reports.models import Paper, PaperRun
from reports.services import editions, news
from reports.snapshot import from_json
from tests.reports.cases import MEETING_ON, a_contract, a_meeting, a_run
from tests.reports.management.conftest import Run, as_json

WRITE = ("write_paper", "CSS", "--meeting", MEETING_ON.isoformat())


@pytest.fixture(autouse=True)
def one_small_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "render_all", as_json)
    monkeypatch.setattr(news, "_send", lambda run_id: None)


def test_what_is_due_is_started_and_what_is_not_possible_is_named(run_command: Run) -> None:
    meeting = a_meeting(a_contract("CSS"), a_contract("IMT", verified=()))
    told = run_command("start_due_papers").decode().splitlines()
    assert told[0].startswith(f"IMT, {meeting}: No month")
    assert told[1:] == ["1 started, 1 due but not possible yet."]
    assert PaperRun.objects.get().contract.reference == "CSS"


def test_a_paper_is_written_here_and_now_and_stays_when_it_is_asked_for_again(
    run_command: Run, settings: Settings
) -> None:
    a_meeting(a_contract())
    headline, path = run_command(*WRITE).decode().splitlines()
    paper = Paper.objects.get()
    assert headline == paper.headline
    assert path == str(settings.PAPERS_DIR / paper.files.get().path)
    assert run_command(*WRITE).decode().splitlines() == [headline, path]
    assert Paper.objects.get() == paper


def test_a_paper_that_another_worker_writes_is_left_to_it(run_command: Run) -> None:
    contract = a_contract()
    a_run(contract, a_meeting(contract), state="running", claim="alive", heartbeat_at=timezone.now())
    with pytest.raises(CommandError, match="being written by another worker"):
        run_command(*WRITE)


def test_a_paper_that_cannot_be_written_says_why(run_command: Run) -> None:
    a_meeting(a_contract(verified=()))
    with pytest.raises(CommandError, match="No month that ends before the meeting"):
        run_command(*WRITE)


def test_an_addendum_to_a_report_that_has_not_gone_out_is_refused_and_leaves_nothing(run_command: Run) -> None:
    a_meeting(a_contract())
    with pytest.raises(CommandError, match="what is new belongs in the report itself"):
        run_command(*WRITE, "--kind", "addendum")
    assert not PaperRun.objects.exists()
    assert not Paper.objects.exists()


def test_a_refused_paper_is_written_once_nothing_hinders_it(run_command: Run) -> None:
    meeting = a_meeting(a_contract(), status="cancelled")
    with pytest.raises(CommandError, match="The meeting of 2018-03-29 was cancelled"):
        run_command(*WRITE)
    assert not PaperRun.objects.exists()
    meeting.status = "planned"
    meeting.save(update_fields=["status"])
    run_command(*WRITE)
    assert Paper.objects.exists()


def test_a_paper_that_failed_is_written_at_once_when_it_is_asked_for(run_command: Run) -> None:
    contract = a_contract()
    run = a_run(contract, a_meeting(contract), state="failed", attempts=3, error="The disk was full.")
    run_command(*WRITE)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.error) == ("finished", 1, "")


def test_a_paper_for_a_past_meeting_knows_what_was_known_on_its_day(run_command: Run) -> None:
    a_meeting(a_contract())
    set_demonstration_day(on=date(2018, 9, 3))
    run_command(*WRITE)
    assert from_json(Paper.objects.get().snapshot).made_on == MEETING_ON


def test_papers_that_are_as_stored_are_verified_and_others_named(run_command: Run, settings: Settings) -> None:
    a_meeting(a_contract())
    run_command(*WRITE)
    assert run_command("verify_papers").decode() == "Every paper and every file is as it was stored.\n"
    (settings.PAPERS_DIR / Paper.objects.get().files.get().path).unlink()
    with pytest.raises(CommandError, match="1 not as stored"):
        run_command("verify_papers")


def test_reconciling_tells_what_was_found(run_command: Run) -> None:
    contract = a_contract()
    a_run(contract, a_meeting(contract), queued_at=timezone.now() - timedelta(days=1))
    told = run_command("reconcile").decode()
    assert told == "1 sent again, 0 given up, 0 unfinished sets of files removed.\n"
