"""One command at a time on the same data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO


class AlreadyRuns(Exception):
    """Another process holds the same data; the text is what it says of itself."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The data are this process's as long as it lives: the kernel lets go of them when it is killed."""

    file: IO[str]

    def say(self, text: str) -> None:
        """What a second process is told."""
        self.file.seek(0)
        self.file.truncate()
        self.file.write(text)
        self.file.flush()


@contextmanager
def sole(path: Path) -> Iterator[Claim]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRuns(file.read()) from None
        claim = Claim(file)
        claim.say("")
        yield claim
