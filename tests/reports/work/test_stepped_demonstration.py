"""The demonstration stepped from 14 March 2018 to its meeting and on to the next paper: once here, once by a worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config import bootstrap
from contracts.models import Message
from contracts.queries import demonstration_day
from kpis.models import Return
from reports.models import BoardRequest, FrozenFile, Meeting, Paper, PaperAct, PaperRun
from reports.models.paper import Kind
from reports.queries.integrity import damaged_papers
from reports.queries.work import load_work
from reports.services.demonstration import prepare_demonstration
from reports.snapshot import from_json
from tests.faults.company import Company, company

ROOT = Path(bootstrap.__file__).parent.parent
BEGIN, MET, NEXT_DRAFT = date(2018, 3, 14), date(2018, 3, 29), date(2018, 4, 11)
RESOLVED = ("B006", "B007", "B008", "B009")
TOLD_ALL = "is drafted by itself once a further month is verified or declared publishable"
MOST_SECONDS = 900


@pytest.fixture
def demonstration(db: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    prepare_demonstration(on=BEGIN)


def step(to: date, *more: str) -> list[str]:
    """What was done on the way, without the names of the days."""
    out = StringIO()
    call_command("step_demonstration", "--to", to.isoformat(), *more, stdout=out)
    return [line.strip() for line in out.getvalue().splitlines() if line.startswith("  ")]


def of(kind: Kind, meeting_on: date = MET) -> Paper:
    return Paper.objects.get(kind=kind, meeting__meeting_on=meeting_on)


def done_on(paper: Paper) -> dict[str, date]:
    return {act.kind: timezone.localdate(act.published_at or act.at) for act in paper.acts.order_by("pk")}


def heading(paper: Paper) -> dict[str, str]:
    return {each.reference: each.status for each in from_json(paper.snapshot).requests}


def expect_the_meeting_was_prepared_and_held() -> None:
    """Drafted, signed, handed over, published, added to, held and minuted."""
    for kind in (Kind.REPORT, Kind.PROJECTS, Kind.ADDENDUM):
        assert of(kind).status == "published", kind
    assert not Return.objects.filter(month="2018-02-01").exclude(state="verified").exists()
    assert FrozenFile.objects.filter(frozen__paper=of(Kind.ADDENDUM)).exists()
    assert Meeting.objects.get(meeting_on=MET).status == "held"
    minuted = BoardRequest.objects.filter(meeting__meeting_on=MET)
    assert tuple(minuted.order_by("reference").values_list("reference", flat=True)) == RESOLVED
    assert set(minuted.values_list("status", "raised_on")) == {("open", MET)}
    assert list(damaged_papers()) == []


def expect_the_next_paper_is_headed_by_what_was_resolved() -> None:
    """In both papers: the answered one as well, until it is closed; what was closed is not in it."""
    waiting = {"B004": "answered", "B005": "open"} | dict.fromkeys(RESOLVED, "open")
    for kind in (Kind.REPORT, Kind.PROJECTS):
        assert heading(of(kind, date(2018, 4, 26))) == waiting


def test_it_plays_from_the_draft_to_the_next_paper(demonstration: None) -> None:
    first = step(BEGIN)
    assert any("Exception report for Thursday 29 March 2018 was written: draft" in line for line in first)
    assert of(Kind.REPORT).status == "draft"
    assert set(heading(of(Kind.REPORT))) == {"B003", "B004", "B005"}

    step(date(2018, 3, 28))
    report, addendum = of(Kind.REPORT), of(Kind.ADDENDUM)
    assert done_on(report) == {
        "signed off": date(2018, 3, 19),
        "handed over": date(2018, 3, 20),
        "published": date(2018, 3, 21),
    }
    assert done_on(addendum) == {
        "signed off": date(2018, 3, 23),
        "countersigned": date(2018, 3, 23),
        "handed over": date(2018, 3, 26),
        "published": date(2018, 3, 27),
    }
    assert addendum.of == report
    assert (addendum.review_from, addendum.review_to) == (date(2018, 2, 1), date(2018, 2, 1))
    assert addendum.acts.get(kind="signed off").by != addendum.acts.get(kind="countersigned").by
    assert not BoardRequest.objects.filter(reference__in=RESOLVED).exists(), "nothing is resolved before the meeting"

    (possible,) = load_work(report.contract, date(2018, 3, 28), None).addenda
    assert (possible.on, possible.words) == (date(2018, 3, 28), TOLD_ALL)

    told = step(MET)
    expect_the_meeting_was_prepared_and_held()
    assert sum("minuted resolution" in line for line in told) == 3
    assert sum("minuted request" in line for line in told) == 1

    step(NEXT_DRAFT)
    expect_the_next_paper_is_headed_by_what_was_resolved()
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"paper handed over", "paper published", "paper to sign", "request due"} <= kinds


def test_stepped_again_nothing_happens_twice(demonstration: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("\n\n"))  # after two days nobody is there any more: taken for yes
    step(date(2018, 3, 22), "--day-by-day")
    counted = (PaperRun, Paper, PaperAct, FrozenFile, Return, Message)
    before = [model._default_manager.count() for model in counted]
    assert step(date(2018, 3, 22)) == []
    assert [model._default_manager.count() for model in counted] == before
    assert demonstration_day() == date(2018, 3, 22)


def test_it_moves_forward_only(today: date) -> None:
    with pytest.raises(CommandError, match="moves forward only"):
        step(date(2018, 3, 13))
    assert demonstration_day() == today


def test_it_needs_a_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match="There is no demonstration here yet"):
        step(MET)


def test_it_is_for_local_mode(today: date, settings: LazySettings) -> None:
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="local mode"):
        step(MET)
    assert demonstration_day() == today


@pytest.fixture
def staff(transactional_db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Company]:
    """A broker, beat and a worker on the test's own database."""
    given = connection.settings_dict
    url = f"sqlite:///{given['NAME']}"
    if connection.vendor != "sqlite":
        url = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    settings.PAPERS_DIR = tmp_path / "staff" / "var" / "papers"
    settings.EVIDENCE_ROOT = tmp_path / "staff" / "var" / "evidence"
    prepare_demonstration(on=BEGIN)
    with company(tmp_path / "staff", url) as hired:
        yield hired
        for worker in hired.workers:  # with its pool: nobody writes any more when the database is emptied
            hired.kill_worker(worker)


def test_a_real_worker_plays_it_too(staff: Company) -> None:
    played = subprocess.run(
        [sys.executable, ROOT / "manage.py", "step_demonstration", "--to", str(NEXT_DRAFT), "--with-worker"],
        env=os.environ | staff.environment | {"BROKER_URL": staff.broker_url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    _, _, later = played.stdout.partition("Thursday 15 March 2018")  # those of the first day may stand there already
    assert later.count("was written: draft") == 4, played.stdout
    expect_the_meeting_was_prepared_and_held()
    expect_the_next_paper_is_headed_by_what_was_resolved()
    assert not PaperRun.objects.exclude(state="finished").exists()
