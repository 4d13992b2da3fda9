"""What is going on, told on standard error: standard output carries only the result. Standard library only."""

import sys
from dataclasses import dataclass, field
from time import monotonic

ON_A_TERMINAL_SECONDS = 1.0
IN_A_LOG_SECONDS = 5.0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


@dataclass(slots=True)
class Progress:
    """One line for a piece of work that takes a while: rewritten on a terminal, now and then a new one in a log."""

    what: str
    began: float = field(default_factory=monotonic)
    told_at: float | None = None
    told: str = ""

    def show(self, detail: str = "") -> None:
        """Tell how far it is, if that is news: something changed, or some seconds have passed."""
        every = ON_A_TERMINAL_SECONDS if sys.stderr.isatty() else IN_A_LOG_SECONDS
        if self.told_at is not None and detail == self.told and monotonic() - self.told_at < every:
            return
        self._write(f"{self.what}{f': {detail}' if detail else ''} … {self._seconds()} s")
        self.told_at, self.told = monotonic(), detail

    def done(self) -> None:
        self._write(f"{self.what}: done in {self._seconds()} s")

    def _seconds(self) -> str:
        return f"{monotonic() - self.began:.0f}"

    def _write(self, line: str) -> None:
        is_rewritten = self.told_at is not None and sys.stderr.isatty()
        say(f"\033[A\033[K{line}" if is_rewritten else line)
