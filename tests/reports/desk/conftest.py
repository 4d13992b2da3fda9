"""A paper at every step of its life, and somebody of each role to look at it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from contracts.models import Contract, ServiceArea
from contracts.services import set_demonstration_day
from reports.models import Board, Meeting, Paper
from reports.services import news
from tests import builders
from tests.builders import issued
from tests.people import Cast

MEETING_ON = date(2018, 3, 29)
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def papers_folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PAPERS_DIR = tmp_path / "papers"
    return tmp_path / "papers"


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs whose news went out."""
    run_ids: list[int] = []
    monkeypatch.setattr(news, "_send", run_ids.append)
    return run_ids


@pytest.fixture
def meeting(contract: Contract, area: ServiceArea) -> Meeting:
    builders.results(builders.kpi(area), "2017-11", ["95", "70", "95"])
    builders.returns(area, "2017-11", "2018-01")
    return builders.meeting(builders.board(contract), MEETING_ON)


@pytest.fixture
def board(meeting: Meeting) -> Board:
    return meeting.board


@pytest.fixture
def draft(contract: Contract, meeting: Meeting, today: date) -> Paper:
    """Of 14 March 2018, with its words; to be published by 21 March."""
    return issued.as_built_now(builders.paper(contract, meeting, today), today)


@pytest.fixture
def signed_in(cast: Cast) -> As:
    """A client of who plays a part."""

    def client(who: str) -> Client:
        made = Client()
        made.force_login(getattr(cast, who))
        return made

    return client


@pytest.fixture
def on_day(today: date) -> Callable[[date], None]:
    """Moves the business day."""
    return lambda day: set_demonstration_day(on=day)
