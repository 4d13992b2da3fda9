"""The processes beside a command: they are ready when it says so, and none outlives it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryDirectory
from textwrap import dedent
from time import sleep
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from kombu import Connection
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.celery import app
from config.processes import binaries, child
from config.processes.binaries import ServerMissing
from config.processes.child import ProcessFailed, running
from config.processes.ports import LOOPBACK, NoPortFree, listen_from
from config.processes.postgresql import postgresql
from config.processes.sole import AlreadyRuns, sole
from config.processes.stopping import Stopped, stop_in_order, tidy_up_undisturbed
from config.processes.valkey import valkey
from tests.config.sleepy import sleep_on
from tests.config.watching import all_end, descendants, is_alive

ROOT = Path(child.__file__).parent.parent.parent
SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]


def launcher(code: str, *arguments: Path) -> subprocess.Popen[str]:
    """A process that starts others and then waits to be killed; it says `up` when they are there."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def wait_until_up(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"


def test_a_child_ends_with_its_context(tmp_path: Path) -> None:
    with running("The sleeper", SLEEPS, log=tmp_path / "log") as sleeper:
        sleeper.refuse_if_ended()
    assert sleeper.process.returncode == -signal.SIGTERM


def test_a_child_deaf_to_the_first_signal_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "ENDS_WITHIN_SECONDS", 0.2)
    with running("The deaf", DEAF, log=tmp_path / "log") as deaf:
        deaf.wait_until(lambda: "deaf" in deaf.log.read_text(), seconds=10)
    assert deaf.process.returncode == -signal.SIGKILL


def test_a_child_that_fails_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    fails = [sys.executable, "-c", "print('the disk is full'); raise SystemExit(3)"]
    with (
        pytest.raises(ProcessFailed, match=r"The writer ended with exit code 3\. (.|\n)*the disk is full"),
        running("The writer", fails, log=tmp_path / "log") as writer,
    ):
        writer.wait_until(lambda: False, seconds=10)


def test_a_child_that_is_never_ready_is_refused_in_time(tmp_path: Path) -> None:
    with (
        pytest.raises(ProcessFailed, match="The sleeper was not ready within 0 seconds"),
        running("The sleeper", SLEEPS, log=tmp_path / "log") as sleeper,
    ):
        sleeper.wait_until(lambda: False, seconds=0.2)
    assert sleeper.process.returncode == -signal.SIGTERM


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ProcessFailed, match=r"The ghost could not be started: .*nowhere"),
        running("The ghost", [tmp_path / "nowhere"], log=tmp_path / "log"),
    ):
        pass


def test_a_child_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = launcher(
        """
        import sys, time
        from pathlib import Path
        from config.processes.child import running
        deaf = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"]
        with running("The deaf", deaf, log=Path(sys.argv[1])):
            print("up", flush=True)
            time.sleep(600)
        """,
        tmp_path / "log",
    )
    wait_until_up(parent)
    children = descendants(parent.pid)
    assert len(children) == 1
    parent.kill()
    parent.communicate()
    assert all_end(children, seconds=5)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that other users may pass through, as PostgreSQL's must when it runs as one of them."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_servers_do_not_outlive_a_launcher_that_is_killed(open_folder: Path) -> None:
    parent = launcher(
        """
        import sys, tempfile, time
        from pathlib import Path
        from config.processes.postgresql import postgresql
        from config.processes.valkey import valkey
        tempfile.tempdir = sys.argv[1]
        with valkey(Path(sys.argv[1]) / "broker.log"), postgresql():
            print("up", flush=True)
            time.sleep(600)
        """,
        open_folder,
    )
    wait_until_up(parent)
    servers = descendants(parent.pid)
    assert len(servers) > 5, "the broker, PostgreSQL and its own"
    parent.kill()
    parent.communicate()
    assert all_end(servers, seconds=10)


