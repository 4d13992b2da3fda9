"""
A whole installation on the loopback address, in production's settings, each part of which can be killed and replaced.

PostgreSQL and Valkey come from their wheels; gunicorn, workers and beat are started as an operator would, and started
again by whoever killed them, as systemd would. Leases and intervals are short, so that what takes a minute in earnest
takes seconds here. Papers lie on a small disk of their own where the machine lets one be mounted.
"""

import http.client
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from config.processes.child import Child, ProcessFailed
from config.processes.company import wait_for_first_page
from config.processes.ports import LOOPBACK, free_port
from config.processes.postgresql import Cluster
from tests.faults.clock import VARIABLE, Clock
from tests.faults.company import Company
from tests.faults.mail_server import MailServer

LEASE_SECONDS: Final = 3
BACK_WITHIN_SECONDS: Final = LEASE_SECONDS + 70.0
DISK_MEGABYTES: Final = 400
HOST: Final = "localhost"
TOKEN: Final = "0" * 32
SELDOM: Final = "3600"
OFTEN: Final = "1"
ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass
class Plant(Company):
    """Everything, and how to break it."""

    cluster: Cluster = field(kw_only=True)
    mail: MailServer = field(default_factory=MailServer, kw_only=True)
    web_port: int = field(default_factory=free_port, kw_only=True)
    database: Child | None = None
    web: Child | None = None
    disk: Path | None = None
    """Where papers lie, if that is a disk of their own."""
    post: ExitStack = field(default_factory=ExitStack, kw_only=True)

    @property
    def clock(self) -> Clock:
        """By which beat, the workers and this process go; the web server's is always right."""
        return Clock(Path(self.environment[VARIABLE]))

    def start_database(self) -> None:
        """As systemd would: again, where what a killed server has left is still in the way."""
        ends = monotonic() + BACK_WITHIN_SECONDS
        while True:
            try:
                self.database = self.stack.enter_context(self.cluster.running())
            except ProcessFailed:
                if monotonic() > ends:
                    raise
            else:
                return

    def kill_database(self) -> None:
        """The server alone; its processes find out for themselves."""
        if self.database:
            self.database.process.kill()
            self.database.process.wait()

    def start_beat(self) -> Child:
        command = ("-m", "tests.faults.clock", "beat", "--pidfile", "", "--loglevel", "INFO")
        self.beats.append(self._start("beat", *command))
        return self.beats[-1]

    def stop_database(self, stop_signal: int = signal.SIGINT) -> None:
        """In good order, or with ``SIGQUIT`` as in a crash, after which it repeats its journal."""
        if self.database:
            self.database.stop(stop_signal)

    def start_mail(self) -> None:
        self.post = ExitStack()
        self.post.enter_context(self.mail.listening())

    def stop_mail(self) -> None:
        self.post.close()

    def start_web(self) -> None:
        command = ("-m", "gunicorn", "--config", "python:config.gunicorn", "--bind", f"{LOOPBACK}:{self.web_port}")
        self.web = self._start("web", *command, "config.wsgi")
        with suppress(ProcessFailed):
            wait_for_first_page(self.web, self.web_port)

    def kill_web(self) -> None:
        if self.web and self.web.process.poll() is None:
            os.killpg(self.web.process.pid, signal.SIGKILL)
            self.web.process.wait()

    def kill_beat(self) -> None:
        for beat in self.beats:
            beat.process.kill()
            beat.process.wait()
        self.beats.clear()

    def dismiss(self, worker: Child) -> None:
        self.kill_worker(worker)
        self.workers.remove(worker)

    def clear_gate(self) -> None:
        """Nobody is held any more, and whoever was goes on."""
        (self.gate / "hold").unlink(missing_ok=True)
        self.let_go()

    def set_gate(self, point: str) -> None:
        for mark in self.gate.iterdir():
            mark.unlink(missing_ok=True)
        self.hold_at(point)

    def held(self) -> int | None:
        """Who waits at the point, if anybody does."""
        mark = self.gate / "held"
        return int(mark.read_text()) if mark.exists() else None

    def page(self, path: str, session: str = "", form: dict[str, str] | None = None) -> tuple[int, str]:
        """The status of a page, or of a form that is sent, and what it says; 0 where nobody answers."""
        connection = http.client.HTTPConnection(LOOPBACK, self.web_port, timeout=30)
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": f"__Host-session={session}"}
        try:
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Cookie"] += f"; {settings.CSRF_COOKIE_NAME}={TOKEN}"
                headers |= {"Referer": f"https://{HOST}/", "Content-Type": "application/x-www-form-urlencoded"}
                connection.request("POST", path, urlencode({**form, "csrfmiddlewaretoken": TOKEN}), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    @contextmanager
    def disk_full(self) -> Iterator[str]:
        """Not a byte more fits where papers lie; says by what."""
        if self.disk is not None:
            ballast = self.disk / ".ballast"
            with suppress(OSError), ballast.open("wb", buffering=0) as out:
                while True:
                    out.write(bytes(2**20))
            try:
                yield "a full disk (ENOSPC)"
            finally:
                ballast.unlink()
            return
        with self.no_file_may_grow():
            yield "a limit on the size of files (EFBIG)"


def environment_of(folder: Path, cluster: Cluster, mail: MailServer) -> dict[str, str]:
    """Production's settings, hurried along."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": cluster.url,
        "VAR_DIR": str(folder / "var"),
        VARIABLE: str(folder / "clock"),
        "EMAIL_URL": mail.url,
        "PAPER_LEASE_SECONDS": str(LEASE_SECONDS),
        "PAPER_RETRY_SECONDS": "0.5",
        "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
        "MAIL_RETRY_SECONDS": "2",
        "DUE_EVERY_SECONDS": OFTEN,
        "RECONCILE_EVERY_SECONDS": OFTEN,
        "MAIL_EVERY_SECONDS": OFTEN,
        "REMIND_EVERY_SECONDS": SELDOM,
        "ERRATA_EVERY_SECONDS": SELDOM,
        "SWEEP_EVERY_SECONDS": SELDOM,
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A disk of its own at that place, or nothing where the machine lets nobody mount one."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "scrutineer-faults", str(place)]
    try:
        is_mounted = subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        is_mounted = False
    try:
        yield place if is_mounted else None
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(place)], capture_output=True)


def manage(*arguments: str) -> None:
    """A management command in a process of its own, which must succeed."""
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments], check=True, stdout=subprocess.DEVNULL)
