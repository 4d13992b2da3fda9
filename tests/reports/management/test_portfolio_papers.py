"""The papers about projects by hand: which meeting or month they are for is asked in plain words."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from pytest_django import Settings

from contracts.models import Contract
from reports.build import build_operational_report
from reports.models import Paper, PaperRun
from reports.services import editions, news
from reports.snapshot import from_json, to_json
from tests import builders
from tests.reports.cases import DRAFT_ON, FEBRUARY, FEBRUARY_DUE_ON, MEETING_ON, a_contract, a_meeting, a_project
from tests.reports.management.conftest import Run, as_json

MEETING = ("--meeting", MEETING_ON.isoformat())
MONTH = ("--month", "2018-02")
PROJECTS = ("--kind", "projects")
OPERATIONAL = ("--kind", "operational")


@pytest.fixture(autouse=True)
def one_small_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "render_all", as_json)
    monkeypatch.setattr(news, "_send", lambda run_id: None)


@pytest.fixture
def contract(db: None) -> Contract:
    contract = a_contract(verified=())
    a_project(contract)
    return contract


def printed(run_command: Run, *which: str) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(run_command("paper", "CSS", *which, "--format", "json", "-o", "-"))
    return given


def test_the_projects_paper_is_printed_as_it_stands(run_command: Run, contract: Contract) -> None:
    meeting = a_meeting(contract)
    paper = builders.with_words(builders.built_projects_paper(contract, meeting, on=DRAFT_ON), contract, meeting)
    assert printed(run_command, *MEETING, *PROJECTS) == json.loads(to_json(paper))


def test_a_months_report_is_printed_as_of_the_day_it_was_due(run_command: Run, contract: Contract) -> None:
    paper = build_operational_report(contract, FEBRUARY, on=FEBRUARY_DUE_ON)
    assert printed(run_command, *MONTH, *OPERATIONAL) == json.loads(to_json(paper))


@pytest.mark.parametrize("which", [(*MEETING, *PROJECTS), (*MONTH, *OPERATIONAL)], ids=["projects", "operational"])
def test_they_are_written_here_and_now_and_stay_when_they_are_asked_for_again(
    which: tuple[str, ...], run_command: Run, contract: Contract, settings: Settings
) -> None:
    a_meeting(contract)
    headline, path = run_command("write_paper", "CSS", *which).decode().splitlines()
    paper = Paper.objects.get()
    assert (paper.kind, paper.headline) == (which[-1], headline)
    assert Path(path) == settings.PAPERS_DIR / paper.files.get().path
    assert from_json(Path(path).read_text()).kind == which[-1]
    assert run_command("write_paper", "CSS", *which).decode().splitlines() == [headline, path]
    assert (Paper.objects.count(), PaperRun.objects.count()) == (1, 1)


def test_what_is_due_of_all_kinds_is_started(run_command: Run, contract: Contract) -> None:
    meeting = a_meeting(contract)
    told = run_command("start_due_papers").decode().splitlines()
    assert told[0].startswith(f"CSS, {meeting}: No month")
    assert told[1:] == ["2 started, 1 due but not possible yet."]
    assert set(PaperRun.objects.values_list("kind", "meeting", "month")) == {
        ("projects", meeting.pk, None),
        ("operational", None, FEBRUARY),
    }


@pytest.mark.parametrize("command", [("paper", "CSS", "--format", "json", "-o", "-"), ("write_paper", "CSS")])
@pytest.mark.parametrize(
    ("which", "refusal"),
    [
        ((), "The exception report is for a meeting: say which with --meeting, as 2018-03-29."),
        (PROJECTS, "The projects paper is for a meeting: say which with --meeting"),
        ((*PROJECTS, *MEETING, *MONTH), "The projects paper is for a meeting, not for a month: leave out --month."),
        (MONTH, "The exception report is for a meeting, not for a month: leave out --month."),
        (OPERATIONAL, "The operational project report is for a month: say which with --month, as 2018-02."),
        ((*OPERATIONAL, *MEETING), "is for a month, not for a meeting: leave out --meeting and --board."),
        ((*OPERATIONAL, *MONTH, "--board", "Scrutiny Board"), "not for a meeting: leave out --meeting and --board."),
        ((*OPERATIONAL, "--month", "2018-03"), "March 2018 has not ended yet: there is no operational report of it."),
        ((*OPERATIONAL, "--month", "2015-03"), "The months of CSS lie between 2015-04 and 2018-02: 2015-03 does not."),
        ((*OPERATIONAL, "--month", "soon"), "'soon' is not a month"),
        (("--kind", "addendum", *MEETING), "has not gone to the clerk: what is new belongs in the report itself."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_does_not_go_together_is_refused_and_leaves_nothing(
    command: tuple[str, ...], which: tuple[str, ...], refusal: str, run_command: Run, contract: Contract
) -> None:
    a_meeting(contract)
    with pytest.raises(CommandError, match=refusal):
        run_command(*command, *which)
    assert not PaperRun.objects.exists()
