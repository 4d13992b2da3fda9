"""``paper`` prints the published paper as it was frozen, and otherwise a draft of the data as they stand."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from contracts.models import Contract
from contracts.services import set_demonstration_day
from reports.models import Meeting
from reports.render import FORMATS, render, render_csv_single
from reports.services.drafts import draft_paper
from reports.snapshot import BoardPaper, fingerprint, to_json
from tests.builders import issued
from tests.people import person
from tests.reports.cases import DRAFT_ON, MEETING_ON, a_contract, a_meeting, a_paper, a_run
from tests.reports.management.conftest import Run

MEETING = MEETING_ON.isoformat()


def as_drafted(contract: Contract) -> BoardPaper:
    """What the command prints for the meeting that is made here."""
    return draft_paper(contract, a_meeting(contract), on=DRAFT_ON, kind="report", revision=1)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written_to_the_file_that_was_asked_for(format: str, run_command: Run, tmp_path: Path) -> None:
    contract = a_contract()
    paper = as_drafted(contract)
    target = tmp_path / f"paper.{format}"
    run_command("paper", "CSS", "--meeting", MEETING, "--format", format, "-o", str(target))
    assert target.read_bytes() == render(paper, format)[0].content
    assert [path for path in tmp_path.iterdir() if path.is_file()] == [target]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_folder_takes_every_file_under_its_own_name(format: str, run_command: Run, tmp_path: Path) -> None:
    contract = a_contract()
    files = render(as_drafted(contract), format)
    run_command("paper", "CSS", "--meeting", MEETING, "--format", format, "-o", str(tmp_path))
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert written == {file.name: file.content for file in files}


@pytest.mark.parametrize("format", ["csv", "html"])
def test_a_name_that_ends_as_a_folders_does_is_a_folder_and_is_made(
    format: str, run_command: Run, tmp_path: Path
) -> None:
    contract = a_contract()
    files = render(as_drafted(contract), format)
    folder = tmp_path / "new" / "folder"
    run_command("paper", "CSS", "--meeting", MEETING, "--format", format, "-o", f"{folder}/")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {file.name: file.content for file in files}


def test_csv_in_one_file_is_that_file_and_no_other(run_command: Run, tmp_path: Path) -> None:
    contract = a_contract()
    paper = as_drafted(contract)
    target = tmp_path / "figures without an ending"
    run_command("paper", "CSS", "--meeting", MEETING, "--format", "csv", "-o", str(target))
    assert target.read_bytes() == render_csv_single(paper).content
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("format", ["csv", "pdf"])
def test_a_dash_is_standard_output_even_where_a_folder_has_that_name(
    format: str, run_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").mkdir()
    contract = a_contract()
    paper = as_drafted(contract)
    out = run_command("paper", "CSS", "--meeting", MEETING, "--format", format, "-o", "-")
    assert out == (render_csv_single(paper) if format == "csv" else render(paper, format)[0]).content
    assert list((tmp_path / "-").iterdir()) == []


def test_an_addendum_without_a_frozen_report_is_refused_and_nothing_written(run_command: Run, tmp_path: Path) -> None:
    a_meeting(a_contract())
    target = tmp_path / "paper.json"
    with pytest.raises(CommandError, match="report"):
        run_command("paper", "CSS", "--meeting", MEETING, "--kind", "addendum", "--format", "json", "-o", str(target))
    assert not target.exists()


def test_a_cancelled_meeting_has_no_paper_and_the_refusal_says_so(run_command: Run) -> None:
    a_meeting(a_contract(), status="cancelled")
    with pytest.raises(CommandError, match="The meeting of 2018-03-29 was cancelled"):
        printed(run_command)


@pytest.mark.parametrize(("today", "known_on"), [(DRAFT_ON, DRAFT_ON), (date(2018, 9, 3), MEETING_ON)])
def test_a_past_meeting_is_told_what_was_known_on_its_day(today: date, known_on: date, run_command: Run) -> None:
    contract = a_contract()
    meeting = a_meeting(contract, status="held")
    set_demonstration_day(on=today)
    assert printed(run_command) == json.loads(
        to_json(draft_paper(contract, meeting, on=known_on, kind="report", revision=1))
    )


def test_a_stored_draft_may_be_out_of_date_so_the_paper_is_built_afresh(run_command: Run) -> None:
    contract = a_contract()
    run = a_run(contract, a_meeting(contract), revision=2, state="finished")
    a_paper(run, snapshot="{}", sha256=fingerprint("{}"))
    paper = printed(run_command)
    assert (paper["status"], paper["revision"]) == ("draft", 2)
    assert paper["headline"].startswith("No KPI failed between November 2017 and January 2018.")


def test_a_published_paper_is_printed_as_it_was_frozen(run_command: Run) -> None:
    contract = a_contract()
    draft = to_json(as_drafted(contract))
    run = a_run(contract, Meeting.objects.get(), state="finished")
    clerk = person("clerk@example.org", "Clerk")
    paper = issued.published(
        a_paper(run, snapshot=draft, sha256=fingerprint(draft)), clerk, clerk, datetime(2018, 3, 20, 9, tzinfo=UTC)
    )
    contract.title = "Another title"
    contract.save(update_fields=["title"])
    assert printed(run_command) == json.loads(draft) | {"status": "published"}
    assert printed(run_command) == json.loads(paper.frozen.get().snapshot.text)


def test_only_an_addendum_or_a_slip_is_asked_for_by_number(run_command: Run) -> None:
    a_meeting(a_contract())
    with pytest.raises(CommandError, match="leave out --number"):
        printed(run_command, "--number", "1")


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("XYZ", "--meeting", MEETING), "There is no contract 'XYZ'. There is: CSS."),
        (("CSS", "--meeting", "2018-03-30"), f"There are meetings on: {MEETING}."),
        (("CSS", "--meeting", "29/03/2018"), "'29/03/2018' is not a day; write it as 2018-03-29"),
        (("CSS", "--meeting", MEETING, "--board", "Cabinet"), "There is no meeting of Cabinet about CSS"),
    ],
)
def test_a_paper_that_does_not_exist_is_refused_with_what_does(
    arguments: tuple[str, ...], refusal: str, run_command: Run
) -> None:
    a_meeting(a_contract())
    with pytest.raises(CommandError, match=refusal):
        run_command("paper", *arguments, "--format", "json", "-o", "-")


def test_two_boards_on_one_day_are_told_apart_by_name(run_command: Run) -> None:
    contract = a_contract()
    a_meeting(contract)
    a_meeting(contract, board="Audit Committee")
    with pytest.raises(CommandError, match="Say which with --board"):
        printed(run_command)
    assert printed(run_command, "--board", "Audit Committee")["meeting"]["board"] == "Audit Committee"


def test_without_verified_data_there_is_no_paper_and_the_refusal_says_why(run_command: Run) -> None:
    a_meeting(a_contract(verified=()))
    with pytest.raises(CommandError, match="No month that ends before the meeting"):
        printed(run_command)


def test_a_file_that_cannot_be_written_is_refused_in_words(run_command: Run, tmp_path: Path) -> None:
    a_meeting(a_contract())
    target = tmp_path / "no such folder" / "paper.json"
    with pytest.raises(CommandError, match="cannot be written"):
        run_command("paper", "CSS", "--meeting", MEETING, "--format", "json", "-o", str(target))


def printed(run_command: Run, *more: str) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(
        run_command("paper", "CSS", "--meeting", MEETING, "--format", "json", "-o", "-", *more)
    )
    return given
