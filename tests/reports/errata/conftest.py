"""A report of three months that went to the clerk, of a contract with two areas."""

from dataclasses import dataclass
from datetime import date

import pytest

from contracts.models import Contract
from kpis.models import Kpi
from reports.models import Meeting, Paper
from tests import builders
from tests.people import Cast
from tests.reports.errata.issued import issue

DRAFTED_ON = date(2018, 3, 14)


@dataclass(frozen=True, slots=True)
class World:
    """``first`` met its target in November and January and failed in December; ``rate`` is reported as a rate."""

    contract: Contract
    meeting: Meeting
    paper: Paper
    first: Kpi
    rate: Kpi


@pytest.fixture
def drafted(cast: Cast, contract: Contract) -> World:
    area, other = builders.area(contract, "FA"), builders.area(contract, "PM")
    first, rate = builders.kpi(area, "FA_KPI_01"), builders.kpi(other, "PM_KPI_01")
    builders.results(first, "2017-06", ["95", "95", "95", "95", "95", "95", "79", "93"])
    for month in ("2017-06", "2017-07", "2017-08", "2017-09", "2017-10", "2017-11", "2017-12", "2018-01"):
        builders.result(rate, month, None, numerator=93, denominator=100)
    for each in (area, other):
        builders.returns(each, "2017-06", "2018-01")
    board = builders.board(contract)
    meeting = builders.meeting(board, date(2018, 3, 29))
    builders.review_period(contract, meeting, "2017-11", "2018-01")
    return World(contract, meeting, builders.paper(contract, meeting, DRAFTED_ON), first, rate)


@pytest.fixture
def world(drafted: World, cast: Cast) -> World:
    issue(drafted.paper, cast.contract_manager)
    return drafted
