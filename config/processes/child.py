"""One process started beside this one: its log, its end, and what to say when it fails."""

import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import IO, cast

from config.processes.lifeline import end_with_parent

ENDS_WITHIN_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.05
TAIL_LINES = 15


class ProcessFailed(Exception):
    """A process did not start or ended by itself; the text names it, says why and quotes its log."""


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def refuse_if_ended(self) -> None:
        code = self.process.poll()
        if code is not None:
            raise self.failure(f"ended with {_in_words(code)}")

    def failure(self, why: str) -> ProcessFailed:
        return ProcessFailed(f"{self.name} {why}. The end of its log, {self.log}:\n{self._tail()}")

    def wait_until(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Come back when it is ready; refuse when it ended first or took longer than that."""
        deadline = monotonic() + seconds
        while not is_ready():
            self.refuse_if_ended()
            if monotonic() > deadline:
                raise self.failure(f"was not ready within {seconds:.0f} seconds")
            sleep(LOOK_EVERY_SECONDS)

    def stop(self, stop_signal: int = signal.SIGTERM) -> None:
        """End it in good order, and its whole process group for good when that takes too long."""
        if self.process.poll() is None:
            self.process.send_signal(stop_signal)
            try:
                self.process.wait(ENDS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def _tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join(f"    {line}" for line in lines) or "    (empty)"


@contextmanager
def running(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    user: pwd.struct_passwd | None = None,
    pass_fds: Sequence[int] = (),
    said: bytes = b"",
    stop_signal: int = signal.SIGTERM,
    death_signal: int = signal.SIGKILL,
) -> Iterator[Child]:
    """
    Start a process in a session of its own, so that Ctrl-C reaches only this one, which ends the others in order.

    ``said`` is what it reads from standard input. ``death_signal`` reaches it when this process is killed.
    """
    child = _start(name, command, log, environment, folder, user, pass_fds, death_signal)
    try:
        with suppress(BrokenPipeError), cast(IO[bytes], child.process.stdin) as stdin:
            stdin.write(said)
        yield child
    finally:
        child.stop(stop_signal)


def _start(
    name: str,
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str] | None,
    folder: Path | None,
    user: pwd.struct_passwd | None,
    pass_fds: Sequence[int],
    death_signal: int,
) -> Child:
    parent = os.getpid()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=folder,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
                pass_fds=pass_fds,
                start_new_session=True,
                # Runs when user, group and session are set, hence after everything that would lose the wish.
                preexec_fn=lambda: end_with_parent(parent, death_signal),
            )
        except (OSError, subprocess.SubprocessError) as refusal:
            raise ProcessFailed(f"{name} could not be started: {refusal}") from refusal
    return Child(name, process, log)


def _in_words(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
