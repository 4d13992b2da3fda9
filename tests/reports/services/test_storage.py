"""The papers' folder holds what papers and unfinished runs own; whatever else looks like a paper's is removed."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from reports.models import PaperFile, PaperRun
from reports.services import papers, storage
from reports.services.storage import PrintedFile
from tests.reports.cases import DRAFT_ON, FIRST, LAST, a_contract, a_meeting, a_month_run, a_paper, a_run

PATIENCE_SECONDS = 10


@pytest.fixture(params=["report", "operational"])
def run(request: pytest.FixtureRequest) -> PaperRun:
    """A run of a meeting's paper, and one of a month's."""
    contract = a_contract()
    return a_month_run(contract) if request.param == "operational" else a_run(contract, a_meeting(contract))


def reveal(run: PaperRun) -> Path:
    """The folder of a run whose files have appeared."""
    storage.set_aside("mine", [PrintedFile("html", "paper.html", b"a paper")])
    storage.reveal("mine", storage.folder_of(run))
    return Path(settings.PAPERS_DIR) / storage.folder_of(run)


def store(run: PaperRun) -> Path:
    """The folder of a run whose paper is stored."""
    PaperRun.objects.filter(pk=run.pk).update(state=PaperRun.State.FINISHED)
    a_paper(run)
    PaperFile.objects.update(path=f"{storage.folder_of(run)}/paper.html")
    return reveal(run)


@pytest.mark.django_db
def test_files_of_a_run_that_was_given_up_before_its_commit_are_removed(
    run: PaperRun, caplog: pytest.LogCaptureFixture
) -> None:
    folder = reveal(run)
    PaperRun.objects.update(state=PaperRun.State.FAILED)
    assert papers.reconcile(on=DRAFT_ON, now=timezone.now()).swept == 1
    assert not folder.exists()
    assert storage.folder_of(run) in caplog.text


@pytest.mark.django_db
def test_files_of_a_run_that_was_taken_back_are_removed(run: PaperRun) -> None:
    folder = reveal(run)
    run.delete()
    assert storage.sweep() == 1
    assert not folder.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["queued", "running"])
def test_files_of_an_unfinished_run_stay(state: str, run: PaperRun) -> None:
    folder = reveal(run)
    PaperRun.objects.update(state=state, claim="mine", heartbeat_at=timezone.now())
    assert storage.sweep() == 0
    assert (folder / "paper.html").exists()


@pytest.mark.django_db
def test_a_stored_paper_stays_whatever_people_change_about_its_contract_and_meeting(run: PaperRun) -> None:
    folder = store(run)
    assert storage.sweep() == 0
    run.contract.reference = "ANOTHER"
    run.contract.save(update_fields=["reference"])
    if run.meeting:
        run.meeting.meeting_on = DRAFT_ON
        run.meeting.save(update_fields=["meeting_on"])
    assert storage.sweep() == 0
    assert (folder / "paper.html").exists()


@pytest.mark.django_db
def test_files_beside_another_contracts_paper_are_removed(run: PaperRun) -> None:
    stored = store(run)
    failed, imt = PaperRun.State.FAILED, a_contract("IMT")
    other = a_run(imt, run.meeting, state=failed) if run.meeting else a_month_run(imt, state=failed)
    stray = reveal(other)
    assert storage.sweep() == 1
    assert (stored.exists(), stray.exists()) == (True, False)


@pytest.mark.django_db
def test_the_reports_of_two_months_and_the_papers_of_two_meetings_lie_apart() -> None:
    contract = a_contract()
    months = [a_month_run(contract, month) for month in (FIRST, LAST)]
    meetings = [a_run(contract, a_meeting(contract, board=name)) for name in ("One Board", "Another Board")]
    projects = [a_run(contract, run.meeting, kind="projects") for run in meetings]
    folders = {storage.folder_of(run) for run in (*months, *meetings, *projects)}
    assert len(folders) == 6
    assert all(storage.PAPER_FOLDER.fullmatch(folder) for folder in folders)
    assert f"CSS/2017-11-month-{contract.pk}/operational-r1" in folders


@pytest.mark.django_db
def test_what_is_none_of_ours_stays(run: PaperRun) -> None:
    names = ("backup/2018-03-29/report-r1", "CSS/2018-02/operational-r1", "CSS/notes/by hand")
    strangers = [Path(settings.PAPERS_DIR) / name for name in names]
    for stranger in strangers:
        stranger.mkdir(parents=True)
    assert storage.sweep() == 0
    assert all(stranger.exists() for stranger in strangers)


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_is_being_stored_while_others_sweep_keeps_its_files(run: PaperRun) -> None:
    """The run starts anew after the sweeper has looked, and its files appear before the commit."""
    PaperRun.objects.update(state=PaperRun.State.FAILED)
    stray = reveal(run)
    is_stored, is_sweeping = Event(), Event()
    places = storage._places

    def look_and_wait() -> list[re.Match[str]]:
        found = list(places())
        is_sweeping.set()
        assert is_stored.wait(PATIENCE_SECONDS)
        return found

    def sweep() -> int:
        try:
            return storage.sweep()
        finally:
            connection.close()

    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(1) as sweeper:
        patched.setattr(storage, "_places", look_and_wait)
        swept = sweeper.submit(sweep)
        assert is_sweeping.wait(PATIENCE_SECONDS)
        with transaction.atomic():
            storage.lock(run.meeting_id) if run.meeting_id else storage.lock_months(run.contract_id)
            is_stored.set()
            store(run)
        assert swept.result() == 0
    assert (stray / "paper.html").exists()
