"""What a sign of life is called, by whom it is, and where a worker leaves the one beside the files."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

BEAT: Final = "beat"
WORK: Final = "work"
"""Shown by the work that beat asks for again and again: the news went out, a worker took it up and came to its end."""
WORKER: Final = "worker "
CLOCK: Final = "clock of "
LONGEST: Final = 120


def name_of_worker(host: str) -> str:
    """Of a worker on a host; cut where what is said of its clock would have no room."""
    return f"{WORKER}{host}"[: LONGEST - len(CLOCK)]


def clock_of(of: str) -> str:
    """The sign that somebody's clock differs from the database's."""
    return f"{CLOCK}{of}"


def mark_of(folder: Path, of: str) -> Path:
    """The file that a worker leaves in the folder of the files; the same for who looks for it."""
    return folder / "signs-of-life" / quote(of, safe="@ ")
