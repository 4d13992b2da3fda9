"""
The papers' folder.

A paper's files are written aside and synced first, then appear together by renaming their folder; so nobody ever sees
half a paper, and whoever dies on the way leaves only what :func:`sweep` removes.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from reports.models import PaperRun

UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A rendered file before it is stored."""

    format: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def folder_of(run: PaperRun) -> str:
    """Where a run's paper lies in the papers' folder: ``CSS/2018-03-29-7/report-r1``, 7 being the meeting's number."""
    meeting = f"{run.meeting.meeting_on.isoformat()}-{run.meeting_id}"
    return f"{run.contract.reference}/{meeting}/{run.kind}-r{run.revision}"


def set_aside(token: str, files: Iterable[PrintedFile]) -> None:
    """Writes the files under the token of the claim, out of sight and safe on the disk."""
    folder = _aside(token)
    folder.mkdir(parents=True)
    for file in files:
        with (folder / file.name).open("xb") as out:
            out.write(file.content)
            out.flush()
            os.fsync(out.fileno())
    _sync(folder)


def reveal(token: str, folder: str) -> None:
    """
    Makes the files set aside appear in their place, all at once.

    To be called while the database keeps everyone else from storing the same paper: what lies there already was left by
    a writer that ended before it could commit, and goes.
    """
    place = settings.PAPERS_DIR / folder
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        shutil.rmtree(place)
    _aside(token).rename(place)
    _sync(place.parent)


def drop(token: str) -> None:
    """Removes what was set aside, if anything still is."""
    shutil.rmtree(_aside(token), ignore_errors=True)


def sweep() -> int:
    """Removes what writers that no longer hold their claim have set aside; how many there were."""
    folder = settings.PAPERS_DIR / UNFINISHED
    # Listed before the claims are asked for: a claim made since cannot be among them, so nothing of the living goes.
    tokens = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    strays = tokens - set(PaperRun.objects.filter(state=PaperRun.State.RUNNING).values_list("claim", flat=True))
    for token in strays:
        drop(token)
    return len(strays)


def _aside(token: str) -> Path:
    return Path(settings.PAPERS_DIR) / UNFINISHED / token


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
