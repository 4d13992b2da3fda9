"""A stored paper or file that was changed behind our back is found."""

import hashlib
from pathlib import Path

import pytest
from pytest_django import Settings

from reports.models import Paper, PaperFile
from reports.queries.integrity import damaged_papers
from reports.snapshot import fingerprint
from tests.reports.cases import a_contract, a_meeting, a_month_run, a_paper, a_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings: Settings, tmp_path: Path) -> Path:
    """The one file of an unharmed paper."""
    settings.PAPERS_DIR = tmp_path
    contract = a_contract()
    paper = a_paper(a_run(contract, a_meeting(contract), state="finished"), snapshot="{}", sha256=fingerprint("{}"))
    path = tmp_path / paper.files.get().path
    path.parent.mkdir()
    path.write_bytes(b"as stored")
    PaperFile.objects.update(sha256=hashlib.sha256(b"as stored").hexdigest())
    return path


def test_unharmed_papers_are_not_mentioned(stored: Path) -> None:
    assert list(damaged_papers()) == []


def test_a_changed_file_is_named(stored: Path) -> None:
    stored.write_bytes(b"as changed")
    assert list(damaged_papers()) == ["CSS/report.html: was changed after it was stored"]


def test_a_missing_file_is_named(stored: Path) -> None:
    stored.unlink()
    assert list(damaged_papers()) == ["CSS/report.html: cannot be read (No such file or directory)"]


def test_a_changed_snapshot_is_named(stored: Path) -> None:
    Paper.objects.update(snapshot='{"headline": "Another one"}')
    assert list(damaged_papers()) == ["CSS 2018-03-29 report r1: the snapshot was changed after it was stored"]


def test_a_changed_snapshot_of_a_month_is_named_by_its_month(stored: Path) -> None:
    run = a_month_run(Paper.objects.get().contract, state="finished")
    Paper.objects.update(sha256=fingerprint("{}"), meeting=None, month=run.month, kind="operational", snapshot="[]")
    assert list(damaged_papers()) == ["CSS 2018-02 operational r1: the snapshot was changed after it was stored"]
