"""A run is written to its end once: paper, files and the end of the run become true together, or not at all."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from reports.models import Meeting, Paper, PaperFile, PaperRun
from reports.render import Rendered
from reports.services import claims, papers, storage
from reports.services.papers import AttemptFailed
from reports.snapshot import BoardPaper, fingerprint, from_json
from tests.reports.cases import DRAFT_ON, FIRST, LAST, a_contract, a_meeting, a_run

pytestmark = pytest.mark.django_db

FORMATS = ("html", "csv")


@pytest.fixture(autouse=True)
def quick_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats of one and two small files; the real ones are tested where they are made."""
    monkeypatch.setattr(papers, "FORMATS", FORMATS)
    monkeypatch.setattr(papers, "render", print_quickly)


def print_quickly(paper: BoardPaper, format: str) -> tuple[Rendered, ...]:
    names = ("a.csv", "b.csv") if format == "csv" else ("paper.html",)
    return tuple(Rendered(name, f"{name}: {paper.headline}".encode()) for name in names)


@pytest.fixture
def run() -> PaperRun:
    contract = a_contract()
    return a_run(contract, a_meeting(contract))


def write(run: PaperRun) -> bool:
    try:
        return papers.write_paper(run.pk, on=DRAFT_ON)
    finally:
        run.refresh_from_db()


def visible_files() -> set[Path]:
    return {path for path in Path(settings.PAPERS_DIR).rglob("*") if path.is_file()}


def test_a_run_ends_with_its_paper_and_its_files(run: PaperRun) -> None:
    assert write(run)
    assert (run.state, run.stage, run.claim, run.error, run.attempts) == ("finished", "done", "", "", 1)
    paper = Paper.objects.get()
    assert (paper.run, paper.status, paper.review_from, paper.review_to) == (run, "draft", FIRST, LAST)
    assert paper.sha256 == fingerprint(paper.snapshot)
    assert from_json(paper.snapshot).headline == paper.headline
    assert {file.name: file.format for file in paper.files.all()} == {
        "a.csv": "csv",
        "b.csv": "csv",
        "paper.html": "html",
    }
    for file in paper.files.all():
        content = (settings.PAPERS_DIR / file.path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)


def test_a_run_that_is_over_is_not_written_again(run: PaperRun) -> None:
    write(run)
    assert not write(run)
    assert (Paper.objects.count(), PaperFile.objects.count(), run.attempts) == (1, 3, 1)


def test_who_lost_the_claim_stores_nothing_and_shows_nothing(run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    set_aside = storage.set_aside

    def lose_the_claim_meanwhile(*args: Any) -> None:
        set_aside(*args)
        PaperRun.objects.update(claim="another worker")

    monkeypatch.setattr(storage, "set_aside", lose_the_claim_meanwhile)
    assert not write(run)
    assert (run.state, run.claim) == ("running", "another worker")
    assert not Paper.objects.exists()
    assert visible_files() == set()


def test_what_goes_wrong_is_told_and_tried_again_until_the_last_attempt(
    run: PaperRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "render", raising(OSError("no space left on device")))
    for _ in range(settings.PAPER_ATTEMPTS - 1):
        with pytest.raises(AttemptFailed):
            write(run)
        assert run.state == "queued"
    assert not write(run)
    assert run.state == "failed"
    assert run.error == "It failed while writing the files: no space left on device (OSError)"
    assert visible_files() == set()


def test_an_attempt_that_worked_leaves_no_error_behind(run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(papers, "build_paper", raising(RuntimeError("not today")))
        with pytest.raises(AttemptFailed):
            write(run)
    assert "reading the figures" in run.error
    assert write(run)
    assert (run.error, run.attempts) == ("", 2)


def test_too_long_is_said_in_words(run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "render", raising(SoftTimeLimitExceeded()))
    with pytest.raises(AttemptFailed):
        write(run)
    assert run.error == "It failed while writing the files: it took longer than 570 seconds."


def test_a_meeting_that_was_cancelled_meanwhile_gets_no_paper(run: PaperRun) -> None:
    meeting = run.meeting
    meeting.status = Meeting.Status.CANCELLED
    meeting.save(update_fields=["status"])
    assert not write(run)
    assert (run.state, run.attempts) == ("failed", 1)
    assert run.error == "The meeting of 2018-03-29 was cancelled."


def test_without_verified_data_the_run_fails_at_once_with_the_reason() -> None:
    contract = a_contract(verified=())
    run = a_run(contract, a_meeting(contract))
    assert not write(run)
    assert (run.state, run.attempts) == ("failed", 1)
    assert "No month that ends before the meeting" in run.error


def test_files_that_an_uncommitted_attempt_left_are_replaced(run: PaperRun) -> None:
    left = settings.PAPERS_DIR / storage.folder_of(run) / "left.html"
    left.parent.mkdir(parents=True)
    left.write_text("half a paper")
    assert write(run)
    assert {path.name for path in visible_files()} == {"a.csv", "b.csv", "paper.html"}


def test_files_are_not_seen_before_they_are_all_there(run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[Path]] = []
    enter = claims.enter

    def look(claim: claims.Claim, stage: PaperRun.Stage) -> None:
        enter(claim, stage)
        seen.append(visible_files())

    monkeypatch.setattr(claims, "enter", look)
    monkeypatch.setattr(storage, "reveal", after(lambda: seen.append(visible_files()), storage.reveal))
    write(run)
    hidden = {path for path in seen[-1] if storage.UNFINISHED in path.parts}
    assert seen[:-1] == [set(), set()]
    assert {path.name for path in seen[-1]} == {"a.csv", "b.csv", "paper.html"}
    assert hidden == seen[-1]


def raising(error: Exception) -> Callable[..., None]:
    def fail(*args: object, **options: object) -> None:
        raise error

    return fail


def after(first: Callable[[], None], work: Callable[..., None]) -> Callable[..., None]:
    def both(*args: object) -> None:
        first()
        work(*args)

    return both
