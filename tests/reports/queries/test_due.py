"""What is due on a day, and what is due but cannot be written yet."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from reports.models import Board, Meeting, ReviewPeriod
from reports.queries.due import due_papers
from tests.reports.cases import DRAFT_ON, FIRST, MEETING_ON, a_contract, a_meeting, a_run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on", "is_due"),
    [
        (DRAFT_ON - timedelta(days=1), False),
        (DRAFT_ON, True),
        (MEETING_ON, True),
        (MEETING_ON + timedelta(days=1), False),
    ],
)
def test_a_report_is_due_from_its_draft_date_to_the_day_of_the_meeting(on: date, is_due: bool) -> None:
    meeting = a_meeting(a_contract())
    assert [(paper.meeting_id, paper.due_on) for paper in due_papers(on)] == (
        [(meeting.pk, DRAFT_ON)] if is_due else []
    )


def test_the_draft_date_follows_the_offsets_of_the_board() -> None:
    a_meeting(a_contract())
    board = Board.objects.get()
    board.draft_days = board.sign_off_days = board.with_clerk_days = 0
    board.save(update_fields=["draft_days", "sign_off_days", "with_clerk_days"])
    assert due_papers(date(2018, 3, 20)) == ()
    assert [paper.due_on for paper in due_papers(date(2018, 3, 21))] == [date(2018, 3, 21)]


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_only_a_planned_meeting_needs_a_paper(status: str) -> None:
    a_meeting(a_contract(), status=status)
    assert due_papers(DRAFT_ON) == ()


def test_each_contract_of_the_board_has_a_report_of_its_own() -> None:
    meeting = a_meeting(a_contract("CSS"), a_contract("IMT"))
    assert {paper.title for paper in due_papers(DRAFT_ON)} == {f"CSS, {meeting}", f"IMT, {meeting}"}


def test_a_report_that_was_started_is_not_due_any_more() -> None:
    contract, other = a_contract("CSS"), a_contract("IMT")
    meeting = a_meeting(contract, other)
    a_run(contract, meeting, state="finished")
    assert [paper.contract_id for paper in due_papers(DRAFT_ON)] == [other.pk]


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (1, True)])
def test_a_report_that_failed_is_due_again_on_the_next_day(days: int, is_due: bool) -> None:
    contract = a_contract()
    run = a_run(contract, a_meeting(contract), state="failed")
    run.due_on = DRAFT_ON + timedelta(days=1)
    run.save(update_fields=["due_on"])
    assert bool(due_papers(DRAFT_ON + timedelta(days=days))) == is_due


def test_whatever_would_refuse_the_paper_hinders_it_already(settings: Settings) -> None:
    settings.FIRST_CALENDAR_YEAR = 2018
    contract = a_contract()
    a_meeting(contract)
    period = {"review_from": FIRST, "review_to": FIRST}
    ReviewPeriod.objects.create(contract=contract, meeting=Meeting.objects.get(), **period)
    (paper,) = due_papers(DRAFT_ON)
    assert "2017" in paper.hindrance


def test_a_report_without_verified_data_is_due_but_waits() -> None:
    a_meeting(a_contract(verified=()))
    (paper,) = due_papers(DRAFT_ON)
    assert "No month that ends before the meeting" in paper.hindrance


def test_a_meeting_beyond_the_calendar_is_named_and_keeps_nothing_else_back() -> None:
    contract = a_contract()
    a_meeting(contract)
    a_meeting(contract, on=date(2031, 1, 30))
    due, beyond = due_papers(DRAFT_ON)
    assert due.hindrance == ""
    assert "2031" in beyond.hindrance


def test_asking_costs_the_same_for_one_meeting_and_for_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    contract = a_contract()
    for months in range(12):
        a_meeting(contract, on=MEETING_ON + timedelta(days=30 * months + 60))
    with django_assert_num_queries(1):
        due_papers(DRAFT_ON)
