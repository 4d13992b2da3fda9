"""The paper as it is put together: what it says of relief, misses, corrections and news, and how it is read."""

import sqlite3
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from contracts.models import Contract, ServiceArea
from contracts.rules.months import month_key, parse_month
from kpis.models import Correction
from reports.build import build_paper, current_paper, judge_period
from reports.snapshot import BoardPaper
from tests import builders

TODAY = date(2018, 3, 14)


def judged(contract: Contract, first: str, last: str) -> BoardPaper:
    return judge_period(contract, parse_month(first), parse_month(last), on=TODAY)


def test_a_blanket_relief_lists_the_kpis_it_covers_and_not_those_with_their_own(
    contract: Contract, area: ServiceArea
) -> None:
    own, other = builders.kpi(area), builders.kpi(area, "CSC_KPI_02")
    builders.kpi(area, "CSC_KPI_03", in_force_to=parse_month("2017-10"))
    builders.returns(area, "2017-01", "2018-01")
    builders.relief(contract, own, first="2017-11")
    builders.relief(contract, first="2017-11")
    reliefs = {line.reference: line.kpis for line in judged(contract, "2017-11", "2018-01").reliefs}
    assert reliefs == {"R001": (own.code,), "R002": (other.code,)}


def test_the_answers_given_for_an_earlier_month_are_not_printed_as_those_of_the_last(
    contract: Contract, area: ServiceArea
) -> None:
    kpi = builders.kpi(area)
    builders.result(kpi, "2017-11", "70", cause="A storm.", remedy="Sandbags.", recovery_month=parse_month("2017-12"))
    builders.result(kpi, "2017-12", "71")
    builders.returns(area, "2017-11", "2017-12")
    (line,) = judged(contract, "2017-11", "2017-12").exceptions
    assert [month_key(month) for month in line.months] == ["2017-11", "2017-12"]
    assert (line.cause, line.remedy, line.recovery_month) == ("", "", None)


def test_a_failure_corrected_after_it_was_told_says_so(contract: Contract, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    failed = builders.result(kpi, "2017-09", "70")
    builders.results(kpi, "2017-10", ["95", "95", "95", "95"])
    builders.returns(area, "2017-09", "2018-01")
    meeting = builders.meeting(builders.board(contract), date(2017, 12, 21), status="held")
    builders.review_period(contract, meeting, "2017-09", "2017-10")
    told = "September 2017: one below minimum, reported on 21 December 2017"
    assert [note.sentence for note in judged(contract, "2017-11", "2018-01").earlier_failures] == [told]
    Correction.objects.create(
        result=failed,
        value_before=Decimal(95),
        value_after=Decimal(70),
        reason="The log was incomplete.",
        corrected_at=datetime(2018, 2, 1, 12, tzinfo=UTC),
    )
    corrected = judged(contract, "2017-11", "2018-01").earlier_failures
    assert [note.sentence for note in corrected] == [f"{told}; figures corrected since"]


def test_what_happened_to_a_project_after_the_last_paper_was_made_is_news_even_if_before_its_meeting(
    contract: Contract, area: ServiceArea
) -> None:
    builders.results(builders.kpi(area), "2017-10", ["95", "95", "95"])
    builders.returns(area, "2017-10", "2017-12")
    board = builders.board(contract)
    december = builders.meeting(board, date(2017, 12, 21), status="held")
    builders.review_period(contract, december, "2017-10", "2017-10")
    march = builders.meeting(board, date(2018, 3, 29))
    project = builders.project(contract)
    builders.update(project, date(2017, 12, 1), forecast_finish=date(2018, 3, 30))
    builders.update(project, date(2017, 12, 18), forecast_finish=date(2018, 5, 25))
    rules = {line.rule for line in build_paper(contract, march, on=TODAY).projects.exceptions}
    assert "slipped" in rules
    builders.paper(contract, december, date(2017, 12, 19))
    rules = {line.rule for line in build_paper(contract, march, on=TODAY).projects.exceptions}
    assert "slipped" not in rules


def test_a_meeting_beyond_the_calendar_does_not_take_the_page_down(
    contract: Contract, area: ServiceArea, member: Client
) -> None:
    builders.results(builders.kpi(area), "2018-01", ["95"])
    builders.returns(area, "2018-01", "2018-01")
    builders.meeting(builders.board(contract), date(2029, 1, 3))
    assert current_paper(contract, on=TODAY).meeting.meeting_on is None
    page = member.get(f"/contracts/{contract.reference}/")
    assert page.status_code == 200
    assert "January 2018" in page.content.decode()


@pytest.mark.parametrize("address", ["kpis/%00/", "projects/a%00b/", "papers/1/files/a%00b"])
def test_a_control_character_in_an_address_leads_nowhere(contract: Contract, member: Client, address: str) -> None:
    assert member.get(f"/contracts/{contract.reference}/{address}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_paper_is_read_while_somebody_else_writes(contract: Contract, area: ServiceArea) -> None:
    builders.results(builders.kpi(area), "2018-01", ["95"])
    builders.returns(area, "2018-01", "2018-01")
    begun, read = threading.Event(), threading.Event()
    writer = threading.Thread(target=_write, args=(begun, read))
    writer.start()
    try:
        assert begun.wait(10)
        assert judged(contract, "2018-01", "2018-01").months[0].target_met == 1
    finally:
        read.set()
        writer.join()


def _write(begun: threading.Event, read: threading.Event) -> None:
    """Holds what a writer holds until the reader is done."""
    if connection.vendor == "sqlite":
        writing: Any = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        writing.execute("BEGIN IMMEDIATE")
    else:
        writing = connection
        writing.set_autocommit(False)
        with writing.cursor() as cursor:
            cursor.execute("LOCK TABLE kpis_result IN ROW EXCLUSIVE MODE")
    begun.set()
    read.wait(10)
    writing.rollback()
    writing.close()
