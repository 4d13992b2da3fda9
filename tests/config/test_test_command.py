"""`manage.py test`: which runs there are, on what, which exit code comes out, and how it is stopped."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import pytest

from config import bootstrap
from config.management.commands import test as command
from tests.config.watching import all_end, descendants, eventually

ROOT = Path(bootstrap.__file__).parent.parent
# The command itself and pytest itself; the servers are names only.
COMMAND = """
import sys
from contextlib import contextmanager
from types import SimpleNamespace
import django
django.setup()
from config.management.commands import test as command

@contextmanager
def postgresql():
    yield "postgres://the/servers"

@contextmanager
def valkey(log):
    yield SimpleNamespace(url="redis://the-broker/0")

command.postgresql, command.valkey = postgresql, valkey
command.Command().run_from_argv(["manage.py", "test", *sys.argv[1:]])
"""


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, str]]:
    """The environments of the runs of pytest, none of which takes place; the servers are names only."""
    seen: list[Mapping[str, str]] = []

    @contextmanager
    def postgresql() -> Iterator[str]:
        yield "postgres://the/servers"

    @contextmanager
    def valkey(log: Path) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(url="redis://the/broker")

    monkeypatch.setattr(command, "postgresql", postgresql)
    monkeypatch.setattr(command, "valkey", valkey)
    return seen


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0, 0], 0),
        ([1, 0], 1),
        ([0, 1], 1),
        ([1, 1], 1),
        ([0, 5], 0),  # the tests chosen do not touch the database
        ([5, 5], 5),  # no test was chosen at all
        ([2], 2),  # interrupted: no second run
        ([3], 3),
        ([4], 4),
    ],
)
def test_the_worse_of_both_runs_is_the_exit_code(
    runs: list[Mapping[str, str]], codes: list[int], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
        assert arguments == ["-k", "relief"]
        runs.append(environment)
        return codes[len(runs) - 1]

    monkeypatch.setattr(command, "_pytest", run)
    assert command.run_tests(["-k", "relief"]) == expected
    assert [environment["TEST_DATABASE"] for environment in runs] == ["postgresql", "sqlite"][: len(codes)]
    assert all(environment["BROKER_URL"] == "redis://the/broker" for environment in runs)
    assert runs[0]["DATABASE_URL"] == "postgres://the/servers"
    assert all(environment["DATABASE_URL"].startswith("sqlite:///") for environment in runs[1:])
    assert all(not Path(environment["VAR_DIR"]).exists() for environment in runs), "nothing is left behind"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Tests of their own, which have nothing to do with these; the folder in which they leave their signs."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:django -p no:cacheprovider\n")
    return tmp_path


def start(
    sample: Path, conftest: str, tests: str, *arguments: str, terminal: int | None = None
) -> subprocess.Popen[str]:
    """The command on these tests, off any terminal but a given one; each run leaves a sign named as its database."""
    runs = "import os, pathlib\npathlib.Path(__file__).with_name(os.environ['TEST_DATABASE']).touch()\n"
    (sample / "conftest.py").write_text(runs + dedent(conftest))
    (sample / "test_sample.py").write_text(dedent(tests))
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments, str(sample)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "TMPDIR": str(sample)},
        stdin=subprocess.DEVNULL if terminal is None else terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=None if terminal is None else lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )


def runs_of(sample: Path) -> set[str]:
    return {name for name in ("postgresql", "sqlite") if (sample / name).exists()}


SLEEPS = """
    import pathlib, time, pytest
    @pytest.fixture
    def ground():
        yield
        pathlib.Path(__file__).with_name("tidied").touch()
    @pytest.mark.parametrize("number", [1, 2])
    def test_that_takes_long(number, ground):
        pathlib.Path(__file__).with_name(f"begun-{number}").touch()
        time.sleep(600)
"""


def begun(sample: Path, running: subprocess.Popen[str], tests: int) -> set[int]:
    """The processes of a run in which that many tests are under way."""
    signs = [sample / f"begun-{number + 1}" for number in range(tests)]
    assert eventually(lambda: all(sign.exists() for sign in signs), seconds=60)
    return descendants(running.pid)


def assert_stopped(sample: Path, running: subprocess.Popen[str], asked: signal.Signals, started: set[int]) -> None:
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 128 + asked, output
    assert "Stopped before all tests were run" in output
    assert runs_of(sample) == {"postgresql"}, "there is no second run"
    assert (sample / "tidied").exists(), "what a test set up is taken down"
    assert all_end(started, seconds=5)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("option", "tests", "processes"), [("-n0", 1, 1), ("-n2", 2, 3)])
def test_a_signal_ends_the_run_with_its_workers(
    sample: Path, asked: signal.Signals, option: str, tests: int, processes: int
) -> None:
    running = start(sample, "", SLEEPS, option)
    started = begun(sample, running, tests)
    assert len(started) == processes
    running.send_signal(asked)
    assert_stopped(sample, running, asked, started)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_on_a_terminal_ctrl_c_and_kill_do_so_too(sample: Path, asked: signal.Signals) -> None:
    keyboard, terminal = os.openpty()
    try:
        running = start(sample, "", SLEEPS, "-n2", terminal=terminal)
        started = begun(sample, running, tests=2)
        if asked == signal.SIGINT:
            os.write(keyboard, b"\x03")
        else:
            running.send_signal(asked)
        assert_stopped(sample, running, asked, started)
    finally:
        os.close(keyboard)
        os.close(terminal)


def test_no_worker_outlives_a_command_that_is_killed(sample: Path) -> None:
    running = start(sample, "", SLEEPS, "-n2")
    started = begun(sample, running, tests=2)
    running.kill()
    running.communicate()
    assert all_end(started, seconds=40)


def test_a_signal_as_the_first_run_ends_by_itself_is_heard_before_the_second(sample: Path) -> None:
    asks = """
        import signal
        def pytest_unconfigure():
            os.kill(os.getppid(), signal.SIGTERM)
    """
    running = start(sample, asks, "def test_that_holds(): pass", "-n", "0")
    output, _ = running.communicate(timeout=60)
    assert "1 passed" in output
    assert running.returncode == 128 + signal.SIGTERM, output
    assert runs_of(sample) == {"postgresql"}


def test_both_runs_are_shared_by_workers_with_folders_and_brokers_of_their_own(sample: Path) -> None:
    seen = """
        import os, pathlib
        def test_worlds():
            world = [os.environ[name] for name in ("TEST_DATABASE", "VAR_DIR", "BROKER_URL")]
            with pathlib.Path(__file__).with_name("worlds").open("a") as worlds:
                worlds.write(" ".join(world) + "\\n")
    """
    shares = "from tests.fixtures.workers import *\n"
    running = start(sample, shares, seen + seen.replace("test_worlds", "test_more"), "-n", "2")
    output, _ = running.communicate(timeout=120)
    assert running.returncode == 0, output
    worlds = [line.split() for line in (sample / "worlds").read_text().splitlines()]
    for database in ("postgresql", "sqlite"):
        folders, brokers = zip(*((folder, broker) for name, folder, broker in worlds if name == database), strict=True)
        assert {Path(folder).name for folder in folders} == {"gw0", "gw1"}
        assert {broker.rpartition("/")[2] for broker in brokers} == {"0", "1"}
