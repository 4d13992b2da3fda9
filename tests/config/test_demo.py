"""`manage.py demo` as a person starts it: real processes, and data in a folder of the test's own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from config import bootstrap
from config.processes.ports import listen_from
from contracts.rules.roles import Role
from tests.config.watching import all_end, descendants, eventually

ROOT = Path(bootstrap.__file__).parent.parent
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Demo:
    """A demonstration that runs, with its two outputs in files."""

    launcher: subprocess.Popen[bytes]
    folder: Path
    began: float

    @property
    def out(self) -> str:
        return (self.folder / "out").read_text()

    @property
    def err(self) -> str:
        return (self.folder / "err").read_text()

    def told(self, what: str) -> list[str]:
        """What standard output says under that name."""
        return re.findall(rf"^{what}: +(.+)$", self.out, re.M)

    def wait_for(self, what: str) -> float:
        """Seconds from the start until standard output says that, if it ever does."""
        assert eventually(lambda: self.told(what) != [] or self.launcher.poll() is not None, PATIENCE_SECONDS)
        assert self.told(what), self.err
        return monotonic() - self.began

    def end(self) -> int:
        return self.launcher.wait(PATIENCE_SECONDS)


@contextmanager
def demo(var: Path, *arguments: str) -> Iterator[Demo]:
    """Start it on the data in that folder; whatever the test did, none of its processes is left."""
    folder = var.with_name(f"{var.name}-said")
    folder.mkdir(exist_ok=True)
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        launcher = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "demo", *arguments],
            env={**os.environ, "VAR_DIR": str(var)},
            stdout=out,
            stderr=err,
        )
    try:
        yield Demo(launcher, folder, monotonic())
    finally:
        started = descendants(launcher.pid)
        launcher.kill()
        launcher.wait()
        assert all_end(started)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The first start of all, without a web server, brought to its end."""
    with demo(tmp_path_factory.mktemp("first") / "var", "--no-serve") as first:
        first.end()
        yield first


@pytest.fixture
def var(first_start: Demo, tmp_path: Path) -> Path:
    """The data that the first start left, for a start on data that are there."""
    original = first_start.folder.with_name("var")
    return Path(shutil.copytree(original, tmp_path / "var"))


def test_without_a_web_server_it_makes_the_paper_and_ends(first_start: Demo) -> None:
    assert first_start.launcher.returncode == 0, first_start.err
    (headline,) = first_start.told("Headline")
    assert re.search("no KPI failed", headline, re.I)
    assert "Adult Care Finance" in headline
    papers = [Path(path) for path in first_start.told("Paper")]
    assert {path.suffix for path in papers} >= {".html", ".json", ".pdf"}
    assert all(path.stat().st_size for path in papers)
    (tables,) = first_start.told("Its tables as CSV")
    assert [path for path in Path(tables).iterdir() if path.suffix == ".csv"]
    for name, month_or_meeting in (("Projects paper", "2018-03-29"), ("Operational report", "2018-02")):
        (folder,) = first_start.told(name)
        assert month_or_meeting in folder
        assert {path.suffix for path in Path(folder).iterdir()} >= {".html", ".json", ".pdf"}
    assert len(first_start.out.splitlines()) == 4 + len(papers), "standard output carries only the result"
    assert "Making the paper for 2018-03-29" in first_start.err


def test_the_paper_was_asked_for_by_beat_and_made_by_the_worker(first_start: Demo) -> None:
    logs = first_start.folder.with_name("var") / "log"
    assert "Sending due task what-is-due (reports.tasks.start_due_papers)" in (logs / "beat.log").read_text()
    worker = (logs / "worker.log").read_text()
    assert re.search(r"celery\.app\.trace \S+: Task reports\.tasks\.write_paper\S+ succeeded", worker)


def test_it_serves_until_ctrl_c_on_the_next_free_port(var: Path) -> None:
    with listen_from(0) as other:
        taken = other.getsockname()[1]
        with demo(var, "--port", str(taken)) as serving:
            serving.wait_for("Address")
            serving.wait_for("Headline")
            assert f"Port {taken} is taken; the next free one is" in serving.err
            (address,) = serving.told("Address")
            with urllib.request.urlopen(address) as page:
                assert page.status == 200
                assert "Scrutineer" in page.read().decode()
            for role in Role:
                (sign_in,) = serving.told(str(role))
                assert re.fullmatch(r"\S+@\S+ +password \S+", sign_in)

            second = subprocess.run(
                [sys.executable, ROOT / "manage.py", "demo"],
                env={**os.environ, "VAR_DIR": str(var)},
                capture_output=True,
                text=True,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
            assert second.returncode == 1
            assert f"already runs on these data: {address}, process {serving.launcher.pid}" in second.stderr
            assert second.stdout == ""

            everything = "broker, gunicorn, its worker, celery, its pool, beat"
            assert eventually(lambda: len(descendants(serving.launcher.pid)) >= 6), everything
            processes = descendants(serving.launcher.pid)
            serving.launcher.send_signal(signal.SIGINT)
            assert serving.end() == 0
            assert all_end(processes, seconds=1)


def test_killed_for_good_it_leaves_no_process_and_starts_again(var: Path) -> None:
    with demo(var, "--port", "0") as killed:
        killed.wait_for("Headline")
        processes = descendants(killed.launcher.pid)
        killed.launcher.kill()
        assert all_end(processes, seconds=5)
    with demo(var, "--no-serve") as again:
        assert again.end() == 0, again.err


def test_told_to_end_while_it_starts_it_ends_everything(var: Path) -> None:
    with demo(var) as starting:
        assert eventually(lambda: len(descendants(starting.launcher.pid)) >= 2)
        processes = descendants(starting.launcher.pid)
        starting.launcher.send_signal(signal.SIGTERM)
        assert starting.end() == 128 + signal.SIGTERM
        assert all_end(processes, seconds=1)
        assert "every process has ended" in starting.err


def test_when_one_process_fails_it_is_named_and_the_others_end(var: Path) -> None:
    with demo(var, "--port", "0") as serving:
        serving.wait_for("Headline")
        processes = descendants(serving.launcher.pid)
        broker = next(pid for pid in processes if b"valkey" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(broker, signal.SIGKILL)
        assert serving.end() == 1
        assert "The broker (valkey-server) ended with signal SIGKILL" in serving.err
        assert all_end(processes, seconds=1)


def test_reset_starts_over_and_leaves_what_it_did_not_make(var: Path) -> None:
    (var / "kept.txt").write_text("not the demonstration's")
    (var / "papers" / "stray.txt").write_text("the demonstration's")
    with demo(var, "--reset", "--no-serve") as over:
        assert over.end() == 0, over.err
        assert "no kpi failed" in over.told("Headline")[0].lower()
    assert (var / "kept.txt").exists()
    assert not (var / "papers" / "stray.txt").exists()


def test_data_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "demo.sqlite3").write_text("this is no database" * 100)
    with demo(var, "--no-serve") as broken:
        assert broken.end() == 1
        assert f"Its data in {var}/demo.sqlite3 cannot be used" in broken.err
        assert "Traceback" not in broken.err
        assert broken.out == ""


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    refused = subprocess.run(
        [sys.executable, ROOT / "manage.py", "demo", f"--port={port}"], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "--port" in refused.stderr
