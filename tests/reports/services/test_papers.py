"""A run is written to its end once: paper, files and the end of the run become true together, or not at all."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from contracts.rules.months import add_months
from kpis.models import Result, Return
from reports.models import Meeting, Paper, PaperFile, PaperRun, ReviewPeriod
from reports.models.paper import Kind
from reports.services import claims, drafts, editions, papers, storage
from reports.services.papers import AttemptFailed, PaperRefused
from reports.snapshot import fingerprint, from_json
from tests.reports.cases import (
    DRAFT_ON,
    FIRST,
    LAST,
    MEETING_ON,
    a_contract,
    a_meeting,
    a_month_run,
    a_project,
    a_run,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def run() -> PaperRun:
    contract = a_contract()
    return a_run(contract, a_meeting(contract))


@pytest.fixture(params=["report", "projects", "operational"])
def any_run(request: pytest.FixtureRequest) -> PaperRun:
    """A run of each kind of paper, of a contract that has a project."""
    contract = a_contract()
    a_project(contract)
    return (
        a_month_run(contract)
        if request.param == "operational"
        else a_run(contract, a_meeting(contract), kind=request.param)
    )


def write(run: PaperRun) -> bool:
    try:
        return papers.write_paper(run.pk, on=DRAFT_ON)
    finally:
        run.refresh_from_db()


def visible_files() -> set[Path]:
    return {path for path in Path(settings.PAPERS_DIR).rglob("*") if path.is_file()}


def test_a_run_ends_with_its_paper_and_its_files(any_run: PaperRun) -> None:
    assert write(any_run)
    run, paper = any_run, Paper.objects.get()
    assert (run.state, run.stage, run.claim, run.error, run.attempts) == ("finished", "done", "", "", 1)
    assert (paper.run, paper.status) == (run, "draft")
    assert (paper.contract, paper.meeting, paper.month, paper.kind) == (run.contract, run.meeting, run.month, run.kind)
    assert from_json(paper.snapshot).kind == any_run.kind
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


def test_a_run_that_is_over_is_not_written_again(any_run: PaperRun) -> None:
    write(any_run)
    assert not write(any_run)
    assert (Paper.objects.count(), PaperFile.objects.count(), any_run.attempts) == (1, 3, 1)


def test_who_lost_the_claim_stores_nothing_and_shows_nothing(
    any_run: PaperRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_aside = storage.set_aside

    def lose_the_claim_meanwhile(*args: Any) -> None:
        set_aside(*args)
        PaperRun.objects.update(claim="another worker")

    monkeypatch.setattr(storage, "set_aside", lose_the_claim_meanwhile)
    assert not write(any_run)
    assert (any_run.state, any_run.claim) == ("running", "another worker")
    assert not Paper.objects.exists()
    assert visible_files() == set()


def test_what_goes_wrong_is_told_and_tried_again_until_the_last_attempt(
    any_run: PaperRun, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PAPER_RETRY_SECONDS = 0
    monkeypatch.setattr(editions, "render_all", raising(OSError("no space left on device")))
    for _ in range(settings.PAPER_ATTEMPTS - 1):
        with pytest.raises(AttemptFailed):
            write(any_run)
        assert any_run.state == "queued"
    assert not write(any_run)
    assert (any_run.state, any_run.due_on) == ("failed", DRAFT_ON + timedelta(days=1))
    assert any_run.error == "It failed while writing the files: no space left on device (OSError)"
    assert visible_files() == set()


def test_an_attempt_that_worked_leaves_no_error_behind(
    run: PaperRun, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PAPER_RETRY_SECONDS = 0
    with monkeypatch.context() as broken:
        broken.setattr(editions, "draft_paper", raising(RuntimeError("not today")))
        with pytest.raises(AttemptFailed):
            write(run)
    assert "reading the figures" in run.error
    assert write(run)
    assert (run.error, run.attempts) == ("", 2)


def test_too_long_is_said_in_words(run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "render_all", raising(SoftTimeLimitExceeded()))
    with pytest.raises(AttemptFailed):
        write(run)
    assert run.error == "It failed while writing the files: it took longer than 570 seconds."


def test_a_meeting_that_was_cancelled_meanwhile_gets_no_paper_until_it_is_planned_again(
    run: PaperRun, caplog: pytest.LogCaptureFixture
) -> None:
    set_status(run.meeting, Meeting.Status.CANCELLED)
    with pytest.raises(PaperRefused, match="The meeting of 2018-03-29 was cancelled"):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not PaperRun.objects.exists()
    assert "was cancelled" in caplog.text
    assert papers.start_due(on=DRAFT_ON, now=timezone.now()).run_ids == ()
    set_status(run.meeting, Meeting.Status.PLANNED)
    (again,) = papers.start_due(on=DRAFT_ON, now=timezone.now()).run_ids
    assert papers.write_paper(again, on=DRAFT_ON)


def test_a_meeting_that_is_cancelled_while_its_files_are_written_gets_no_paper(
    run: PaperRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = partial(set_status, run.meeting, Meeting.Status.CANCELLED)
    monkeypatch.setattr(storage, "set_aside", after(cancel, storage.set_aside))
    with pytest.raises(PaperRefused):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not Paper.objects.exists()
    assert not PaperRun.objects.exists()
    assert visible_files() == set()


def test_months_that_were_reopened_meanwhile_are_written_once_they_are_verified_again(run: PaperRun) -> None:
    Return.objects.update(state=Return.State.OPEN)
    with pytest.raises(PaperRefused, match="No month that ends before the meeting"):
        papers.write_paper(run.pk, on=DRAFT_ON)
    assert not PaperRun.objects.exists()
    assert str(papers.start_due(on=DRAFT_ON, now=timezone.now())) == "0 started, 1 due but not possible yet"
    Return.objects.update(state=Return.State.VERIFIED)
    (again,) = papers.start_due(on=DRAFT_ON, now=timezone.now()).run_ids
    assert papers.write_paper(again, on=DRAFT_ON)


def test_an_addendum_to_a_report_that_is_not_frozen_is_refused(run: PaperRun) -> None:
    write(run)
    addendum = a_run(run.contract, run.meeting, kind=Kind.ADDENDUM, number=1, of=run.paper)
    with pytest.raises(PaperRefused):
        papers.write_paper(addendum.pk, on=DRAFT_ON)
    assert list(PaperRun.objects.all()) == [run]
    assert Paper.objects.get() == run.paper


@pytest.mark.parametrize(
    ("on", "known_on"), [(DRAFT_ON, DRAFT_ON), (MEETING_ON, MEETING_ON), (date(2018, 9, 3), MEETING_ON)]
)
def test_a_paper_knows_nothing_that_came_after_its_meeting(on: date, known_on: date, run: PaperRun) -> None:
    papers.write_paper(run.pk, on=on)
    assert from_json(Paper.objects.get().snapshot).made_on == known_on


def test_the_months_a_paper_judged_are_kept_with_their_history(run: PaperRun) -> None:
    write(run)
    kept = ReviewPeriod.objects.get()
    assert (kept.contract, kept.meeting) == (run.contract, run.meeting)
    assert (kept.review_from, kept.review_to) == (FIRST, LAST)
    assert kept.history.count() == 1


def test_months_that_people_set_stay_as_they_set_them(run: PaperRun) -> None:
    assert run.meeting
    ReviewPeriod.objects.create(contract=run.contract, meeting=run.meeting, review_from=LAST, review_to=LAST)
    write(run)
    kept = ReviewPeriod.objects.get()
    assert (kept.review_from, kept.review_to, kept.history.count()) == (LAST, LAST, 1)


def test_a_paper_that_could_not_be_stored_leaves_no_months_behind(
    run: PaperRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "reveal", raising(OSError("no space left on device")))
    with pytest.raises(AttemptFailed):
        write(run)
    assert not ReviewPeriod.objects.exists()


def test_the_next_paper_begins_after_this_one_and_says_when_nothing_is_newer(run: PaperRun) -> None:
    write(run)
    april = a_run(run.contract, a_meeting(run.contract, on=date(2018, 4, 26)))
    write(april)
    paper = from_json(april.paper.snapshot)
    assert (paper.review.from_, paper.review.to, paper.review.is_repeat) == (LAST, LAST, True)
    assert "othing newer has been verified since the last paper" in paper.headline
    assert paper.since_last.last_meeting_on == MEETING_ON
    again = drafts.draft_paper(run.contract, april.meeting, on=DRAFT_ON, kind=Kind.REPORT, revision=1)
    assert again.review == paper.review


def test_the_next_paper_judges_what_was_verified_since(run: PaperRun) -> None:
    write(run)
    february = add_months(LAST, 1)
    Result.objects.create(kpi=run.contract.kpis.get(), month=february, value=80)
    Return.objects.create(service_area=run.contract.service_areas.get(), month=february, state=Return.State.VERIFIED)
    april = a_run(run.contract, a_meeting(run.contract, on=date(2018, 4, 26)))
    write(april)
    paper = from_json(april.paper.snapshot)
    assert (paper.review.from_, paper.review.to, paper.review.is_repeat) == (february, february, False)


def test_files_that_an_uncommitted_attempt_left_are_replaced(any_run: PaperRun) -> None:
    left = settings.PAPERS_DIR / storage.folder_of(any_run) / "left.html"
    left.parent.mkdir(parents=True)
    left.write_text("half a paper")
    assert write(any_run)
    assert {path.name for path in visible_files()} == {"a.csv", "b.csv", "paper.html"}


def test_files_are_not_seen_before_they_are_all_there(any_run: PaperRun, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[Path]] = []
    enter = claims.enter

    def look(claim: claims.Claim, stage: PaperRun.Stage) -> None:
        enter(claim, stage)
        seen.append(visible_files())

    monkeypatch.setattr(claims, "enter", look)
    monkeypatch.setattr(storage, "reveal", after(lambda: seen.append(visible_files()), storage.reveal))
    write(any_run)
    hidden = {path for path in seen[-1] if storage.UNFINISHED in path.parts}
    assert seen[:-1] == [set(), set()]
    assert {path.name for path in seen[-1]} == {"a.csv", "b.csv", "paper.html"}
    assert hidden == seen[-1]


def set_status(meeting: Meeting | None, status: str) -> None:
    assert meeting
    meeting.status = status
    meeting.save(update_fields=["status"])


def raising(error: Exception) -> Callable[..., None]:
    def fail(*args: object, **options: object) -> None:
        raise error

    return fail


def after(first: Callable[[], None], work: Callable[..., None]) -> Callable[..., None]:
    def both(*args: object) -> None:
        first()
        work(*args)

    return both
