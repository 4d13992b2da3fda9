"""The front of a paper, read in three statements, is the paper: value for value, for any months of any contract."""

from datetime import date
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract
from contracts.rules.months import Month, month_range, parse_month
from kpis.models import Result
from reports.build import current_paper, judge_period, load_front
from reports.rules.review import NothingVerified
from reports.snapshot import BoardPaper, to_dict
from tests import builders
from tests.reports.chance import FIRST, LAST, chance_contract

TODAY = date(2018, 3, 14)
SEEDS = range(10)


def without_appendices(paper: BoardPaper) -> dict[str, Any]:
    plain = to_dict(paper)
    plain.pop("areas")
    for appendix in ("key", "near_misses", "register"):
        plain["projects"].pop(appendix)
    return plain


def assert_same(contract: Contract, first: Month, last: Month) -> None:
    paper = judge_period(contract, first, last, on=TODAY)
    front = load_front(contract, (first, last), on=TODAY).paper
    assert without_appendices(front) == without_appendices(paper), (contract, first, last)


def test_every_period_of_the_demonstration_is_judged_alike(demonstration: Contract) -> None:
    months = month_range(parse_month("2016-10"), parse_month("2018-02"))
    for first, last in combinations_with_replacement(months[1::3], 2):
        assert_same(demonstration, first, last)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_every_period_of_any_contract_is_judged_alike(seed: int) -> None:
    contract = chance_contract(seed, TODAY)
    months = month_range(FIRST, LAST)
    for first, last in combinations_with_replacement(months[seed % 5 :: 5], 2):
        assert_same(contract, first, last)


def test_the_coming_paper_of_the_demonstration_is_judged_alike(demonstration: Contract) -> None:
    for on in (date(2017, 11, 1), TODAY, date(2018, 4, 2), date(2018, 12, 31)):
        front = load_front(demonstration, None, on=on).paper
        assert without_appendices(front) == without_appendices(current_paper(demonstration, on=on)), on


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_the_coming_paper_of_any_contract_is_judged_alike(seed: int) -> None:
    contract = chance_contract(seed, TODAY)
    try:
        paper = current_paper(contract, on=TODAY)
    except NothingVerified:
        with pytest.raises(NothingVerified):
            load_front(contract, None, on=TODAY)
        return
    assert without_appendices(load_front(contract, None, on=TODAY).paper) == without_appendices(paper)


def test_a_meeting_beyond_the_calendar_leaves_the_months_since_the_last(contract: Contract) -> None:
    area = builders.area(contract)
    builders.results(builders.kpi(area), "2017-11", ["95", "70", "95"])
    builders.returns(area, "2017-11", "2018-01")
    builders.meeting(builders.board(contract), date(2031, 3, 27))
    front = load_front(contract, None, on=TODAY)
    assert without_appendices(front.paper) == without_appendices(current_paper(contract, on=TODAY))
    assert front.paper.meeting.meeting_on is None


def test_a_run_is_counted_from_its_beginning_however_far_back_it_lies(contract: Contract) -> None:
    area = builders.area(contract)
    builders.results(builders.kpi(area), "2017-01", ["95", *(["70"] * 13)])
    builders.returns(area, "2017-01", "2018-02")
    (line,) = load_front(contract, (parse_month("2018-02"), parse_month("2018-02")), on=TODAY).paper.exceptions
    assert (line.run_length, line.state) == (13, "continuing")


def test_what_changed_in_the_database_is_judged_anew(contract: Contract) -> None:
    area = builders.area(contract)
    kpi = builders.kpi(area)
    builders.results(kpi, "2018-01", ["95"])
    builders.returns(area, "2018-01", "2018-01")
    asked = (parse_month("2018-01"), parse_month("2018-01"))
    before = load_front(contract, asked, on=TODAY)
    assert load_front(contract, asked, on=TODAY) is before, "what did not change is not judged twice"
    result = Result.objects.get(kpi=kpi)
    result.value = 70
    result.save()
    assert load_front(contract, asked, on=TODAY).paper.exceptions
    contract.below_target_is_exception = False
    contract.save()
    result.value = 85
    result.save()
    assert not load_front(contract, asked, on=TODAY).paper.exceptions


@pytest.mark.django_db
def test_it_takes_three_statements_whatever_there_is_to_read() -> None:
    small = builders.contract("SMALL")
    builders.returns(builders.area(small), "2018-01", "2018-01")
    builders.kpi(small.service_areas.get())
    for contract in (small, chance_contract(1, TODAY), chance_contract(2, TODAY)):
        for asked in (None, (FIRST, LAST), (LAST, LAST)):
            with CaptureQueriesContext(connection) as captured:
                load_front(contract, asked, on=TODAY)
            assert len(captured) == 3, captured.captured_queries
