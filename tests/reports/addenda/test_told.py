"""Once an addendum went out, its months are told: the next meeting begins after them, on every page alike."""

from datetime import date

import pytest

from contracts.models import Contract
from contracts.readings import read_now
from contracts.rules.months import Month, month_key, parse_month
from reports.build import build_paper, current_paper, load_front
from reports.build.periods import earlier_meetings, review_for
from reports.models import FrozenPaper, Meeting, Paper, PaperRun, ReviewPeriod
from reports.queries.new_months import meeting_of
from reports.services.draft_addenda import read_draft_addendum
from tests.reports.addenda.cases import (
    MEETING_ON,
    VERIFIED_ON,
    a_contract,
    a_frozen_report,
    a_meeting,
    a_person,
    frozen,
    kept,
    verified,
)
from tests.reports.test_front import without_appendices

APRIL = date(2018, 4, 26)
ON = (date(2018, 3, 26), MEETING_ON, date(2018, 4, 2), date(2018, 4, 20), date(2018, 5, 2))


@pytest.fixture
def contract(db: None) -> Contract:
    """Told of February in an addendum to the meeting of 29 March; March is verified in April."""
    contract = a_contract()
    meeting = a_meeting(contract)
    Meeting.objects.create(board=meeting.board, meeting_on=APRIL)
    report = a_frozen_report(contract, meeting, a_person(contract))
    area = contract.service_areas.get()
    verified(area, "2018-02", "70")
    frozen(_stored(report), report.frozen_by, on=date(2018, 3, 26))
    verified(area, "2018-03", on=date(2018, 4, 18))
    return contract


def _stored(report: FrozenPaper) -> Paper:
    contract, meeting = report.paper.contract, report.paper.meeting
    run = PaperRun.objects.create(
        contract=contract,
        meeting=meeting,
        kind="addendum",
        number=1,
        of=report.paper,
        due_on=VERIFIED_ON,
        state="finished",
    )
    return kept(
        run, read_now(read_draft_addendum(contract, meeting_of(report.paper), on=VERIFIED_ON, number=1, revision=1))
    )


def span(contract: Contract, meeting_on: date) -> tuple[str, str]:
    review = review_for(contract, Meeting.objects.get(meeting_on=meeting_on))
    return month_key(review.first), month_key(review.last)


def test_the_next_meeting_begins_after_the_month_of_the_addendum(contract: Contract) -> None:
    assert span(contract, APRIL) == ("2018-03", "2018-03")


@pytest.mark.parametrize("status", ["withdrawn", "removed"])
def test_what_was_withdrawn_is_not_told(contract: Contract, status: str) -> None:
    Paper.objects.filter(kind="addendum").update(status=status)
    assert span(contract, APRIL) == ("2018-02", "2018-03")


def test_the_report_itself_keeps_its_months(contract: Contract) -> None:
    assert span(contract, MEETING_ON) == ("2017-11", "2018-01")
    kept = ReviewPeriod.objects.get(contract=contract, meeting__meeting_on=MEETING_ON)
    assert month_key(Month(kept.review_to)) == "2018-01"
    meeting = Meeting.objects.get(meeting_on=MEETING_ON)
    assert month_key(build_paper(contract, meeting, on=VERIFIED_ON).review.to) == "2018-01"


def test_the_month_was_told_on_the_day_of_its_meeting(contract: Contract) -> None:
    told = earlier_meetings(contract, APRIL).reported
    assert told[parse_month("2018-02")] == MEETING_ON == told[parse_month("2018-01")]
    assert parse_month("2018-03") not in told
    paper = build_paper(contract, Meeting.objects.get(meeting_on=APRIL), on=date(2018, 4, 20))
    assert paper.earlier_failures[-1].sentence == "February 2018: one below minimum, reported on 29 March 2018"


@pytest.mark.parametrize("on", ON)
def test_page_and_paper_are_judged_alike(contract: Contract, on: date) -> None:
    front = load_front(contract, None, on=on)
    assert without_appendices(front.paper) == without_appendices(current_paper(contract, on=on))


@pytest.mark.parametrize("on", ON)
def test_they_are_alike_where_it_was_withdrawn_too(contract: Contract, on: date) -> None:
    Paper.objects.filter(kind="addendum").update(status="withdrawn")
    front = load_front(contract, None, on=on)
    assert without_appendices(front.paper) == without_appendices(current_paper(contract, on=on))


def test_the_periods_to_choose_from_are_those_of_the_reports(contract: Contract) -> None:
    periods = load_front(contract, None, on=date(2018, 4, 2)).occasion.periods
    assert [month_key(each.review_to) for each in periods if each.review_to] == ["2018-01", "2017-10"]
