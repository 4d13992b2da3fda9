"""Broker, beat and workers as processes of their own, which a test may kill, stop and start again."""

import os
import resource
import secrets
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from config.processes.child import Child, running
from config.processes.ports import free_port
from config.processes.valkey import Broker, valkey_at

LEASE_SECONDS = 2
PATIENCE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.05
LONGEST_FILE_BYTES = 512


@dataclass
class Company:
    """The processes, all on one broker, one database and one folder."""

    folder: Path
    environment: dict[str, str]
    stack: ExitStack
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    number: Iterator[int] = field(default_factory=count)
    beats: list[Child] = field(default_factory=list)
    workers: list[Child] = field(default_factory=list)
    broker: Broker | None = None

    def __post_init__(self) -> None:
        self.gate.mkdir(parents=True)

    @property
    def gate(self) -> Path:
        return self.folder / "gate"

    @property
    def broker_url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def redis(self) -> Redis:
        return Redis.from_url(self.broker_url)

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Come back when it is so; fail when it is not so in time, or when beat has ended by itself."""
        deadline = monotonic() + PATIENCE_SECONDS
        while not is_so():
            for beat in self.beats:
                beat.refuse_if_ended()
            assert monotonic() < deadline, f"not within {PATIENCE_SECONDS:.0f} seconds: {what}"
            sleep(LOOK_EVERY_SECONDS)

    def start_broker(self, kept_in: Path | None = None) -> None:
        log = self.folder / f"broker-{next(self.number)}.log"
        self.broker = self.stack.enter_context(valkey_at(self.port, self.password, log, kept_in))

    def stop_broker(self) -> None:
        assert self.broker
        self.broker.child.stop(signal.SIGKILL)

    def start_beat(self) -> Child:
        command = ("-m", "celery", "--app", "config.celery", "beat", "--pidfile", "", "--loglevel", "INFO")
        self.beats.append(self._start("beat", *command))
        return self.beats[-1]

    @contextmanager
    def another_beat(self) -> Iterator[None]:
        beat = self.start_beat()
        yield
        beat.stop(signal.SIGKILL)
        self.beats.remove(beat)

    def start_worker(self) -> Child:
        self.workers.append(self._start("worker", "-m", "tests.faults.worker", str(self.gate)))
        return self.workers[-1]

    def kill_worker(self, worker: Child) -> None:
        """The worker with its pool, at once."""
        if worker.process.poll() is None:
            os.killpg(worker.process.pid, signal.SIGKILL)
            worker.process.wait()

    def pool_of(self, worker: Child) -> list[int]:
        """The processes that a worker has forked."""
        listed = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children")
        return [int(number) for number in listed.read_text().split()] if listed.exists() else []

    @contextmanager
    def no_file_may_grow(self) -> Iterator[None]:
        """What a full disk is to the workers, for who may mount none: no file is longer than half a kilobyte."""
        self._limit_files(LONGEST_FILE_BYTES)
        try:
            yield
        finally:
            self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, most: int) -> None:
        for process in [each for worker in self.workers for each in (worker.process.pid, *self.pool_of(worker))]:
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def hold_at(self, point: str) -> None:
        """The next process to reach that point waits there."""
        (self.gate / "held").unlink(missing_ok=True)
        (self.gate / "hold").write_text(point)

    def wait_for_held(self) -> int:
        """The number of the process that waits at the point."""
        held = self.gate / "held"
        self.wait_until(held.exists, "a worker comes to the point where it is held")
        (self.gate / "hold").unlink()
        return int(held.read_text())

    def let_go(self) -> None:
        (self.gate / "go").touch()

    def forget_stuck_messages(self) -> None:
        """Those that a killed worker had taken: the broker would hand them on only after many minutes."""
        self.redis.delete("unacked", "unacked_index")

    def is_quiet(self) -> bool:
        """Whether no message waits and none is being worked on."""
        try:
            return not self.redis.llen("celery") and not self.redis.hlen("unacked")
        except RedisError:
            return False

    def rest(self) -> None:
        """Everybody waits or has gone, so that the database can be emptied under them."""
        for beat in self.beats:
            beat.process.send_signal(signal.SIGSTOP)
        self.let_go()
        if any(worker.process.poll() is not None for worker in self.workers):
            self._dismiss(self.workers)
            self.redis.flushdb()
        self.wait_until(self.is_quiet, "the workers have nothing left to do")
        self._dismiss(self.workers[1:])
        for mark in self.gate.iterdir():
            mark.unlink()
        for made in ("papers", "mail"):
            shutil.rmtree(self.folder / "var" / made, ignore_errors=True)

    def go_on(self) -> None:
        for beat in self.beats:
            beat.process.send_signal(signal.SIGCONT)

    def _dismiss(self, workers: list[Child]) -> None:
        for worker in list(workers):
            self.kill_worker(worker)
            self.workers.remove(worker)

    def _start(self, name: str, *command: str) -> Child:
        return self.stack.enter_context(
            running(
                name,
                [sys.executable, *command],
                log=self.folder / f"{name}-{next(self.number)}.log",
                environment=self.environment | {"BROKER_URL": self.broker_url},
                folder=settings.BASE_DIR,
                stop_signal=signal.SIGKILL,
            )
        )


@contextmanager
def company(folder: Path, database_url: str) -> Iterator[Company]:
    """A company with a broker, one beat and one worker, hurried along."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "VAR_DIR": str(folder / "var"),
        "PAPER_LEASE_SECONDS": str(LEASE_SECONDS),
        "PAPER_RETRY_SECONDS": "0.2",
        "DUE_EVERY_SECONDS": "0.5",
        "RECONCILE_EVERY_SECONDS": "0.5",
        "REMIND_EVERY_SECONDS": "2",
        "MAIL_EVERY_SECONDS": "0.5",
        "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    with ExitStack() as stack:
        hired = Company(folder, environment, stack)
        hired.start_broker()
        hired.start_beat()
        hired.start_worker()
        yield hired
