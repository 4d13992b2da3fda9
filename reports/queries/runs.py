"""How far a paper is, and the paper itself once it is written."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from contracts.models import Contract
from contracts.readings import Reading
from contracts.rules.months import Month
from reports.models import Edition, Meeting, PaperRun
from reports.models.paper import Kind

Stage, State = PaperRun.Stage, PaperRun.State

STAGES: Final = (Stage.READING, Stage.RENDERING, Stage.STORING)


@dataclass(frozen=True, slots=True)
class PaperProgress:
    """
    How far a paper is: the run's state and stage as they stand, and ``words`` for people.

    Nobody has started it where ``state`` is ``None``. ``headline`` and ``files`` are those of the written paper.
    """

    state: str | None = None
    stage: str = Stage.WAITING
    words: str = "Not started"
    attempts: int = 0
    error: str = ""
    paper_id: int | None = None
    headline: str = ""
    files: tuple[Path, ...] = ()

    @property
    def is_finished(self) -> bool:
        return self.state == State.FINISHED

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def is_under_way(self) -> bool:
        """Whether looking again in a moment may tell more."""
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def steps_done(self) -> int:
        """Of the three steps reading, writing and storing, how many are behind it."""
        if self.is_finished:
            return len(STAGES)
        return STAGES.index(Stage(self.stage)) if self.stage in STAGES else 0


def paper_progress(
    reference: str, meeting_on: date | None, kind: str = Kind.REPORT, month: Month | None = None
) -> PaperProgress:
    """How far the newest revision of a contract's paper for the meeting of a day, or for a month, is. Two queries."""
    runs = PaperRun.objects.filter(contract__reference=reference, month=month, kind=kind, edition=Edition.DRAFT)
    if meeting_on is not None:
        runs = runs.filter(meeting__meeting_on=meeting_on)
    return _with_files(runs.select_related("paper").order_by("-revision").first())


def progress_of(
    contract: Contract, meeting: Meeting | None, kind: str = Kind.REPORT, month: Month | None = None
) -> PaperProgress:
    """How far the newest revision of a paper is. Two queries."""
    return _with_files(PaperRun.objects.of(contract, meeting, kind, month).select_related("paper").first())


def progress_in(run: PaperRun | None) -> PaperProgress:
    """How far a run is, read with its paper if it has one; its files are not asked for."""
    if run is None:
        return PaperProgress()
    paper = run.paper if run.state == State.FINISHED else None
    return PaperProgress(
        state=run.state,
        stage=run.stage,
        words=_words(run),
        attempts=run.attempts,
        error=run.error,
        paper_id=paper.pk if paper else None,
        headline=paper.headline if paper else "",
    )


def read_progress(contract: Contract, meeting: Meeting) -> Reading[dict[str, PaperProgress]]:
    """The same of every kind of paper of a meeting that anybody had written, by kind; without files. One step."""
    runs = PaperRun.objects.filter(contract=contract, meeting=meeting).order_by("-number", "-revision")
    (rows,) = yield (runs.select_related("paper").defer("paper__snapshot", "paper__exempt_snapshot"),)
    found: dict[str, PaperProgress] = {run.kind: PaperProgress() for run in rows}
    drafts = [run for run in rows if run.edition == Edition.DRAFT and run.month is None]
    return found | {run.kind: progress_in(run) for run in reversed(drafts)}


def _with_files(run: PaperRun | None) -> PaperProgress:
    progress = progress_in(run)
    if run is None or not progress.is_finished:
        return progress
    files = tuple(settings.PAPERS_DIR / file.path for file in run.paper.files.order_by("pk"))
    return replace(progress, files=files)


def _words(run: PaperRun) -> str:
    match run.state:
        case State.FINISHED:
            return "Written"
        case State.FAILED:
            return "Could not be written"
        case State.RUNNING:
            begun = Stage(run.stage).label.capitalize()
            return begun if run.attempts == 1 else f"{begun} (attempt {run.attempts} of {settings.PAPER_ATTEMPTS})"
    return "Waiting for a worker" if not run.attempts else "Waiting to be tried again"
