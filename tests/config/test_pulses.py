"""Beat and the workers show that they live, and are missed when they do not."""

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery.schedules import schedule
from django.conf import settings as django_settings
from django.db import DatabaseError, connection
from django.utils import timezone

from config.celery import app
from config.processes.child import Child, running
from config.processes.valkey import valkey
from config.pulses import BeatShowsLife
from contracts.models import Pulse
from contracts.queries.clock import database_now
from contracts.queries.pulses import Signs, in_words, load_signs, signs_of
from contracts.rules.pulses import name_of_worker
from contracts.services import pulses
from reports.tasks import reconcile
from tests.config.watching import eventually
from tests.faults.conftest import _database_url

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def heard(of: str, seconds: float) -> None:
    pulses.show_life(of, at=NOW - timedelta(seconds=seconds))


def signs_at(now: datetime) -> Signs:
    return signs_of(Pulse.objects.all(), now)


@pytest.mark.django_db
def test_all_are_well_who_were_heard_of_just_now() -> None:
    heard("beat", 20)
    heard("work", 200)
    heard("worker celery@one", 89)
    signs = signs_at(NOW)
    assert signs.down == ()
    assert signs.rows == (
        ("Beat, which starts what is due", "last heard of 20 seconds ago"),
        ("Workers, which write papers and send e-mails", "1 running; last heard of 1 minute ago"),
        ("Work that beat asks them for", "last finished 3 minutes ago"),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ({}, ["Beat is down: nothing", "No worker is running: no paper"]),
        ({"beat": 91, "worker a": 1}, ["Beat is down (last heard of 1 minute ago): nothing"]),
        ({"beat": 1, "worker a": 7200}, ["No worker is running (last heard of 2 hours ago): no paper"]),
        ({"beat": 1, "worker a": 100, "worker b": 1, "worker c": 1}, ["1 of 3 workers is down (last heard of 1 min"]),
        ({"beat": 1, "worker a": 1, "work": 301}, ["Beat and a worker are running, and no work that beat asked for"]),
        ({"beat": 100, "worker a": 1, "work": 301}, ["Beat is down"]),
        ({"beat": -3600, "worker a": -5}, []),
    ],
)
def test_who_was_not_heard_of_is_missed(ages: dict[str, float], said: list[str]) -> None:
    for of, seconds in ages.items():
        heard(of, seconds)
    down = signs_at(NOW).down
    assert len(down) == len(said)
    assert all(sentence.startswith(each) for sentence, each in zip(down, said, strict=True)), down


@pytest.mark.django_db
def test_a_worker_of_old_is_forgotten_and_beat_never() -> None:
    a_day_ago, a_moment = database_now() - timedelta(days=1), timedelta(minutes=5)
    for of in ("beat", "work", "worker old"):
        pulses.show_life(of, at=a_day_ago - a_moment)
    pulses.show_life("worker young", at=a_day_ago + a_moment)
    pulses.forget_workers_of_old()
    assert heard_of() == {"beat", "work", "worker young"}


@pytest.mark.django_db
def test_a_machine_whose_clock_is_ahead_misses_and_forgets_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    for of in ("beat", "worker one"):
        pulses.show_life(of, at=database_now())
    pulses.forget_workers_of_old()
    assert load_signs().down == ()


@pytest.mark.django_db
@pytest.mark.parametrize("length", [10, 110, 120, 300])
def test_who_is_forgotten_leaves_nothing_of_a_wrong_clock(length: int) -> None:
    of = name_of_worker("h" * length)
    pulses.show_life_if_possible(of, at=database_now() - timedelta(hours=1))
    assert len(heard_of()) == 2
    assert max(map(len, heard_of())) <= 120
    pulses.forget(of)
    assert heard_of() == set()


@pytest.mark.django_db
def test_work_that_beat_asks_for_shows_life_at_its_end() -> None:
    reconcile.apply()
    assert timezone.now() - Pulse.objects.get(of="work").at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 seconds"), (1, "1 second"), (60, "1 minute"), (7199, "1 hour"), (86_400, "1 day"), (259_200, "3 days")],
)
def test_an_age_is_said_in_its_largest_unit(seconds: int, said: str) -> None:
    assert in_words(seconds) == said


