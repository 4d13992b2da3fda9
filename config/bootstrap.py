"""
The way in: whatever the command, it runs in the project's own ``.venv``.

``manage.py`` calls :func:`enter` before anything but the standard library is imported. The environment is made from a
hashed lock the first time, kept as long as the lock's SHA-256 is the one it was made from, and topped up when the lock
has changed; no package is ever removed. A stamp in ``.venv`` remembers all this: it is written without locks before a
change begins and completed when it ended, so that an interrupted one shows and the environment is made anew.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NoReturn

from config.processes.lifeline import end_with_parent
from config.progress import Progress, say

OLDEST_PYTHON = (3, 11)
# These run in local mode on data of their own, whatever the shell they are started from was set up for.
WITH_DATA_OF_THEIR_OWN = ("demo", "test")
SET_FOR_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE")
TAIL_LINES = 8


class CannotStart(Exception):
    """The environment could not be made; the text says what failed and why."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A file of pinned and hashed requirements, with the locks whose every line it holds too."""

    name: str
    contains: tuple[str, ...] = ()


DEMO = Lock("requirements/demo.txt")
DEV = Lock("requirements/dev.txt", contains=(DEMO.name,))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment is: where it was made, by which interpreter, and the SHA-256 of the locks it satisfies."""

    place: str
    interpreter: str
    locks: dict[str, str] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        return bool(self.locks)


@dataclass(frozen=True, slots=True)
class Environment:
    """The ``.venv`` of one working copy."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def stamp_file(self) -> Path:
        return self.folder / "scrutineer.json"

    def is_running(self) -> bool:
        """Whether the present interpreter is the one of this environment."""
        return os.path.realpath(sys.prefix) == os.path.realpath(self.folder)

    def is_ready_for(self, lock: Lock) -> bool:
        """Whether it satisfies the lock: no process is started to find out."""
        stamp = self.stamp()
        return (
            stamp is not None
            and (stamp.place, stamp.interpreter) == (self._place(), self._interpreter())
            and os.access(self.python, os.X_OK)
            and stamp.locks.get(lock.name) == self.digest(lock.name)
        )

    def is_usable(self) -> bool:
        """Whether packages can be added to it: whole, made here, and its interpreter runs."""
        stamp = self.stamp()
        if stamp is not None and (
            not stamp.is_finished or (stamp.place, stamp.interpreter) != (self._place(), self._interpreter())
        ):
            return False
        return not self._was_moved() and self._runs()

    def stamp(self) -> Stamp | None:
        try:
            return Stamp(**json.loads(self.stamp_file.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def write_stamp(self, locks: dict[str, str]) -> None:
        stamp = Stamp(self._place(), self._interpreter(), locks)
        fresh = self.stamp_file.with_suffix(".new")
        fresh.write_text(json.dumps({"place": stamp.place, "interpreter": stamp.interpreter, "locks": stamp.locks}))
        fresh.replace(self.stamp_file)

    def restore(self, stamp: Stamp | None) -> None:
        if stamp is None:
            self.stamp_file.unlink()
        else:
            self.write_stamp(stamp.locks)

    def digest(self, lock_name: str) -> str:
        return hashlib.sha256((self.root / lock_name).read_bytes()).hexdigest()

    def _place(self) -> str:
        return os.path.realpath(self.folder)

    def _interpreter(self) -> str:
        return os.path.realpath(self.python)

    def _was_moved(self) -> bool:
        """Whether ``pyvenv.cfg`` says that it was made under another path; its scripts would start another Python."""
        try:
            lines = (self.folder / "pyvenv.cfg").read_text().splitlines()
        except OSError:
            return True
        here = (f" {self.folder}", f" {self._place()}")
        return any(line.startswith("command = ") and not line.endswith(here) for line in lines)

    def _runs(self) -> bool:
        question = f"import sys; print(sys.prefix); sys.exit(sys.version_info < {OLDEST_PYTHON})"
        try:
            answer = subprocess.run(
                [self.python, "-I", "-c", question], capture_output=True, text=True, timeout=30, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return os.path.realpath(answer.stdout.strip()) == self._place()


def enter(root: Path, arguments: Sequence[str]) -> None:
    """Go on in the project's ``.venv``; returns when this interpreter is already the right one, else replaces it."""
    command = arguments[0] if arguments else ""
    if command in WITH_DATA_OF_THEIR_OWN:
        _leave_production(command)
    environment = Environment(root)
    if _is_in_another_environment(environment):
        return
    lock = DEV if command == "test" else DEMO
    is_ready = environment.is_ready_for(lock)
    if is_ready and environment.is_running():
        return
    if not is_ready:
        try:
            prepare(environment, lock)
        except (CannotStart, OSError) as refusal:
            sys.exit(f"Scrutineer cannot start: {refusal}")
        except KeyboardInterrupt:
            say("Interrupted; the next start begins this anew.")
            sys.exit(128 + signal.SIGINT)
    _go_on_in(environment)


def prepare(environment: Environment, lock: Lock) -> None:
    """Make or mend the environment and install the lock into it; a second start meanwhile waits for the first."""
    with _one_at_a_time(environment.root / "var" / "bootstrap.lock") as guard:
        if environment.is_ready_for(lock):
            return
        if not environment.is_usable():
            _make(environment, guard)
        _install(environment, lock, guard)


def _is_in_another_environment(environment: Environment) -> bool:
    """Whether an operator runs this in a virtual environment of their own that has what is needed."""
    return sys.prefix != sys.base_prefix and not environment.is_running() and find_spec("django") is not None


def _leave_production(command: str) -> None:
    for name in SET_FOR_PRODUCTION:
        if os.environ.pop(name, None) is not None:
            say(f"{name} is set, and {command} ignores it: it runs in local mode on data of its own.")


def _go_on_in(environment: Environment) -> NoReturn:
    os.execv(environment.python, [str(environment.python), *sys.orig_argv[1:]])  # noqa: S606


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing what is needed in .venv: waiting for it.")
            fcntl.flock(guard, fcntl.LOCK_EX)
        yield guard.fileno()


def _make(environment: Environment, guard: int) -> None:
    if environment.folder.exists():
        say("The .venv here was moved, interrupted or made by another Python: making it anew.")
        shutil.rmtree(environment.folder)
    environment.folder.mkdir()
    environment.write_stamp({})
    # Debian's Python comes without ensurepip; then the pip beside it fills the environment from outside.
    without_pip = [] if find_spec("ensurepip") else ["--without-pip"]
    base_python = str(getattr(sys, "_base_executable", sys.executable))
    _run("Making .venv", [base_python, "-m", "venv", *without_pip, str(environment.folder)], environment.root, guard)
    environment.write_stamp({})


def _install(environment: Environment, lock: Lock, guard: int) -> None:
    before = environment.stamp()
    locks = {name: environment.digest(name) for name in (lock.name, *lock.contains)}
    environment.write_stamp({})
    # Wheels only: nothing is ever built, so no compiler is needed.
    options = ["--require-hashes", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    command = [*_pip(environment), "install", *options, "-r", str(environment.root / lock.name)]
    try:
        _run(f"Installing {lock.name} in .venv", command, environment.root, guard)
    except CannotStart:
        environment.restore(before)  # pip takes back what it began when it fails by itself
        raise
    environment.write_stamp(locks)


def _pip(environment: Environment) -> list[str]:
    inside = [str(environment.python), "-m", "pip"]
    if any(environment.folder.glob("lib/python*/site-packages/pip/__main__.py")):
        return inside
    if find_spec("pip") is None:
        raise CannotStart("this Python has neither pip nor ensurepip. On Debian: apt install python3-venv.")
    return [sys.executable, "-m", "pip", "--python", str(environment.python)]


def _run(what: str, command: Sequence[str], root: Path, guard: int) -> None:
    """Run one step with its progress on standard error. Should it outlive this process, it still holds the guard."""
    parent = os.getpid()
    progress = Progress(what)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(guard,),
            preexec_fn=lambda: end_with_parent(parent),
        )
        try:
            _wait(process, progress)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        if process.returncode:
            raise CannotStart(f"{what} failed with exit code {process.returncode}.\n{_tail(log)}")
    progress.done()


def _wait(process: subprocess.Popen[bytes], progress: Progress) -> None:
    while True:
        progress.show()
        try:
            process.wait(timeout=1.0)
            return
        except subprocess.TimeoutExpired:
            continue


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
