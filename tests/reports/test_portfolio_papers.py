"""The two papers about the portfolio: what they count, what is news in them, and that they agree with the pages."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from projects.models import Funding, Project
from projects.queries import RegisterQuestion, load_register
from projects.queries.money import load_money_page
from projects.queries.plan import load_plan
from reports.build import build_paper, load_front
from reports.models import Board, Meeting
from reports.render import FORMATS, render
from reports.snapshot import from_json, to_json
from tests import builders
from tests.people import Cast
from tests.reports.chance import chance_contract
from tests.reports.portfolio_built import DECEMBER, MAY_25, TODAY, paper_of, report_of

FEBRUARY = parse_month("2018-02")


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    """29 March 2018; the one before was on 21 December 2017, its papers due on 13 December."""
    board = builders.board(contract)
    builders.review_period(contract, builders.meeting(board, DECEMBER, "held"), "2017-09", "2017-10")
    return builders.meeting(board, date(2018, 3, 29))


# Whatever there is


def test_without_any_verified_month_it_stands_beside_the_last_that_ended_before_the_meeting(
    contract: Contract, meeting: Meeting
) -> None:
    bare = builders.contract("NEW")
    at = builders.meeting(builders.board(bare, name="Another board"), date(2018, 3, 29))
    paper = paper_of(bare, at)
    assert (paper.kind, paper.review.from_, paper.review.to) == ("projects", FEBRUARY, FEBRUARY)
    assert (paper.months, paper.exceptions, paper.reliefs, paper.kpi_changes, paper.areas) == ((), (), (), (), ())
    assert paper.headline == "No project is in flight or on hold."
    assert paper.portfolio is not None
    assert paper.portfolio.since is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["projects", "operational"])
def test_an_empty_portfolio_is_printed_in_every_format(contract: Contract, meeting: Meeting, kind: str) -> None:
    paper = paper_of(contract, meeting) if kind == "projects" else report_of(contract)
    for format in FORMATS:
        assert all(file.content for file in render(paper, format))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_counts_add_up_and_equal_those_of_the_pages(seed: int, today: date) -> None:
    contract = chance_contract(seed, TODAY)
    board = Board.objects.get(contracts=contract)
    at = Meeting.objects.filter(board=board, meeting_on=date(2018, 3, 29)).first() or builders.meeting(
        board, date(2018, 3, 29)
    )
    found = load_register(contract, TODAY, RegisterQuestion()).standing
    for paper in (paper_of(contract, at), report_of(contract, "2018-03")):
        section = paper.projects
        assert sum(section.by_stage.values()) == sum(section.by_confidence.values()) == section.in_register
        assert section.in_register == len(section.register) == found.counts.in_register
        assert section.by_stage == {stage.value: number for stage, number in found.counts.by_stage.items()}
        assert section.by_confidence == {str(key): number for key, number in found.counts.by_confidence.items()}
        assert Counter(line.stage for line in section.register) == +Counter(section.by_stage)
        assert from_json(to_json(paper)) == paper
    part = report_of(contract, "2018-03").portfolio
    assert part is not None
    assert len(part.reports) == found.active


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_projects_paper_says_of_projects_what_report_and_page_say(seed: int) -> None:
    contract = chance_contract(seed, TODAY)
    for period in ((parse_month("2018-01"), FEBRUARY),):
        page = load_front(contract, period, on=TODAY).paper.projects
        at = builders.meeting(Board.objects.get(contracts=contract), TODAY + timedelta(days=1))
        assert paper_of(contract, at).projects.exceptions == page.exceptions


def test_report_and_projects_paper_of_one_meeting_agree(
    contract: Contract, area: ServiceArea, meeting: Meeting
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95", "95", "95"])
    builders.returns(area, "2017-11", "2018-01")
    late = builders.project(contract)
    builders.update(late, date(2017, 11, 1), "green", forecast_finish=date(2018, 3, 30))
    builders.update(late, date(2018, 3, 7), "amber", forecast_finish=MAY_25, is_green_unknown=True)
    report, paper = build_paper(contract, meeting, on=TODAY), paper_of(contract, meeting)
    assert report.projects == paper.projects
    assert report.review == paper.review
    assert paper.since_last.projects_slipped == 1


def test_plan_and_money_are_those_of_their_pages(contract: Contract, meeting: Meeting) -> None:
    builders.project(contract, "P1", stage="pipeline", expected_commission_on=date(2018, 7, 1))
    late = builders.project(contract, "P2", budget=Decimal(100), forecast_cost=Decimal("150.50"))
    builders.milestone(late, "Go live", original_on=date(2018, 3, 1))
    builders.update(late, date(2018, 3, 7), "red", forecast_finish=MAY_25)
    Funding.objects.create(contract=contract, begins_on=date(2018, 4, 1), amount=Decimal(120), purpose="IT budget")
    part = paper_of(contract, meeting).portfolio
    plan, page = load_plan(contract, TODAY, RegisterQuestion()), load_money_page(contract, TODAY).money
    assert part is not None
    assert part.plan is not None
    assert part.money is not None
    assert [(each.reference, each.kind, each.on) for each in part.plan.overdue] == [
        (each.project.reference, each.kind.value, each.on) for each in plan.overdue
    ]
    assert [len(span.items) for span in part.plan.months] == [len(span.items) for span in plan.spans]
    assert [(each.year, each.funding, each.left) for each in part.money.years] == [
        ("2017-18", None, None),
        ("2018-19", "120.00", "-30.50"),
    ]
    assert [(each.name, each.left) for each in page.years] == [("2017-18", None), ("2018-19", Decimal("-30.50"))]
    assert [each.reference for each in part.money.overspends] == [each.project.reference for each in page.overspends]


# What may not move


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(finish=st.dates(date(2017, 10, 3), date(2020, 1, 1)))
def test_a_rebaseline_changes_neither_lateness_nor_rating_in_either_paper(
    contract: Contract, meeting: Meeting, finish: date
) -> None:
    Project.objects.filter(contract=contract).exists() or builders.update(
        builders.project(contract), date(2018, 2, 7), "green", forecast_finish=MAY_25
    )
    late = contract.projects.get()
    builders.rebaseline(late, finish, date(2018, 2, 14))
    for paper in (paper_of(contract, meeting), report_of(contract)):
        (line,) = paper.projects.register
        assert (line.slippage_days_original, line.computed_confidence) == (56, "red")
        assert line.agreed_finish == finish
        assert line.rebaselined == late.rebaselines.count()
        assert any(each.rule == "red" for each in paper.projects.exceptions)


def test_not_knowing_when_it_is_green_again_is_an_answer_in_every_paper(contract: Contract, meeting: Meeting) -> None:
    builders.update(builders.project(contract), date(2018, 2, 7), "red", is_green_unknown=True)
    paper, report = paper_of(contract, meeting), report_of(contract)
    for each in (paper, report):
        (line, *_) = each.projects.exceptions
        assert line.is_green_unknown
        assert "when it returns to green" not in line.unanswered
        html = render(each, "html")[0].content.decode()
        assert "not known yet" in html
    assert '"is_green_unknown": true' in to_json(paper)


def test_questions_asked_of_a_kpi_head_the_report_alone(contract: Contract, meeting: Meeting, cast: Cast) -> None:
    builders.request(contract, "B001")
    for number, about in enumerate(({"kpi": "CSC_KPI_01", "about": "figure"}, {"project": "P001", "about": "project"})):
        asked = builders.question(contract, cast.board_member, f"Q{number}", **about)
        builders.request(contract, f"B00{number + 2}", question=asked)
    assert [each.reference for each in paper_of(contract, meeting).requests] == ["B001", "B003"]


def test_both_papers_cost_the_same_with_any_number_of_projects(contract: Contract, meeting: Meeting) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as of_paper:
            paper_of(contract, meeting)
        with CaptureQueriesContext(connection) as of_report:
            report_of(contract)
        return len(of_paper), len(of_report)

    def add(references: range) -> None:
        for number in references:
            made = builders.project(contract, f"P{number:03}", stage="on hold" if number % 2 else "in flight")
            builders.update(made, date(2018, 2, 7), "amber", forecast_finish=MAY_25)
            builders.milestone(made, forecast_on=MAY_25)
            builders.rebaseline(made, MAY_25, date(2018, 2, 14))

    add(range(3))
    builders.key_list(contract, *contract.projects.all(), decided_on=date(2018, 1, 10))
    before = cost()
    add(range(3, 30))
    assert cost() == before