def test_the_broker_wants_its_password_and_keeps_nothing_on_disk(tmp_path: Path) -> None:
    with valkey(tmp_path / "broker.log") as broker:
        client = redis.Redis.from_url(broker.url)
        client.set("news", "a paper is due")
        assert client.get("news") == b"a paper is due"
        assert client.config_get("save", "appendonly") == {"save": "", "appendonly": "no"}
        port = client.get_connection_kwargs()["port"]
        client.close()
        with (
            redis.Redis(LOOPBACK, port, retry=Retry(NoBackoff(), 0)) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.get("news")
        password = urlsplit(broker.url).password or ""
        assert len(password) == 32
        assert password.encode() not in Path(f"/proc/{broker.child.process.pid}/cmdline").read_bytes()
    assert not is_alive(broker.child.process.pid)


def test_postgresql_answers_on_the_loopback_address_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgresql() as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("select lower('ÉÅ'), current_setting('listen_addresses'), current_setting('data_directory')")
            (answer,) = cursor.fetchall()
        connection.close()
        lowered, addresses, data = answer
        assert (lowered, addresses) == ("éå", LOOPBACK)
        assert Path(data).owner() == ("nobody" if os.geteuid() == 0 else Path.home().owner())
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(url.replace("scrutineer:", "scrutineer:not"))
    assert not Path(data).parent.exists()


def test_a_wheel_that_is_not_installed_is_named() -> None:
    with pytest.raises(ServerMissing, match="no_such_wheel is not installed"):
        binaries.wheel_folder("no_such_wheel")


def test_a_taken_port_gives_the_next_free_one() -> None:
    with listen_from(0) as first:
        taken = first.getsockname()[1]
        with listen_from(taken) as second:
            assert taken < second.getsockname()[1] < taken + 50
        with pytest.raises(NoPortFree, match=f"No port from {taken} on is free"):
            listen_from(taken, tries=1)


def test_only_one_command_at_a_time_holds_the_data(tmp_path: Path) -> None:
    with sole(tmp_path / "demo.lock") as claim:
        claim.say("at the old address")
        claim.say("process 7")
        with pytest.raises(AlreadyRuns, match=r"^process 7$"), sole(tmp_path / "demo.lock"):
            pass
    with sole(tmp_path / "demo.lock"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL changes its user only for root")
def test_postgresql_that_may_not_go_where_it_should_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with (
        pytest.raises(ProcessFailed, match=r"initdb could not be started as nobody: .*Permission denied"),
        postgresql(),
    ):
        pass


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_stops_and_a_second_does_not_disturb_the_tidying_up(asked: signal.Signals) -> None:
    tidied: list[str] = []
    before = signal.getsignal(asked)

    def work() -> None:
        try:
            os.kill(os.getpid(), asked)
            sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
            tidied.append("everything")

    with pytest.raises(Stopped) as stopped, stop_in_order():
        work()
    assert tidied == ["everything"]
    assert stopped.value.exit_code == 128 + asked
    assert signal.getsignal(asked) == before


def test_a_signal_after_the_work_is_done_does_not_disturb_the_tidying_up_either() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_in_order():
        tidy_up_undisturbed()
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_worker_killed_in_the_middle_of_a_task_takes_its_pool_along(tmp_path: Path) -> None:
    sign = tmp_path / "begun"
    with valkey(tmp_path / "broker.log") as broker:
        command = [sys.executable, "-m", "celery", "--app", "tests.config.sleepy", "worker", "--concurrency", "1"]
        environment = {**os.environ, "BROKER_URL": broker.url, "VAR_DIR": str(tmp_path)}
        with running(
            "The worker", command, log=tmp_path / "worker.log", environment=environment, folder=ROOT
        ) as worker:
            with Connection(broker.url) as connection:
                app.send_task(sleep_on.name, args=(str(sign),), connection=connection)
            worker.wait_until(sign.exists, seconds=30)
            pool = descendants(worker.process.pid)
            assert pool
            worker.process.kill()
            assert all_end(pool, seconds=5)


def test_a_web_server_killed_in_the_middle_of_a_request_takes_its_workers_along(tmp_path: Path) -> None:
    sign = tmp_path / "begun"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "tests.config.sleepy"]
    with listen_from(0) as listener:
        address, handed = listener.getsockname(), listener.fileno()
        command += ["--bind", f"fd://{handed}"]
        with (
            running("The web server", command, log=tmp_path / "web.log", folder=ROOT, pass_fds=[handed]) as web,
            create_connection(address) as visitor,
        ):
            visitor.sendall(f"GET /?{sign} HTTP/1.0\r\n\r\n".encode())
            web.wait_until(sign.exists, seconds=30)
            workers = descendants(web.process.pid)
            assert workers
            web.process.kill()
            assert all_end(workers, seconds=5)
