"""The two papers about projects are due in their own time: with a meeting's draft date, and after every month."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from contracts.models import ClosedDay, Contract
from contracts.rules.months import add_months
from reports.queries.due import DuePaper, due_papers
from tests.reports.cases import (
    DRAFT_ON,
    FEBRUARY,
    FEBRUARY_DUE_ON,
    MEETING_ON,
    a_contract,
    a_meeting,
    a_month_run,
    a_project,
    a_run,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BEFORE_ANY_MONTH = FEBRUARY_DUE_ON - DAY


@pytest.fixture
def contract() -> Contract:
    """With a project, and no report of any month yet."""
    contract = a_contract()
    a_project(contract)
    return contract


def due(kind: str, on: date) -> list[DuePaper]:
    return [paper for paper in due_papers(on) if paper.kind == kind]


def months(on: date) -> list[tuple[date | None, date]]:
    return [(paper.month, paper.due_on) for paper in due("operational", on)]


class TestTheProjectsPaper:
    @pytest.mark.parametrize(
        ("on", "is_due"), [(DRAFT_ON - DAY, False), (DRAFT_ON, True), (MEETING_ON, True), (MEETING_ON + DAY, False)]
    )
    def test_it_is_due_with_the_report(self, on: date, is_due: bool, contract: Contract) -> None:
        meeting = a_meeting(contract)
        found = [(paper.meeting_id, paper.due_on, paper.title) for paper in due("projects", on)]
        assert found == ([(meeting.pk, DRAFT_ON, f"CSS, {meeting}, projects paper")] if is_due else [])

    def test_it_waits_for_no_verified_figures(self) -> None:
        contract = a_contract(verified=())
        a_project(contract)
        a_meeting(contract)
        assert [bool(paper.hindrance) for paper in due("report", DRAFT_ON)] == [True]
        assert [paper.hindrance for paper in due("projects", DRAFT_ON)] == [""]

    def test_a_contract_without_projects_has_none(self, contract: Contract) -> None:
        a_meeting(contract, a_contract("IMT"))
        archived = a_contract("HWY")
        a_project(archived, archived_on=DRAFT_ON, archived_reason="Entered twice.")
        a_meeting(archived, board="Highways Board")
        assert [paper.contract_id for paper in due("projects", DRAFT_ON)] == [contract.pk]

    def test_each_paper_of_a_meeting_is_started_by_itself(self, contract: Contract) -> None:
        meeting = a_meeting(contract)
        a_run(contract, meeting, state="finished")
        assert [paper.kind for paper in due_papers(DRAFT_ON) if paper.meeting_id] == ["projects"]
        a_run(contract, meeting, kind="projects", state="running", claim="mine", heartbeat_at="2018-03-14T09:00Z")
        assert [paper.kind for paper in due_papers(DRAFT_ON) if paper.meeting_id] == []

    def test_one_that_failed_is_due_again_on_the_next_day(self, contract: Contract) -> None:
        a_run(contract, a_meeting(contract), kind="projects", state="failed")
        assert due("projects", DRAFT_ON - DAY) == []
        assert len(due("projects", DRAFT_ON)) == 1

    @pytest.mark.parametrize("status", ["held", "cancelled"])
    def test_only_a_planned_meeting_needs_it(self, status: str, contract: Contract) -> None:
        a_meeting(contract, status=status)
        assert due("projects", DRAFT_ON) == []

    def test_it_comes_after_the_report_of_its_meeting(self, contract: Contract) -> None:
        a_meeting(contract, on=MEETING_ON + DAY, board="Another Board")
        a_meeting(contract)
        kinds = [paper.kind for paper in due_papers(DRAFT_ON + DAY) if paper.meeting_id]
        assert kinds == ["report", "projects", "report", "projects"]


class TestTheOperationalReport:
    def test_it_is_due_so_many_working_days_after_its_month(self, contract: Contract) -> None:
        assert months(BEFORE_ANY_MONTH) == []
        assert months(FEBRUARY_DUE_ON) == [(FEBRUARY, FEBRUARY_DUE_ON)]
        contract.operational_report_working_days = 6
        contract.save(update_fields=["operational_report_working_days"])
        assert months(FEBRUARY_DUE_ON) == []
        assert months(FEBRUARY_DUE_ON + DAY) == [(FEBRUARY, FEBRUARY_DUE_ON + DAY)]

    def test_a_closed_day_puts_it_off(self, contract: Contract) -> None:
        ClosedDay.objects.create(closed_on=date(2018, 3, 1), reason="Snow.")
        assert months(FEBRUARY_DUE_ON) == []

    def test_no_meeting_is_asked_for(self, contract: Contract) -> None:
        assert [paper.meeting_id for paper in due("operational", DRAFT_ON)] == [None]
        assert due("operational", DRAFT_ON)[0].title == "CSS, February 2018, operational project report"

    def test_a_new_installation_reports_on_the_last_month_alone(self, contract: Contract) -> None:
        assert contract.commences_on < date(2015, 5, 1)
        assert [month for month, _ in months(DRAFT_ON)] == [FEBRUARY]

    def test_a_clock_that_stood_still_leaves_no_month_out(self, contract: Contract) -> None:
        a_month_run(contract, add_months(FEBRUARY, -4), state="finished")
        owed = [add_months(FEBRUARY, -3), add_months(FEBRUARY, -2), add_months(FEBRUARY, -1), FEBRUARY]
        assert [month for month, _ in months(DRAFT_ON)] == owed
        assert [month for month, _ in months(BEFORE_ANY_MONTH)] == owed[:-1]

    @pytest.mark.parametrize("state", ["queued", "running", "finished"])
    def test_one_that_was_started_is_not_due_any_more(self, state: str, contract: Contract) -> None:
        a_month_run(contract, state=state, claim="mine", heartbeat_at="2018-03-14T09:00Z")
        assert months(DRAFT_ON) == []

    def test_one_that_failed_is_due_again_on_the_next_day_even_when_later_ones_are_written(
        self, contract: Contract
    ) -> None:
        earlier = add_months(FEBRUARY, -3)
        a_month_run(contract, earlier, state="failed")
        a_month_run(contract, state="finished")
        assert months(DRAFT_ON - DAY) == []
        assert [month for month, _ in months(DRAFT_ON)] == [earlier]

    def test_a_register_without_projects_is_not_reported_on(self) -> None:
        a_project(a_contract("HWY"), archived_on=FEBRUARY_DUE_ON, archived_reason="Entered twice.")
        later = a_contract("IMT")
        a_project(later, archived_on=DRAFT_ON, archived_reason="Entered twice.")
        a_contract("CSS")
        assert [paper.contract_id for paper in due("operational", DRAFT_ON)] == [later.pk]

    def test_a_contract_that_is_over_owes_none(self, contract: Contract) -> None:
        contract.ends_on = date(2018, 1, 31)
        contract.save(update_fields=["ends_on"])
        assert months(DRAFT_ON) == []

    def test_a_month_beyond_the_calendar_is_named_and_keeps_nothing_else_back(
        self, contract: Contract, settings: Settings
    ) -> None:
        settings.LAST_CALENDAR_YEAR = 2017
        (paper,) = due("operational", DRAFT_ON)
        assert "2018" in paper.hindrance


def test_asking_costs_the_same_for_one_contract_and_for_many(
    contract: Contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        other = a_contract(f"C{number}")
        a_project(other)
        a_month_run(other, add_months(FEBRUARY, -number), state="failed")
        a_meeting(other, on=MEETING_ON + timedelta(days=60 + number), board=f"Board {number}")
    with django_assert_num_queries(1):
        assert len(due_papers(DRAFT_ON)) > 12
