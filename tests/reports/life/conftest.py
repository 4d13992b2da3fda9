"""A paper of every age, and the people who act on it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from contracts.models import Contract, Person, ServiceArea
from contracts.queries import instant_on
from reports.models import Meeting, Paper, PaperRun
from reports.queries.readiness import load_findings
from reports.render import Rendered
from reports.render.names import stem
from reports.rules.signatures import key_of
from reports.services import editions, news, papers, sign_off
from reports.snapshot import BoardPaper
from tests import builders
from tests.builders import issued, words
from tests.fixtures.cast import TODAY
from tests.people import Cast
from tests.reports.cases import MEETING_ON

AT = datetime(2018, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def papers_folder(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    settings.PAPERS_DIR = folder
    return folder


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs whose news went out."""
    run_ids: list[int] = []
    monkeypatch.setattr(news, "_send", run_ids.append)
    return run_ids


@pytest.fixture
def meeting(contract: Contract, area: ServiceArea) -> Meeting:
    """With three months verified for it, which nobody of the cast has entered."""
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    meeting = builders.meeting(builders.board(contract), MEETING_ON)
    builders.review_period(contract, meeting, "2017-11", "2018-01")
    return meeting


@pytest.fixture
def draft(contract: Contract, meeting: Meeting, cast: Cast) -> Paper:
    return builders.paper(contract, meeting, TODAY)


@pytest.fixture
def frozen(draft: Paper, cast: Cast) -> Paper:
    """With the clerk, with an exempt half, and with a file that the council edited."""
    paper = issued.with_the_clerk(draft, cast.contract_manager, AT, exempt="A tender is at stake.")
    words.uploaded(paper, cast.clerk)
    return paper


@pytest.fixture
def quick_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small files of each half; the real ones are tested where they are made."""
    monkeypatch.setattr(editions, "render_all", print_quickly)


def print_quickly(
    paper: BoardPaper, formats: Iterable[str], template: bytes | None = None
) -> Iterator[tuple[str, Rendered]]:
    late = paper.words.lateness if paper.words else ""
    for end in ("html", "csv"):
        said = f"{paper.status} {paper.audience}: {paper.headline} {late}"
        yield end, Rendered(f"{stem(paper)}.{end}", said.encode())


@pytest.fixture
def signed(contract: Contract, meeting: Meeting, cast: Cast, quick_print: None, sent: list[int]) -> Paper:
    """Drafted and signed off; its signed-off edition waits for a worker."""
    run = papers.next_draft(contract, meeting, "report", on=TODAY, now=AT)
    papers.write_paper(run.pk, on=TODAY)
    sign_off.sign_off(run.paper, by=cast.contract_manager, at=AT, on=TODAY, accepted=a_word_each(run.paper))
    paper: Paper = Paper.objects.get()
    return paper


def a_word_each(paper: Paper) -> dict[str, str]:
    return {key_of(each): "It may stand." for each in load_findings(paper, TODAY)}


def hand_over(paper: Paper, by: Person, on: date = TODAY, lateness: str = "") -> PaperRun:
    """Asked for, and done by a worker."""
    run = sign_off.hand_over(paper, by=by, on=on, now=instant_on(on), lateness=lateness)
    papers.write_paper(run.pk, on=on)
    paper.refresh_from_db()
    return run


@pytest.fixture
def with_clerk(signed: Paper, cast: Cast) -> Paper:
    hand_over(signed, cast.contract_manager)
    return signed