def test_a_database_that_is_down_does_not_end_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(pulses, "database_now", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    beat = BeatShowsLife(app, schedule={}, lazy=True)
    beat.schedule.update(never=beat.Entry(name="never", task="none", schedule=schedule(3600), app=app))
    assert 0 < beat.tick() <= django_settings.PULSE_EVERY_SECONDS


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What beat has asked for, without anybody to hear it."""
    asked: list[str] = []
    monkeypatch.setattr(BeatShowsLife, "producer", None)
    monkeypatch.setattr(BeatShowsLife, "apply_async", lambda self, entry, **_: asked.append(entry.name))
    monkeypatch.setattr(pulses, "show_life_if_possible", lambda of, *, at: False)
    monkeypatch.setattr(connection, "close", lambda: None)
    return asked


def beat_that_asks(every: float, since: datetime) -> BeatShowsLife:
    beat = BeatShowsLife(app, schedule={}, lazy=True)
    every_so_often = schedule(every, app=app)
    beat.schedule["due"] = beat.Entry(name="due", task="none", schedule=every_so_often, last_run_at=since, app=app)
    return beat


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3000)])
def test_beat_goes_on_at_once_when_its_clock_is_set_back(
    back: timedelta, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    time = [NOW]
    monkeypatch.setattr(app, "now", lambda: time[0])
    beat = beat_that_asks(60, since=NOW - timedelta(minutes=5))
    beat.tick()
    beat.tick()
    assert sent == ["due"], "not before a minute has gone"
    time[0] -= back
    beat.tick()
    assert sent == ["due", "due"]
    beat.tick()
    assert sent == ["due", "due"], "and from then on as often as before"
    time[0] += timedelta(seconds=61)
    beat.tick()
    assert sent == ["due", "due", "due"]


def test_beat_asks_once_for_all_that_it_has_missed_when_its_clock_is_set_forward(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    time = [NOW]
    monkeypatch.setattr(app, "now", lambda: time[0])
    beat = beat_that_asks(60, since=NOW - timedelta(seconds=1))
    beat.tick()
    time[0] += timedelta(days=1)
    for _ in range(3):
        beat.tick()
    assert sent == ["due"]


@pytest.fixture
def company(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExitStack]:
    """A broker, and processes that live on the test's database and show it often."""
    with ExitStack() as stack:
        broker = stack.enter_context(valkey(tmp_path / "broker.log"))
        for name, value in {
            "DATABASE_URL": _database_url(),
            "VAR_DIR": str(tmp_path / "var"),
            "BROKER_URL": broker.url,
            "PULSE_EVERY_SECONDS": "0.2",
            "RECONCILE_EVERY_SECONDS": "0.2",
        }.items():
            monkeypatch.setenv(name, value)
        yield stack


def started(stack: ExitStack, folder: Path, *command: str) -> Child:
    whole = [sys.executable, "-m", "celery", "--app", "config.celery", *command]
    log = folder / f"{command[0]}.log"
    return stack.enter_context(
        running(command[0], whole, log=log, folder=django_settings.BASE_DIR, stop_signal=signal.SIGKILL)
    )


def heard_of() -> set[str]:
    return set(Pulse.objects.values_list("of", flat=True))


def is_heard_again(of: str) -> bool:
    before = Pulse.objects.get(of=of).at
    return eventually(lambda: Pulse.objects.get(of=of).at > before)


def test_a_real_beat_and_a_real_worker_are_heard_of_until_they_end(company: ExitStack, tmp_path: Path) -> None:
    beat = started(company, tmp_path, "beat", "--pidfile", "")
    worker = started(company, tmp_path, "worker", "--pool", "prefork", "--concurrency", "1", "--hostname", "one@here")
    assert eventually(lambda: heard_of() == {"beat", "work", "worker one@here"}), worker.log.read_text()
    for of in ("beat", "work", "worker one@here"):
        assert is_heard_again(of), of

    worker.stop(signal.SIGTERM)
    assert heard_of() == {"beat", "work"}, "a worker that was told to end is not missed"

    beat.stop(signal.SIGKILL)
    last = Pulse.objects.get(of="beat").at
    assert any(sentence.startswith("Beat is down") for sentence in signs_at(last + timedelta(minutes=2)).down)


def test_a_worker_that_hangs_is_heard_of_no_more(company: ExitStack, tmp_path: Path) -> None:
    worker = started(company, tmp_path, "worker", "--pool", "prefork", "--concurrency", "1", "--hostname", "two@here")
    assert eventually(lambda: "worker two@here" in heard_of()), worker.log.read_text()
    worker.process.send_signal(signal.SIGSTOP)
    last = Pulse.objects.get(of="worker two@here").at
    assert signs_at(last + timedelta(minutes=2)).down[-1].startswith("No worker is running")
    worker.process.send_signal(signal.SIGCONT)
    assert is_heard_again("worker two@here")
