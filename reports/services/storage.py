"""
The papers' folder.

A paper's files are written aside and synced first, then appear together by renaming their folder; so nobody ever sees
half a paper, and whoever dies on the way leaves only what :func:`sweep` removes.
"""

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from contracts.models import Contract
from contracts.rules.months import Month, month_key
from reports.models import Edition, FrozenFile, Meeting, Paper, PaperFile, PaperRun
from reports.models.paper import Audience
from reports.querysets import PaperRunQuerySet

UNFINISHED = ".unfinished"
UNDER_WAY = (PaperRun.State.QUEUED, PaperRun.State.RUNNING)
PAPER_FOLDER = re.compile(
    r"[-\w]+/(?:\d{4}-\d\d-\d\d-(?P<meeting>\d+)|(?P<month>\d{4}-(?:0[1-9]|1[012]))-month-(?P<contract>\d+))"
    r"/(?P<kind>[a-z]+)(?:-(?P<number>\d+))?-r(?P<revision>\d+)(?:-(?P<edition>signed-off|final))?"
)
"""What :func:`folder_of` makes; whatever else lies in the papers' folder is none of ours."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A rendered file before it is stored."""

    format: str
    name: str
    content: bytes
    audience: str = Audience.PUBLIC

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def folder_of(run: PaperRun) -> str:
    """
    Where a run's paper lies in the papers' folder: ``CSS/2018-03-29-7/report-r1``, 7 being the meeting's number; that
    of a month ``CSS/2018-02-month-3/operational-r1``, 3 being the contract's. Its later editions lie beside it:
    ``report-r1-signed-off``, ``report-r1-final``; an addendum bears its number: ``addendum-1-r1``.
    """
    meeting_on = run.meeting.meeting_on if run.meeting else None
    of = (run.contract_id, run.contract.reference, meeting_on, run.meeting_id, run.month)
    return _folder(*of, run.kind, run.number, run.revision, run.edition)


def lock(meeting_id: int) -> Meeting | None:
    """The meeting as it now stands; until the transaction ends nobody else stores or removes a paper of it."""
    meeting: Meeting | None = Meeting.objects.select_for_update().filter(pk=meeting_id).first()
    return meeting


def lock_months(contract_id: int) -> None:
    """Until the transaction ends nobody else stores or removes a paper for a month of the contract."""
    # Not its key: rows that refer to the contract can be written meanwhile.
    Contract.objects.select_for_update(no_key=True).filter(pk=contract_id).first()


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

    To be called under the :func:`lock` of its meeting or contract, which keeps everyone else from storing the same
    paper: what lies there already was left by a writer that ended before it could commit, and goes.
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


def forget_edition(paper: Paper, run: PaperRun) -> None:
    """
    Takes a later edition back, in the caller's transaction: its run and the rows of its files; then the files.

    Whoever is writing it finds its claim gone.
    """
    folder = folder_of(run)
    paper.files.filter(edition=run.edition).delete()
    run.delete()
    transaction.on_commit(partial(remove_unowned, [folder]))


def remove_unowned(folders: Iterable[str]) -> None:
    """Removes papers' folders that belong to no paper any more. Whoever dies before leaves them to :func:`sweep`."""
    for folder in folders:
        place = PAPER_FOLDER.fullmatch(folder)
        if place and (settings.PAPERS_DIR / folder).is_dir():
            _remove_if_nobodys(place)


def sweep() -> int:
    """Removes what writers have left that will never be a paper's; how many sets of files there were."""
    return _sweep_set_aside() + _sweep_revealed()


def _sweep_set_aside() -> int:
    """What writers that no longer hold their claim have set aside."""
    folder = settings.PAPERS_DIR / UNFINISHED
    # Listed before the claims are asked for: a claim made since cannot be among them, so nothing of the living goes.
    tokens = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    strays = tokens - set(PaperRun.objects.filter(state=PaperRun.State.RUNNING).values_list("claim", flat=True))
    for token in strays:
        drop(token)
    return len(strays)


def _sweep_revealed() -> int:
    """
    Papers' folders of writers that ended before they could commit, and that no run will replace any more; those too of
    papers whose contents were removed.
    """
    # Most folders lie where their paper's row says; only the rest are worth a lock and a closer look.
    of = ("contract", "contract__reference", "meeting__meeting_on", "meeting", "month", "kind", "number", "revision")
    finished = PaperRun.objects.filter(state=PaperRun.State.FINISHED).values_list(*of, "edition")
    removed = set(Paper.objects.filter(status=Paper.Status.REMOVED).values_list(*of))
    expected = {_folder(*run) for run in finished if run[:-1] not in removed}
    return sum(_remove_if_nobodys(place) for place in _places() if place[0] not in expected)


def _places() -> Iterator[re.Match[str]]:
    """The papers' folders that there are."""
    for path in sorted(Path(settings.PAPERS_DIR).glob("*/*/*")):
        place = PAPER_FOLDER.fullmatch(path.relative_to(settings.PAPERS_DIR).as_posix())
        if place and path.is_dir():
            yield place


def _remove_if_nobodys(place: re.Match[str]) -> bool:
    """
    Removes a paper's folder unless a stored paper or an unfinished run owns it; whether it did.

    Whoever stores a paper holds the lock of its meeting, or of the contract of its month, from before the files appear
    until the commit. Taking it (on SQLite, the database's) waits for them, and keeps everyone else from getting there
    until the folder is gone.
    """
    folder = place[0]
    with transaction.atomic():
        if (
            _locked_runs(place).filter(state__in=UNDER_WAY).exists()
            or PaperFile.objects.filter(path__startswith=f"{folder}/").exists()
            or FrozenFile.objects.filter(path__startswith=f"{folder}/")
            .exclude(frozen__paper__status=Paper.Status.REMOVED)
            .exists()
        ):
            return False
        shutil.rmtree(settings.PAPERS_DIR / folder)
    logger.warning("The files in %s belong to no paper any more and are removed.", folder)
    return True


def _locked_runs(place: re.Match[str]) -> PaperRunQuerySet:
    """
    The runs whose files lie in a folder, once its lock is held.

    Not by the contract's reference or the meeting's day, which people may have changed since.
    """
    runs = PaperRun.objects.filter(
        kind=place["kind"],
        number=int(place["number"] or 0),
        revision=int(place["revision"]),
        edition=(place["edition"] or Edition.DRAFT).replace("-", " "),
    )
    if place["meeting"]:
        lock(int(place["meeting"]))
        return runs.filter(meeting=int(place["meeting"]))
    lock_months(int(place["contract"]))
    return runs.filter(contract=int(place["contract"]), month=f"{place['month']}-01")


def _folder(
    contract: int,
    reference: str,
    meeting_on: date | None,
    meeting: int | None,
    month: date | None,
    kind: str,
    number: int,
    revision: int,
    edition: str,
) -> str:
    occasion = f"{month_key(Month(month))}-month-{contract}" if month else f"{meeting_on}-{meeting}"
    numbered = f"{kind}-{number}" if number else kind
    later = "" if edition == Edition.DRAFT else f"-{edition.replace(' ', '-')}"
    return f"{reference}/{occasion}/{numbered}-r{revision}{later}"


def _aside(token: str) -> Path:
    return Path(settings.PAPERS_DIR) / UNFINISHED / token


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
