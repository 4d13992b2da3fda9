"""How far a paper is, in words that a page can show."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from contracts.rules.months import add_months
from reports.queries import paper_progress
from reports.queries.runs import progress_of
from tests.reports.cases import FEBRUARY, MEETING_ON, a_contract, a_meeting, a_month_run, a_paper, a_run

pytestmark = pytest.mark.django_db


def test_a_paper_that_nobody_started_says_so() -> None:
    contract = a_contract()
    progress = progress_of(contract, a_meeting(contract))
    assert (progress.state, progress.words) == (None, "Not started")
    assert not progress.is_under_way


@pytest.mark.parametrize(
    ("fields", "words", "steps_done"),
    [
        ({}, "Waiting for a worker", 0),
        ({"attempts": 1}, "Waiting to be tried again", 0),
        ({"state": "running", "stage": "reading", "attempts": 1}, "Reading the figures", 0),
        ({"state": "running", "stage": "rendering", "attempts": 1}, "Writing the files", 1),
        ({"state": "running", "stage": "storing", "attempts": 2}, "Storing the paper (attempt 2 of 3)", 2),
    ],
)
def test_a_paper_under_way_says_where_it_is(fields: dict[str, object], words: str, steps_done: int) -> None:
    contract = a_contract()
    meeting = a_meeting(contract)
    a_run(contract, meeting, claim="mine", heartbeat_at=timezone.now(), **fields)
    progress = progress_of(contract, meeting)
    assert progress.is_under_way
    assert (progress.words, progress.steps_done) == (words, steps_done)


def test_a_paper_that_failed_says_why() -> None:
    contract = a_contract()
    a_run(contract, a_meeting(contract), state="failed", error="The disk is full.")
    progress = paper_progress("CSS", MEETING_ON)
    assert progress.is_failed
    assert progress.error == "The disk is full."


def test_a_written_paper_shows_its_headline_and_its_files(settings: Settings) -> None:
    settings.PAPERS_DIR = Path("/papers")
    contract = a_contract()
    meeting = a_meeting(contract)
    run = a_run(contract, meeting, state="finished")
    paper = a_paper(run)
    progress = paper_progress("CSS", MEETING_ON)
    assert progress.is_finished
    assert (progress.paper_id, progress.headline, progress.steps_done) == (paper.pk, "No KPI failed.", 3)
    assert progress.files == (Path("/papers/CSS/report.html"),)


def test_each_kind_and_each_month_has_a_progress_of_its_own() -> None:
    contract = a_contract()
    meeting = a_meeting(contract)
    a_run(contract, meeting)
    a_run(contract, meeting, kind="projects", state="failed", error="The disk is full.")
    a_month_run(contract)
    assert progress_of(contract, meeting, "projects").is_failed
    assert paper_progress("CSS", MEETING_ON, "projects").error == "The disk is full."
    assert progress_of(contract, None, "operational", FEBRUARY).words == "Waiting for a worker"
    assert paper_progress("CSS", None, "operational", FEBRUARY).is_under_way
    assert paper_progress("CSS", None, "operational", add_months(FEBRUARY, 1)).state is None
