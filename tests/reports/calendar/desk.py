"""The clerk's desk: a board with a meeting on 29 March 2018 whose draft is written, looked at on 14 March."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from contracts.models import Contract, Person, ServiceArea
from kpis.models import Return
from reports.models import Board, Meeting, Paper
from tests import builders
from tests.people import Cast

MARCH_1, MARCH_29, APRIL_26 = date(2018, 3, 1), date(2018, 3, 29), date(2018, 4, 26)
DRAFT_WRITTEN_ON = date(2018, 3, 14)


def of_day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@dataclass(frozen=True, slots=True)
class Desk:
    """The clerk at the calendar of a board with a meeting on 29 March whose draft is written."""

    client: Client
    contract: Contract
    board: Board
    meeting: Meeting
    paper: Paper
    cast: Cast

    def at(self, path: str) -> str:
        return f"/contracts/{self.contract.reference}/meetings/{path}"

    @property
    def page(self) -> str:
        return self.at(f"{self.meeting.pk}/")

    def seen_by(self, who: Person) -> Client:
        client = Client()
        client.force_login(who)
        return client


@pytest.fixture
def desk(cast: Cast, contract: Contract, area: ServiceArea, settings: LazySettings, tmp_path: Path) -> Desk:
    settings.PAPERS_DIR = tmp_path
    settings.SITE_URL = "https://scrutiny.example.org"
    builders.results(builders.kpi(area), "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01", verified_at=timezone.now())
    Return.objects.filter(month=date(2018, 1, 1)).update(verified_at=datetime(2018, 2, 20, 10, tzinfo=UTC))
    board = builders.board(contract, name="Overview and Scrutiny Board")
    builders.meeting(board, date(2017, 12, 21), "held")
    meeting = builders.meeting(board, MARCH_29)
    paper = builders.paper(contract, meeting, DRAFT_WRITTEN_ON)
    client = Client()
    client.force_login(cast.clerk)
    return Desk(client, contract, board, meeting, paper, cast)
