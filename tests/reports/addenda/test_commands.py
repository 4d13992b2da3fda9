"""`paper --kind addendum` prints the last addendum or the one named; `write_paper` writes the next one."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from contracts.services import set_demonstration_day
from reports.models import FrozenPaper, Paper
from reports.queries.addenda import due_addenda
from tests.reports.addenda.cases import (
    MEETING_ON,
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    addendum_runs,
    frozen,
    verified,
)

WHICH = ("TST", "--meeting", MEETING_ON.isoformat(), "--kind", "addendum")


@pytest.fixture
def report(db: None) -> FrozenPaper:
    """With the clerk; February is verified since, and that is today."""
    set_demonstration_day(on=VERIFIED_ON)
    contract = a_contract()
    report = a_frozen_report(contract, a_meeting(contract), a_person(contract))
    verified(contract.service_areas.get(), "2018-02")
    return report


def printed(tmp_path: Path, *more: str) -> dict[str, Any]:
    target = tmp_path / "paper.json"
    call_command("paper", *WHICH, *more, "--format", "json", "-o", str(target))
    found: dict[str, Any] = json.loads(target.read_text())
    return found


@pytest.mark.parametrize("more", [(), ("--number", "1")])
def test_the_first_is_printed_as_a_draft_before_anybody_has_written_it(
    report: FrozenPaper, tmp_path: Path, more: tuple[str, ...]
) -> None:
    paper = printed(tmp_path, *more)
    assert (paper["kind"], paper["number"], paper["status"]) == ("addendum", 1, "draft")
    assert paper["review"]["from"] == paper["review"]["to"] == "2018-02"
    assert not Paper.objects.filter(kind="addendum").exists()


@pytest.mark.parametrize("number", ["0", "2", "7"])
def test_a_number_that_nobody_bears_is_refused(report: FrozenPaper, tmp_path: Path, number: str) -> None:
    with pytest.raises(CommandError, match=f"There is no addendum {number}"):
        printed(tmp_path, "--number", number)


def test_a_report_has_no_number(report: FrozenPaper, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="leave out --number"):
        call_command(
            "paper",
            "TST",
            "--meeting",
            MEETING_ON.isoformat(),
            "--number",
            "1",
            "--format",
            "json",
            "-o",
            str(tmp_path),
        )


@pytest.mark.usefixtures("quick_print", "sent", "papers_folder")
def test_the_next_one_is_written_here_and_now(report: FrozenPaper, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("write_paper", *WHICH)
    assert addendum_runs() == [(1, 1, "finished")]
    assert "February 2018: no KPI failed." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Addendum 1 is a draft already"):
        call_command("write_paper", *WHICH)
    assert due_addenda(VERIFIED_ON) == ()


@pytest.mark.usefixtures("quick_print", "sent", "papers_folder")
def test_the_published_one_is_printed_as_it_was_frozen(report: FrozenPaper, tmp_path: Path) -> None:
    call_command("write_paper", *WHICH)
    paper = Paper.objects.get(kind="addendum")
    paper.snapshot = paper.snapshot.replace('"status": "draft"', '"status": "published"')
    frozen(paper, report.frozen_by, status="published")
    report.paper.contract.service_areas.get().returns.update(state="open")
    assert printed(tmp_path)["status"] == "published"
