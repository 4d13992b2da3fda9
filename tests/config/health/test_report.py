"""What makes an installation unavailable, what degrades it, and what is none of a stranger's business."""

import json
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerDown
from pytest_django import Settings

from config.health import bounded, facts, report
from config.health.bounded import Question, TooSlow
from config.health.report import Health, load_health
from contracts.models import Contract, Message
from contracts.services import pulses
from reports.models import PaperRun
from tests import builders
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def well(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    """Everybody lives, the broker answers, nothing waits."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(facts, "ask_broker", lambda: None)
    for of in ("beat", "work", "worker secret-machine"):
        pulses.show_life(of, at=timezone.now())


def test_where_all_is_well_nothing_is_wrong(well: None) -> None:
    found = load_health()
    assert (found.status, found.wrong) == ("ready", ())


def test_the_answer_names_no_machine(well: None, client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["workers"] == {"running": 1, "silent": 0, "last_heard_of_seconds": 0}
    assert "secret-machine" not in answer.content.decode()


def test_a_broker_that_is_down_degrades(well: None, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    def refuse() -> None:
        raise BrokerDown("redis://:hunter2@broker.internal refused")

    monkeypatch.setattr(facts, "ask_broker", refuse)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    (sentence,) = answer.json()["wrong"]
    assert sentence == "The broker does not answer: nothing is started until it does, and nothing is lost."
    assert "hunter2" not in answer.content.decode()


def test_workers_and_beat_that_are_down_degrade(well: None) -> None:
    for of in ("beat", "worker secret-machine"):
        pulses.show_life(of, at=timezone.now() - timedelta(hours=3))
    found = load_health()
    assert found.status == "degraded"
    assert [sentence.split(" (")[0] for sentence in found.wrong] == ["Beat is down", "No worker is running"]


def test_a_migration_that_is_missing_makes_it_unavailable(
    well: None, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    known = facts._migrations_of_the_code()
    monkeypatch.setattr(facts, "_migrations_of_the_code", lambda: known | {("reports", "9999_of_tomorrow")})
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert answer.json()["wrong"] == ["1 migration has not been applied to the database."]


def test_a_full_disk_degrades(well: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "free_megabytes", lambda: 12)
    assert load_health().wrong == ("Only 12 MB are free where the files are written.",)


def test_a_worker_that_writes_into_another_folder_degrades(well: None, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "shared"
    pulses.show_life("worker secret-machine", at=timezone.now())
    assert load_health().wrong == ()
    settings.VAR_DIR = tmp_path / "of this machine alone"
    found = load_health()
    assert found.status == "degraded"
    (sentence,) = found.wrong
    assert sentence.startswith("1 worker cannot be seen in the folder of the files: VAR_DIR is not the same folder")


def test_a_folder_that_was_shared_once_and_is_no_more_degrades(well: None, settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    pulses.show_life("worker secret-machine", at=timezone.now() - timedelta(minutes=10))
    settings.VAR_DIR = tmp_path / "elsewhere"
    pulses.show_life("worker secret-machine", at=timezone.now())
    settings.VAR_DIR = tmp_path
    assert load_health().workers_elsewhere == 1


def test_a_worker_whose_folder_takes_nothing_goes_on_and_is_told(
    well: None, settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path / "a file"
    settings.VAR_DIR.write_text("and no folder")
    assert pulses.show_life_if_possible("worker secret-machine", at=timezone.now())
    assert load_health().workers_elsewhere == 1


@pytest.mark.parametrize(("ahead", "said"), [(75.0, "1 minute ahead of"), (-8.0, "8 seconds behind"), (4.9, None)])
def test_a_clock_that_differs_from_the_databases_degrades(
    ahead: float, said: str | None, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_time = timezone.now
    monkeypatch.setattr(facts, "database_now", lambda: true_time() - timedelta(seconds=ahead))
    monkeypatch.setattr(facts, "look_at_work", lambda: None)
    wrong = [each for each in load_health().wrong if "clock" in each]
    machine = f"The clock of this machine is {said} the database's: have all machines ask one time server."
    assert wrong == ([machine] if said else [])


def test_a_worker_with_a_clock_of_its_own_is_told_until_it_is_right(well: None) -> None:
    off = timezone.now() + timedelta(hours=1)
    pulses.show_life_if_possible("worker secret-machine", at=off)
    found = load_health()
    assert found.wrong == (
        "The clock of 1 of beat and the workers differs from the database's: have all machines ask one time server.",
    )
    assert found.work is not None
    assert [each.seconds for each in found.work.signs.workers] == [0], "it is dated by the database's clock"
    pulses.show_life_if_possible("worker secret-machine", at=timezone.now())
    assert load_health().wrong == ()


def test_papers_that_failed_or_are_late_degrade(well: None, contract: Contract) -> None:
    meeting = builders.meeting(builders.board(contract), date(2018, 3, 29))
    kept = {"contract": contract, "meeting": meeting, "due_on": date(2018, 3, 13)}
    PaperRun.objects.create(kind="report", state="failed", attempts=3, **kept)
    long_ago = timezone.now() - timedelta(days=2)
    PaperRun.objects.create(kind="projects", state="queued", queued_at=long_ago, **kept)
    found = load_health()
    assert found.work is not None
    assert (found.work.failed, found.work.late) == (1, 1)
    assert found.wrong == ("1 paper should have been written before today.", "1 run of a paper failed.")


def test_e_mails_that_wait_for_an_hour_or_failed_today_degrade(well: None, cast: Cast) -> None:
    message = builders.message(cast.officer)
    Message.objects.filter(pk=message.pk).update(state="waiting", written_at=timezone.now() - timedelta(minutes=5))
    assert load_health().status == "ready"
    Message.objects.filter(pk=message.pk).update(written_at=timezone.now() - timedelta(hours=5))
    assert load_health().wrong == ("1 e-mail not sent yet; the oldest has waited 5 hours.",)
    Message.objects.filter(pk=message.pk).update(state="failed", written_at=timezone.now())
    assert load_health().wrong == ("1 e-mail of the last day could not be sent.",)
    Message.objects.filter(pk=message.pk).update(written_at=timezone.now() - timedelta(days=2))
    assert load_health().status == "ready", "what failed long ago is on its page, and alarms nobody for ever"


def test_who_hangs_is_not_waited_for(well: None, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = Event()
    monkeypatch.setattr(report, "WITHIN_SECONDS", 0.2)
    monkeypatch.setattr(facts, "free_megabytes", lambda: let_go.wait(60) and 1)
    try:
        assert load_health().wrong[-1] == "The folder of the files does not answer."
    finally:
        let_go.set()


def test_a_question_that_hangs_is_not_put_again() -> None:
    let_go, put = Event(), []

    def hang() -> int:
        put.append(1)
        let_go.wait(60)
        return 7

    question: Question[int] = Question(hang)
    first = question.ask(monotonic() + 60)
    with pytest.raises(TooSlow):
        question.ask(monotonic() + 0.01).result(monotonic() + 0.01)
    let_go.set()
    assert first.result(monotonic() + 60) == 7
    assert question.ask(monotonic() + 60).result(monotonic() + 60) == 7
    assert len(put) == 2
    assert bounded.Asked().thread is None


@pytest.mark.parametrize(
    ("missing", "is_broker_there", "code", "said"),
    [
        ((), True, 0, "ready\n"),
        ((), False, 1, "degraded\n- The broker does not answer"),
        (None, True, 2, "unavailable\n- The database does not answer."),
        (("kpis.0001_x",), True, 2, "  not applied: kpis.0001_x\n"),
    ],
)
def test_the_command_tells_monitoring_by_its_exit_code(
    missing: tuple[str, ...] | None, is_broker_there: bool, code: int, said: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    pulses.show_life("beat", at=timezone.now())
    pulses.show_life("worker one", at=timezone.now())
    work = facts.look_at_work()
    monkeypatch.setattr(
        "config.management.commands.health.load_health",
        lambda: Health(missing, is_broker_there, None if missing is None or missing else work, 10_000),
    )
    assert exit_code() == code
    assert said in capsys.readouterr().out
    assert exit_code("--json") == code
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert answer["broker"] == {"answers": is_broker_there}


def exit_code(*options: str) -> int:
    try:
        call_command("health", *options)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
