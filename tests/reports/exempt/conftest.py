"""The draft of a small contract, and people who work on it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from contracts.models import Person
from contracts.rules.roles import Role
from contracts.services import set_demonstration_day
from reports.models import Board, BoardRequest, Paper, PaperRun
from reports.render import Rendered
from reports.render.names import stem
from reports.services import editions
from reports.services.papers import write_paper
from reports.snapshot import BoardPaper
from tests.reports.cases import DRAFT_ON, FIRST, a_contract, a_meeting, a_project
from tests.reports.drafts.conftest import paper_of
from tests.reports.drafts.conftest import person as person
from tests.reports.services.conftest import papers_folder as papers_folder
from tests.reports.services.conftest import sent as sent

ASKED = "Tell the Board what the rebate of £48,250 was paid for."
AT = datetime(2018, 3, 14, 9, tzinfo=UTC)


def print_quickly(
    paper: BoardPaper, formats: Iterable[str], template: bytes | None = None
) -> Iterator[tuple[str, Rendered]]:
    yield "html", Rendered(f"{stem(paper)}.html", f"<p>{paper.headline}</p>".encode())


@pytest.fixture
def draft(db: None, sent: list[int], monkeypatch: pytest.MonkeyPatch) -> Paper:
    """With one request of the Board in it; papers are printed in one small file, unless a test prints for real."""
    monkeypatch.setattr(editions, "render_all", print_quickly)
    set_demonstration_day(on=DRAFT_ON)
    contract = a_contract(values={FIRST: "60"})
    a_project(contract)
    BoardRequest.objects.create(
        contract=contract, reference="B001", kind="request", raised_on=date(2017, 12, 21), text=ASKED, owner="Officer"
    )
    run = PaperRun.objects.create(contract=contract, meeting=a_meeting(contract), kind="report", due_on=DRAFT_ON)
    write_paper(run.pk, on=DRAFT_ON)
    return paper_of(run)


@pytest.fixture
def board(draft: Paper) -> Board:
    assert draft.meeting is not None
    return draft.meeting.board


@pytest.fixture
def manager(person: object) -> Person:
    return person(Role.CONTRACT_MANAGER)  # type: ignore[operator, no-any-return]


@pytest.fixture
def clerk(person: object) -> Person:
    return person(Role.CLERK)  # type: ignore[operator, no-any-return]


def page_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def built_again(draft: Paper) -> Paper:
    """What a worker makes of the revision that waits."""
    (run,) = PaperRun.objects.filter(contract=draft.contract, kind=draft.kind, state=PaperRun.State.QUEUED)
    assert write_paper(run.pk, on=DRAFT_ON)
    return paper_of(run)
